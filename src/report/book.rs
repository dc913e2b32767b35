//! A price book as a person reads it.

use super::document::{Block, Document};
use crate::book::PriceBook;

/// The whole book.
#[must_use]
pub fn document(book: &PriceBook) -> Document {
    let facts = [
        ("Version", book.version().to_owned()),
        ("SHA-256", book.sha256().to_owned()),
        ("Currency", book.currency().code.clone()),
    ];
    let facts = facts.into_iter().map(|(name, value)| (name.to_owned(), value));
    Document {
        blocks: vec![
            Block::Title(format!("Price book {}", book.name())),
            Block::Facts(facts.collect()),
        ],
    }
}
