//! The changes from one version of a price book to another.

use super::entry_value::{EntryValue, PlainValue};
use super::tables::{BookTable, BookTables, Entry, GroupRow, TableGroup, join};
use crate::book::SHAPE;
use crate::text::source::Place;

#[derive(Debug, Clone)]
pub struct BookChange {
    /// The top-level key: `metric`.
    pub kind: &'static str,
    /// The name of the table, where a book can have several of the kind: `socket`.
    pub name: Option<String>,
    /// The row of the table: the key of its list, and its label.
    pub row: Option<RowPath>,
    /// The changed key; `None` where the whole table or row was added or removed.
    pub key: Option<&'static str>,
    /// The old side; `None` for an addition.
    pub old: Option<ChangeSide>,
    /// The new side; `None` for a removal.
    pub new: Option<ChangeSide>,
    /// Whether the row came or went with its table.
    pub(super) is_inside_whole: bool,
    /// The effect on every deal.
    pub effect: ChangeEffect,
}

/// Effect of one change on every deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeEffect {
    /// The change is not shown to raise the price or the level of every deal.
    Loosens,
    /// No deal that the old book allows gets a lower price, and where the price stays, no deal gets a lower level.
    Tightens,
    /// No price and no level depends on the value.
    Neutral,
}

impl ChangeEffect {
    /// The word in reports, JSON and CSV.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Loosens => "loosens",
            Self::Tightens => "tightens",
            Self::Neutral => "neutral",
        }
    }
}

type RowPath = (Option<&'static str>, String);

/// One version of a changed key, row or table, with its place.
#[derive(Debug, Clone)]
pub struct ChangeSide {
    /// The value of the key, or all values of the row or table.
    pub entries: Vec<Entry>,
    /// The place where the key, row or table begins.
    pub place: Place,
}

impl ChangeSide {
    fn of(entry: &Entry) -> Self {
        Self { entries: vec![entry.clone()], place: entry.place.clone() }
    }
}

impl From<&BookTable> for ChangeSide {
    fn from(table: &BookTable) -> Self {
        Self { entries: table.entries.clone(), place: table.place.clone() }
    }
}

impl From<&GroupRow> for ChangeSide {
    fn from(row: &GroupRow) -> Self {
        Self { entries: row.entries.clone(), place: row.place.clone() }
    }
}

impl BookChange {
    /// Returns the path in the file: `metric.socket.tiers.50-499.price`.
    pub fn path(&self) -> String {
        let (list, row) = self.row.as_ref().map(|(list, row)| (*list, row.as_str())).unzip();
        join([Some(self.kind), self.name.as_deref(), list.flatten(), row, self.key])
    }

    pub const fn word(&self) -> &'static str {
        match (&self.old, &self.new) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        }
    }

    /// Returns the code of the currency of a changed amount: the new one where the currency changed.
    pub fn currency(&self) -> Option<&str> {
        let sides = [&self.new, &self.old].into_iter().flatten();
        let mut entries = sides.flat_map(|side| &side.entries);
        entries.find_map(|entry| Some(entry.value.amount.as_ref()?.1.as_str()))
    }

    /// Whether both changes have the same path and the same meaning.
    fn is_same(&self, other: &Self) -> bool {
        self.path() == other.path()
            && self.is_inside_whole == other.is_inside_whole
            && meaning(self.old.as_ref()) == meaning(other.old.as_ref())
            && meaning(self.new.as_ref()) == meaning(other.new.as_ref())
    }
}

type EntryMeaning<'a> = (&'static str, (&'a PlainValue, Option<&'a str>));

fn meaning(side: Option<&ChangeSide>) -> Option<Vec<EntryMeaning<'_>>> {
    let entries = side.map(|side| side.entries.iter());
    entries.map(|entries| entries.map(|it| (it.key, it.value.meaning())).collect())
}

/// Returns the changes from one version of a book to another, in the order of its tables, all of them with the effect
/// that nothing is shown of. A change that is the same in every currency occurs once.
pub(super) fn differences(old: &[BookTables], new: &[BookTables]) -> Vec<BookChange> {
    let label = |it: &BookTables| (it.currency.clone(), it.column.clone());
    let counterpart = |old: &BookTables| new.iter().find(|new| label(new) == label(old));
    let both = old.iter().filter_map(|old| Some((old, counterpart(old)?)));
    let mut pairs: Vec<(&BookTables, &BookTables)> = both.collect();
    if pairs.is_empty() {
        // A price in another currency is another price, even with the same number.
        pairs.extend(old.first().zip(new.first()));
    }
    let mut found: Vec<BookChange> = Vec::new();
    for (old, new) in pairs {
        for change in compare(old, new) {
            if found.iter().any(|known| known.is_same(&change)) {
                continue;
            }
            // Changes of one table stand together, whatever their currency.
            let is_beside = |it: &BookChange| (it.kind, &it.name) == (change.kind, &change.name);
            let beside = found.iter().rposition(is_beside);
            found.insert(beside.map_or(found.len(), |at| at + 1), change);
        }
    }
    found
}

fn compare(old: &BookTables, new: &BookTables) -> Vec<BookChange> {
    let mut found = Vec::new();
    let mut parts = pairs(&old.parts, &new.parts, BookTable::path);
    // A new metric stands beside the other metrics.
    let place = |part: &BookTable| SHAPE.keys.iter().position(|key| key.name == part.kind);
    parts.sort_by_key(|(before, after)| before.or(*after).and_then(place));
    for (before, after) in parts {
        let Some(part) = after.or(before) else { continue };
        // A table of rows only has no values of its own.
        let is_table = part.name.is_some() || !part.entries.is_empty();
        let is_both = before.is_some() && after.is_some();
        let mut log = ChangeLog { part, is_whole: is_table && !is_both, found: &mut found };
        if is_both || is_table {
            log.versions(None, before.map(ChangeSide::from), after.map(ChangeSide::from));
        }
        log.groups(groups(before), groups(after));
    }
    found
}

