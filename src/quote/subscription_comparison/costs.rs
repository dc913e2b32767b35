//! Costs of a subscription beside use, and beside a perpetual license.

use crate::number::{Money, Ratio, rounding};
use crate::price::{Charges, PricedSegment};

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

impl ConsumptionCosts {
    pub(super) fn of(
        used: &PricedSegment<'_>,
        committed: Option<&PricedSegment<'_>>,
        subscription: &PricedSegment<'_>,
    ) -> Self {
        let costs = |charges: fn(&PricedSegment<'_>) -> Charges| ConsumptionYear {
            consumption: charges(used).annual,
            committed: committed.map_or(Money::ZERO, |it| charges(it).annual),
            subscription: charges(subscription).annual,
        };
        Self { at_list: costs(|it| it.at_list), at_net: costs(|it| it.at_net) }
    }
}

impl ConsumptionYear {
    /// Returns the cost of use as a multiple of the subscription, to 3 places. Returns `None` for a free
    /// subscription.
    pub fn multiple(&self) -> Option<Ratio> {
        Ratio::of(self.consumption, self.subscription, 3)
    }

    /// Returns the share of all hours below which use costs less, to 2 places of a percentage. Returns `None`
    /// where use is free.
    pub fn break_even(&self) -> Option<Ratio> {
        Ratio::of(self.subscription, self.consumption, 4)
    }

    /// Returns whether use costs less even with every unit in use in every hour: then no share of hours makes
    /// both cost the same.
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

impl PerpetualCosts {
    /// Decimal places of a share of the costs: 6 of a percentage.
    const PLACES: u32 = 8;

    pub(super) fn of(
        horizon: u32,
        license: &PricedSegment<'_>,
        subscription: &PricedSegment<'_>,
    ) -> Self {
        let costs = |charges: fn(&PricedSegment<'_>) -> Charges| PerpetualCostByYear {
            license: charges(license),
            subscription: charges(subscription).annual,
        };
        Self { horizon, at_list: costs(|it| it.at_list), at_net: costs(|it| it.at_net) }
    }
}

impl PerpetualCostByYear {
    pub fn perpetual(&self, years: u32) -> Money {
        self.license.once + self.license.annual * years
    }

    pub fn subscribed(&self, years: u32) -> Money {
        self.subscription * years
    }

    /// Returns the share of the perpetual costs that the subscription saves, below zero where it costs more.
    /// Returns `None` for a free license.
    pub fn saved(&self, years: u32) -> Option<Ratio> {
        let perpetual = self.perpetual(years);
        Ratio::of(perpetual - self.subscribed(years), perpetual, PerpetualCosts::PLACES)
    }

    /// Returns the first year after which the license has cost no more than the subscription, counted from 1.
    /// Returns `None` where that year never comes.
    pub fn break_even(&self) -> Option<u128> {
        let gained = self.subscription - self.license.annual;
        if gained > Money::ZERO {
            return Some(rounding::steps_until(self.license.once, gained).max(1));
        }
        (gained.is_zero() && self.license.once.is_zero()).then_some(1)
    }
}
