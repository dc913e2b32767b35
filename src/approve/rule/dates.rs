//! Dates: which quotes may have the prices of a book.
//!
//! A price book is in force from one day to another. A quote of another day would give prices that nobody offers
//! yet, or that nobody offers any more, and no level can approve that: the deal needs the book of its day. The
//! date of a quote also decides how long it is valid, so that a date is no way to keep a price.

use crate::approve::{ApprovalRule, PricedDeal, Promise, VerdictSink};
use crate::book::{Metric, PriceBook};

/// Refuses deals that are dated outside the days on which their book is in force.
#[derive(Debug)]
pub struct BookDatesRule;

impl ApprovalRule for BookDatesRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        let (book, date) = (case.deal.book, case.deal.date);
        if case.deal.is_what_if || book.is_in_force(date) {
            return;
        }
        match (book.effective, book.until) {
            (Some(first), _) if date < first => sink.refuse(
                &book.rule,
                format_args!(
                    "the price book is in force from {first}, and this quote is dated {date}"
                ),
            ),
            (_, Some(last)) => sink.refuse(
                &book.rule,
                format_args!(
                    "the price book was in force until {last}, and this quote is dated {date}"
                ),
            ),
            _ => {}
        }
    }

    fn promises<'b>(&self, book: &'b PriceBook, _: &Metric) -> Vec<Promise<'b>> {
        let is_dated = book.effective.or(book.until).is_some();
        is_dated.then(|| Promise::constant(&book.rule)).into_iter().collect()
    }
}