/// Pairs each item with its counterpart of the same name: first the old items in their order, then the
/// new ones without a counterpart.
fn pairs<'a, T>(
    old: &'a [T],
    new: &'a [T],
    name: impl Fn(&T) -> String,
) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let find = |among: &'a [T], it: &T| among.iter().find(|other| name(other) == name(it));
    let kept = old.iter().map(|it| (Some(it), find(new, it)));
    let fresh = new.iter().filter(|it| find(old, it).is_none()).map(|it| (None, Some(it)));
    kept.chain(fresh).collect()
}

/// Pairs rows with their counterparts. A range whose start moved is paired with the only range that
/// overlaps it, if that one overlaps no other. Ranges that were divided anew stay unpaired, because no
/// old range corresponds to one new range.
fn rows_paired<'a>(
    old: &'a [GroupRow],
    new: &'a [GroupRow],
) -> Vec<(Option<&'a GroupRow>, Option<&'a GroupRow>)> {
    let mut all = pairs(old, new, |row| row.identity.clone());
    let removed: Vec<_> = all.iter().filter(|it| it.1.is_none()).filter_map(|it| it.0).collect();
    let added: Vec<_> = all.iter().filter(|it| it.0.is_none()).filter_map(|it| it.1).collect();
    for &before in &removed {
        let mut overlapping = added.iter().filter(|after| before.overlaps(after));
        let (Some(after), None) = (overlapping.next(), overlapping.next()) else { continue };
        if removed.iter().filter(|other| other.overlaps(after)).count() > 1 {
            continue;
        }
        let is = |row: Option<&GroupRow>, known: &GroupRow| {
            row.is_some_and(|row| std::ptr::eq(row, known))
        };
        for pair in all.iter_mut().filter(|pair| is(pair.0, before)) {
            pair.1 = Some(after);
        }
        all.retain(|pair| pair.0.is_some() || !is(pair.1, after));
    }
    all
}

fn groups(part: Option<&BookTable>) -> &[TableGroup] {
    part.map_or(&[], |part| &part.groups)
}

fn rows(group: Option<&TableGroup>) -> &[GroupRow] {
    group.map_or(&[], |group| &group.rows)
}

struct ChangeLog<'p, 'f> {
    part: &'p BookTable,
    /// Whether the whole table came or went.
    is_whole: bool,
    found: &'f mut Vec<BookChange>,
}

impl ChangeLog<'_, '_> {
    fn push(
        &mut self,
        row: Option<RowPath>,
        key: Option<&'static str>,
        old: Option<ChangeSide>,
        new: Option<ChangeSide>,
    ) {
        let (kind, name) = (self.part.kind, self.part.name.clone());
        let is_inside_whole = self.is_whole && row.is_some();
        self.found.push(BookChange {
            kind,
            name,
            row,
            key,
            old,
            new,
            is_inside_whole,
            effect: ChangeEffect::Loosens,
        });
    }

    /// Adds the changes between two versions of a table or row. One version is missing if it was added or
    /// removed as a whole.
    fn versions(&mut self, row: Option<RowPath>, old: Option<ChangeSide>, new: Option<ChangeSide>) {
        let (Some(old), Some(new)) = (&old, &new) else { return self.push(row, None, old, new) };
        for (old, new) in pairs(&old.entries, &new.entries, |entry| entry.key.to_owned()) {
            let is_same = old.map(|it| it.value.meaning()) == new.map(|it| it.value.meaning());
            if let Some(entry) = new.or(old).filter(|_| !is_same) {
                let [old, new] = [old, new].map(|side| side.map(ChangeSide::of));
                self.push(row.clone(), Some(entry.key), old, new);
            }
        }
    }

    fn groups(&mut self, old: &[TableGroup], new: &[TableGroup]) {
        for (old, new) in pairs(old, new, |group| group.key.unwrap_or_default().to_owned()) {
            let Some(group) = new.or(old) else { continue };
            let (old, new) = (rows(old), rows(new));
            for (old, new) in rows_paired(old, new) {
                let Some(row) = new.or(old) else { continue };
                let path = (group.key, row.name.clone());
                self.versions(Some(path), old.map(ChangeSide::from), new.map(ChangeSide::from));
            }
            self.order(group, old, new);
        }
    }

    /// Adds a change for a list whose rows changed their order, such as a ladder turned upside down.
    fn order(&mut self, group: &TableGroup, old: &[GroupRow], new: &[GroupRow]) {
        let kept = |rows: &[GroupRow], others: &[GroupRow]| -> Vec<_> {
            let is_kept = |row: &&GroupRow| others.iter().any(|it| it.identity == row.identity);
            rows.iter().filter(is_kept).map(|row| row.identity.clone()).collect()
        };
        let (before, after) = (kept(old, new), kept(new, old));
        if group.is_named || before == after {
            return;
        }
        let side = |rows: &[GroupRow], names: Vec<String>| {
            let place = rows.first()?.place.clone();
            let entry = Entry { key: ORDER, value: EntryValue::list(names), place: place.clone() };
            Some(ChangeSide { entries: vec![entry], place })
        };
        let list = group.key.map(|key| (None, key.to_owned()));
        self.push(list, Some(ORDER), side(old, before), side(new, after));
    }
}

/// The key that stands for the order of rows in a change.
const ORDER: &str = "order";
