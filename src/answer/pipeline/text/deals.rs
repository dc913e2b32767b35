//! Parts that `check` and `desk` share.

use crate::answer::pipeline::{Check, CheckedDeal, CurrencyTotals, JudgedDeal, SplitDeal};
use crate::book::Rule;
use crate::document::{Block, Cell, ListItem, Tone};
use crate::number::grouped;

pub(crate) fn number(count: usize) -> String {
    grouped(&count.to_string())
}

pub(crate) fn deals(count: usize) -> String {
    format!("{} deal{}", number(count), if count == 1 { "" } else { "s" })
}

/// Returns the sum of one currency as an amount, and those of several as words.
pub(crate) fn totals(tcv: &CurrencyTotals<'_>) -> Cell {
    let mut sums = tcv.iter();
    match (sums.next(), sums.next()) {
        (Some((currency, sum)), None) => Cell::total(currency, sum),
        _ => Cell::figure(tcv.show()),
    }
}

pub(crate) fn customer(judged: &JudgedDeal<'_, '_>) -> String {
    judged.deal.customer().unwrap_or("not named").to_owned()
}

pub(crate) fn faults(deal: &CheckedDeal<'_, '_>) -> Vec<ListItem> {
    let item = |error: &String| {
        let (badge, text) = ("error".to_owned(), error.clone());
        ListItem { tone: Tone::Bad, badge, text, source: None }
    };
    deal.errors().iter().map(item).collect()
}

pub(crate) fn book(check: &Check<'_, '_>) -> Vec<(String, String)> {
    let book = check.book;
    let facts = [
        ("Date", check.day.to_string()),
        ("Price book", format!("{}, version {}", book.name, book.version)),
        ("SHA-256", book.sha256.clone()),
    ];
    facts.map(|(name, value)| (name.to_owned(), value)).into()
}

/// A heading and what stands under it, if there is something.
pub(crate) fn section(blocks: &mut Vec<Block>, title: String, tone: Tone, items: Vec<ListItem>) {
    if !items.is_empty() {
        blocks.extend([Block::Heading(title, tone), Block::Items(items)]);
    }
}

/// Adds the name of its rule to an item: readers of many deals look for rules.
pub(crate) fn named(item: ListItem, rule: &Rule) -> ListItem {
    ListItem { source: Some(format!("{}, {}", rule.id, rule.source)), ..item }
}

/// Adds the deals of one customer that together need more, under their heading.
pub(crate) fn splits<'a>(
    blocks: &mut Vec<Block>,
    splits: impl Iterator<Item = &'a SplitDeal<'a, 'a>>,
    short: impl Fn(&'a str) -> &'a str,
) {
    let items = splits.map(|split| {
        let (badge, text) = ("split".to_owned(), split.message_of(&short));
        named(ListItem { tone: Tone::Warning, badge, text, source: None }, &split.rule)
    });
    section(blocks, "Split deals".to_owned(), Tone::Warning, items.collect());
}
