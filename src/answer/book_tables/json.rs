//! `dealdesk.book/1`: a price book, every value with its line. `dealdesk.book-diff/1`: the changes from one
//! version of a price book to another. Money, rates and quantities are texts in plain decimal.

use super::{BookChange, BookTable, BookTables, ChangeSide, Entry, GroupRow, PlainValue};
use crate::answer::reprice;
use crate::answer::reprice::Repricing;
use crate::book::{Books, PriceBook, PriceColumn};
use crate::deal::Deal;
use crate::document::json::{Json, object};
use crate::price::curve::{CurvePoint, PriceCurve};
use crate::quote::json::price_book;
use std::collections::BTreeMap;

/// A book in one of its currencies, or the parts of it that concern one metric.
pub fn book(
    books: &Books,
    book: &PriceBook,
    listing: &BookTables,
    metric: Option<&str>,
    curve: Option<&(Deal<'_>, PriceCurve<'_>)>,
) -> Json {
    object! {
        schema: "dealdesk.book/1",
        price_book: price_book(book),
        currency: &book.currency.code,
        currencies: Json::list(books.currencies()),
        price_column: book.price_column().map(PriceColumn::name),
        price_columns: Json::list_if_any(books.columns().map(PriceColumn::name)),
        parts: Json::list(listing.tables_for(metric).map(table)),
        curve: curve.map(|(deal, curve)| price_curve(deal, curve)),
    }
}

fn table(table: &BookTable) -> Json {
    let lists = table.groups.iter().map(|group| {
        object! {
            key: group.key,
            rows: Json::list(group.rows.iter().map(row)),
        }
    });
    object! {
        path: table.path(),
        source: &table.place,
        values: Json::list_if_any(table.entries.iter().map(entry)),
        lists: Json::list_if_any(lists),
    }
}

fn row(row: &GroupRow) -> Json {
    object! {
        name: &row.name,
        source: &row.place,
        values: Json::list(row.entries.iter().map(entry)),
    }
}

fn entry(entry: &Entry) -> Json {
    object! { key: entry.key, value: value(entry), source: &entry.place }
}

fn value(entry: &Entry) -> Json {
    match &entry.value.plain {
        PlainValue::Text(text) => Json::from(text),
        PlainValue::List(words) => Json::list(words),
        PlainValue::Flag => Json::from(true),
    }
}

/// The prices of a metric at every quantity. `pieces` are quantities with the same rules, ascending. A point
/// whose units do not all cost the same has no unit price.
fn price_curve(deal: &Deal<'_>, curve: &PriceCurve<'_>) -> Json {
    let plain = |amount| deal.book.currency.plain(amount);
    let quantity = |count| {
        curve.increment().quantity(count).map_or_else(String::new, |quantity| quantity.to_string())
    };
    let point = |point: &CurvePoint| {
        object! {
            quantity: quantity(point.quantity),
            net_unit_price: point.unit.map(plain),
            tcv: plain(point.total),
        }
    };
    let pieces = curve.pieces.iter().filter_map(|piece| {
        Some(object! { from: point(piece.points.first()?), to: point(piece.points.last()?) })
    });
    let cliffs = curve.cliffs.iter().map(|cliff| {
        object! {
            from: quantity(cliff.from),
            to: quantity(cliff.to),
            instead: quantity(cliff.instead),
            extra: plain(cliff.extra()),
        }
    });
    object! {
        metric: curve.metric.name(),
        term_years: deal.term.count(),
        prepay: deal.prepay(),
        pieces: Json::list(pieces),
        larger_order_costs_less: Json::list(cliffs),
    }
}

/// The changes of a book, and their effect on deals, if some were priced.
pub fn diff(
    [old, new]: [&PriceBook; 2],
    changes: &[BookChange],
    repricing: Option<&Repricing<'_>>,
) -> Json {
    object! {
        schema: "dealdesk.book-diff/1",
        old_book: price_book(old),
        new_book: price_book(new),
        changes: Json::list(changes.iter().map(change)),
        deals: repricing.map(reprice::json::to_json),
    }
}

fn change(change: &BookChange) -> Json {
    object! {
        change: change.word(),
        effect: change.effect.name(),
        path: change.path(),
        currency: change.currency(),
        old: change.old.as_ref().map(|it| side(change, it)),
        new: change.new.as_ref().map(|it| side(change, it)),
    }
}

/// One side of a change: the value of a key, or by key the values of a table that was added or removed as a
/// whole.
fn side(change: &BookChange, side: &ChangeSide) -> Json {
    if change.key.is_some() {
        return object! { value: side.entries.first().map(value), source: &side.place };
    }
    let values: BTreeMap<_, _> = side.entries.iter().map(|it| (it.key, value(it))).collect();
    let values = values.into_iter().map(|(key, value)| (key.into(), value));
    object! { values: Json::Object(values.collect()), source: &side.place }
}
