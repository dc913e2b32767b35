//! One need, met in two ways: what each costs, and from where on the other one is cheaper.
//!
//! Everything here prices variants of a deal with the same engine, and returns figures of its own.

mod consumption;
mod perpetual;

pub use consumption::{ConsumptionCosts, ConsumptionUse};
pub use perpetual::{PerpetualCosts, PerpetualCourse};

use crate::approve::{Case, Verdict, route};
use crate::book::{Metric, Per};
use crate::deal::{Deal, Line, Segment};
use crate::price::{PricedSegment, committed, price};
use crate::value::Quantity;

/// Years of a line, and the same by subscription.
#[derive(Debug, Clone)]
pub struct Comparison<'b> {
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
    pub costs: Costs,
}

/// What the line costs beside the subscription.
#[derive(Debug, Clone, Copy)]
pub enum Costs {
    /// Of a licence for good.
    Perpetual(PerpetualCosts),
    /// Of use.
    Consumption(ConsumptionCosts),
}

/// Every comparison that the book asks for and can make: its subscription has to sell as much.
#[must_use]
pub fn comparisons<'b>(case: &Case<'_, 'b>) -> Vec<Comparison<'b>> {
    let mut comparisons = Vec::new();
    for (line, (written, priced)) in case.deal.lines().iter().zip(&case.pricing.lines).enumerate() {
        let Some(metric) = instead_of(case.deal, written) else { continue };
        for (at, (segment, priced)) in written.segments().iter().zip(&priced.segments).enumerate() {
            let least = committed(case.deal, written, segment);
            let compared = Compared { line: written, segment, priced, least };
            let found = compared.with(case.deal, metric);
            comparisons.extend(found.map(|found| Comparison { line, segment: at, ..found }));
        }
    }
    comparisons
}

/// So much of a subscription under the terms of a deal, without programs: how many units that is,
/// what they cost, and what they would need as a deal of their own. Nothing where the book does not
/// sell as much.
#[must_use]
pub fn subscription<'b>(
    deal: &Deal<'b>,
    metric: &'b Metric,
    quantity: Quantity,
) -> Option<(Quantity, PricedSegment<'b>, Verdict)> {
    let quantity = metric.sold_as(quantity)?;
    let deal = deal.terms_alone().buying(metric, quantity)?;
    let pricing = price(&deal);
    let verdict = route(&Case { deal: &deal, pricing: &pricing });
    let priced = pricing.lines.first()?.segments.first()?.clone();
    Some((quantity, priced, verdict))
}

/// The subscription that a line is compared with.
#[must_use]
pub fn instead_of<'b>(deal: &Deal<'b>, line: &Line<'b>) -> Option<&'b Metric> {
    deal.book().metric(line.metric().instead_of()?)
}

/// Years of a line that are compared.
struct Compared<'a, 'b> {
    line: &'a Line<'b>,
    segment: &'a Segment<'b>,
    priced: &'a PricedSegment<'b>,
    /// What of them is paid even if nothing is used.
    least: Option<PricedSegment<'b>>,
}

impl<'b> Compared<'_, 'b> {
    /// Beside a subscription under the terms of a deal, if the book sells as much of it.
    fn with(&self, deal: &Deal<'b>, metric: &'b Metric) -> Option<Comparison<'b>> {
        let (quantity, subscription, verdict) =
            subscription(deal, metric, self.segment.quantity())?;
        let costs = match self.line.metric().per() {
            Per::Once { .. } => {
                Costs::Perpetual(PerpetualCosts::of(deal.horizon(), self.priced, &subscription))
            }
            Per::Hour { .. } => {
                let least = self.least.as_ref();
                Costs::Consumption(ConsumptionCosts::of(self.priced, least, &subscription))
            }
            // A book can compare no subscription with another.
            Per::Year => return None,
        };
        Some(Comparison { line: 0, segment: 0, metric, quantity, subscription, verdict, costs })
    }
}
