//! What a batch comes to.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::cell::{Cents, PLACES};
use super::desk::{Desk, Priced};
use super::pen;
use crate::value::{Share, Total};
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
    pub standings: Vec<Standings>,
    /// By the name of a review that rows need beside their level.
    pub reviews: BTreeMap<String, Standings>,
}

/// Rows that need the same level, or that none grants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standings {
    /// How many.
    pub count: u64,
    /// Their contract value.
    pub tcv: Total,
}

impl Tally {
    pub(super) fn new(desk: &Desk<'_>) -> Self {
        let standings = desk.book().ladder().names().count() + 1;
        Self {
            failed: 0,
            list_tcv: Total::default(),
            standings: vec![Standings::default(); standings],
            reviews: BTreeMap::new(),
        }
    }

    pub(super) fn exact(&mut self, priced: &Priced, place: usize) {
        self.list_tcv.add(priced.list_tcv);
        let tcv = priced.tcv.into();
        self.standings[place] += Standings { count: 1, tcv };
        for review in &priced.reviews {
            *self.reviews.entry(review.clone()).or_default() += Standings { count: 1, tcv };
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.failed += other.failed;
        self.list_tcv += other.list_tcv;
        for (mine, other) in self.standings.iter_mut().zip(&other.standings) {
            *mine += *other;
        }
        for (review, other) in &other.reviews {
            *self.reviews.entry(review.clone()).or_default() += *other;
        }
    }

    /// How many rows were priced.
    #[must_use]
    pub fn priced(&self) -> u64 {
        self.standings.iter().map(|it| it.count).sum()
    }

    /// The contract value of all of them.
    #[must_use]
    pub fn tcv(&self) -> Total {
        let mut tcv = Total::default();
        for standing in &self.standings {
            tcv += standing.tcv;
        }
        tcv
    }

    /// How far that lies below list.
    #[must_use]
    pub fn discount(&self) -> Share {
        self.list_tcv.off(self.tcv())
    }

    /// How many rows are outside policy.
    #[must_use]
    pub fn refused(&self) -> u64 {
        self.standings.last().map_or(0, |it| it.count)
    }
}

impl AddAssign for Standings {
    fn add_assign(&mut self, other: Self) {
        self.count += other.count;
        self.tcv += other.tcv;
    }
}

/// The same of a chunk of rows, in cents.
#[derive(Debug, Default)]
pub(super) struct Quick {
    list_tcv: i128,
    /// Counts and sums, by place.
    standings: [(u64, i128); pen::PLACES],
}

impl Quick {
    #[inline(always)]
    pub fn add(&mut self, cents: &Cents) {
        self.list_tcv += i128::from(cents.list_tcv);
        let (count, tcv) = &mut self.standings[usize::from(cents.standing) % pen::PLACES];
        *count += 1;
        *tcv += i128::from(cents.tcv);
    }

    /// Gives everything to a tally, and begins anew.
    pub fn drain(&mut self, tally: &mut Tally) {
        let Self { list_tcv, standings } = std::mem::take(self);
        tally.list_tcv.add_scaled(list_tcv, PLACES);
        for ((count, tcv), all) in standings.iter().zip(&mut tally.standings) {
            all.count += count;
            all.tcv.add_scaled(*tcv, PLACES);
        }
    }
}
