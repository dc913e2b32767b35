//! Which book it was priced by; and `dealdesk.book/1`, the book itself.

use crate::book::PriceBook;
use serde::Serialize;

/// The book as JSON, indented, with a line break at its end.
#[must_use]
pub fn to_json(book: &PriceBook) -> String {
    let price_book = BookWire::of(book);
    super::pretty(&Wire { schema: "dealdesk.book/1", price_book })
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    price_book: BookWire<'a>,
}

#[derive(Serialize)]
pub(super) struct BookWire<'a> {
    name: &'a str,
    version: &'a str,
    sha256: &'a str,
}

impl<'a> BookWire<'a> {
    pub(super) fn of(book: &'a PriceBook) -> Self {
        Self { name: book.name(), version: book.version(), sha256: book.sha256() }
    }
}
