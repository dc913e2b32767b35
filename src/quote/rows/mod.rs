//! Results as rows of a spreadsheet. The last columns name the price book.

mod invoices;
mod quote;

pub use invoices::table as invoice_records;
pub use quote::table as records;

use crate::approve::Verdict;
use crate::book::PriceBook;
use crate::document::{Cell, Table};

pub(crate) const BOOK: [&str; 3] = ["price_book", "book_version", "book_sha256"];

/// Returns the price book of a row. Every row has it, because rows are sorted and cut apart.
pub(crate) fn book(book: &PriceBook) -> [Cell; 3] {
    [book.name.as_str(), book.version.as_str(), book.sha256.as_str()].map(Cell::text)
}

pub(crate) fn with_book(table: Table, book: &PriceBook) -> Table {
    with_books(table, std::iter::repeat(book))
}

/// Adds its own price book to each row.
pub(crate) fn with_books<'b>(
    mut table: Table,
    books: impl Iterator<Item = &'b PriceBook>,
) -> Table {
    table.header.extend(BOOK.map(str::to_owned));
    for (row, book) in table.rows.iter_mut().zip(books) {
        row.cells.extend(self::book(book));
    }
    table
}

pub(crate) fn approval<'b>(book: &'b PriceBook, verdict: &Verdict) -> &'b str {
    verdict.outcome().name(book)
}

/// Returns the reviews beside the level, with blanks between them.
pub(crate) fn reviews(verdict: &Verdict) -> Cell {
    Cell::text(verdict.reviews().join(" "))
}
