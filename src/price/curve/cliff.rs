//! Orders that cost more than a larger one.
//!
//! Within a span a total only grows (see the contract of a [step](crate::price::PricingStep)). So the last
//! quantity of a span and the cheapest start of a later span decide whether any quantity costs more than a larger
//! order, and bisection finds the first that does.

use super::prices::{LinePrices, PricedSpan, QuantitySpan, first};
use crate::number::Money;

/// Quantities each of which costs more than a larger one, as counts of increments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cliff {
    pub from: u64,
    pub to: u64,
    /// The quantity of the larger order that costs least.
    pub instead: u64,
    pub cost: Money,
    pub worst: Money,
}

impl Cliff {
    /// Returns the difference between the largest quantity and the larger order.
    pub fn extra(&self) -> Money {
        self.worst - self.cost
    }
}

/// Returns, for each ascending span, its quantities that cost more than a larger order. `near` holds the cliffs
/// under other terms, which are tried first because they usually begin at the same quantity.
pub fn cliffs(stretches: &[PricedSpan<'_, '_>], near: &[Option<Cliff>]) -> Vec<Option<Cliff>> {
    let mut cliffs = vec![None; stretches.len()];
    // The cheapest start of a later span, from the last span backwards.
    let mut later: Option<(Money, u64)> = None;
    for (place, stretch) in stretches.iter().enumerate().rev() {
        let QuantitySpan { from, to } = stretch.span;
        if let (Some(to), Some(later)) = (to, later) {
            let near = near.get(place).copied().flatten();
            cliffs[place] = cliff(stretch.prices, (from, to), later, near);
        }
        let start = stretch.prices.total(from).map(|total| (total, from));
        later = later.into_iter().chain(start).min();
    }
    cliffs
}

fn cliff(
    prices: LinePrices<'_, '_>,
    (from, to): (u64, u64),
    (cost, instead): (Money, u64),
    near: Option<Cliff>,
) -> Option<Cliff> {
    let to = prices.last(from, to)?;
    let worst = prices.total(to).filter(|worst| *worst > cost)?;
    let costs_more = |quantity| prices.total(quantity).is_some_and(|total| total > cost);
    let is_start = |at: u64| costs_more(at) && (at == from || !costs_more(at - 1));
    let near = near.map(|near| near.from).filter(|at| (from..=to).contains(at) && is_start(*at));
    let from = near.unwrap_or_else(|| first(from, to, costs_more));
    Some(Cliff { from, to, instead, cost, worst })
}
