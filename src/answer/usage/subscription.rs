//! What the same would have cost by subscription.

use super::rate::{MonthBill, UsageFigures};
use crate::approve::Verdict;
use crate::book::Metric;
use crate::deal::{Deal, Line};
use crate::number::{Month, Quantity};
use crate::price::PricedSegment;
use crate::quote::subscription_comparison::{compared_subscription, subscription};

/// A subscription in place of what was used, under the terms of the deal.
#[derive(Debug, Clone)]
pub struct SubscriptionEquivalent<'b> {
    /// What of the use it would have covered.
    pub covers: CoveredUse,
    /// What is subscribed to.
    pub metric: &'b Metric,
    /// How many units.
    pub quantity: Quantity,
    /// What they cost.
    pub priced: PricedSegment<'b>,
    /// What that would need as a deal of its own.
    pub verdict: Verdict,
}

/// What of a year's use a subscription covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoveredUse {
    /// The average: too few in months of more.
    Average,
    /// The month with the highest average: enough in every month.
    Busiest(Month),
}

/// For the average and for the busiest month, where the book names a subscription and sells as much
/// of it.
pub(super) fn subscribed<'b>(
    deal: &Deal<'b>,
    line: &Line<'b>,
    bills: &[MonthBill<'_>],
    total: &UsageFigures,
) -> Vec<SubscriptionEquivalent<'b>> {
    let Some(metric) = compared_subscription(deal, line) else { return Vec::new() };
    let units = |figures: &UsageFigures| figures.used.units(figures.hours);
    let months = bills.iter().filter_map(|bill| Some((units(&bill.figures)?, bill.month)));
    // Of months that are alike, the first: the last of equals is the largest.
    let busiest = months.rev().max_by_key(|(units, _)| *units);
    let average = units(total).map(|units| (CoveredUse::Average, units));
    let busiest = busiest.map(|(units, month)| (CoveredUse::Busiest(month), units));
    let found = average.into_iter().chain(busiest).filter_map(|(covers, units)| {
        let (quantity, priced, verdict) = subscription(deal, metric, units)?;
        Some(SubscriptionEquivalent { covers, metric, quantity, priced, verdict })
    });
    found.collect()
}
