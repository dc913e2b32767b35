//! Deals of a change, by a price book.

use crate::answer::pipeline::{Check, NamedDeal, check};
use crate::book::Level;
use crate::cli::{Failure, LoadedBook, files};
use crate::deal;
use crate::number::Date;
use crate::quote::notice::NoticeKind;
use crate::quote::{Quote, quote};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

pub type QuoteVersions<'q> = (&'q str, [Option<Quote<'q, 'static>>; 2]);

/// Quotes both versions of each changed and removed deal that can be read.
pub fn versions<'q>(
    old: &'q [NamedDeal<'static>],
    new: &'q [NamedDeal<'static>],
    changed: &[String],
    removed: &[String],
    day: Date,
) -> Vec<QuoteVersions<'q>> {
    let find = |deals: &'q [NamedDeal<'static>], name: &str| {
        let deal = deals.iter().find(|deal| deal.name == name)?;
        Some((deal.name.as_str(), quote(deal.deal.as_ref().ok()?).on_day(day)))
    };
    let changed = changed.iter().map(|name| (find(old, name), find(new, name)));
    let removed = removed.iter().map(|name| (find(old, name), None));
    let versions = changed.chain(removed).filter_map(|(old, new)| {
        let name = new.as_ref().or(old.as_ref())?.0;
        Some((name, [old, new].map(|it| it.map(|it| it.1))))
    });
    versions.collect()
}

/// Checks deals by a price book. A level is looked up by its name: in another book it can be another one.
pub fn judged<'a>(
    book: &'static LoadedBook,
    deals: &'a [NamedDeal<'static>],
    day: Date,
    (name, level): (&str, Option<Level>),
    denied: &[&'static NoticeKind],
) -> Check<'a, 'static> {
    let book = book.books.first();
    let within = book.ladder().level(name).or(level);
    check(deals, book, day, within).with_codes(denied.to_vec(), &[])
}

/// Resolves the deals by a price book. Each has to state its customer: the next one could be of the same customer.
pub fn named(
    deals: &BTreeMap<String, Arc<[u8]>>,
    book: &'static LoadedBook,
    day: Date,
) -> Vec<NamedDeal<'static>> {
    let named = deals.iter().map(|(path, content)| {
        let source = files::source_of(Path::new(path), content.to_vec(), "deal file");
        let deal = source.map_err(|failure| failure.messages()).and_then(|source| {
            let deal = deal::resolve(&deal::read(&source), &book.books, day);
            let deal = deal.map_err(|faults| Failure::faults("", faults).messages())?;
            if !deal.states_customer() {
                return Err(vec!["the deal does not name its customer".to_owned()]);
            }
            Ok(deal)
        });
        NamedDeal { name: path.clone(), deal }
    });
    named.collect()
}

/// Returns the name of a deal, with the first of its errors.
pub fn errors_of(deal: &NamedDeal<'_>) -> (String, Option<String>) {
    let first = deal.deal.as_ref().err().and_then(|errors| errors.first().cloned());
    (deal.name.clone(), first)
}
