//! What quantities of a metric cost under the terms of one deal.

use crate::book::Metric;
use crate::deal::Deal;
use crate::number::{Increment, Money};
use crate::price::{PricedSegment, price_segment};

/// The engine's prices of any quantity of the first line of a deal, everything else being what it is.
/// Quantities are counts of what its metric is sold in.
#[derive(Debug, Clone, Copy)]
pub struct LinePrices<'a, 'b> {
    deal: &'a Deal<'b>,
    increment: Increment,
}

impl<'a, 'b> LinePrices<'a, 'b> {
    /// Those of every quantity that is sold.
    pub fn of(deal: &'a Deal<'b>) -> Self {
        let metric = deal.lines.first().map(|line| line.metric);
        Self { deal, increment: metric.map_or(Increment::UNIT, Metric::increment) }
    }

    /// Those of whole units alone, whatever else is sold.
    pub const fn of_units(deal: &'a Deal<'b>) -> Self {
        Self { deal, increment: Increment::UNIT }
    }

    /// The years of the line. Nothing, where the book does not sell so much, or the engine does not calculate with it.
    pub fn price_at(self, quantity: u64) -> Option<PricedSegment<'b>> {
        let line = self.deal.lines.first()?;
        let segment = line.segments.first()?;
        let quantity = self.increment.quantity(quantity)?;
        let variant = self.deal.segment_with(line, segment, quantity)?;
        Some(price_segment(self.deal, line, &variant))
    }

    /// The last quantity of a span that the engine calculates with, if there is one: amounts above
    /// its limits are refused, and a smaller order of the same span may be within them.
    pub fn last(self, from: u64, to: u64) -> Option<u64> {
        if self.price_at(to).is_some() {
            return Some(to);
        }
        self.price_at(from)?;
        Some(first(from, to, |quantity| self.price_at(quantity).is_none()) - 1)
    }

    /// The same, for the quantities of a span.
    pub const fn priced_span(self, span: QuantitySpan) -> PricedSpan<'a, 'b> {
        PricedSpan { span, prices: self }
    }

    /// The contract value.
    pub fn total(self, quantity: u64) -> Option<Money> {
        self.price_at(quantity).map(|priced| priced.tcv())
    }
}

/// Quantities between two breaks of the book: only amounts change there, and a total only grows. Parts of
/// a unit too only add to what is paid for, started packages included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuantitySpan {
    /// The first one.
    pub from: u64,
    /// The last one, if there is an end.
    pub to: Option<u64>,
}

/// Quantities with what they cost: a total only grows within them.
#[derive(Debug, Clone, Copy)]
pub struct PricedSpan<'a, 'b> {
    /// The quantities.
    pub span: QuantitySpan,
    /// What they cost.
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

/// The first number of a range that something holds for, which from there on holds for all; the last
/// one, if it holds for no other.
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
