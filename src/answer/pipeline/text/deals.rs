//! Parts that `check` and `desk` share.

use crate::answer::pipeline::{
    Check, CheckedDeal, CurrencyTotals, DealTotals, JudgedDeal, SharedName, SplitDeal,
};
use crate::book::Rule;
use crate::document::{Block, Cell, ListItem, Tone};
use crate::quote::text::book_facts;

/// Returns the sum of one currency as an amount, and those of several as words.
pub(crate) fn totals(tcv: &CurrencyTotals<'_>) -> Cell {
    let mut sums = tcv.iter();
    match (sums.next(), sums.next()) {
        (Some((currency, sum)), None) => Cell::total(currency, sum),
        _ => Cell::figure(tcv.show()),
    }
}

/// Returns what reaches us, where a partner keeps some of what customers pay.
pub(crate) fn our_net(totals: &DealTotals<'_>) -> Option<String> {
    (totals.our_net != totals.tcv).then(|| totals.our_net.show())
}

pub(crate) const fn is_through_partner(judged: &JudgedDeal<'_, '_>) -> bool {
    judged.money.ours.is_some()
}

pub(crate) fn customer(judged: &JudgedDeal<'_, '_>) -> String {
    let (deal, not_named) = (judged.deal, || "not named".to_owned());
    let account = || deal.account().map(|account| format!("account {account}"));
    let opportunity = || deal.opportunity().map(|number| format!("opportunity {number}"));
    let name = deal.customer().map(str::to_owned);
    name.or_else(account).or_else(opportunity).unwrap_or_else(not_named)
}

pub(crate) fn faults(deal: &CheckedDeal<'_, '_>) -> Vec<ListItem> {
    deal.errors().iter().map(|error| ListItem::new(Tone::Bad, "error", error)).collect()
}

/// Adds the day and the price books of a check to facts about its deals.
pub(crate) fn with_book(
    facts: impl IntoIterator<Item = (&'static str, String)>,
    check: &Check<'_, '_>,
) -> Block {
    let date = [("Date", check.day.to_string())];
    let books = check.books();
    let books = books.iter().flat_map(|book| book_facts(book));
    Block::facts(facts.into_iter().chain(date).chain(books))
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
        named(ListItem::new(Tone::Warning, "split", split.message_of(&short)), &split.rule)
    });
    blocks.extend(Block::items("Split deals", Tone::Warning, items));
}

/// Adds names under several accounts, and deals that do not say whose they are, under their heading.
pub(crate) fn customers<'a>(
    blocks: &mut Vec<Block>,
    names: impl Iterator<Item = &'a SharedName<'a>>,
    unnamed: impl Iterator<Item = &'a str>,
    short: impl Fn(&'a str) -> &'a str,
) {
    let names = names.map(|name| name.message_of(&short));
    let unnamed = unnamed
        .map(|name| format!("{} names no customer, and counts with no other deal", short(name)));
    let all: Vec<_> = names.chain(unnamed).collect();
    let items = all.into_iter().map(|note| ListItem::new(Tone::Plain, "note", note));
    blocks.extend(Block::items("Customers", Tone::Plain, items));
}
