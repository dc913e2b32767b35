//! Reads the tables of a price book by the shape of books.

use super::entry_value::value;
use super::tables::{BookTable, BookTables, Entry, GroupRow, TableGroup};
use crate::book;
use crate::number::{Currency, Interval};
use crate::table::{Key, Kind, Section, Shape};
use crate::text::diagnostic::Checked;
use crate::text::source::{Place, Source, Written};
use std::sync::Arc;

/// Reads the tables of a price book once for each of its currencies and price columns, in the order of the book.
///
/// # Errors
/// Reports the errors in the values of the text. [`book::load`] reports them too, and more.
pub fn read(source: &Arc<Source>) -> Checked<Vec<BookTables>> {
    let (first, mut others) = book::in_each_currency(source, |top, currency| {
        let currency = currency?;
        let parts = top.written().flat_map(|key| parts(top, key, currency)).collect();
        let column = top.price_column().map(str::to_owned);
        Some(BookTables { currency: currency.code.clone(), column, parts })
    })?;
    others.insert(0, first);
    Ok(others)
}

fn parts(top: Section<'_>, key: &'static Key, currency: &Currency) -> Vec<BookTable> {
    let part = |name: Option<String>, place: Place, table: Section<'_>| BookTable {
        kind: key.name,
        name,
        place,
        entries: entries(table, currency),
        groups: groups(table, currency),
    };
    match key.kind {
        Kind::Table(_) => {
            let table = top.table(key.name).map(|table| part(None, table.place(), table));
            table.into_iter().collect()
        }
        Kind::Named(shape) if shape.keys.iter().any(|key| is_rows(key.kind)) => {
            let has_rows = |table: Section<'_>| table.written().any(|key| is_rows(key.kind));
            let (own, plain): (Vec<_>, Vec<_>) =
                named(top, key).partition(|(_, table)| key.name != CHANNEL || has_rows(*table));
            let plain: Vec<_> = plain.into_iter().map(|(name, _)| name.value).collect();
            let plain = all_in_one(top, key, currency, |row| plain.contains(&row.name));
            let own = own.into_iter();
            let own = own.map(|(name, table)| part(Some(name.value), name.place, table));
            plain.into_iter().chain(own).collect()
        }
        _ => all_in_one(top, key, currency, |_| true).into_iter().collect(),
    }
}

/// Kind of tables that hold values only, but for some of them: one table shows those that do.
const CHANNEL: &str = "channel";

/// Reads the tables under a key that `is_row` admits as rows of one.
fn all_in_one(
    top: Section<'_>,
    key: &'static Key,
    currency: &Currency,
    is_row: impl Fn(&GroupRow) -> bool,
) -> Option<BookTable> {
    let mut group = group(top, key, currency)?;
    group.rows.retain(is_row);
    let place = group.rows.first()?.place.clone();
    let (entries, groups) = (Vec::new(), vec![TableGroup { key: None, ..group }]);
    Some(BookTable { kind: key.name, name: None, place, entries, groups })
}

const fn is_rows(kind: Kind) -> bool {
    matches!(kind, Kind::Tables(_) | Kind::TableOrTables(_) | Kind::Named(_))
}

/// Reads the named tables under a key that apply in the currency that is being read.
fn named<'t>(
    table: Section<'t>,
    key: &'static Key,
) -> impl Iterator<Item = (Written<String>, Section<'t>)> {
    table.named(key.name).into_iter().filter(|(_, table)| {
        let mut listed = table.written().filter(|key| matches!(key.kind, Kind::Currencies));
        listed.next().is_none_or(|key| table.is_in_currency(key.name))
    })
}

/// Returns the entries of a table, and those of a table in it, whose keys are others.
fn entries(table: Section<'_>, currency: &Currency) -> Vec<Entry> {
    let entries = table.written().flat_map(|key| {
        if let Kind::Table(_) = key.kind {
            return table.table(key.name).map(|inner| entries(inner, currency)).unwrap_or_default();
        }
        let entry = || {
            let place = table.key_place(key.name)?;
            Some(Entry { key: key.name, value: value(table, key, currency)?, place })
        };
        entry().into_iter().collect()
    });
    entries.collect()
}

fn groups(table: Section<'_>, currency: &Currency) -> Vec<TableGroup> {
    table.written().filter_map(|key| group(table, key, currency)).collect()
}

/// Reads the tables under a key of a table.
fn group(table: Section<'_>, key: &'static Key, currency: &Currency) -> Option<TableGroup> {
    let row = |known: RowIdentity, place: Place, table: Section<'_>| {
        let RowIdentity { name, identity, range } = known;
        GroupRow { name, identity, range, place, entries: entries(table, currency) }
    };
    let (shape, mut rows): (_, Vec<GroupRow>) = match key.kind {
        Kind::Named(shape) => {
            let tables = named(table, key);
            let rows =
                tables.map(|(name, table)| row(RowIdentity::word(name.value), name.place, table));
            (shape, rows.collect())
        }
        Kind::Tables(shape) | Kind::TableOrTables(shape) => {
            let tables = table.tables(key.name).into_iter().enumerate();
            let rows = tables
                .map(|(at, table)| row(RowIdentity::by(table, shape, at), table.place(), table));
            (shape, rows.collect())
        }
        _ => return None,
    };
    // Two rows can have the same label; each keeps an identity of its own.
    for at in 1..rows.len() {
        while rows[..at].iter().any(|before| before.identity == rows[at].identity) {
            rows[at].identity.push('+');
        }
    }
    let is_named = matches!(key.kind, Kind::Named(_));
    Some(TableGroup { key: Some(key.name), is_named, shape, rows })
}

/// The label of a row, and its identity in another version of the book.
struct RowIdentity {
    name: String,
    identity: String,
    range: Option<Interval>,
}

impl RowIdentity {
    fn word(word: String) -> Self {
        Self { identity: word.clone(), name: word, range: None }
    }

    /// Takes the identity from the first key, if that is a range or a text; otherwise from the place
    /// in the list.
    fn by(table: Section<'_>, shape: &'static Shape, at: usize) -> Self {
        let first = shape.keys.iter().find(|key| table.key_place(key.name).is_some());
        let known = first.and_then(|key| match key.kind {
            Kind::Range => {
                let range = table.range(key.name)?.value;
                let (name, identity) = (range.to_string(), range.from().to_string());
                Some(Self { name, identity, range: Some(range) })
            }
            Kind::Text => Some(Self::word(table.text(key.name)?.value)),
            Kind::Texts => {
                let words = table.texts(key.name).into_iter().map(|it| it.value);
                let mut words: Vec<_> = words.collect();
                let name = words.join(", ");
                // The words of a first key are a set.
                words.sort();
                Some(Self { name, ..Self::word(words.join(", ")) })
            }
            _ => None,
        });
        known.unwrap_or_else(|| Self::word((at + 1).to_string()))
    }
}
