//! The facts that identify a quote and its price book.

use crate::book::PriceBook;
use crate::document::Block;
use crate::quote::Quote;

/// Adds the facts that identify the quote, at its foot: a reader needs them last.
pub(crate) fn reference(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let facts = [("Quote", quote.id())].into_iter().chain(book_facts(quote.deal.book));
    blocks.extend([Block::heading("Reference"), Block::facts(facts)]);
}

pub(crate) fn book_facts(book: &PriceBook) -> [(&'static str, String); 2] {
    [("Price book", book_version(book)), ("SHA-256", book.sha256.clone())]
}

/// Returns "Acme 2026, version 3".
pub(crate) fn book_version(book: &PriceBook) -> String {
    format!("{}, version {}", book.name, book.version)
}

/// Returns the version of a book and its hash, where several books stand side by side.
pub(crate) fn book_identity(book: &PriceBook) -> String {
    format!("{}, {}", book_version(book), book.sha256)
}
