//! The price book by which an answer was computed.

use crate::book::PriceBook;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct BookJson<'a> {
    name: &'a str,
    version: &'a str,
    sha256: &'a str,
}

impl<'a> BookJson<'a> {
    pub(crate) fn of(book: &'a PriceBook) -> Self {
        Self { name: book.name(), version: book.version(), sha256: book.sha256() }
    }
}
