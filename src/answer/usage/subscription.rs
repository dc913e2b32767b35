//! The cost of the metered use by subscription.

use super::month_bill::{MonthBill, UsageFigures};
use crate::approve::Verdict;
use crate::book::Metric;
use crate::deal::{Deal, Line};
use crate::number::{Month, Quantity};
use crate::price::PricedSegment;
use crate::quote::subscription_comparison::{compared_subscription, subscription};

/// A subscription that replaces the metered use, under the terms of the deal.
#[derive(Debug, Clone)]
pub struct SubscriptionEquivalent<'b> {
    /// The part of the use that the subscription covers.
    pub covers: CoveredUse,
    pub metric: &'b Metric,
    pub quantity: Quantity,
    pub priced: PricedSegment<'b>,
    /// The approvals that the subscription would need as a deal of its own.
    pub verdict: Verdict,
}

/// The part of the metered use that a subscription covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoveredUse {
    /// The average: too few units in a month of more use.
    Average,
    /// The month with the highest average: enough units in every month.
    Busiest(Month),
}

/// Returns a subscription for the average and one for the busiest month, as far as the book names a
/// subscription to compare with and sells the quantity.
pub(super) fn subscribed<'b>(
    deal: &Deal<'b>,
    line: &Line<'b>,
    bills: &[MonthBill<'_>],
    total: &UsageFigures,
) -> Vec<SubscriptionEquivalent<'b>> {
    let Some(metric) = compared_subscription(deal, line) else { return Vec::new() };
    let units = |figures: &UsageFigures| figures.used.units(figures.hours);
    let months = bills.iter().filter_map(|bill| Some((units(&bill.figures)?, bill.month)));
    // Reversed, because `max_by_key` returns the last of equals and the first month is wanted.
    let busiest = months.rev().max_by_key(|(units, _)| *units);
    let average = units(total).map(|units| (CoveredUse::Average, units));
    let busiest = busiest.map(|(units, month)| (CoveredUse::Busiest(month), units));
    let found = average.into_iter().chain(busiest).filter_map(|(covers, units)| {
        let (quantity, priced, verdict) = subscription(deal, metric, units)?;
        Some(SubscriptionEquivalent { covers, metric, quantity, priced, verdict })
    });
    found.collect()
}
