//! The tables of a price book, with every key, its value and its place in the file.

use super::entry_value::EntryValue;
use crate::number::Interval;
use crate::table::{Kind, Shape};
use crate::text::source::Place;

/// A price book in one of its currencies.
#[derive(Debug)]
pub struct BookTables {
    pub currency: String,
    /// Name of the price column; `None` for the standard amounts.
    pub column: Option<String>,
    /// The tables in the order of the shape; tables of one kind in the order of the file.
    pub parts: Vec<BookTable>,
}

/// A table of the file, or all tables of one kind where those hold values only.
#[derive(Debug)]
pub struct BookTable {
    /// The top-level key of the table: `metric`.
    pub kind: &'static str,
    /// The name, where a book can have several tables of the kind: `socket`.
    pub name: Option<String>,
    pub place: Place,
    pub entries: Vec<Entry>,
    pub groups: Vec<TableGroup>,
}

/// Tables of one kind inside a table, such as the tiers of a metric.
#[derive(Debug)]
pub struct TableGroup {
    /// The key of the group; `None` where the group is all of its [`BookTable`].
    pub key: Option<&'static str>,
    /// Whether each row has a name in its header, besides its values.
    pub is_named: bool,
    /// The keys that a row may have.
    pub(super) shape: &'static Shape,
    /// The rows in the order of the file.
    pub rows: Vec<GroupRow>,
}

/// A table that holds values only, shown as a row.
#[derive(Debug)]
pub struct GroupRow {
    /// The label of the row: a name, a range, or its place in the list.
    pub name: String,
    /// The identity of the row in another version of the book: for a range, its first quantity or year.
    pub(super) identity: String,
    /// The quantities or years of the row.
    pub(super) range: Option<Interval>,
    pub place: Place,
    /// The values in the order of the shape.
    pub entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
pub struct Entry {
    pub key: &'static str,
    pub value: EntryValue,
    pub place: Place,
}

impl BookTables {
    /// Returns all tables, or those that concern one metric: its own table and the discounts on it.
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

    /// Returns the path in the file: `metric.socket`.
    pub fn path(&self) -> String {
        join([Some(self.kind), self.name.as_deref()])
    }

    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Returns the entries of the table and of every row in it.
    pub(super) fn all_entries(&self) -> impl Iterator<Item = &Entry> {
        let rows = self.groups.iter().flat_map(|group| &group.rows);
        self.entries.iter().chain(rows.flat_map(|row| &row.entries))
    }
}

impl TableGroup {
    /// Returns the keys that occur in the rows, in the order of the shape; in place of a table those of the table.
    pub fn keys(&self) -> Vec<&'static str> {
        let is_used = |key: &&str| self.rows.iter().any(|row| row.entry(key).is_some());
        let names = self.shape.keys.iter().flat_map(|key| match key.kind {
            Kind::Table(inner) => inner.keys.iter().map(|key| key.name).collect(),
            _ => vec![key.name],
        });
        names.filter(is_used).collect()
    }
}

impl GroupRow {
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Whether the ranges of both rows have a quantity or a year in common.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let within = |range: Interval, other: Interval| range.contains(other.from());
        self.range.zip(other.range).is_some_and(|(one, two)| within(one, two) || within(two, one))
    }

    /// Returns the lines of the row: `pricing.toml:237` or `pricing.toml:237-243`.
    pub fn source(&self) -> String {
        let first = self.place.line();
        let last = self.entries.iter().map(|entry| entry.place.line()).max();
        match last.filter(|last| *last > first) {
            Some(last) => format!("{}-{last}", self.place),
            None => self.place.to_string(),
        }
    }
}

/// Joins the names of a path. A name with another sign than those of a bare key, or the `+` of a range, stands in
/// quotes, as in TOML: a dot in it begins no other part.
pub(super) fn join<'a>(names: impl IntoIterator<Item = Option<&'a str>>) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+');
    let part = |name: &str| {
        if !name.is_empty() && name.chars().all(is_bare) {
            return name.to_owned();
        }
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    };
    names.into_iter().flatten().map(part).collect::<Vec<_>>().join(".")
}
