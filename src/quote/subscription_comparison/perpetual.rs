//! A licence for good against a subscription.

use crate::number::{Money, Ratio, rounding};
use crate::price::{Charges, PricedSegment};

/// What a licence for good costs beside a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerpetualCosts {
    /// The years that are looked at.
    pub horizon: u32,
    /// Both at list.
    pub at_list: PerpetualCostByYear,
    /// Both at net.
    pub at_net: PerpetualCostByYear,
}

/// What both cost as the years go by, each year as dear as the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerpetualCostByYear {
    /// The licence, and a year of its maintenance.
    pub license: Charges,
    /// A year of the subscription.
    pub subscription: Money,
}

impl PerpetualCosts {
    /// Places of a share of the costs: 6 of a percentage.
    const PLACES: u32 = 8;

    pub(super) fn of(
        horizon: u32,
        licence: &PricedSegment<'_>,
        subscription: &PricedSegment<'_>,
    ) -> Self {
        let course = |licence: Charges, subscription: Charges| PerpetualCostByYear {
            license: licence,
            subscription: subscription.annual,
        };
        Self {
            horizon,
            at_list: course(licence.at_list, subscription.at_list),
            at_net: course(licence.at_net, subscription.at_net),
        }
    }
}

impl PerpetualCostByYear {
    /// The licence with so many years of maintenance.
    pub fn perpetual(&self, years: u32) -> Money {
        self.license.once + self.license.annual * years
    }

    /// So many years of the subscription.
    pub fn subscribed(&self, years: u32) -> Money {
        self.subscription * years
    }

    /// The share of the perpetual costs that the subscription saves, below zero where it costs
    /// more; nothing where the licence is free.
    pub fn saved(&self, years: u32) -> Option<Ratio> {
        let perpetual = self.perpetual(years);
        Ratio::of(perpetual - self.subscribed(years), perpetual, PerpetualCosts::PLACES)
    }

    /// The first year after which the licence has cost no more than the subscription; nothing
    /// where that never comes.
    pub fn break_even(&self) -> Option<u128> {
        let gained = self.subscription - self.license.annual;
        if gained > Money::ZERO {
            return Some(rounding::steps_until(self.license.once, gained).max(1));
        }
        (gained.is_zero() && self.license.once.is_zero()).then_some(1)
    }
}
