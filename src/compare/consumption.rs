//! Pay for use against a subscription.

use crate::price::PricedSegment;
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
    /// The subscription, used or not.
    pub subscription: Money,
}

impl ConsumptionCosts {
    pub(super) fn of(used: &PricedSegment<'_>, subscription: &PricedSegment<'_>) -> Self {
        Self {
            at_list: ConsumptionUse {
                consumption: used.at_list.annual,
                subscription: subscription.at_list.annual,
            },
            at_net: ConsumptionUse {
                consumption: used.at_net.annual,
                subscription: subscription.at_net.annual,
            },
        }
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

    /// Whether use costs no more even where every unit is in use in every hour.
    #[must_use]
    pub fn is_never_dearer(&self) -> bool {
        self.consumption <= self.subscription
    }
}
