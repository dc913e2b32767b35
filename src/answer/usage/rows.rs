//! A usage statement as rows of a spreadsheet: one for each month.

use crate::answer::usage::{MonthBill, UsageStatement};
use crate::book::Tier;
use crate::document::{Cell, Table};
use crate::number::Money;
use crate::price::PricedSegment;
use crate::quote::rows::with_book;

/// Lists the months. `charged` times the price of the payer, rounded once, is `amount`: times `net_unit`, or
/// `partner_unit` where a partner is invoiced. Units without hours can have a price for the line, which is `amount`
/// before it is rounded.
pub fn table(statement: &UsageStatement<'_, '_>) -> Table {
    let deal = statement.quote.deal;
    let (book, line) = (deal.book, statement.line);
    let currency = &book.currency;
    let money = |amount: Money| Cell::money(currency, amount);
    let price = |price: Option<Money>| price.map(money).unwrap_or_default();
    let range = |bill: &MonthBill<'_>| Some(bill.tier()?.quantity.to_string());
    let source = |tier: &Tier| Cell::source(&tier.rule.source);
    let by_hour = |cell: Cell| if statement.hours.is_some() { cell } else { Cell::default() };
    let table = Table::of_items(
        &statement.bills,
        &[
            ("customer", &|_| Cell::text(deal.customer().unwrap_or_default())),
            ("metric", &|_| Cell::text(line.metric.name())),
            ("month", &|bill| Cell::text(bill.month.to_string())),
            ("invoice_date", &|bill| Cell::date(bill.date())),
            ("due", &|bill| statement.due(bill).map(Cell::date).unwrap_or_default()),
            ("rows", &|bill| Cell::count(bill.rows)),
            ("hours_basis", &|_| Cell::text(statement.hours.map_or("", |hours| hours.name()))),
            ("hours", &|bill| by_hour(Cell::count(bill.figures.hours))),
            ("used", &|bill| Cell::unit_hours(bill.figures.used)),
            ("average", &|bill| by_hour(Cell::quantity(bill.figures.average()))),
            ("committed", &|_| line.committed.map(Cell::quantity).unwrap_or_default()),
            ("charged", &|bill| Cell::unit_hours(bill.figures.charged)),
            ("range", &|bill| Cell::text(range(bill).unwrap_or_default())),
            ("list_unit", &|bill| price(bill.priced.as_ref().map(|it| it.list.price))),
            ("net_unit", &|bill| price(bill.priced.as_ref().map(PricedSegment::net))),
            ("baseline", &|bill| money(bill.figures.baseline)),
            ("overage", &|bill| money(bill.figures.overage)),
            ("amount", &|bill| money(bill.figures.amount())),
            ("currency", &|_| Cell::text(currency.code.as_str())),
            ("source", &|bill| bill.tier().map(source).unwrap_or_default()),
        ],
    );
    let mut table = with_book(table, book);
    table.header.extend(["payer", "partner_unit", "customer_amount"].map(str::to_owned));
    for (row, bill) in table.rows.iter_mut().zip(&statement.bills) {
        row.cells.extend([
            Cell::text(statement.payer.name()),
            price(bill.resold.as_ref().map(|it| it.price)),
            money(bill.figures.customer),
        ]);
    }
    table
}
