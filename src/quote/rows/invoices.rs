//! Invoices as rows of a spreadsheet: one for each thing that they ask for.

use super::BOOK;
use crate::document::{Cell, Table, TableRow};
use crate::quote::Quote;
use crate::quote::billing::{CoveredPeriod, DealItem, Invoice, InvoiceItem, InvoiceSchedule};

const HEADER: [&str; 12] = [
    "quote", "customer", "invoice", "date", "due", "line", "metric", "from", "to", "estimate",
    "amount", "currency",
];

/// Behind those, and behind the columns of the book.
const WHOSE: [&str; 2] = ["payer", "approval"];

/// One row an item: `amount` sums to each invoice, and over all of them to the contract.
pub fn table(quote: &Quote<'_, '_>) -> Table {
    let rows = quote.schedule.iter().flat_map(|schedule| {
        (1..).zip(&schedule.invoices).flat_map(move |(number, invoice)| {
            invoice.items.iter().map(move |item| row(quote, schedule, (number, invoice), item))
        })
    });
    Table::new(HEADER.into_iter().chain(BOOK).chain(WHOSE), rows)
}

fn row(
    quote: &Quote<'_, '_>,
    schedule: &InvoiceSchedule,
    (number, invoice): (u32, &Invoice),
    item: &InvoiceItem,
) -> TableRow {
    let deal = quote.deal;
    let book = deal.book();
    let [from, to] = match item.covers {
        CoveredPeriod::Days(from, to) => [from, to].map(Cell::date),
        CoveredPeriod::Once => Default::default(),
    };
    // Services stand behind the lines, as in the rows of a quote.
    let (number_of, what) = match item.item {
        DealItem::Line(line) => (line, deal.lines()[line].metric().name()),
        DealItem::Service(service) => {
            (deal.lines().len() + service, quote.pricing.services[service].service.name())
        }
    };
    let mut cells = vec![
        Cell::text(quote.id()),
        Cell::text(deal.customer().unwrap_or_default()),
        Cell::ordinal(number),
        Cell::date(invoice.date),
        Cell::date(invoice.due),
        Cell::ordinal(number_of + 1),
        Cell::text(what),
        from,
        to,
        Cell::text(if item.is_estimate { "yes" } else { "no" }),
        Cell::money(book.currency(), item.amount),
        Cell::text(&book.currency().code),
    ];
    cells.extend(super::book(book));
    cells.extend([schedule.payer.name(), super::approval(book, &quote.verdict)].map(Cell::text));
    TableRow::new(cells)
}
