//! Orders that cost more than a larger one.
//!
//! Within a stretch a total only grows. So whether any of its quantities costs more than some larger order
//! is decided by its last one and by the cheapest start of a later one, and the first quantity that
//! does is found by halving.

use super::prices::{LinePrices, PricedSpan, QuantitySpan, first};
use crate::number::Money;

/// Quantities each of which costs more than a larger one, as counts of what the metric is sold in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cliff {
    /// The smallest of them.
    pub from: u64,
    /// The largest.
    pub to: u64,
    /// The larger order that costs least.
    pub instead: u64,
    /// What that costs.
    pub cost: Money,
    /// What the largest of them costs.
    pub worst: Money,
}

impl Cliff {
    /// By how much the largest of them costs more.
    pub fn extra(&self) -> Money {
        self.worst - self.cost
    }
}

/// For each stretch, ascending, those of its quantities that cost more than a larger order. `near` is
/// where they begin under other terms, if that is known, which is most often where they begin under
/// these.
pub fn cliffs(stretches: &[PricedSpan<'_, '_>], near: &[Option<Cliff>]) -> Vec<Option<Cliff>> {
    let mut cliffs = vec![None; stretches.len()];
    // The cheapest start of a later stretch, from the last one backwards.
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
