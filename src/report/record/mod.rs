//! Results as rows of a spreadsheet. The last columns say by which book.

mod invoices;
mod quote;
mod usage;

pub use invoices::table as invoice_records;
pub use quote::table as records;
pub use usage::table as usage_records;

use super::document::Cell;
use crate::book::PriceBook;
use crate::quote::Quote;

/// The columns of [`book`].
const BOOK: [&str; 3] = ["price_book", "book_version", "book_sha256"];

/// Which book it was priced by, in every row: rows are sorted and cut apart.
fn book(book: &PriceBook) -> [Cell; 3] {
    [book.name(), book.version(), book.sha256()].map(Cell::text)
}

/// The level that has to agree, or that none can.
fn approval<'b>(quote: &Quote<'_, 'b>) -> &'b str {
    let level = quote.deal.book().ladder().name(quote.verdict.level());
    if quote.verdict.is_refused() { "refused" } else { level }
}
