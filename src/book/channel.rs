//! Channels: the ways to sell through a partner.

use super::policy::{ApprovalNeed, Rule};
use crate::number::{Rate, RateRange};
use crate::text::source::Place;

/// A way to sell through a partner.
#[derive(Debug, Clone)]
pub struct Channel {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) terms: ChannelTerms,
    /// Needed by every quote through it.
    pub(crate) approval: ApprovalNeed,
    /// The playbook does not give its terms.
    pub(crate) assumed: bool,
    pub(crate) rule: Rule,
}

/// What a partner pays for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelTerms {
    /// What its customer gets, at a rate off that a deal agrees within these.
    Discount {
        /// The rates that may be agreed.
        rates: RateRange,
        /// What a rate is off.
        base: ChannelBase,
    },
    /// This share of what it takes from its own customers.
    RevenueShare(Rate),
}

/// The price that the rate of a partner is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelBase {
    /// What the customer pays.
    CustomerNet,
    /// The list price, whatever the customer pays.
    List,
}

impl Channel {
    /// The name that files use: `reseller`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The words that people read: `Reseller`.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Its line of the book.
    pub const fn source(&self) -> &Place {
        &self.rule.source
    }

    /// What its partners pay for.
    pub const fn terms(&self) -> ChannelTerms {
        self.terms
    }
}

impl ChannelBase {
    /// The words that people read.
    pub const fn title(self) -> &'static str {
        match self {
            Self::CustomerNet => "the customer's net price",
            Self::List => "the list price",
        }
    }

    /// The word that files use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CustomerNet => "customer-net",
            Self::List => "list",
        }
    }

    /// The words that books write, in the order of the enum.
    pub(super) const NAMES: &'static [&'static str] = &["customer-net", "list"];
}
