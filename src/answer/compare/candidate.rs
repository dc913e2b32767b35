//! A candidate: a need met by one metric, priced as a deal of one line.

use super::cost_by_year::{ComparedYears, CostByYear, ListOrNet};
use crate::approve::{PricedDeal, Verdict, route};
use crate::book::{Metric, PricePeriod};
use crate::deal::Deal;
use crate::number::{Money, Quantity, Ratio};
use crate::price::{PricedSegment, Pricing, price};
use std::cmp::Ordering;

/// A need met by one metric, as a deal of its own with its price and its approvals.
#[derive(Debug)]
pub struct Candidate<'b> {
    pub metric: &'b Metric,
    pub deal: Deal<'b>,
    pub pricing: Pricing<'b>,
    pub verdict: Verdict,
    pub list: CostByYear,
    pub net: CostByYear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CostDifference {
    /// The extra cost; negative where the candidate costs less.
    pub amount: Money,
    pub than: Money,
}

/// Why a metric has no price for a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOutReason {
    /// The metric counts another unit, and the user gave no conversion.
    NoCount,
    /// The book does not sell this quantity.
    NotSold(Quantity),
    /// The need takes more units than a [`Quantity`] can hold.
    TooMany,
    /// One of the two metrics is a package at a fee, or lasts for some months only.
    Package,
    /// The metric is bought once, and the years of the line differ.
    Once,
}

impl<'b> Candidate<'b> {
    pub(super) fn of(deal: Deal<'b>, metric: &'b Metric) -> Self {
        let pricing = price(&deal);
        let verdict = route(&PricedDeal { deal: &deal, pricing: &pricing });
        let costs = |side| CostByYear::of(&pricing.lines, side);
        let (list, net) = (costs(ListOrNet::List), costs(ListOrNet::Net));
        Self { metric, deal, pricing, verdict, list, net }
    }

    pub fn cost_over(&self, side: ListOrNet, span: ComparedYears) -> Money {
        match side {
            ListOrNet::List => self.list.cost_over(span),
            ListOrNet::Net => self.net.cost_over(span),
        }
    }

    pub fn segments(&self) -> &[PricedSegment<'b>] {
        self.pricing.lines.first().map_or(&[], |line| &line.segments)
    }

    /// Returns how much more this candidate costs than `other`, at net price over `span`.
    pub fn difference_from(&self, other: &Self, span: ComparedYears) -> CostDifference {
        let than = other.net.cost_over(span);
        CostDifference { amount: self.net.cost_over(span) - than, than }
    }
}

impl CostDifference {
    /// Returns the difference as a share of the other cost, to 4 places; `None` beside what costs
    /// nothing.
    pub fn share(self) -> Option<Ratio> {
        Ratio::of(self.amount, self.than, 4)
    }

    /// Returns who gains by the candidate, in the words of JSON.
    pub fn gains(self) -> &'static str {
        match self.amount.cmp(&Money::ZERO) {
            Ordering::Less => "customer",
            Ordering::Equal => "nobody",
            Ordering::Greater => "we",
        }
    }
}

/// Whether a metric is a package for some months or at a fee: it meets no standing need.
pub(super) fn is_package(metric: &Metric) -> bool {
    metric.months.is_some() || metric.tiers().iter().any(|tier| tier.fee().is_some())
}

pub(super) fn is_perpetual(metric: &Metric) -> bool {
    matches!(metric.price_period(), PricePeriod::Once { .. })
}

pub(super) fn is_hourly(metric: &Metric) -> bool {
    matches!(metric.price_period(), PricePeriod::Hour { .. })
}
