//! Pay for use against a subscription.

use crate::number::{Money, Ratio};
use crate::price::{Charges, PricedSegment};

/// What use costs beside a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsumptionCosts {
    /// Both at list.
    pub at_list: ConsumptionYear,
    /// Both at net.
    pub at_net: ConsumptionYear,
}

/// A year of both, where every unit is in use in every hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsumptionYear {
    /// What is used.
    pub consumption: Money,
    /// What of it is paid even if nothing is used.
    pub committed: Money,
    /// The subscription, used or not.
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
    /// How many times the subscription it costs, to 3 places; nothing where that is free.
    pub fn multiple(&self) -> Option<Ratio> {
        Ratio::of(self.consumption, self.subscription, 3)
    }

    /// The share of all hours below which use costs less, to 2 places of a percentage; nothing
    /// where use is free.
    pub fn break_even(&self) -> Option<Ratio> {
        Ratio::of(self.subscription, self.consumption, 4)
    }

    /// Whether use costs less even where every unit is in use in every hour: no share of them is
    /// where both cost the same.
    pub fn is_always_cheaper(&self) -> bool {
        self.consumption < self.subscription
    }

    /// Whether what is committed costs no less than the subscription, however little is used.
    pub fn is_never_cheaper(&self) -> bool {
        !self.never_costs_more() && self.committed >= self.subscription
    }

    /// Whether use costs no more even where every unit is in use in every hour.
    pub fn never_costs_more(&self) -> bool {
        self.consumption <= self.subscription
    }
}
