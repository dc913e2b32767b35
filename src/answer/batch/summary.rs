//! Sums of a batch: rows and contract values by approval outcome.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::memo::{CENT_PLACES, RowPrice};
use super::price::PricedRow;
use crate::book::{Level, PriceBook};
use crate::number::{Date, Share, Total};
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// Limit of the approval outcomes: a ladder has at most sixteen levels beside `none`.
pub(super) const MAX_OUTCOMES: usize = 32;

#[derive(Debug, Clone, Copy)]
pub struct BatchSummary<'a> {
    pub book: &'a PriceBook,
    /// Day on which the rows are quoted.
    pub date: Date,
    pub tally: &'a Tally,
    pub input: &'a str,
    pub output: &'a str,
    /// Name of the file with the rows that could not be priced; `None` if they were printed.
    pub errors: Option<&'a str>,
    /// Highest level that a row may need, if a limit was set.
    pub within: Option<Level>,
}

impl<'a> BatchSummary<'a> {
    pub fn rows(&self) -> u64 {
        self.tally.priced() + self.tally.failed
    }

    /// Lists the levels of the ladder, lowest first, each with its rows.
    pub fn levels(&self) -> impl Iterator<Item = (&'a str, OutcomeTotals)> {
        self.book.ladder().names().zip(self.tally.outcomes.iter().copied())
    }

    /// Lists the reviews that some rows need beside their level, each with those rows.
    pub fn reviews(&self) -> impl Iterator<Item = (&'a str, OutcomeTotals)> {
        self.tally.reviews.iter().map(|(name, rows)| (name.as_str(), *rows))
    }

    pub fn refused(&self) -> OutcomeTotals {
        self.tally.outcomes.last().copied().unwrap_or_default()
    }

    /// Counts the rows that need a level above the limit, without those that are refused.
    pub fn above(&self) -> u64 {
        let Some(within) = self.within else { return 0 };
        self.levels().skip(within.height() + 1).map(|(_, totals)| totals.count).sum()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    pub failed: u64,
    /// Contract value of the priced rows at list.
    pub list_tcv: Total,
    /// Totals by approval outcome: the levels of the ladder, lowest first, and refusals behind them.
    pub outcomes: Vec<OutcomeTotals>,
    /// Totals by the name of a review that rows need beside their level.
    pub reviews: BTreeMap<String, OutcomeTotals>,
}

/// Rows with the same approval outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutcomeTotals {
    pub count: u64,
    pub tcv: Total,
}

impl Tally {
    pub(super) fn new(book: &PriceBook) -> Self {
        let outcomes = book.ladder().names().count() + 1;
        Self {
            failed: 0,
            list_tcv: Total::default(),
            outcomes: vec![OutcomeTotals::default(); outcomes],
            reviews: BTreeMap::new(),
        }
    }

    pub(super) fn add_row(&mut self, priced: &PricedRow, place: usize) {
        self.list_tcv.add(priced.list_tcv);
        let tcv = priced.tcv.into();
        self.outcomes[place] += OutcomeTotals { count: 1, tcv };
        for review in &priced.reviews {
            *self.reviews.entry(review.clone()).or_default() += OutcomeTotals { count: 1, tcv };
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.failed += other.failed;
        self.list_tcv += other.list_tcv;
        for (mine, other) in self.outcomes.iter_mut().zip(&other.outcomes) {
            *mine += *other;
        }
        for (review, other) in &other.reviews {
            *self.reviews.entry(review.clone()).or_default() += *other;
        }
    }

    pub fn priced(&self) -> u64 {
        self.outcomes.iter().map(|it| it.count).sum()
    }

    pub fn tcv(&self) -> Total {
        let mut tcv = Total::default();
        for outcome in &self.outcomes {
            tcv += outcome.tcv;
        }
        tcv
    }

    /// Returns the share by which the contract value lies below list.
    pub fn discount(&self) -> Share {
        self.list_tcv.off(self.tcv())
    }
}

impl AddAssign for OutcomeTotals {
    fn add_assign(&mut self, other: Self) {
        self.count += other.count;
        self.tcv += other.tcv;
    }
}

/// Sums of a chunk of rows whose prices are in cents.
#[derive(Debug, Default)]
pub(super) struct CentTally {
    list_tcv: i128,
    /// Counts and contract values, by the place of the approval outcome.
    outcomes: [(u64, i128); MAX_OUTCOMES],
}

impl CentTally {
    #[inline(always)]
    pub fn add(&mut self, price: &RowPrice) {
        self.list_tcv += i128::from(price.list_tcv);
        let (count, tcv) = &mut self.outcomes[usize::from(price.outcome) % MAX_OUTCOMES];
        *count += 1;
        *tcv += i128::from(price.tcv);
    }

    /// Moves the sums to a tally.
    pub fn drain(&mut self, tally: &mut Tally) {
        let Self { list_tcv, outcomes } = std::mem::take(self);
        tally.list_tcv.add_scaled(list_tcv, CENT_PLACES);
        for ((count, tcv), all) in outcomes.iter().zip(&mut tally.outcomes) {
            all.count += count;
            all.tcv.add_scaled(*tcv, CENT_PLACES);
        }
    }
}
