//! The meaning of a notice, for `explain`.

use crate::document::{Block, Document};
use crate::quote::notice::NoticeKind;

pub fn lesson(kind: &NoticeKind) -> Document {
    let facts = [("Title", kind.title), ("Severity", kind.severity.name())];
    let facts = facts.map(|(name, value)| (name, value.to_owned()));
    let text = Block::Lines(vec![kind.lesson.to_owned()]);
    Document { blocks: vec![Block::Title(kind.code.to_owned()), Block::facts(facts), text] }
}
