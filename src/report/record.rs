//! A quote as rows of a spreadsheet: one for each line and run of equal years.

use super::document::{Cell, Row, Table};
use crate::quote::Quote;
use crate::value::Money;

/// One row a line and run of equal years, one column a discount of the book.
#[must_use]
pub fn table(quote: &Quote<'_, '_>) -> Table {
    let book = quote.deal.book();
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    let mut header = words(&[
        "quote",
        "customer",
        "date",
        "line",
        "first_year",
        "years",
        "metric",
        "edition",
        "quantity",
        "list_unit",
    ]);
    header.extend(book.discounts().iter().map(|discount| format!("{}_amount", discount.name())));
    header.extend(words(&[
        "net_unit",
        "one_time",
        "annual",
        "list_tcv",
        "tcv",
        "discount",
        "approval",
        "price_book",
        "book_version",
        "book_sha256",
    ]));
    let mut table = Table { header, rows: Vec::new() };
    let approval = if quote.verdict.is_refused() {
        "refused"
    } else {
        book.ladder().name(quote.verdict.level())
    };
    for (index, (line, priced)) in quote.deal.lines.iter().zip(&quote.pricing.lines).enumerate() {
        let mut year = 1;
        for (segment, years) in line.segments.iter().zip(&priced.segments) {
            let mut cells = vec![
                Cell::text(quote.id()),
                Cell::text(quote.deal.customer().unwrap_or_default()),
                Cell::text(quote.deal.date().to_string()),
                Cell::number((index + 1).to_string()),
                Cell::number(year.to_string()),
                Cell::number(years.years.count().to_string()),
                Cell::text(line.metric.name()),
                Cell::text(years.list.tier.edition.as_deref().unwrap_or_default()),
                Cell::number(segment.quantity.to_string()),
                Cell::number(years.list.price.plain()),
            ];
            for discount in book.discounts() {
                let steps = years.waterfall.steps().iter();
                let mine = steps.filter(|step| step.name == discount.name());
                cells.push(Cell::number(mine.map(|step| step.amount).sum::<Money>().plain()));
            }
            cells.extend([
                Cell::number(years.net().plain()),
                Cell::number(years.at_net.once.plain()),
                Cell::number(years.at_net.annual.plain()),
                Cell::number(years.list_tcv().plain()),
                Cell::number(years.tcv().plain()),
                Cell::number(years.discount().plain()),
                Cell::text(approval),
                Cell::text(book.name()),
                Cell::text(book.version()),
                Cell::text(book.sha256()),
            ]);
            table.rows.push(Row { cells });
            year += years.years.count();
        }
    }
    table
}
