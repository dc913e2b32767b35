//! `dealdesk.book/1`: a price book, every value with its line.

use super::curve::PriceCurveJson;
use crate::answer::book_tables::{BookTable, BookTables, Entry, GroupRow, PlainValue, TableGroup};
use crate::book::{Books, PriceBook};
use crate::deal::Deal;
use crate::document::json::Json;
use crate::price::curve::PriceCurve;
use crate::quote::json::price_book;
use serde::Serialize;

/// The book as JSON, indented, with a line break at its end.
pub fn to_json<'a>(
    books: &'a Books,
    book: &'a PriceBook,
    listing: &'a BookTables,
    metric: Option<&str>,
    curve: Option<&(Deal<'_>, PriceCurve<'_>)>,
) -> Json {
    crate::document::json::pretty(&BookTablesJson {
        schema: "dealdesk.book/1",
        price_book: price_book(book),
        currency: &book.currency().code,
        currencies: books.currencies().collect(),
        curve: curve.map(|(deal, curve)| PriceCurveJson::of(deal, curve)),
        parts: listing.tables_for(metric).map(BookTableJson::of).collect(),
    })
}

#[derive(Serialize)]
struct BookTablesJson<'a> {
    schema: &'static str,
    price_book: Json,
    /// Currency of the amounts here.
    currency: &'a str,
    /// All of the book's.
    currencies: Vec<&'a str>,
    parts: Vec<BookTableJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    curve: Option<PriceCurveJson>,
}

/// A table of the file.
#[derive(Serialize)]
struct BookTableJson<'a> {
    path: String,
    source: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<EntryJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lists: Vec<TableGroupJson<'a>>,
}

impl<'a> BookTableJson<'a> {
    fn of(part: &'a BookTable) -> Self {
        Self {
            path: part.path(),
            source: part.place.to_string(),
            values: part.entries.iter().map(EntryJson::of).collect(),
            lists: part.groups.iter().map(TableGroupJson::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct TableGroupJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'a str>,
    rows: Vec<GroupRowJson<'a>>,
}

impl<'a> TableGroupJson<'a> {
    fn of(group: &'a TableGroup) -> Self {
        Self { key: group.key, rows: group.rows.iter().map(GroupRowJson::of).collect() }
    }
}

#[derive(Serialize)]
struct GroupRowJson<'a> {
    name: &'a str,
    source: String,
    values: Vec<EntryJson<'a>>,
}

impl<'a> GroupRowJson<'a> {
    fn of(row: &'a GroupRow) -> Self {
        let values = row.entries.iter().map(EntryJson::of).collect();
        Self { name: &row.name, source: row.place.to_string(), values }
    }
}

#[derive(Serialize)]
pub(crate) struct EntryJson<'a> {
    key: &'a str,
    value: EntryValueJson<'a>,
    source: String,
}

impl<'a> EntryJson<'a> {
    pub(crate) fn of(entry: &'a Entry) -> Self {
        let value = EntryValueJson::of(&entry.value.plain);
        Self { key: entry.key, value, source: entry.place.to_string() }
    }
}

/// A text, a list of texts, or true.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum EntryValueJson<'a> {
    Text(&'a str),
    List(&'a [String]),
    Flag(bool),
}

impl<'a> EntryValueJson<'a> {
    pub(crate) fn of(plain: &'a PlainValue) -> Self {
        match plain {
            PlainValue::Text(text) => Self::Text(text),
            PlainValue::List(words) => Self::List(words),
            PlainValue::Flag => Self::Flag(true),
        }
    }
}
