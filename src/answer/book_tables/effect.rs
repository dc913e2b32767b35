//! The effect of a change of a price book on the deals that it prices.
//!
//! A change is a loosening unless it is shown to raise the price or the level of every deal. So
//! nothing here lists what loosens: the table below lists the keys for which one direction is shown, and every
//! other change of a value, an order, a table or a row loosens. `tests/laws/loosening.rs` holds each row against
//! the engine.

use super::changes::{BookChange, ChangeEffect, ChangeSide};
use super::entry_value::{EntryValue, PlainValue};
use super::ramp_prices::counts_no_more_years;
use super::tables::{BookTable, BookTables, Entry};
use crate::number::Rate;
use std::cmp::Ordering;

/// Direction of a value that tightens a book.
#[derive(Debug, Clone, Copy)]
enum TighterValue {
    /// More than there was. From nothing on, more can be less: a free license includes no services, and one that
    /// costs money does.
    Higher,
    Lower,
    /// A lower rate of a license that was not free.
    LowerRate,
    /// A lower rate of a program that is not zero: a rate of zero claims nothing of the program.
    LowerClaim,
    /// A higher level of the ladder, or a level where there was none.
    HigherLevel,
    /// A value, a flag or a review where there was none.
    Present,
    /// A list that keeps its words and has more.
    MoreWords,
    /// A list that has fewer of its words, and one at least.
    FewerWords,
    /// A higher list price by which no more years of a ramp count.
    HigherPrice,
}

/// Keys of a table or of the rows of one of its lists, with the direction that tightens. `None` stands for any.
const TIGHTER: &[(&str, Option<&str>, &str, TighterValue)] = &[
    ("metric", Some("tiers"), "price", TighterValue::HigherPrice),
    ("metric", None, "inclusions", TighterValue::FewerWords),
    ("discount", Some("steps"), "rate", TighterValue::LowerRate),
    ("discount", Some("steps"), "otherwise", TighterValue::Lower),
    ("discount", Some("steps"), "uplift", TighterValue::Higher),
    ("discount", Some("program"), "rate", TighterValue::LowerClaim),
    ("discount", Some("program"), "max_rate", TighterValue::Lower),
    ("discount", Some("program"), "floor", TighterValue::Higher),
    ("discount", Some("program"), "limit", TighterValue::Lower),
    ("discount", Some("program"), "arr_above", TighterValue::Higher),
    ("discount", Some("program"), "duties", TighterValue::MoreWords),
    ("discount", Some("program"), "duties_required", TighterValue::Present),
    ("discount", Some("program"), "incumbents", TighterValue::FewerWords),
    ("discount", Some("program"), "segments", TighterValue::FewerWords),
    ("discount", Some("program"), "inclusions", TighterValue::FewerWords),
    ("discount", Some("program"), "evidence", TighterValue::Present),
    ("discount", Some("program"), "grant_days", TighterValue::Lower),
    ("discount", Some("program"), "grant_approval", TighterValue::HigherLevel),
    ("discount", None, "at_most", TighterValue::Lower),
    ("guardrail", None, "above", TighterValue::Lower),
    ("guardrail", None, "below", TighterValue::Higher),
    ("guardrail", None, "refuse", TighterValue::Present),
    ("guardrail", None, "discount_above", TighterValue::Lower),
    ("guardrail", None, "margin_below", TighterValue::Higher),
    ("guardrail", None, "acv_above", TighterValue::Lower),
    ("guardrail", None, "tcv_above", TighterValue::Lower),
    ("guardrail", None, "term_above", TighterValue::Lower),
    ("guardrail", None, "payment_days_above", TighterValue::Lower),
    ("service", None, "price", TighterValue::Higher),
    ("service", None, "included", TighterValue::Lower),
    ("service", None, "included_share", TighterValue::Lower),
    ("service", None, "included_months", TighterValue::Higher),
    ("term", None, "start_before", TighterValue::Lower),
    ("term", None, "adjoining_days", TighterValue::Higher),
    ("term", None, "start_after", TighterValue::Lower),
    ("term", None, "start_after_approval", TighterValue::HigherLevel),
    ("term", None, "start_after_review", TighterValue::Present),
    ("payment", Some("terms"), "refuse", TighterValue::Present),
];

/// Keys that a level or a review has wherever a row of the book can have one.
const APPROVALS: [(&str, TighterValue); 2] =
    [("approval", TighterValue::HigherLevel), ("review", TighterValue::Present)];

/// Keys on which no price and no level depends, of any table but those of [`TERMS_IN_WORDS`].
const WORDS: [&str; 3] = ["title", "reason", "version"];

/// Tables that enter no price and no level: products that a customer could buy instead, and deals that the book proves.
const IN_NO_PRICE: [&str; 2] = ["alternative", "example"];

