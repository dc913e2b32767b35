//! Deals of one kind, such as those that cost more than before: their total, and the largest of them.

use crate::number::Total;

/// A deal that is named, because it is one of the largest of its kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RankedDeal {
    pub id: String,
    /// Place among all deals, counted from 1, for a deal whose id cannot be read.
    pub row: Option<u64>,
    pub old: Option<Total>,
    pub new: Option<Total>,
    /// Reason for which a book has no price.
    pub error: Option<String>,
}

impl RankedDeal {
    /// Returns the id of the deal, or the number of its row.
    pub(super) fn name(&self) -> String {
        self.row.map_or_else(|| self.id.clone(), |row| format!("row {row}"))
    }
}

/// Deals of one kind, of which the largest are named. Deals with equal amounts are in the order of their
/// ids, so that the result does not depend on the order in which deals are added.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DealGroup {
    pub deals: u64,
    /// Total of their amounts.
    pub total: Total,
    most: usize,
    largest: Vec<(Total, RankedDeal)>,
}

impl DealGroup {
    /// Names at most this many deals.
    pub fn new(most: usize) -> Self {
        Self { most, ..Self::default() }
    }

    /// Adds a deal. `name` is called only if its amount is large enough: most deals are not named.
    pub fn add(&mut self, amount: Total, name: impl FnOnce() -> RankedDeal) {
        self.deals += 1;
        self.total += amount;
        self.rank(amount, name);
    }

    fn rank(&mut self, amount: Total, name: impl FnOnce() -> RankedDeal) {
        let is_full = self.largest.len() == self.most;
        if is_full && self.largest.last().is_none_or(|(least, _)| amount < *least) {
            return;
        }
        let named = name();
        let is_before = |(other, there): &(Total, RankedDeal)| (amount, there) < (*other, &named);
        let place = self.largest.partition_point(is_before);
        self.largest.insert(place, (amount, named));
        self.largest.truncate(self.most);
    }

    /// Adds the deals of another group, before which `behind` deals came.
    pub fn merge(&mut self, other: Self, behind: u64) {
        self.deals += other.deals;
        self.total += other.total;
        for (amount, named) in other.largest {
            self.rank(amount, || RankedDeal { row: named.row.map(|row| behind + row), ..named });
        }
    }

    /// Lists the named deals, the largest first.
    pub fn largest(&self) -> impl Iterator<Item = &RankedDeal> {
        self.largest.iter().map(|(_, named)| named)
    }
}
