//! Channels: the ways to sell through a partner.

use super::ladder::{ApprovalNeed, ApproverNames};
use super::rule::{Rule, rule_of};
use crate::number::{Rate, RateRange};
use crate::table::{Section, choices, keys};
use crate::text::source::Written;

/// Way to sell through a partner.
#[derive(Debug, Clone)]
pub struct Channel {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) terms: ChannelTerms,
    pub(crate) approval: ApprovalNeed,
    pub(crate) assumed: bool,
    pub(crate) rule: Rule,
}

/// Price that a partner pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelTerms {
    /// A rate off another price; a deal agrees on one of the rates.
    Discount { rates: RateRange, base: ChannelBase },
    /// Our share of the partner's revenue from its own customers.
    RevenueShare(Rate),
}

choices! {
    /// Price that the rate of a partner is off.
    pub enum ChannelBase {
        CustomerNet = "customer-net",
        /// List price, whatever the customer pays.
        List = "list",
    }
}

impl ChannelBase {
    pub const fn title(self) -> &'static str {
        match self {
            Self::CustomerNet => "the customer's net price",
            Self::List => "the list price",
        }
    }
}

keys! {
    pub(super) CHANNEL: ChannelKeys = "a channel",
        "A channel: a kind of partner that sells to customers.";

    required title: String = "The title that readers see, such as Reseller.";
    optional rate: RateRange =
        "The partner's discount: a range such as \"30%-35%\". A deal states the rate within it.";
    optional base: ChannelBase =
        "The price that the rate applies to: the customer's net price, or the list price.";
    optional share: Rate =
        "Our share of the partner's revenue from its own customers, in place of `rate`.";
    optional approval: String = "The level that every quote through it needs.";
    optional review: String = "The review that every quote through it needs.";
    optional assumed: bool = "The figure is not from the playbook; quotes say so.";
}

pub(super) fn read(
    name: &Written<String>,
    table: Section<'_>,
    approvers: &ApproverNames,
) -> Option<Channel> {
    let (title, terms) = (table.value(CHANNEL.title), terms(table));
    let approval = approvers.approval_need(table, CHANNEL.approval, CHANNEL.review);
    Some(Channel {
        name: name.value.clone(),
        title: title?,
        terms: terms?,
        approval,
        assumed: table.get(CHANNEL.assumed),
        rule: rule_of("channel", name),
    })
}

/// Reads a rate with the price that it is off, or a share of the partner's revenue.
fn terms(table: Section<'_>) -> Option<ChannelTerms> {
    let (rates, base, share) =
        (table.value(CHANNEL.rate), table.value(CHANNEL.base), table.value(CHANNEL.share));
    match (table.key_place(CHANNEL.rate), table.key_place(CHANNEL.share)) {
        (Some(rate), Some(share)) => {
            let message = "a channel has a `rate` or a `share` of revenue, not both";
            table.report_conflict(message, rate, "the rate", share);
            None
        }
        (Some(_), None) => {
            let hint = "say what the rate applies to: base = \"customer-net\" or \"list\"";
            table.require(CHANNEL.base, "a channel with a rate", hint);
            Some(ChannelTerms::Discount { rates: rates?, base: base? })
        }
        (None, Some(_)) => {
            table.report_unless(false, CHANNEL.base, "`rate`");
            Some(ChannelTerms::RevenueShare(share?))
        }
        (None, None) => {
            if table.is_missing(CHANNEL.rate) && table.is_missing(CHANNEL.share) {
                let hint = "add the partner's discount, such as rate = \"30%-35%\", or our share \
                            of its revenue, such as share = \"30%\"";
                table.report_missing("a channel needs `rate` or `share`", hint);
            }
            None
        }
    }
}