/// Tables whose words are terms of a contract. The title of a clause is looked for in the free texts of deals too.
const TERMS_IN_WORDS: [&str; 3] = ["clause", "payment", "billing"];

/// Keys of figures that the playbook does not give. A quote says so, which can fail a deal.
const ASSUMED: [&str; 3] = ["assumed", "approval_assumed", "grant_assumed"];

/// Lists of which any entry will do, or all of them, in whatever order. The order of the waterfall is none of them.
const SETS: &[(&str, &str)] = &[
    ("customers", "segments"),
    ("customers", "verticals"),
    ("customers", "regions"),
    ("metric", "currencies"),
    ("metric", "inclusions"),
    ("discount", "metrics"),
    ("discount", "currencies"),
    ("discount", "payment"),
    ("discount", "includes"),
    ("discount", "duties"),
    ("discount", "incumbents"),
    ("discount", "inclusions"),
    ("discount", "first_in"),
    ("discount", "segments"),
    ("guardrail", "segments"),
    ("guardrail", "metric"),
    ("guardrail", "segment"),
    ("guardrail", "region"),
    ("guardrail", "channel"),
];

/// Finds the effect of each change between two versions of a book.
pub(super) fn find_effects(changes: &mut [BookChange], old: &[BookTables], new: &[BookTables]) {
    let mut books = Versions { old, new, has_ladder_changed: false };
    // A level means nothing on another ladder. A title or an unused level on top leaves the ladder as it is.
    let is_of_ladder = |it: &BookChange| it.kind == "approval";
    books.has_ladder_changed = changes
        .iter()
        .filter(|it| is_of_ladder(it))
        .any(|it| books.effect(it) == ChangeEffect::Loosens);
    for change in changes {
        change.effect = books.effect(change);
    }
}

struct Versions<'t> {
    old: &'t [BookTables],
    new: &'t [BookTables],
    has_ladder_changed: bool,
}

impl Versions<'_> {
    fn effect(&self, change: &BookChange) -> ChangeEffect {
        let Some(key) = change.key else {
            return if self.is_unused_top(change) { ChangeEffect::Neutral } else { whole(change) };
        };
        let is_words = WORDS.contains(&key) && !TERMS_IN_WORDS.contains(&change.kind);
        let is_newly_assumed = ASSUMED.contains(&key) && change.old.is_none();
        let is_reordered = SETS.contains(&(change.kind, key)) && has_same_words(change);
        let is_in_no_price = IN_NO_PRICE.contains(&change.kind);
        if is_words || is_newly_assumed || is_reordered || is_in_no_price {
            return ChangeEffect::Neutral;
        }
        let list = change.row.as_ref().and_then(|(list, _)| *list);
        let has_row = |it: &&(&str, Option<&str>, &str, TighterValue)| {
            it.0 == change.kind && it.2 == key && (it.1.is_none() || it.1 == list)
        };
        let own = TIGHTER.iter().find(has_row).map(|row| row.3);
        let approval = APPROVALS.iter().find(|(name, _)| *name == key).map(|it| it.1);
        match own.or(approval) {
            Some(wanted) if self.is_tighter(change, wanted) => ChangeEffect::Tightens,
            _ => ChangeEffect::Loosens,
        }
    }

    fn is_tighter(&self, change: &BookChange, wanted: TighterValue) -> bool {
        let [old, new] = [&change.old, &change.new].map(|side| side.as_ref().and_then(only));
        let order = || number_order(old?, new?);
        let rate = |value: Option<&EntryValue>| value.and_then(EntryValue::as_rate);
        let is_lower = || order() == Some(Ordering::Greater);
        let is_higher = || {
            let was_something =
                old.and_then(EntryValue::as_number).is_some_and(|old| !old.is_zero());
            was_something && order() == Some(Ordering::Less)
        };
        match wanted {
            TighterValue::Higher => is_higher(),
            TighterValue::Lower => is_lower(),
            TighterValue::LowerRate => is_lower() && rate(old) != Some(Rate::ONE),
            TighterValue::LowerClaim => {
                is_lower() && rate(old) != Some(Rate::ONE) && rate(new) != Some(Rate::ZERO)
            }
            TighterValue::Present => old.is_none() && new.is_some(),
            TighterValue::HigherLevel => self.is_higher_level(old, new),
            TighterValue::MoreWords => new.is_some_and(|new| old.is_none_or(|old| holds(new, old))),
            TighterValue::FewerWords => {
                old.zip(new).is_some_and(|(old, new)| holds(old, new) && !words(new).is_empty())
            }
            TighterValue::HigherPrice => {
                is_higher()
                    && !self.discounts_by_amount()
                    && (!self.keeps_years() || self.counts_no_more_years(change))
            }
        }
    }

    /// Whether a list price finds the step of a discount: a higher one can then cost less.
    fn discounts_by_amount(&self) -> bool {
        let parts = self.new.iter().flat_map(|tables| &tables.parts);
        let mut discounts = parts.filter(|part| part.kind == "discount");
        discounts.any(|part| part.entry("by").is_some_and(|by| by.value.shown == "amount"))
    }

    fn is_higher_level(&self, old: Option<&EntryValue>, new: Option<&EntryValue>) -> bool {
        let names = ladder(self.old);
        let place = |value: &EntryValue| names.iter().position(|name| *name == value.shown);
        // A row without a level needs nobody, as does the word for no level, which is below the ladder.
        let place = |value: Option<&EntryValue>| value.and_then(place);
        !self.has_ladder_changed && place(old) < place(new)
    }

    /// Whether a level came above all others and no rule of the new book names the level, so that no deal can need it.
    fn is_unused_top(&self, change: &BookChange) -> bool {
        let (Some((_, name)), "approval", None) = (&change.row, change.kind, &change.old) else {
            return false;
        };
        let (before, after) = (ladder(self.old), ladder(self.new));
        let above = after.iter().skip_while(|level| *level != name);
        let is_top =
            !before.contains(&name.as_str()) && !above.clone().any(|it| before.contains(it));
        let parts = self.new.iter().flat_map(|tables| &tables.parts);
        let others = parts.filter(|part| part.kind != "approval");
        let named = others.flat_map(BookTable::all_entries).any(|it| it.value.shown == *name);
        is_top && !named
    }

    /// Whether the years of a ramp count by the share that they keep, in one of the versions.
    fn keeps_years(&self) -> bool {
        let parts = self.old.iter().chain(self.new).flat_map(|tables| &tables.parts);
        parts.filter(|part| part.kind == "term").any(|part| part.entry("kept").is_some())
    }

    /// Whether a higher price of a range leaves no more years of a ramp that count.
    fn counts_no_more_years(&self, change: &BookChange) -> bool {
        let (Some(metric), Some((_, range))) = (&change.name, &change.row) else { return false };
        // An amount is in one currency, and so is a deal.
        let is_its_own = |it: &&BookTables| Some(it.currency.as_str()) == change.currency();
        let both = self.old.iter().find(is_its_own).zip(self.new.iter().find(is_its_own));
        both.is_some_and(|(old, new)| counts_no_more_years([old, new], metric, range))
    }
}

