//! `dealdesk.book-diff/1`: what changed from one version of a price book to another.

use super::book::{BookWire, ValueWire};
use super::reprice::Wire as RepriceWire;
use crate::book::PriceBook;
use crate::listing::{Change, Side};
use crate::reprice::Repricing;
use serde::Serialize;
use std::collections::BTreeMap;

/// The answer as JSON, indented, with a line break at its end.
#[must_use]
pub fn to_json(
    [old, new]: [&PriceBook; 2],
    changes: &[Change],
    repricing: Option<&Repricing<'_>>,
) -> String {
    super::pretty(&Wire {
        schema: "dealdesk.book-diff/1",
        old_book: BookWire::of(old),
        new_book: BookWire::of(new),
        changes: changes.iter().map(ChangeWire::of).collect(),
        deals: repricing.map(RepriceWire::of),
    })
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    old_book: BookWire<'a>,
    new_book: BookWire<'a>,
    changes: Vec<ChangeWire<'a>>,
    /// What `dealdesk reprice` answers for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    deals: Option<RepriceWire<'a>>,
}

#[derive(Serialize)]
struct ChangeWire<'a> {
    change: &'static str,
    path: String,
    /// Of an amount; of both, where that changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<SideWire<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<SideWire<'a>>,
}

impl<'a> ChangeWire<'a> {
    fn of(change: &'a Change) -> Self {
        let side = |side: &'a Option<Side>| side.as_ref().map(|it| SideWire::of(change, it));
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
struct SideWire<'a> {
    /// Of a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<ValueWire<'a>>,
    /// Of a table that came or went as a whole, by key.
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<BTreeMap<&'a str, ValueWire<'a>>>,
    source: String,
}

impl<'a> SideWire<'a> {
    fn of(change: &Change, side: &'a Side) -> Self {
        let mut values = side.entries.iter().map(|it| (it.key, ValueWire::of(&it.value.plain)));
        let source = side.place.to_string();
        if change.key.is_some() {
            Self { value: values.next().map(|(_, value)| value), values: None, source }
        } else {
            Self { value: None, values: Some(values.collect()), source }
        }
    }
}
