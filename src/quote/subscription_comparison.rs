//! A line of a deal beside the subscription that could replace it: the costs of both, and the break-even.
//!
//! The playbook answers a customer who wants a perpetual license with this comparison (L1862-L1876). The
//! subscription is priced by the same engine as a deal of its own.

use crate::approve::{PricedDeal, Verdict, route};
use crate::book::{Metric, PricePeriod};
use crate::deal::{Deal, Line, Segment};
use crate::number::{Money, Quantity, Ratio, rounding};
use crate::price::{Charges, PricedSegment, Pricing, committed, price};

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
    /// The subscription on the terms of the deal without programs, which the customer would have to ask for.
    pub subscription: PricedSegment<'b>,
    pub verdict: Verdict,
    pub costs: ComparedCosts,
}

#[derive(Debug, Clone, Copy)]
pub enum ComparedCosts {
    Perpetual(PerpetualCosts),
    Consumption(ConsumptionCosts),
}

/// Charges at list or at net price.
type PriceSide = fn(&PricedSegment<'_>) -> Charges;

/// Returns a comparison for each segment whose quantity is also sold as a subscription that the book names.
pub fn comparisons<'b>(case: &PricedDeal<'_, 'b>) -> Vec<SubscriptionComparison<'b>> {
    let deal = case.deal;
    let mut comparisons = Vec::new();
    for (line, bought) in case.pricing.lines.iter().enumerate() {
        let Some(metric) = compared_subscription(deal, &bought.line) else { continue };
        for (segment, (first_year, priced)) in bought.by_year().enumerate() {
            let sold = subscription_counted(deal, metric, &priced.segment);
            let Some((quantity, subscription, verdict)) = sold else { continue };
            let costs = match bought.line.metric.price_period {
                PricePeriod::Once { .. } => {
                    let costs = |side: PriceSide| PerpetualCostByYear {
                        license: side(priced),
                        subscription: side(&subscription).annual,
                    };
                    let (at_list, at_net) = (costs(|it| it.at_list), costs(|it| it.at_net));
                    let horizon = deal.horizon();
                    ComparedCosts::Perpetual(PerpetualCosts { horizon, at_list, at_net })
                }
                PricePeriod::Hour { .. } => {
                    let least = committed(deal, line, segment);
                    let costs = |side: PriceSide| ConsumptionYear {
                        consumption: side(priced).annual,
                        committed: least.as_ref().map_or(Money::ZERO, |it| side(it).annual),
                        subscription: side(&subscription).annual,
                    };
                    let (at_list, at_net) = (costs(|it| it.at_list), costs(|it| it.at_net));
                    ComparedCosts::Consumption(ConsumptionCosts { at_list, at_net })
                }
                // A book compares neither subscriptions nor units of use with a subscription.
                PricePeriod::Year | PricePeriod::Month | PricePeriod::Use => continue,
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
    let priced = equal_years(&pricing)?.clone();
    Some((quantity, priced, verdict))
}

/// Returns the years of the first line if all have one price. The years that a discount makes different have no
/// price that stands for all.
fn equal_years<'p, 'b>(pricing: &'p Pricing<'b>) -> Option<&'p PricedSegment<'b>> {
    let [all] = pricing.lines.first()?.segments.as_slice() else { return None };
    Some(all)
}

/// Prices the subscription in place of a segment. Where other lines count together with its line, their
/// units would be bought as the subscription too.
fn subscription_counted<'b>(
    deal: &Deal<'b>,
    metric: &'b Metric,
    segment: &Segment<'b>,
) -> Option<(Quantity, PricedSegment<'b>, Verdict)> {
    let Some(counted) = segment.counted_with_others() else {
        return subscription(deal, metric, segment.quantity());
    };
    let quantity = metric.sellable_quantity(segment.quantity())?;
    let others = metric.sellable_quantity(counted)?.beyond(quantity);
    let length = deal.length();
    let terms = deal.without_items();
    let deal = terms.with_order_beside(metric, &[(length, quantity)], &[(length, others)])?;
    let pricing = price(&deal);
    let verdict = route(&PricedDeal { deal: &deal, pricing: &pricing });
    let priced = equal_years(&pricing)?.clone();
    Some((quantity, priced, verdict))
}

pub fn compared_subscription<'b>(deal: &Deal<'b>, line: &Line<'b>) -> Option<&'b Metric> {
    deal.book().metric(line.metric().instead_of.as_deref()?)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsumptionCosts {
    pub at_list: ConsumptionYear,
    pub at_net: ConsumptionYear,
}

/// A year of use and of a subscription, with every unit in use in every hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsumptionYear {
    pub consumption: Money,
    pub committed: Money,
    pub subscription: Money,
}

impl ConsumptionYear {
    /// Returns the cost of use as a multiple of the subscription, to 3 places; `None` for a free subscription.
    pub fn multiple(&self) -> Option<Ratio> {
        Ratio::of(self.consumption, self.subscription, 3)
    }

    /// Returns the share of all hours below which use costs less, to 2 places of a percentage; `None` for free use.
    pub fn break_even(&self) -> Option<Ratio> {
        Ratio::of(self.subscription, self.consumption, 4)
    }

    /// Returns whether use costs less even with every unit in use in every hour, so that there is no break-even.
    pub fn is_always_cheaper(&self) -> bool {
        self.consumption < self.subscription
    }

    /// Returns whether the commitment alone costs no less than the subscription.
    pub fn is_never_cheaper(&self) -> bool {
        !self.never_costs_more() && self.committed >= self.subscription
    }

    /// Returns whether use costs no more, even with every unit in use in every hour.
    pub fn never_costs_more(&self) -> bool {
        self.consumption <= self.subscription
    }
}

/// The costs of a perpetual license beside a subscription (playbook L1872-L1876).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerpetualCosts {
    pub horizon: u32,
    pub at_list: PerpetualCostByYear,
    pub at_net: PerpetualCostByYear,
}

/// The costs of both by year, with each year at the price of the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerpetualCostByYear {
    pub license: Charges,
    pub subscription: Money,
}

impl PerpetualCostByYear {
    pub fn perpetual(&self, years: u32) -> Money {
        self.license.once + self.license.annual * years
    }

    pub fn subscribed(&self, years: u32) -> Money {
        self.subscription * years
    }

    /// Returns the share of the perpetual costs that the subscription saves, to 6 places of a percentage, below
    /// zero where it costs more.
    pub fn saved(&self, years: u32) -> Option<Ratio> {
        let perpetual = self.perpetual(years);
        Ratio::of(perpetual - self.subscribed(years), perpetual, 8)
    }

    /// Returns the first year, counted from 1, after which the license has cost no more; `None` where none comes.
    pub fn break_even(&self) -> Option<u128> {
        let gained = self.subscription - self.license.annual;
        if gained > Money::ZERO {
            return Some(rounding::steps_until(self.license.once, gained).max(1));
        }
        (gained.is_zero() && self.license.once.is_zero()).then_some(1)
    }
}
