//! One way to meet a need: a deal of one line.

use super::course::{Course, Side, Span};
use crate::approve::{Case, Verdict, route};
use crate::book::Metric;
use crate::deal::Deal;
use crate::price::{PricedSegment, Pricing, price};
use crate::value::Money;
use std::cmp::Ordering;

/// A need, met by one metric: a deal of its own, with its price and who must agree to it.
#[derive(Debug)]
pub struct Candidate<'b> {
    /// What is counted.
    pub metric: &'b Metric,
    /// The deal, of one line.
    pub deal: Deal<'b>,
    /// Its figures.
    pub pricing: Pricing<'b>,
    /// Who must say yes.
    pub verdict: Verdict,
    /// What it costs as the years go by, at list.
    pub list: Course,
    /// The same, at net.
    pub net: Course,
}

/// What one way costs more than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// Below nothing where it costs less.
    pub amount: Money,
    /// The other one.
    pub than: Money,
}

impl<'b> Candidate<'b> {
    pub(super) fn of(deal: Deal<'b>, metric: &'b Metric) -> Self {
        let pricing = price(&deal);
        let verdict = route(&Case { deal: &deal, pricing: &pricing });
        let course = |side| Course::of(&pricing.lines, side);
        let (list, net) = (course(Side::List), course(Side::Net));
        Self { metric, deal, pricing, verdict, list, net }
    }

    /// What it costs over a span.
    #[must_use]
    pub fn over(&self, side: Side, span: Span) -> Money {
        match side {
            Side::List => self.list.over(span),
            Side::Net => self.net.over(span),
        }
    }

    /// The years of it that are alike, each with its figures.
    #[must_use]
    pub fn segments(&self) -> &[PricedSegment<'b>] {
        self.pricing.lines.first().map_or(&[], |line| &line.segments)
    }

    /// What it costs more than another way.
    #[must_use]
    pub fn beside(&self, other: &Self, span: Span) -> Difference {
        let than = other.net.over(span);
        Difference { amount: self.net.over(span) - than, than }
    }
}

impl Difference {
    /// Who gains by it: less than nothing is what the customer does, and more what we do.
    #[must_use]
    pub fn side(&self) -> Ordering {
        self.amount.cmp(&Money::ZERO)
    }
}
