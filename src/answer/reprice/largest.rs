//! The few of many deals that are worth a name.

use crate::number::Total;

/// A deal with its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RankedDeal {
    /// What it is known by.
    pub id: String,
    /// Its place among all deals, counted from 1, where it is known by nothing that can be read.
    pub row: Option<u64>,
    /// Its contract value under the old book, if it has one.
    pub old: Option<Total>,
    /// The same under the new one.
    pub new: Option<Total>,
    /// Why it has none under one of them.
    pub error: Option<String>,
}

/// The deals in which most money is, the largest first. Of those with as much the names decide, so
/// that the order in which deals come is of no account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LargestDeals {
    most: usize,
    found: Vec<(Total, RankedDeal)>,
}

impl LargestDeals {
    /// At most so many.
    pub const fn new(most: usize) -> Self {
        Self { most, found: Vec::new() }
    }

    /// One more deal, if so much is enough. Most are not named at all.
    pub fn add(&mut self, size: Total, name: impl FnOnce() -> RankedDeal) {
        let is_full = self.found.len() == self.most;
        if is_full && self.found.last().is_none_or(|(least, _)| size < *least) {
            return;
        }
        let named = name();
        let is_before = |(other, there): &(Total, RankedDeal)| (size, there) < (*other, &named);
        let place = self.found.partition_point(is_before);
        self.found.insert(place, (size, named));
        self.found.truncate(self.most);
    }

    /// Those of others too, which come behind so many deals.
    pub fn merge(&mut self, other: Self, behind: u64) {
        for (size, named) in other.found {
            self.add(size, || RankedDeal { row: named.row.map(|row| behind + row), ..named });
        }
    }

    /// The largest first.
    pub fn iter(&self) -> impl Iterator<Item = &RankedDeal> {
        self.found.iter().map(|(_, named)| named)
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}
