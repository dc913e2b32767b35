//! One way to meet a need: a deal of one line.

use super::course::{ComparedYears, CostByYear, ListOrNet};
use crate::approve::{PricedDeal, Verdict, route};
use crate::book::Metric;
use crate::deal::Deal;
use crate::number::Money;
use crate::price::{PricedSegment, Pricing, price};
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
    pub list: CostByYear,
    /// The same, at net.
    pub net: CostByYear,
}

/// What one way costs more than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CostDifference {
    /// Below nothing where it costs less.
    pub amount: Money,
    /// The other one.
    pub than: Money,
}

impl<'b> Candidate<'b> {
    pub(super) fn of(deal: Deal<'b>, metric: &'b Metric) -> Self {
        let pricing = price(&deal);
        let verdict = route(&PricedDeal { deal: &deal, pricing: &pricing });
        let course = |side| CostByYear::of(&pricing.lines, side);
        let (list, net) = (course(ListOrNet::List), course(ListOrNet::Net));
        Self { metric, deal, pricing, verdict, list, net }
    }

    /// What it costs over a span.
    pub fn cost_over(&self, side: ListOrNet, span: ComparedYears) -> Money {
        match side {
            ListOrNet::List => self.list.cost_over(span),
            ListOrNet::Net => self.net.cost_over(span),
        }
    }

    /// The years of it that are alike, each with its figures.
    pub fn segments(&self) -> &[PricedSegment<'b>] {
        self.pricing.lines.first().map_or(&[], |line| &line.segments)
    }

    /// What it costs more than another way.
    pub fn difference_from(&self, other: &Self, span: ComparedYears) -> CostDifference {
        let than = other.net.cost_over(span);
        CostDifference { amount: self.net.cost_over(span) - than, than }
    }
}

impl CostDifference {
    /// Who gains by it: less than nothing is what the customer does, and more what we do.
    pub fn who_gains(&self) -> Ordering {
        self.amount.cmp(&Money::ZERO)
    }
}
