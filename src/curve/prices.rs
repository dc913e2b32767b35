//! What quantities of a metric cost under the terms of one deal.

use crate::book::{Metric, PriceBook};
use crate::deal::Deal;
use crate::price::{PricedSegment, price_segment};
use crate::value::{Money, Quantity};

/// The engine's prices of any quantity of the first line of a deal, everything else being what it is.
#[derive(Debug, Clone, Copy)]
pub struct Prices<'a, 'b>(pub &'a Deal<'b>);

impl<'a, 'b> Prices<'a, 'b> {
    /// The years of the line. Nothing, where the book does not sell so much, or the engine does not calculate with it.
    #[must_use]
    pub fn at(self, quantity: u64) -> Option<PricedSegment<'b>> {
        let line = self.0.lines.first()?;
        let segment = line.segments.first()?;
        let variant = self.0.segment_with(line, segment, Quantity::whole(quantity)?)?;
        Some(price_segment(self.0, line, &variant))
    }

    /// The last quantity of a span that the engine calculates with, if there is one: amounts above
    /// its limits are refused, and a smaller order of the same span may be within them.
    #[must_use]
    pub fn last(self, from: u64, to: u64) -> Option<u64> {
        if self.at(to).is_some() {
            return Some(to);
        }
        self.at(from)?;
        Some(first(from, to, |quantity| self.at(quantity).is_none()) - 1)
    }

    /// The same, for the quantities of a span.
    #[must_use]
    pub const fn over(self, span: Span) -> Stretch<'a, 'b> {
        Stretch { span, prices: self }
    }

    /// The contract value.
    #[must_use]
    pub fn total(self, quantity: u64) -> Option<Money> {
        self.at(quantity).map(|priced| priced.tcv())
    }
}

/// Quantities between two breaks of the book: only amounts change there, and a total only grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first one.
    pub from: u64,
    /// The last one, if there is an end.
    pub to: Option<u64>,
}

/// Quantities with what they cost: a total only grows within them.
#[derive(Debug, Clone, Copy)]
pub struct Stretch<'a, 'b> {
    /// The quantities.
    pub span: Span,
    /// What they cost.
    pub prices: Prices<'a, 'b>,
}

/// All quantities that a metric is sold in.
#[must_use]
pub fn spans(book: &PriceBook, metric: &Metric) -> Vec<Span> {
    let breaks = book.breaks(metric);
    let sold = |quantity| Quantity::whole(quantity).is_some_and(|it| metric.tier(it).is_some());
    let ends = breaks.iter().skip(1).map(|next| Some(next - 1)).chain([None]);
    let spans = breaks.iter().zip(ends).map(|(&from, to)| Span { from: from.max(1), to });
    let spans = spans.filter(|span| sold(span.from) && span.to.is_none_or(|to| to >= span.from));
    let most = metric.tiers().last().and_then(|tier| tier.quantity().to());
    spans.map(|span| Span { to: span.to.or(most), ..span }).collect()
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
