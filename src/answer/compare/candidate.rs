//! A candidate: a need met by one metric, priced as a deal of one line.

use super::cost_by_year::{ComparedYears, CostByYear, ListOrNet};
use crate::approve::{PricedDeal, Verdict, route};
use crate::book::{Metric, PricePeriod, Tier};
use crate::deal::Deal;
use crate::number::{Money, Quantity, Ratio};
use crate::price::{PricedSegment, Pricing, price};
use std::cmp::{Ordering, Reverse};

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

/// The limit of an edition at a low price: the most hosts or units for which the price holds.
#[derive(Debug, Clone, Copy)]
pub struct EditionLimit<'b> {
    pub tier: &'b Tier,
    /// The most hosts; `None` where the limit is the largest quantity of the tier.
    pub hosts: Option<u32>,
    /// Whether the deal keeps to the limit; `None` where its hosts are not known and could be too many.
    pub is_kept: Option<bool>,
}

/// Why a metric has no price for a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOutReason {
    /// The metric counts another unit, and the user gave no conversion.
    NoCount,
    NotSold(Quantity),
    /// The need takes more units than a [`Quantity`] can hold.
    TooMany,
    /// One of the two metrics is a package at a fee, or lasts for some months only.
    Package,
    /// The metric is a share of what other lines cost.
    Share,
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

    /// Returns the limits of the tiers that the candidate buys, each once.
    pub fn limits(&self) -> Vec<EditionLimit<'b>> {
        let mut limits: Vec<EditionLimit<'b>> = Vec::new();
        for line in self.deal.lines() {
            // Largest quantity first: a limit that it keeps to holds for smaller ones too.
            let mut segments: Vec<_> = line.segments().iter().collect();
            segments.sort_by_key(|segment| Reverse(segment.quantity()));
            for segment in segments {
                let tier = segment.list.tier;
                if limits.iter().all(|known| known.tier.rule != tier.rule) {
                    limits.extend(EditionLimit::of(tier, segment.quantity(), line.hosts));
                }
            }
        }
        limits
    }

    /// Returns how much more this candidate costs than `other`, at net price over `span`.
    pub fn difference_from(&self, other: &Self, span: ComparedYears) -> CostDifference {
        let than = other.net.cost_over(span);
        CostDifference { amount: self.net.cost_over(span) - than, than }
    }
}

impl CostDifference {
    /// Returns the share of the other cost, to 4 places; `None` beside what costs nothing.
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

impl<'b> EditionLimit<'b> {
    /// Returns the limit of a tier that is sold for a few hosts, or is free for a few units.
    fn of(tier: &'b Tier, quantity: Quantity, hosts: Option<u32>) -> Option<Self> {
        match tier.max_hosts {
            Some(most) => {
                // Each unit is on one host at most, so few units are on few hosts.
                let is_few = (quantity.ceil() <= u64::from(most)).then_some(true);
                let fits = tier.fits_hosts(quantity, hosts);
                let is_kept = hosts.map(|hosts| hosts <= most).or(is_few);
                let is_kept = if fits { is_kept } else { Some(false) };
                Some(Self { tier, hosts: Some(most), is_kept })
            }
            None if tier.price.is_zero() && tier.fee.is_none() && tier.quantity.to().is_some() => {
                Some(Self { tier, hosts: None, is_kept: Some(true) })
            }
            None => None,
        }
    }

    /// Formats the limit: "up to 3 hosts", "1-2 sockets".
    pub fn description(&self, metric: &Metric) -> String {
        match self.hosts {
            Some(1) => "1 host".to_owned(),
            Some(most) => format!("up to {most} hosts"),
            None => format!("{} {}", self.tier.quantity, metric.units),
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
