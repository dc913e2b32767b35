//! A usage statement as rows of a spreadsheet: one for each month.

use crate::answer::usage::{MonthBill, UsageStatement};
use crate::document::{Cell, Table, TableRow};
use crate::number::Money;
use crate::quote::rows::BOOK;

const HEADER: [&str; 20] = [
    "customer",
    "metric",
    "month",
    "invoice_date",
    "due",
    "rows",
    "hours_basis",
    "hours",
    "used",
    "average",
    "committed",
    "charged",
    "range",
    "list_unit",
    "net_unit",
    "baseline",
    "overage",
    "amount",
    "currency",
    "source",
];

/// One row a month. `charged` times `net_unit`, rounded once, is `amount`.
pub fn table(statement: &UsageStatement<'_, '_>) -> Table {
    let rows = statement.bills.iter().map(|bill| row(statement, bill));
    Table::new(HEADER.into_iter().chain(BOOK), rows)
}

fn row(statement: &UsageStatement<'_, '_>, bill: &MonthBill<'_>) -> TableRow {
    let deal = statement.quote.deal;
    let book = deal.book();
    let figures = &bill.figures;
    let plain = |amount: Money| book.currency().plain(amount);
    let priced = bill.priced.as_ref();
    let tier = priced.map(|priced| priced.list.tier);
    let committed = statement.line.committed;
    let text = |text: &str| Cell::text(text);
    let number = |digits: Option<String>| Cell::number(digits.unwrap_or_default());
    let mut cells = vec![
        text(deal.customer().unwrap_or_default()),
        text(statement.line.metric.name()),
        text(&bill.month.to_string()),
        text(&bill.date().to_string()),
        text(&statement.due(bill).map(|due| due.to_string()).unwrap_or_default()),
        number(Some(bill.rows.to_string())),
        text(statement.hours.name()),
        number(Some(figures.hours.to_string())),
        number(Some(figures.used.to_string())),
        number(Some(figures.average().to_string())),
        number(committed.map(|count| count.to_string())),
        number(Some(figures.charged.to_string())),
        text(&tier.map(|tier| tier.quantity().to_string()).unwrap_or_default()),
        number(priced.map(|priced| plain(priced.list.price))),
        number(priced.map(|priced| plain(priced.net()))),
        number(Some(plain(figures.baseline))),
        number(Some(plain(figures.overage))),
        number(Some(plain(figures.amount()))),
        text(&book.currency().code),
        text(&tier.map(|tier| tier.rule.source.to_string()).unwrap_or_default()),
    ];
    cells.extend(crate::quote::rows::book(book));
    TableRow { cells }
}
