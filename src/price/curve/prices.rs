//! Prices of quantities of a metric under the terms of one deal.

use crate::book::Metric;
use crate::deal::Deal;
use crate::number::{Increment, Money};
use crate::price::{PricedSegment, price_segment};

/// The engine's prices of the first line of a deal at any quantity, with all other terms unchanged. Quantities
/// are counts of increments.
#[derive(Debug, Clone, Copy)]
pub struct LinePrices<'a, 'b> {
    deal: &'a Deal<'b>,
    increment: Increment,
}

impl<'a, 'b> LinePrices<'a, 'b> {
    /// Prices every quantity that the metric is sold in.
    pub fn of(deal: &'a Deal<'b>) -> Self {
        let metric = deal.lines.first().map(|line| line.metric);
        Self { deal, increment: metric.map_or(Increment::UNIT, Metric::increment) }
    }

    /// Prices whole units alone, also of a metric that is sold in parts.
    pub const fn of_units(deal: &'a Deal<'b>) -> Self {
        Self { deal, increment: Increment::UNIT }
    }

    /// Prices a quantity. Returns `None` for a quantity that the book does not sell, or whose figures exceed
    /// the limits of exact calculation.
    pub fn price_at(self, quantity: u64) -> Option<PricedSegment<'b>> {
        let line = self.deal.lines.first()?;
        let segment = line.segments.first()?;
        let quantity = self.increment.quantity(quantity)?;
        let variant = self.deal.segment_with(line, segment, quantity)?;
        Some(price_segment(self.deal, line, &variant))
    }

    /// Returns the last quantity of a span that has a price. Amounts beyond the limits of exact calculation have
    /// none, while a smaller order of the same span can have one.
    pub fn last(self, from: u64, to: u64) -> Option<u64> {
        if self.price_at(to).is_some() {
            return Some(to);
        }
        self.price_at(from)?;
        Some(first(from, to, |quantity| self.price_at(quantity).is_none()) - 1)
    }

    pub const fn priced_span(self, span: QuantitySpan) -> PricedSpan<'a, 'b> {
        PricedSpan { span, prices: self }
    }

    pub fn total(self, quantity: u64) -> Option<Money> {
        self.price_at(quantity).map(|priced| priced.tcv())
    }
}

/// Quantities between two breakpoints: only amounts change there, and a total only grows, also with parts of a
/// unit and started packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuantitySpan {
    pub from: u64,
    /// The last quantity; `None` where the span has no end.
    pub to: Option<u64>,
}

#[derive(Debug, Clone, Copy)]
pub struct PricedSpan<'a, 'b> {
    pub span: QuantitySpan,
    pub prices: LinePrices<'a, 'b>,
}

/// Returns all quantities that a metric is sold in, cut at ascending breakpoints, as counts of an
/// increment.
pub fn spans_between(breaks: &[u64], metric: &Metric, increment: Increment) -> Vec<QuantitySpan> {
    let sold = |count| increment.quantity(count).is_some_and(|it| metric.tier(it).is_some());
    let ends = breaks.iter().skip(1).map(|next| Some(increment.last(next - 1))).chain([None]);
    let spans = breaks.iter().zip(ends);
    let spans = spans.map(|(&from, to)| QuantitySpan { from: increment.first(from), to });
    let spans = spans.filter(|span| sold(span.from) && span.to.is_none_or(|to| to >= span.from));
    let most = metric.tiers().last().and_then(|tier| tier.quantity().to());
    let most = most.map(|most| increment.last(most));
    spans.map(|span| QuantitySpan { to: span.to.or(most), ..span }).collect()
}

/// Returns the first number of a range for which a condition holds that then holds for all larger ones. Returns
/// the last number where it holds for no smaller one.
pub(crate) fn first(mut low: u64, mut high: u64, holds: impl Fn(u64) -> bool) -> u64 {
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    high
}
