//! `dealdesk.book/1`: a price book, every value with its line; and which book something was priced by.

use super::curve::CurveWire;
use crate::book::{Books, PriceBook};
use crate::curve::Curve;
use crate::deal::Deal;
use crate::listing::{Entry, Group, Listing, Part, Plain, Row};
use serde::Serialize;

/// The book as JSON, indented, with a line break at its end.
#[must_use]
pub fn to_json<'a>(
    books: &'a Books,
    book: &'a PriceBook,
    listing: &'a Listing,
    metric: Option<&str>,
    curve: Option<&(Deal<'_>, Curve<'_>)>,
) -> String {
    super::pretty(&Wire {
        schema: "dealdesk.book/1",
        price_book: BookWire::of(book),
        currency: &book.currency().code,
        currencies: books.currencies().collect(),
        curve: curve.map(|(deal, curve)| CurveWire::of(deal, curve)),
        parts: listing.about(metric).map(PartWire::of).collect(),
    })
}

#[derive(Serialize)]
pub(super) struct BookWire<'a> {
    name: &'a str,
    version: &'a str,
    sha256: &'a str,
}

impl<'a> BookWire<'a> {
    pub(super) fn of(book: &'a PriceBook) -> Self {
        Self { name: book.name(), version: book.version(), sha256: book.sha256() }
    }
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    price_book: BookWire<'a>,
    /// That of the amounts here.
    currency: &'a str,
    /// All of the book's.
    currencies: Vec<&'a str>,
    parts: Vec<PartWire<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    curve: Option<CurveWire>,
}

/// A table of the file.
#[derive(Serialize)]
struct PartWire<'a> {
    path: String,
    source: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<EntryWire<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lists: Vec<GroupWire<'a>>,
}

impl<'a> PartWire<'a> {
    fn of(part: &'a Part) -> Self {
        Self {
            path: part.path(),
            source: part.place.to_string(),
            values: part.entries.iter().map(EntryWire::of).collect(),
            lists: part.groups.iter().map(GroupWire::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct GroupWire<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'a str>,
    rows: Vec<RowWire<'a>>,
}

impl<'a> GroupWire<'a> {
    fn of(group: &'a Group) -> Self {
        Self { key: group.key, rows: group.rows.iter().map(RowWire::of).collect() }
    }
}

#[derive(Serialize)]
struct RowWire<'a> {
    name: &'a str,
    source: String,
    values: Vec<EntryWire<'a>>,
}

impl<'a> RowWire<'a> {
    fn of(row: &'a Row) -> Self {
        let values = row.entries.iter().map(EntryWire::of).collect();
        Self { name: &row.name, source: row.place.to_string(), values }
    }
}

#[derive(Serialize)]
pub(super) struct EntryWire<'a> {
    key: &'a str,
    value: ValueWire<'a>,
    source: String,
}

impl<'a> EntryWire<'a> {
    pub(super) fn of(entry: &'a Entry) -> Self {
        let value = ValueWire::of(&entry.value.plain);
        Self { key: entry.key, value, source: entry.place.to_string() }
    }
}

/// A text, a list of texts, or true.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum ValueWire<'a> {
    Text(&'a str),
    List(&'a [String]),
    Flag(bool),
}

impl<'a> ValueWire<'a> {
    pub(super) fn of(plain: &'a Plain) -> Self {
        match plain {
            Plain::Text(text) => Self::Text(text),
            Plain::List(words) => Self::List(words),
            Plain::Flag => Self::Flag(true),
        }
    }
}
