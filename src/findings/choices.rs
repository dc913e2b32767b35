//! The terms and prepayments that a deal can choose between.

use super::Case;
use crate::book::{Discount, Given, Metric, Row};
use crate::deal::{self, Deal, Draft, DraftLine};
use crate::source::{Place, Source, Written};
use crate::value::{Quantity, Years};

/// The longest term that is looked at where a book does not say which it sells.
const LONGEST: u64 = 10;

/// A deal for one metric under every term and prepayment of the book; the shortest term and the
/// standard come first. Quantities are for whoever asks to change.
pub(super) fn deals<'b>(case: &Case<'b>, metric: &'b Metric) -> Vec<Deal<'b>> {
    let Some(first) = metric.tiers().first() else { return Vec::new() };
    let all = Place::whole(Source::typed("book", "book"));
    let mut deals = Vec::new();
    for years in terms(case) {
        for prepay in prepayments(case) {
            let written = |text: &str| Written::new(text.to_owned(), all.clone());
            let mut line = DraftLine::new(all.clone());
            line.metric = Some(written(metric.name()));
            let quantity = Quantity::whole(first.quantity().from().max(1));
            line.quantity = quantity.map(|quantity| Written::new(quantity, all.clone()));
            let mut draft = Draft::new(all.clone());
            draft.term = Some(Written::new(years, all.clone()));
            draft.prepay = prepay.map(written);
            draft.currency = Some(written(&case.book.currency().code));
            draft.lines = vec![line];
            // What cannot be one is told of its own accord: nothing is sold by it.
            deals.extend(deal::resolve(&draft, case.books, case.date).ok());
        }
    }
    deals
}

/// The terms that the book sells.
pub(super) fn terms(case: &Case<'_>) -> Vec<Years> {
    let range = case.book.terms.as_ref().map(|(range, _)| *range);
    let rows = case.book.discounts().iter().filter(|it| matches!(it.given, Given::Term(_)));
    let ends = rows.flat_map(Discount::rows).filter_map(Row::range);
    let last = ends.map(|range| range.to().unwrap_or(range.from())).max().unwrap_or(1);
    let (from, to) = range.map_or((1, last), |range| (range.from(), range.to().unwrap_or(last)));
    let to = to.max(from).min(Years::MAX.min(from.max(1) + LONGEST - 1).max(last));
    (from..=to).filter_map(Years::new).collect()
}

/// The ways to prepay as a deal writes them: nothing for the standard, which comes first.
fn prepayments<'b>(case: &Case<'b>) -> Vec<Option<&'b str>> {
    let (rows, standard) = case.book.prepayments().unwrap_or_default();
    let others = rows.iter().enumerate().filter(|(place, _)| *place != standard);
    let names = others.map(|(_, row)| row.choices().first().map(String::as_str));
    std::iter::once(None).chain(names).collect()
}
