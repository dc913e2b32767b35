//! Results as rows of a spreadsheet. The last columns say by which book.

mod invoices;
mod quote;

pub use invoices::table as invoice_records;
pub use quote::table as records;

use crate::book::PriceBook;
use crate::document::Cell;
use crate::quote::Quote;

/// The columns of [`book`].
pub(crate) const BOOK: [&str; 3] = ["price_book", "book_version", "book_sha256"];

/// Which book it was priced by, in every row: rows are sorted and cut apart.
pub(crate) fn book(book: &PriceBook) -> [Cell; 3] {
    [book.name(), book.version(), book.sha256()].map(Cell::text)
}

/// The level that has to agree, or that none can.
fn approval<'b>(quote: &Quote<'_, 'b>) -> &'b str {
    quote.verdict.outcome().name(quote.deal.book())
}
