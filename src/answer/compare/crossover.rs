//! Quantities at which the cost of a metric crosses a given amount.
//!
//! Between two breakpoints of the book a total only grows, so it reaches an amount once and leaves
//! it once. Bisection finds both quantities, and no quantity in between has to be priced.

use crate::number::{Money, Quantity};
use crate::price::curve::{LinePrices, QuantitySpan, first};
use std::cmp::Ordering;

/// A range of quantities that all cost less than an amount, exactly the amount, or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CrossoverRange {
    pub from: u64,
    /// The last quantity; `None` where the range has no end.
    pub to: Option<u64>,
    /// The cost of each quantity compared with the amount.
    pub costs: Ordering,
}

/// Splits the quantities of `spans` into ranges by whether they cost less than `amount`, exactly
/// `amount`, or more. Quantities that the engine cannot price are left out.
pub(super) fn crossovers(
    prices: LinePrices<'_, '_>,
    spans: &[QuantitySpan],
    amount: Money,
    cost: impl Fn(u64) -> Option<Money>,
) -> Vec<CrossoverRange> {
    let compared = |quantity| cost(quantity).map(|cost| cost.cmp(&amount));
    let mut ranges: Vec<CrossoverRange> = Vec::new();
    for span in spans {
        let last = span.to.unwrap_or(Quantity::MAX);
        let Some(to) = prices.last(span.from, last) else { continue };
        let mut from = span.from;
        while from <= to {
            let Some(costs) = compared(from) else { break };
            let is_other = |at| compared(at) != Some(costs);
            let next = first(from, to, is_other);
            let until = if is_other(next) { next - 1 } else { to };
            let end = if until == to && span.to.is_none() { None } else { Some(until) };
            append(&mut ranges, CrossoverRange { from, to: end, costs });
            from = until + 1;
        }
    }
    ranges
}

/// Appends a range, and merges it with the last one if it continues that.
fn append(ranges: &mut Vec<CrossoverRange>, next: CrossoverRange) {
    match ranges.last_mut() {
        Some(last) if last.costs == next.costs && last.to == Some(next.from - 1) => {
            last.to = next.to;
        }
        _ => ranges.push(next),
    }
}
