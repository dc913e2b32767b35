//! Years of a contract that count as a commitment.
//!
//! A discount for a term or a prepayment is given for years that the customer buys. A ramp of 500, 1 and 1
//! units over three years buys one year, and so does one of 1, 1 and 500 whose first years are free. The
//! book says with `kept` which share of the largest year before it, at list, a year has to keep. Lines that
//! count together are looked at together, so that a line in two parts has the same years. So has an order that is cut
//! into several deals with the same terms. Deals with other terms are commitments of their own: a year beside three
//! takes nothing from the three.
//!
//! Whatever needs years is measured here: discounts, payment terms and programs ask for [`Line::counted_years`],
//! or for [`Deal::remains_for`] where the years have to remain from the day of the quote.

use super::counting::count_together;
use super::{Deal, Line, Segment};
use crate::book::{PriceBasis, PriceBook};
use crate::number::{Money, Rate, Years};
use std::fmt;

/// A year of the lines of a metric, with its list price and whether it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearAtList {
    pub list: Money,
    /// The largest list price of a year before.
    pub largest_before: Money,
    pub counts: bool,
}

/// Finds the years that do not count for the discounts of each line: none in a book that does not say.
pub(super) fn count_years(lines: &mut [Line<'_>], book: &PriceBook) {
    let Some((kept, _)) = book.commitment.kept else { return };
    // Equal years keep all of one another.
    if lines.iter().all(|line| line.segments.len() == 1) {
        let segments = lines.iter_mut().flat_map(|line| &mut line.segments);
        segments.for_each(|segment| segment.uncounted_years = 0);
        return;
    }
    let mut is_done = vec![false; lines.len()];
    for at in 0..lines.len() {
        if is_done[at] {
            continue;
        }
        let mine: Vec<usize> = (at..lines.len())
            .filter(|&other| other == at || count_together(&lines[at], &lines[other]))
            .collect();
        let years = years_at_list(mine.iter().map(|&at| &lines[at]), kept);
        // Nothing is given for lines that are free in all years.
        let is_free = years.iter().all(|year| year.list.is_zero());
        let uncounted = years.iter().filter(|year| !year.counts && !is_free).count();
        for at in mine {
            is_done[at] = true;
            for segment in &mut lines[at].segments {
                segment.uncounted_years = u32::try_from(uncounted).unwrap_or_default();
            }
        }
    }
}

fn years_at_list<'l, 'b: 'l>(
    lines: impl Iterator<Item = &'l Line<'b>>,
    kept: Rate,
) -> Vec<YearAtList> {
    let mut amounts: Vec<Money> = Vec::new();
    for line in lines {
        let years = line.segments.iter().flat_map(|segment| {
            let list = segment.list_of_year(line.metric.places)
                * line.metric.price_period.times_per_year();
            std::iter::repeat_n(list, segment.length.years() as usize)
        });
        for (year, list) in years.enumerate() {
            match amounts.get_mut(year) {
                Some(amount) => *amount = *amount + list,
                None => amounts.push(list),
            }
        }
    }
    let mut largest_before = Money::ZERO;
    let year = |list: Money| {
        let counts = !list.is_zero() && list >= kept.of(largest_before);
        let year = YearAtList { list, largest_before, counts };
        largest_before = largest_before.max(list);
        year
    };
    amounts.into_iter().map(year).collect()
}

impl Segment<'_> {
    /// Returns the list price of a year: its share of what lines cost as one.
    pub(super) fn list_of_year(&self, places: u32) -> Money {
        let list = self.list;
        let price = list.price * list.times;
        let shared = self.pool.as_ref().filter(|_| list.basis != PriceBasis::Unit);
        shared.map_or(price, |pool| pool.of(price, places))
    }

    /// Returns the years of a term that count as a commitment.
    pub fn counted_years(&self, term: Years) -> u32 {
        term.count().saturating_sub(self.uncounted_years)
    }
}

impl Line<'_> {
    /// Writes how many years do not count, after what is said of the contract; nothing if all count.
    pub(crate) fn uncounted_words(&self) -> impl fmt::Display {
        let uncounted = self.uncounted_years();
        fmt::from_fn(move |f| match uncounted {
            0 => Ok(()),
            1 => f.write_str("; 1 of its years does not count"),
            more => write!(f, "; {more} of its years do not count"),
        })
    }

    /// Returns the years of the contract that do not count as a commitment.
    pub fn uncounted_years(&self) -> u32 {
        self.segments.first().map_or(0, |segment| segment.uncounted_years)
    }

    /// Returns the years of a term that count as a commitment.
    pub fn counted_years(&self, term: Years) -> u32 {
        self.segments.first().map_or(term.count(), |segment| segment.counted_years(term))
    }
}

impl<'b> Deal<'b> {
    /// Returns whether so many years of a line remain on the day of the quote, counted in days, without those
    /// that do not count. A contract that begins later, or on a day that is not stated, remains as a whole.
    pub fn remains_for(&self, line: &Line<'b>, years: u32) -> bool {
        let Some(period) = &self.period else { return line.counted_years(self.term) >= years };
        let months = i32::try_from(12 * (years + line.uncounted_years())).unwrap_or(i32::MAX);
        period.end().plus_days(1) >= period.start().max(self.date).plus_months(months)
    }

    /// Returns the whole years of a line and of those that count together with it; none in a book that
    /// counts every year.
    pub fn years_at_list(&self, line: usize) -> Vec<YearAtList> {
        let Some((kept, _)) = self.book.commitment.kept else { return Vec::new() };
        years_at_list(self.counted_with(line).filter_map(|at| self.lines.get(at)), kept)
    }
}
