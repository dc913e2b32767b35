//! Partner that a deal is sold through.

use super::resolve::{Resolver, text};
use crate::book::{Channel, ChannelBase, ChannelTerms};
use crate::number::{Money, Rate};
use crate::table::{Section, keys, unknown};
use crate::text::diagnostic::Code;
use crate::text::source::Written;

keys! {
    pub(super) PARTNER: PartnerKeys = "[channel]", "The partner that sells the deal.";

    required name: String = "One of the book's channels, such as reseller.";
    optional partner: String = "The partner's name.";
    optional rate: Rate =
        "The partner's discount, where the channel has a range of rates.";
    optional revenue: Money =
        "The partner's yearly revenue from its own customers, where the channel has a share of it.";
}

#[derive(Debug, Clone)]
pub struct DraftPartner {
    pub channel: Written<String>,
    pub name: Option<Written<String>>,
    pub rate: Option<Written<Rate>>,
    /// Revenue of the partner from its own customers, in a year.
    pub revenue: Option<Written<Money>>,
    /// Whether a rate or a revenue is written that could not be read.
    pub error_reported: bool,
}

impl DraftPartner {
    pub const fn new(channel: Written<String>) -> Self {
        Self { channel, name: None, rate: None, revenue: None, error_reported: false }
    }
}

/// Partner, and the terms on which it buys.
#[derive(Debug, Clone)]
pub struct Partner<'b> {
    pub(crate) channel: &'b Channel,
    pub(crate) name: Option<String>,
    pub(crate) terms: PartnerTerms,
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

impl<'b> Partner<'b> {
    pub const fn channel(&self) -> &'b Channel {
        self.channel
    }

    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    pub const fn terms(&self) -> PartnerTerms {
        self.terms
    }
}

pub(super) fn read(table: Section<'_>) -> Option<DraftPartner> {
    let (rate, revenue) = (table.get(PARTNER.rate), table.get(PARTNER.revenue));
    let is_unread = |key: &str, is_read: bool| !is_read && !table.is_missing(key);
    Some(DraftPartner {
        channel: table.get(PARTNER.name)?,
        name: table.get(PARTNER.partner),
        error_reported: is_unread(PARTNER.rate.name, rate.is_some())
            || is_unread(PARTNER.revenue.name, revenue.is_some()),
        rate,
        revenue,
    })
}

impl<'b> Resolver<'b, '_> {
    pub(super) fn partner(&mut self, draft: &DraftPartner) -> Option<Partner<'b>> {
        let channels = self.book.channels();
        let asked = &draft.channel;
        let Some(channel) = channels.iter().find(|channel| channel.name == asked.value) else {
            let names = channels.iter().map(Channel::name);
            self.faults.push(unknown(Code::UnknownChannel, "channel", asked, names));
            return None;
        };
        let terms = match channel.terms {
            ChannelTerms::Discount { rates, base } => {
                if let Some(revenue) = &draft.revenue {
                    let message = format!(
                        "the partner of {} buys at a discount, not for a share of revenue",
                        channel.title
                    );
                    let hint = "remove the revenue".to_owned();
                    self.fault(Code::Conflict, &revenue.place, message, hint);
                }
                if draft.rate.is_none() && !draft.error_reported {
                    let message = format!("the channel \"{}\" needs a rate", channel.name);
                    let hint = format!("add a rate within {rates}, such as \"{}\"", rates.from());
                    self.fault(Code::MissingKey, &asked.place, message, hint);
                }
                PartnerTerms::Discount { rate: draft.rate.as_ref()?.value, base }
            }
            ChannelTerms::RevenueShare(share) => {
                if let Some(rate) = &draft.rate {
                    let message =
                        format!("the partner of {} pays a share of its revenue", channel.title);
                    let hint = format!("remove the rate: the book sets the share, {share}");
                    self.fault(Code::Conflict, &rate.place, message, hint);
                }
                if draft.revenue.is_none() && !draft.error_reported {
                    let message =
                        format!("the channel \"{}\" needs the partner's revenue", channel.name);
                    let hint = "add the partner's yearly revenue from its own customers: revenue \
                                = \"5000000.00\", or --revenue";
                    self.fault(Code::MissingKey, &asked.place, message, hint.to_owned());
                }
                PartnerTerms::RevenueShare { share, revenue: draft.revenue.as_ref()?.value }
            }
        };
        Some(Partner { channel, name: text(draft.name.as_ref()), terms })
    }
}
