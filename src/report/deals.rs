//! What `check` and `desk` say of a number of deals.

use super::document::{Block, Item, Tone};
use crate::book::Rule;
use crate::check::{Check, Checked, Judged, Split};
use crate::value::grouped;

/// "2,000".
pub(super) fn number(count: usize) -> String {
    grouped(&count.to_string())
}

/// "3 deals".
pub(super) fn deals(count: usize) -> String {
    format!("{} deal{}", number(count), if count == 1 { "" } else { "s" })
}

/// Who buys.
pub(super) fn customer(judged: &Judged<'_, '_>) -> String {
    judged.deal.customer().unwrap_or("not named").to_owned()
}

/// What is wrong with a deal.
pub(super) fn faults(deal: &Checked<'_, '_>) -> Vec<Item> {
    let faults = deal.outcome.as_ref().err().copied().unwrap_or_default();
    let item = |fault: &String| Item {
        tone: Tone::Bad,
        badge: "error".to_owned(),
        text: fault.clone(),
        source: None,
    };
    faults.iter().map(item).collect()
}

/// By which book, and on which day.
pub(super) fn book(check: &Check<'_, '_>) -> Vec<(String, String)> {
    let book = check.book;
    let facts = [
        ("Day", check.day.to_string()),
        ("Price book", format!("{}, version {}", book.name(), book.version())),
        ("SHA-256", book.sha256().to_owned()),
    ];
    facts.map(|(name, value)| (name.to_owned(), value)).into()
}

/// A heading and what stands under it, if there is something.
pub(super) fn section(blocks: &mut Vec<Block>, title: String, tone: Tone, items: Vec<Item>) {
    if !items.is_empty() {
        blocks.extend([Block::Heading(title, tone), Block::Items(items)]);
    }
}

/// The same with the name of its rule, which whoever looks at many deals looks for.
pub(super) fn named(item: Item, rule: &Rule) -> Item {
    Item { source: Some(format!("{}, {}", rule.id, rule.source)), ..item }
}

fn split<'a>(split: &'a Split<'_, '_>, short: impl Fn(&'a str) -> &'a str) -> Item {
    let (tone, badge) = (Tone::Warning, "split".to_owned());
    named(Item { tone, badge, text: split.message_of(short), source: None }, &split.rule)
}

/// What deals of one customer need together, under its heading.
pub(super) fn splits<'a>(
    blocks: &mut Vec<Block>,
    splits: impl Iterator<Item = &'a Split<'a, 'a>>,
    short: impl Fn(&'a str) -> &'a str + Copy,
) {
    let title = "More together than each by itself".to_owned();
    section(blocks, title, Tone::Warning, splits.map(|it| split(it, short)).collect());
}
