//! Where it turns which of two costs less.
//!
//! Between two breaks of the book a total only grows, so it reaches an amount once and leaves it
//! once: both quantities are found by halving, and nothing in between is asked for.

use super::course::{ComparedYears as Compared, ListOrNet};
use crate::number::Money;
use crate::price::curve::{LinePrices, QuantitySpan, first};
use std::cmp::Ordering;

/// Quantities that all cost less than an amount, as much, or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CrossoverRange {
    /// The first one.
    pub from: u64,
    /// The last one, if there is an end.
    pub to: Option<u64>,
    /// What they cost beside the amount.
    pub costs: Ordering,
}

/// Quantities with their prices.
#[derive(Clone, Copy)]
pub(super) struct CrossoverSearch<'a, 'b> {
    pub prices: LinePrices<'a, 'b>,
    pub side: ListOrNet,
    pub compared: Compared,
    /// As many are paid for, even if fewer are used.
    pub least: u64,
}

impl CrossoverSearch<'_, '_> {
    fn total(self, quantity: u64) -> Option<Money> {
        let priced = self.prices.price_at(quantity.max(self.least))?;
        Some(self.side.cost_over(&priced, self.compared))
    }

    /// The quantities of some spans, beside an amount. Those that the engine does not calculate with
    /// are left out.
    pub(super) fn crossovers(self, amount: Money, spans: &[QuantitySpan]) -> Vec<CrossoverRange> {
        let mut ranges: Vec<CrossoverRange> = Vec::new();
        for span in spans {
            let last = span.to.unwrap_or(crate::number::Quantity::MAX);
            let Some(to) = self.prices.last(span.from, last) else { continue };
            let mut from = span.from;
            while from <= to {
                let Some(costs) = self.total(from).map(|total| total.cmp(&amount)) else { break };
                let is_other = |at| self.total(at).is_none_or(|total| total.cmp(&amount) != costs);
                let next = first(from, to, is_other);
                let until = if is_other(next) { next - 1 } else { to };
                let end = if until == to && span.to.is_none() { None } else { Some(until) };
                join(&mut ranges, CrossoverRange { from, to: end, costs });
                from = until + 1;
            }
        }
        ranges
    }
}

/// What goes on as it was is one range.
fn join(ranges: &mut Vec<CrossoverRange>, next: CrossoverRange) {
    match ranges.last_mut() {
        Some(last) if last.costs == next.costs && last.to == Some(next.from - 1) => {
            last.to = next.to;
        }
        _ => ranges.push(next),
    }
}
