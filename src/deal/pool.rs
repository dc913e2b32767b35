//! Lines that are priced as one, and the part that each of them takes of an amount.

use crate::book::{ListPrice, PriceBasis};
use crate::number::{Money, Quantity, rounding};
use std::sync::Arc;

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
}

/// Lines of a pool that agreed on the same price, or on none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SameTerms {
    pub quantity: Quantity,
    /// The weight of each line: its quantity in thousandths, or the fee that it names.
    pub weights: Vec<u64>,
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
        let weights = &self.pool.weights;
        let of_group = rounding::part_by_weight(amount, weights, self.group, places);
        self.of_terms(of_group, places)
    }

    /// Returns the part of the line in an amount of the lines that agreed on the same price.
    pub fn of_terms(&self, amount: Money, places: u32) -> Money {
        let places = amount.decimals().max(places);
        rounding::part_by_weight(amount, &self.pool.groups[self.group].weights, self.line, places)
    }

    /// Returns whether the line is the first of those that agreed on the same price.
    pub(super) const fn is_first(&self) -> bool {
        self.line == 0
    }
}