/// Returns the effect of a table or a row that was added or removed as a whole.
fn whole(change: &BookChange) -> ChangeEffect {
    // A row of a table that came or went is judged as the table is.
    let row = change.row.as_ref().filter(|_| !change.is_inside_whole);
    let is_added = change.old.is_none();
    match (change.kind, row.and_then(|(list, _)| *list), is_added) {
        // A deal that names what is gone is an error.
        ("channel" | "metric", None, false)
        | ("discount", Some("program"), false)
        | ("guardrail", _, true) => ChangeEffect::Tightens,
        ("alternative" | "example", ..) | ("review", _, true) => ChangeEffect::Neutral,
        _ => ChangeEffect::Loosens,
    }
}

/// Returns the names of the levels, lowest first.
fn ladder(tables: &[BookTables]) -> Vec<&str> {
    let parts = tables.first().into_iter().flat_map(|tables| &tables.parts);
    let levels = parts.filter(|part| part.kind == "approval");
    let entries = levels.flat_map(BookTable::all_entries).filter(|entry| entry.key == "level");
    entries.map(|entry| entry.value.shown.as_str()).collect()
}

fn only(side: &ChangeSide) -> Option<&EntryValue> {
    match side.entries.as_slice() {
        [Entry { value, .. }] => Some(value),
        _ => None,
    }
}

fn number_order(old: &EntryValue, new: &EntryValue) -> Option<Ordering> {
    let is_same_currency = old.meaning().1 == new.meaning().1;
    Some(old.as_number()?.cmp(&new.as_number()?)).filter(|_| is_same_currency)
}

fn words(value: &EntryValue) -> &[String] {
    match &value.plain {
        PlainValue::List(words) => words,
        _ => &[],
    }
}

/// Whether a list has the words that it had, in whatever order.
fn has_same_words(change: &BookChange) -> bool {
    let [old, new] = [&change.old, &change.new].map(|side| side.as_ref().and_then(only));
    old.zip(new).is_some_and(|(old, new)| holds(old, new) && holds(new, old))
}

fn holds(more: &EntryValue, fewer: &EntryValue) -> bool {
    words(fewer).iter().all(|word| words(more).contains(word))
}
