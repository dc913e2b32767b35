//! What quantities of a metric cost under one choice of terms.

use super::Case;
use crate::book::Metric;
use crate::deal::Deal;
use crate::price::{PricedSegment, price_segment};
use crate::value::{Money, Quantity};

/// The engine's price of any quantity, everything else of a deal being what it is.
#[derive(Clone, Copy)]
pub(super) struct Curve<'a, 'b>(pub &'a Deal<'b>);

impl<'b> Curve<'_, 'b> {
    /// Nothing, where the book does not sell so much, or the engine does not calculate with it.
    pub fn at(self, quantity: u64) -> Option<PricedSegment<'b>> {
        let line = self.0.lines.first()?;
        let segment = line.segments.first()?;
        let variant = self.0.segment_with(line, segment, Quantity::whole(quantity)?)?;
        Some(price_segment(self.0, line, &variant))
    }

    /// The last quantity of a piece that the engine calculates with, if there is one: amounts above
    /// its limits are refused, and a smaller order of the same piece may be within them.
    pub fn last(self, from: u64, to: u64) -> Option<u64> {
        if self.at(to).is_some() {
            return Some(to);
        }
        self.at(from)?;
        Some(first(from, to, |quantity| self.at(quantity).is_none()) - 1)
    }

    /// The contract value.
    pub fn total(self, quantity: u64) -> Option<Money> {
        self.at(quantity).map(|priced| priced.tcv())
    }
}

/// Quantities between two breaks of the book: only amounts change there, and a total only grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub from: u64,
    /// The last one has no end.
    pub to: Option<u64>,
}

/// All quantities that a metric is sold in, as pieces.
pub(super) fn pieces(case: &Case<'_>, metric: &Metric) -> Vec<Piece> {
    let breaks = case.book.breaks(metric);
    let sold = |quantity| Quantity::whole(quantity).is_some_and(|it| metric.tier(it).is_some());
    let ends = breaks.iter().skip(1).map(|next| Some(next - 1)).chain([None]);
    let pieces = breaks.iter().zip(ends).map(|(&from, to)| Piece { from: from.max(1), to });
    pieces.filter(|piece| sold(piece.from) && piece.to.is_none_or(|to| to >= piece.from)).collect()
}

/// The first number of a range that something holds for, which from there on holds for all; the last
/// one, if it holds for no other.
pub(super) fn first(mut low: u64, mut high: u64, holds: impl Fn(u64) -> bool) -> u64 {
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
