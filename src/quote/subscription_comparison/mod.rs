//! A line of a deal beside the subscription that could replace it: the costs of both, and the break-even.
//!
//! The playbook answers a customer who wants a perpetual license with this comparison (L1862-L1876). The
//! subscription is priced by the same engine as a deal of its own.

mod costs;

pub use costs::{ConsumptionCosts, ConsumptionYear, PerpetualCostByYear, PerpetualCosts};

use crate::approve::{PricedDeal, Verdict, route};
use crate::book::{Metric, PricePeriod};
use crate::deal::{Deal, Line};
use crate::number::Quantity;
use crate::price::{PricedSegment, committed, price};

#[derive(Debug, Clone)]
pub struct SubscriptionComparison<'b> {
    /// The place of the line in the deal, counted from 0.
    pub line: usize,
    /// The first year of the segment, counted from 1.
    pub first_year: u32,
    pub bought: Line<'b>,
    pub priced: PricedSegment<'b>,
    pub metric: &'b Metric,
    /// The quantity of the subscription: that of the line, rounded up where the metric is sold in whole units.
    pub quantity: Quantity,
    /// The subscription under the terms of the deal, without programs: the customer would have to ask for
    /// those.
    pub subscription: PricedSegment<'b>,
    pub verdict: Verdict,
    pub costs: ComparedCosts,
}

#[derive(Debug, Clone, Copy)]
pub enum ComparedCosts {
    Perpetual(PerpetualCosts),
    Consumption(ConsumptionCosts),
}

/// Returns a comparison for each segment of each line for which the book names a subscription. A quantity
/// that the subscription is not sold in has no comparison.
pub fn comparisons<'b>(case: &PricedDeal<'_, 'b>) -> Vec<SubscriptionComparison<'b>> {
    let deal = case.deal;
    let mut comparisons = Vec::new();
    for (line, bought) in case.pricing.lines.iter().enumerate() {
        let Some(metric) = compared_subscription(deal, &bought.line) else { continue };
        for (first_year, priced) in bought.by_year() {
            let sold = subscription(deal, metric, priced.segment.quantity());
            let Some((quantity, subscription, verdict)) = sold else { continue };
            let costs = match bought.line.metric.price_period {
                PricePeriod::Once { .. } => ComparedCosts::Perpetual(PerpetualCosts::of(
                    deal.horizon(),
                    priced,
                    &subscription,
                )),
                PricePeriod::Hour { .. } => {
                    let least = committed(deal, &bought.line, &priced.segment);
                    let costs = ConsumptionCosts::of(priced, least.as_ref(), &subscription);
                    ComparedCosts::Consumption(costs)
                }
                // A book can compare no subscription with another.
                PricePeriod::Year => continue,
            };
            comparisons.push(SubscriptionComparison {
                line,
                first_year,
                bought: bought.line.clone(),
                priced: priced.clone(),
                metric,
                quantity,
                subscription,
                verdict,
                costs,
            });
        }
    }
    comparisons
}

/// Prices a quantity of a subscription under the terms of a deal, without programs. Returns the quantity that is
/// sold, its price, and the verdict on it as a deal of its own; `None` where the book does not sell as much.
pub fn subscription<'b>(
    deal: &Deal<'b>,
    metric: &'b Metric,
    quantity: Quantity,
) -> Option<(Quantity, PricedSegment<'b>, Verdict)> {
    let quantity = metric.sellable_quantity(quantity)?;
    let deal = deal.without_items().with_order(metric, quantity)?;
    let pricing = price(&deal);
    let verdict = route(&PricedDeal { deal: &deal, pricing: &pricing });
    let priced = pricing.lines.first()?.segments.first()?.clone();
    Some((quantity, priced, verdict))
}

pub fn compared_subscription<'b>(deal: &Deal<'b>, line: &Line<'b>) -> Option<&'b Metric> {
    deal.book().metric(line.metric().instead_of()?)
}
