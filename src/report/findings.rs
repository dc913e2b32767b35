//! What is so of a price book.

use super::document::{Block, Document, Item, Tone};
use crate::findings::{Code, Finding, Severity};
use crate::report::words::plural;

/// What was found, and what was looked at.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a> {
    /// Books and their versions.
    pub books: &'a [String],
    /// In their order.
    pub found: &'a [Finding],
    /// Kinds that must not be.
    pub denied: &'a [&'static Code],
}

/// The findings of a book by kind.
#[must_use]
pub fn document(findings: &Findings<'_>) -> Document {
    let mut blocks = vec![Block::Title("Book check".to_owned())];
    blocks.push(Block::Facts(facts(findings)));
    let mut rest = findings.found;
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|it| it.code == first.code).count();
        let (same, others) = rest.split_at(count);
        blocks.push(Block::Heading(
            format!("{} ({})", first.code.title, first.code.name),
            tone(findings, first.code),
        ));
        blocks.push(Block::Items(same.iter().map(|it| item(findings, it)).collect()));
        rest = others;
    }
    if findings.found.is_empty() {
        blocks.push(Block::Heading("Nothing to tell".to_owned(), Tone::Good));
    }
    Document { blocks }
}
