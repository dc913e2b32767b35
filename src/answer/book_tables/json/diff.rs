//! `dealdesk.book-diff/1`: what changed from one version of a price book to another.

use super::book::EntryValueJson;
use crate::answer::book_tables::{BookChange, ChangeSide};
use crate::answer::reprice::Repricing;
use crate::answer::reprice::json::RepriceJson as RepriceWire;
use crate::book::PriceBook;
use crate::document::json::Json;
use crate::quote::json::price_book;
use serde::Serialize;
use std::collections::BTreeMap;

/// The answer as JSON, indented, with a line break at its end.
pub fn to_json(
    [old, new]: [&PriceBook; 2],
    changes: &[BookChange],
    repricing: Option<&Repricing<'_>>,
) -> Json {
    crate::document::json::pretty(&BookDiffJson {
        schema: "dealdesk.book-diff/1",
        old_book: price_book(old),
        new_book: price_book(new),
        changes: changes.iter().map(BookChangeJson::of).collect(),
        deals: repricing.map(RepriceWire::of),
    })
}

#[derive(Serialize)]
struct BookDiffJson<'a> {
    schema: &'static str,
    old_book: Json,
    new_book: Json,
    changes: Vec<BookChangeJson<'a>>,
    /// Answer of `dealdesk reprice` for the deals.
    #[serde(skip_serializing_if = "Option::is_none")]
    deals: Option<RepriceWire<'a>>,
}

#[derive(Serialize)]
struct BookChangeJson<'a> {
    change: &'static str,
    path: String,
    /// Currency of an amount; both currencies, where it changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<ChangeSideJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<ChangeSideJson<'a>>,
}

impl<'a> BookChangeJson<'a> {
    fn of(change: &'a BookChange) -> Self {
        let side =
            |side: &'a Option<ChangeSide>| side.as_ref().map(|it| ChangeSideJson::of(change, it));
        Self {
            change: change.word(),
            path: change.path(),
            currency: change.currency(),
            old: side(&change.old),
            new: side(&change.new),
        }
    }
}

#[derive(Serialize)]
struct ChangeSideJson<'a> {
    /// Value of a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<EntryValueJson<'a>>,
    /// Values of a table that was added or removed as a whole, by key.
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<BTreeMap<&'a str, EntryValueJson<'a>>>,
    source: String,
}

impl<'a> ChangeSideJson<'a> {
    fn of(change: &BookChange, side: &'a ChangeSide) -> Self {
        let mut values =
            side.entries.iter().map(|it| (it.key, EntryValueJson::of(&it.value.plain)));
        let source = side.place.to_string();
        if change.key.is_some() {
            Self { value: values.next().map(|(_, value)| value), values: None, source }
        } else {
            Self { value: None, values: Some(values.collect()), source }
        }
    }
}
