//! Which book it was priced by.

use crate::book::PriceBook;
use serde::Serialize;

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
