//! Invoices as rows of a spreadsheet: one for each thing that they ask for.

use super::BOOK;
use crate::document::{Cell, Table, TableColumn};
use crate::quote::billing::{CoveredPeriod, DealItem, Invoice, InvoiceItem, InvoiceSchedule};
use crate::quote::{Quote, quote_id};

/// One row an item: `amount` sums to each invoice, and over all of them to the contract.
pub fn table(quote: &Quote<'_, '_>) -> Table {
    let (deal, book, digest) = (quote.deal, quote.deal.book, quote.digest());
    let id = quote_id(&digest);
    let days = |item: &InvoiceItem| match item.covers {
        CoveredPeriod::Days(from, to) => [from, to].map(Cell::date),
        CoveredPeriod::Once => Default::default(),
    };
    // Services stand behind the lines, as in the rows of a quote.
    let item = |item: &InvoiceItem| match item.item {
        DealItem::Line(line) => (line + 1, deal.lines[line].metric.name()),
        DealItem::Service(service) => {
            (deal.lines.len() + service + 1, quote.pricing.services[service].service.name.as_str())
        }
    };
    let estimate = |item: &InvoiceItem| if item.is_estimate { "yes" } else { "no" };
    let [name, version, sha256] = super::book(book);
    let columns: [TableColumn<'_, (&InvoiceSchedule, u32, &Invoice, &InvoiceItem)>; 18] = [
        ("quote", &|_| Cell::text(&id)),
        ("customer", &|_| Cell::text(deal.customer().unwrap_or_default())),
        ("invoice", &|(_, number, ..)| Cell::ordinal(*number)),
        ("date", &|(.., invoice, _)| Cell::date(invoice.date)),
        ("due", &|(.., invoice, _)| Cell::date(invoice.due)),
        ("line", &|(.., it)| Cell::ordinal(item(it).0)),
        ("metric", &|(.., it)| Cell::text(item(it).1)),
        ("from", &|(.., it)| days(it)[0].clone()),
        ("to", &|(.., it)| days(it)[1].clone()),
        ("estimate", &|(.., it)| Cell::text(estimate(it))),
        ("amount", &|(.., it)| Cell::money(&book.currency, it.amount)),
        ("currency", &|_| Cell::text(&book.currency.code)),
        (BOOK[0], &|_| name.clone()),
        (BOOK[1], &|_| version.clone()),
        (BOOK[2], &|_| sha256.clone()),
        ("payer", &|(schedule, ..)| Cell::text(schedule.payer.name())),
        ("approval", &|_| Cell::text(super::approval(book, &quote.verdict))),
        ("digest", &|_| Cell::text(&digest)),
    ];
    let items = quote.schedule.iter().flat_map(|schedule| {
        (1..).zip(&schedule.invoices).flat_map(move |(number, invoice)| {
            invoice.items.iter().map(move |item| (schedule, number, invoice, item))
        })
    });
    Table::of_items(items, &columns)
}
