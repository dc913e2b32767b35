//! The partner that a deal is sold through.

use crate::book::{Channel, ChannelBase};
use crate::number::{Money, Rate};

/// A partner, and what it pays for.
#[derive(Debug, Clone)]
pub struct Partner<'b> {
    pub(crate) channel: &'b Channel,
    /// What the partner is called.
    pub(crate) name: Option<String>,
    pub(crate) terms: PartnerTerms,
}

/// What was agreed with a partner, after the terms of its channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartnerTerms {
    /// It pays for the lines, at a rate off.
    Discount {
        /// The rate.
        rate: Rate,
        /// What it is off.
        base: ChannelBase,
    },
    /// It pays a share of what it takes from its own customers.
    RevenueShare {
        /// The share that is ours.
        share: Rate,
        /// What the partner takes in a year.
        revenue: Money,
    },
}

impl<'b> Partner<'b> {
    /// The channel that it belongs to.
    pub const fn channel(&self) -> &'b Channel {
        self.channel
    }

    /// What it is called, if the deal says.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// What was agreed with it.
    pub const fn terms(&self) -> PartnerTerms {
        self.terms
    }
}
