//! What a batch comes to.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::cell::{PLACES, RowPrice};
use super::desk::{PricedRow, RowPricer};
use super::pen;
use crate::number::{Share, Total};
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// The sums of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Rows that could not be priced.
    pub failed: u64,
    /// The contract value of all others at list.
    pub list_tcv: Total,
    /// By standing: the levels of the ladder lowest first, and behind them what none grants.
    pub outcomes: Vec<OutcomeTotals>,
    /// By the name of a review that rows need beside their level.
    pub reviews: BTreeMap<String, OutcomeTotals>,
}

/// Rows that need the same level, or that none grants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutcomeTotals {
    /// How many.
    pub count: u64,
    /// Their contract value.
    pub tcv: Total,
}

impl Tally {
    pub(super) fn new(desk: &RowPricer<'_>) -> Self {
        let standings = desk.book().ladder().names().count() + 1;
        Self {
            failed: 0,
            list_tcv: Total::default(),
            outcomes: vec![OutcomeTotals::default(); standings],
            reviews: BTreeMap::new(),
        }
    }

    pub(super) fn exact(&mut self, priced: &PricedRow, place: usize) {
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

    /// How many rows were priced.
    pub fn priced(&self) -> u64 {
        self.outcomes.iter().map(|it| it.count).sum()
    }

    /// The contract value of all of them.
    pub fn tcv(&self) -> Total {
        let mut tcv = Total::default();
        for standing in &self.outcomes {
            tcv += standing.tcv;
        }
        tcv
    }

    /// How far that lies below list.
    pub fn discount(&self) -> Share {
        self.list_tcv.off(self.tcv())
    }

    /// How many rows are outside policy.
    pub fn refused(&self) -> u64 {
        self.outcomes.last().map_or(0, |it| it.count)
    }
}

impl AddAssign for OutcomeTotals {
    fn add_assign(&mut self, other: Self) {
        self.count += other.count;
        self.tcv += other.tcv;
    }
}

/// The same of a chunk of rows, in cents.
#[derive(Debug, Default)]
pub(super) struct CentTally {
    list_tcv: i128,
    /// Counts and sums, by place.
    outcomes: [(u64, i128); pen::PLACES],
}

impl CentTally {
    #[inline(always)]
    pub fn add(&mut self, cents: &RowPrice) {
        self.list_tcv += i128::from(cents.list_tcv);
        let (count, tcv) = &mut self.outcomes[usize::from(cents.outcome) % pen::PLACES];
        *count += 1;
        *tcv += i128::from(cents.tcv);
    }

    /// Gives everything to a tally, and begins anew.
    pub fn drain(&mut self, tally: &mut Tally) {
        let Self { list_tcv, outcomes: standings } = std::mem::take(self);
        tally.list_tcv.add_scaled(list_tcv, PLACES);
        for ((count, tcv), all) in standings.iter().zip(&mut tally.outcomes) {
            all.count += count;
            all.tcv.add_scaled(*tcv, PLACES);
        }
    }
}
