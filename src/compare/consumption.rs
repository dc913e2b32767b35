//! Pay for use against a subscription.

use crate::price::{Charges, PricedSegment};
use crate::value::{Money, Ratio};

/// What use costs beside a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsumptionCosts {
    /// Both at list.
    pub at_list: ConsumptionUse,
    /// Both at net.
    pub at_net: ConsumptionUse,
}

/// A year of both, where every unit is in use in every hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsumptionUse {
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
        let costs = |charges: fn(&PricedSegment<'_>) -> Charges| ConsumptionUse {
            consumption: charges(used).annual,
            committed: committed.map_or(Money::ZERO, |it| charges(it).annual),
            subscription: charges(subscription).annual,
        };
        Self { at_list: costs(|it| it.at_list), at_net: costs(|it| it.at_net) }
    }
}

impl ConsumptionUse {
    /// How many times the subscription it costs, to 3 places; nothing where that is free.
    #[must_use]
    pub fn multiple(&self) -> Option<Ratio> {
        Ratio::of(self.consumption, self.subscription, 3)
    }

    /// The share of all hours below which use costs less, to 2 places of a percentage; nothing
    /// where use is free.
    #[must_use]
    pub fn break_even(&self) -> Option<Ratio> {
        Ratio::of(self.subscription, self.consumption, 4)
    }

    /// Whether use costs less even where every unit is in use in every hour: no share of them is
    /// where both cost the same.
    #[must_use]
    pub fn is_always_cheaper(&self) -> bool {
        self.consumption < self.subscription
    }

    /// Whether what is committed costs no less than the subscription, however little is used.
    #[must_use]
    pub fn is_never_cheaper(&self) -> bool {
        !self.is_never_dearer() && self.committed >= self.subscription
    }

    /// Whether use costs no more even where every unit is in use in every hour.
    #[must_use]
    pub fn is_never_dearer(&self) -> bool {
        self.consumption <= self.subscription
    }
}
