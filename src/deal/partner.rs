//! Partner that a deal is sold through.

use crate::book::{Channel, ChannelBase};
use crate::number::{Money, Rate};
use crate::table::{Section, keys};
use crate::text::source::Written;
use crate::text::{NameKey, is_name};

keys! {
    pub(super) PARTNER: PartnerKeys = "[channel]", "The partner that sells the deal.";

    required name: String = "One of the book's channels, such as reseller.";
    optional partner: String = "The partner's name.";
    optional rate: Rate =
        "The partner's discount, where the channel has a range of rates.";
    optional basis: String =
        "Where the revenue comes from, such as a report or a price list of the partner.";
    optional revenue: Money =
        "The partner's yearly revenue from its own customers, where the channel has a share of it.";
}

#[derive(Debug, Clone)]
pub struct DraftPartner {
    pub channel: Written<String>,
    pub name: Option<Written<String>>,
    pub rate: Option<Written<Rate>>,
    pub revenue: Option<Written<Money>>,
    pub basis: Option<Written<String>>,
    /// Whether a rate or a revenue is written that could not be read.
    pub error_reported: bool,
}

impl DraftPartner {
    pub const fn new(channel: Written<String>) -> Self {
        Self { channel, name: None, rate: None, revenue: None, basis: None, error_reported: false }
    }
}

/// Partner, and the terms on which it buys.
#[derive(Debug, Clone)]
pub struct Partner<'b> {
    pub(crate) channel: &'b Channel,
    pub(crate) name: Option<String>,
    pub(crate) terms: PartnerTerms,
    /// Where the revenue that is shared comes from.
    pub(crate) basis: Option<String>,
}

impl Partner<'_> {
    /// Returns whether the partner has the name of a customer, however both are written.
    pub fn is_named(&self, customer: &str) -> bool {
        let names = self.name().and_then(NameKey::of).zip(NameKey::of(customer));
        names.is_some_and(|(partner, customer)| partner == customer)
    }

    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Whether the deal names the partner: signs alone, such as "-", are no name.
    pub fn states_name(&self) -> bool {
        self.name().is_some_and(is_name)
    }
}

/// Agreement with a partner, within the terms of the partner's channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartnerTerms {
    /// The partner pays for the lines, at a rate off.
    Discount { rate: Rate, base: ChannelBase },
    /// The partner pays a share of its revenue from its own customers.
    RevenueShare {
        /// Share that is ours.
        share: Rate,
        /// Revenue of the partner in a year.
        revenue: Money,
    },
}

pub(super) fn read(table: Section<'_>) -> Option<DraftPartner> {
    let (rate, revenue) = (table.get(PARTNER.rate), table.get(PARTNER.revenue));
    let is_unread = |key: &str, is_read: bool| !is_read && !table.is_missing(key);
    Some(DraftPartner {
        channel: table.get(PARTNER.name)?,
        name: table.get(PARTNER.partner),
        basis: table.get(PARTNER.basis),
        error_reported: is_unread(PARTNER.rate.name, rate.is_some())
            || is_unread(PARTNER.revenue.name, revenue.is_some()),
        rate,
        revenue,
    })
}
