//! A price book as its file says it: every key with its value and its line.
//!
//! A [`Listing`] is read by the same shape as the book itself, so that a key which a book may have
//! cannot be left out of it. Values are compared by what they mean: `"15%"` is `0.15`, and a flag
//! that is false is not there.

mod changes;
pub mod json;
mod read;
pub mod rows;
pub mod text;
mod value;

pub use changes::{BookChange, ChangeSide, changes};
pub use read::read;
pub use value::{EntryValue, PlainValue};

use crate::number::Interval;
use crate::table::Shape;
use crate::text::source::Place;
use std::fmt;

/// A price book in one of its currencies.
#[derive(Debug)]
pub struct BookTables {
    /// The code of that currency.
    pub currency: String,
    /// In the order of the shape, and those of one kind in the order of the file.
    pub parts: Vec<BookTable>,
}

/// A table of the file; or all tables of one kind, where they hold nothing but values.
#[derive(Debug)]
pub struct BookTable {
    /// The key of the file that it stands under: `metric`.
    pub kind: &'static str,
    /// Its own name, where there can be several: `socket`.
    pub name: Option<String>,
    /// Where it begins.
    pub place: Place,
    /// Its own values.
    pub entries: Vec<Entry>,
    /// The tables in it.
    pub groups: Vec<TableGroup>,
}

/// Tables of one kind.
#[derive(Debug)]
pub struct TableGroup {
    /// The key that they stand under; nothing, where they are the part.
    pub key: Option<&'static str>,
    /// Whether each has a name outside of its values.
    pub is_named: bool,
    /// What its tables may hold.
    shape: &'static Shape,
    /// In the order of the file.
    pub rows: Vec<GroupRow>,
}

/// A table that holds nothing but values.
#[derive(Debug)]
pub struct GroupRow {
    /// What it goes by: a name, a range, or its place in the list.
    pub name: String,
    /// What it goes by in another version of the book: of a range where it begins.
    identity: String,
    /// The quantities or years that it is for.
    range: Option<Interval>,
    /// Where it begins.
    pub place: Place,
    /// In the order of the shape.
    pub entries: Vec<Entry>,
}

/// A key with its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// As it is written.
    pub key: &'static str,
    /// What it says.
    pub value: EntryValue,
    /// Where it is written.
    pub place: Place,
}

impl BookTables {
    /// All of it, or what says something about one metric: that, and the discounts on it.
    pub fn tables_for(&self, metric: Option<&str>) -> impl Iterator<Item = &BookTable> {
        self.parts.iter().filter(move |part| metric.is_none_or(|metric| part.concerns(metric)))
    }
}

impl BookTable {
    fn concerns(&self, metric: &str) -> bool {
        match self.kind {
            "metric" => self.name.as_deref() == Some(metric),
            "discount" => self.entry("metrics").is_some_and(|it| it.value.has(metric)),
            _ => false,
        }
    }

    /// Where it stands in the file: `metric.socket`.
    pub fn path(&self) -> String {
        join([Some(self.kind), self.name.as_deref()])
    }

    /// A value of its own.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

impl TableGroup {
    /// The keys that any of its tables has, in the order of the shape.
    pub fn keys(&self) -> Vec<&'static str> {
        let is_used = |key: &&str| self.rows.iter().any(|row| row.entry(key).is_some());
        self.shape.keys.iter().map(|key| key.name).filter(is_used).collect()
    }
}

impl GroupRow {
    /// A value of its own.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Whether both are for some quantity or some number of years.
    fn overlaps(&self, other: &Self) -> bool {
        let within = |range: Interval, other: Interval| range.contains(other.from());
        self.range.zip(other.range).is_some_and(|(one, two)| within(one, two) || within(two, one))
    }

    /// Its lines of the file: `pricing.toml:237` or `pricing.toml:237-243`.
    pub fn source(&self) -> String {
        let first = self.place.line();
        let last = self.entries.iter().map(|entry| entry.place.line()).max();
        match last.filter(|last| *last > first) {
            Some(last) => format!("{}-{last}", self.place),
            None => self.place.to_string(),
        }
    }
}

/// As tests and messages write it.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.key.replace('_', " "), self.value.shown)
    }
}

/// The names that are there, as a path.
fn join<'a>(names: impl IntoIterator<Item = Option<&'a str>>) -> String {
    names.into_iter().flatten().collect::<Vec<_>>().join(".")
}
