//! One need, met in two ways: what each costs, and from where on the other one is cheaper.
//!
//! Everything here prices variants of a deal with the same engine, and returns figures of its own.

mod consumption;
mod perpetual;

pub use consumption::{ConsumptionCosts, ConsumptionYear};
pub use perpetual::{PerpetualCostByYear, PerpetualCosts};

use crate::approve::{PricedDeal, Verdict, route};
use crate::book::{Metric, PricePeriod};
use crate::deal::{Deal, Line};
use crate::number::Quantity;
use crate::price::{PricedSegment, committed, price};

/// Years of a line, and the same by subscription.
#[derive(Debug, Clone)]
pub struct SubscriptionComparison<'b> {
    /// The line of the deal, from 0.
    pub line: usize,
    /// The segment of the line, from 0.
    pub segment: usize,
    /// The subscription.
    pub metric: &'b Metric,
    /// How many of it: as many as the line has, in whole units where it is sold so.
    pub quantity: Quantity,
    /// What it costs under the terms of the deal, without programs: those would have to be asked
    /// for.
    pub subscription: PricedSegment<'b>,
    /// What it would need as a deal of its own.
    pub verdict: Verdict,
    /// The figures of both.
    pub costs: ComparedCosts,
}

/// What the line costs beside the subscription.
#[derive(Debug, Clone, Copy)]
pub enum ComparedCosts {
    /// Of a licence for good.
    Perpetual(PerpetualCosts),
    /// Of use.
    Consumption(ConsumptionCosts),
}

/// Every comparison that the book asks for and can make: its subscription has to sell as much.
pub fn comparisons<'b>(case: &PricedDeal<'_, 'b>) -> Vec<SubscriptionComparison<'b>> {
    let mut comparisons = Vec::new();
    for (line, bought) in case.pricing.lines.iter().enumerate() {
        let Some(metric) = compared_subscription(case.deal, &bought.line) else { continue };
        for (at, priced) in bought.segments.iter().enumerate() {
            let least = committed(case.deal, &bought.line, &priced.segment);
            let compared = ComparedSegment { line: &bought.line, priced, least };
            let found = compared.with(case.deal, metric);
            comparisons.extend(found.map(|found| SubscriptionComparison {
                line,
                segment: at,
                ..found
            }));
        }
    }
    comparisons
}

/// So much of a subscription under the terms of a deal, without programs: how many units that is,
/// what they cost, and what they would need as a deal of their own. Nothing where the book does not
/// sell as much.
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

/// The subscription that a line is compared with.
pub fn compared_subscription<'b>(deal: &Deal<'b>, line: &Line<'b>) -> Option<&'b Metric> {
    deal.book().metric(line.metric().instead_of()?)
}

/// Years of a line that are compared.
struct ComparedSegment<'a, 'b> {
    line: &'a Line<'b>,
    priced: &'a PricedSegment<'b>,
    /// What of them is paid even if nothing is used.
    least: Option<PricedSegment<'b>>,
}

impl<'b> ComparedSegment<'_, 'b> {
    /// Beside a subscription under the terms of a deal, if the book sells as much of it.
    fn with(&self, deal: &Deal<'b>, metric: &'b Metric) -> Option<SubscriptionComparison<'b>> {
        let (quantity, subscription, verdict) =
            subscription(deal, metric, self.priced.segment.quantity())?;
        let costs = match self.line.metric().price_period() {
            PricePeriod::Once { .. } => ComparedCosts::Perpetual(PerpetualCosts::of(
                deal.horizon(),
                self.priced,
                &subscription,
            )),
            PricePeriod::Hour { .. } => {
                let least = self.least.as_ref();
                ComparedCosts::Consumption(ConsumptionCosts::of(self.priced, least, &subscription))
            }
            // A book can compare no subscription with another.
            PricePeriod::Year => return None,
        };
        Some(SubscriptionComparison {
            line: 0,
            segment: 0,
            metric,
            quantity,
            subscription,
            verdict,
            costs,
        })
    }
}
