//! Largest changes of a portfolio.

use crate::number::Total;

/// A deal of the list of largest ones.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RankedDeal {
    /// Id of the deal.
    pub id: String,
    /// Place among all deals, counted from 1, for a deal whose id cannot be read.
    pub row: Option<u64>,
    /// Contract value under the old book.
    pub old: Option<Total>,
    /// Contract value under the new book.
    pub new: Option<Total>,
    /// Reason for which a book has no price.
    pub error: Option<String>,
}

/// Deals with the largest amounts, the largest first. Deals with equal amounts are in the order of their ids,
/// so that the result does not depend on the order in which deals are added.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LargestDeals {
    most: usize,
    found: Vec<(Total, RankedDeal)>,
}

impl LargestDeals {
    /// Keeps at most this many deals.
    pub const fn new(most: usize) -> Self {
        Self { most, found: Vec::new() }
    }

    /// Adds a deal, if its amount is large enough. `name` is called only then: most deals are not kept.
    pub fn add(&mut self, amount: Total, name: impl FnOnce() -> RankedDeal) {
        let is_full = self.found.len() == self.most;
        if is_full && self.found.last().is_none_or(|(least, _)| amount < *least) {
            return;
        }
        let named = name();
        let is_before = |(other, there): &(Total, RankedDeal)| (amount, there) < (*other, &named);
        let place = self.found.partition_point(is_before);
        self.found.insert(place, (amount, named));
        self.found.truncate(self.most);
    }

    /// Adds the deals of another list, before which `behind` deals came.
    pub fn merge(&mut self, other: Self, behind: u64) {
        for (amount, named) in other.found {
            self.add(amount, || RankedDeal { row: named.row.map(|row| behind + row), ..named });
        }
    }

    /// Lists the deals, the largest first.
    pub fn iter(&self) -> impl Iterator<Item = &RankedDeal> {
        self.found.iter().map(|(_, named)| named)
    }

    /// Says whether there is no deal.
    pub const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}
