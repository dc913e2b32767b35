//! Lines that are priced as one, and the part that each of them takes of an amount.

use crate::book::{ListPrice, PriceBasis};
use crate::number::{Money, Quantity, rounding};
use std::sync::{Arc, Mutex};

/// Lines of one metric that take the price of one range in the same years. What they cost as one line is
/// shared out by quantity: first over the lines that agreed on the same price, then over the lines of
/// each, so that a line in two parts changes no amount of another one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LinePool {
    pub quantity: Quantity,
    /// The sum of the fees that the lines name, if any names one.
    pub fee: Option<Money>,
    /// The weight of each group in `groups`.
    pub weights: Vec<u64>,
    pub groups: Vec<SameTerms>,
    pub shared: SharedAmounts,
}

/// Amounts that were shared out before. Each line of a pool takes its part of the same few amounts, and sharing
/// one out takes a look at every line.
#[derive(Debug, Default)]
pub(super) struct SharedAmounts(Mutex<Vec<SharedAmount>>);

#[derive(Debug)]
struct SharedAmount {
    /// The group that the amount is of; `None` for an amount of the pool.
    group: Option<usize>,
    amount: Money,
    places: u32,
    parts: Arc<[Money]>,
}

/// Pools that shared out other amounts are the same pool.
impl PartialEq for SharedAmounts {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for SharedAmounts {}

/// Lines of a pool that agreed on the same price, or on none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SameTerms {
    pub quantity: Quantity,
    /// The weight of each line: its quantity in thousandths, or the fee that it names.
    pub weights: Vec<u64>,
}

impl LinePool {
    /// Returns one part of an amount that is shared over the groups of the pool, or over the lines of a group.
    fn part(&self, group: Option<usize>, at: usize, amount: Money, places: u32) -> Money {
        let weights = group.map_or(&self.weights, |group| &self.groups[group].weights);
        let share = || rounding::parts_by_weight(amount, weights, places);
        let part = |parts: &[Money]| parts.get(at).copied().unwrap_or_default();
        if weights.len() == 1 {
            return amount;
        }
        let Ok(mut shared) = self.shared.0.lock() else {
            return part(&share().collect::<Vec<_>>());
        };
        let is_known =
            |it: &&SharedAmount| (it.group, it.amount, it.places) == (group, amount, places);
        if let Some(known) = shared.iter().find(is_known) {
            return part(&known.parts);
        }
        let parts: Arc<[Money]> = share().collect();
        let found = part(&parts);
        shared.push(SharedAmount { group, amount, places, parts });
        found
    }
}

/// Place of a line in its pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolShare {
    pub(super) pool: Arc<LinePool>,
    pub(super) group: usize,
    pub(super) line: usize,
}

impl PoolShare {
    /// Returns the quantity of all lines of the pool.
    pub fn quantity(&self) -> Quantity {
        self.pool.quantity
    }

    /// Returns the quantity of the lines that agreed on the same price.
    pub fn quantity_at_terms(&self) -> Quantity {
        self.pool.groups[self.group].quantity
    }

    /// Returns the fees that the lines of the pool name, together.
    pub fn fee(&self) -> Option<Money> {
        self.pool.fee
    }

    /// Returns the list price of all lines of the pool as one line, from that of the line.
    pub fn list<'b>(&self, list: ListPrice<'b>) -> ListPrice<'b> {
        match list.basis {
            PriceBasis::Unit => ListPrice { times: self.pool.quantity, ..list },
            PriceBasis::Package(_) | PriceBasis::Line => list,
        }
    }

    /// Returns the part of the line in an amount of the pool, at `places` decimal places at least.
    pub fn of(&self, amount: Money, places: u32) -> Money {
        let places = amount.decimals().max(places);
        self.of_terms(self.pool.part(None, self.group, amount, places), places)
    }

    /// Returns the part of the line in an amount of the lines that agreed on the same price.
    pub fn of_terms(&self, amount: Money, places: u32) -> Money {
        let places = amount.decimals().max(places);
        self.pool.part(Some(self.group), self.line, amount, places)
    }

    /// Returns whether the line is the first of those that agreed on the same price.
    pub(super) const fn is_first(&self) -> bool {
        self.line == 0
    }
}
