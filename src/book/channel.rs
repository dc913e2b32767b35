//! Channels: the ways to sell through a partner.

use super::ladder::{ApprovalNeed, ApproverNames};
use super::rule::{Rule, rule_of};
use crate::number::{Rate, RateRange};
use crate::table::{Section, choices, keys};
use crate::text::diagnostic::Code;
use crate::text::source::Written;

/// Way to sell through a partner.
#[derive(Debug, Clone)]
pub struct Channel {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) terms: ChannelTerms,
    pub(crate) approval: ApprovalNeed,
    pub(crate) asks: ChannelAsks,
    pub(crate) approval_assumed: bool,
    /// Whether a deal states where the revenue that is shared comes from.
    pub(crate) basis_required: bool,
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

/// Deals through a channel that need its approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelAsks {
    Always,
    /// Deals with a larger rate.
    Above(Rate),
    /// Deals of which our share of the revenue is less than the price of the lines.
    BelowLines,
}

choices! {
    /// Price that the rate of a partner is off.
    pub enum ChannelBase {
        CustomerNet = "customer-net",
        /// List price, whatever the customer pays.
        List = "list",
    }
}

impl Channel {
    pub fn name(&self) -> &str {
        &self.name
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
    optional basis_required: bool =
        "A deal without the basis of its revenue is outside policy; only with `share`.";
    optional approval: String = "The level that quotes through it need.";
    optional review: String = "The review that quotes through it need.";
    optional otherwise: Rate =
        "The largest rate that needs neither the approval nor the review.";
    optional below_lines: bool =
        "Only a share below the price of the lines needs the approval and the review.";
    optional approval_assumed: bool = "The approval is an assumption; quotes show a warning.";
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
        asks: asks(table, terms),
        approval,
        approval_assumed: table.get(CHANNEL.approval_assumed),
        basis_required: table.get(CHANNEL.basis_required),
        assumed: table.get(CHANNEL.assumed),
        rule: rule_of("channel", name),
    })
}

/// Reads which deals need the approval, and reports keys that mean nothing for the channel.
fn asks(table: Section<'_>, terms: Option<ChannelTerms>) -> ChannelAsks {
    let has_rate = !matches!(terms, Some(ChannelTerms::RevenueShare(_)));
    let has_share = !matches!(terms, Some(ChannelTerms::Discount { .. }));
    table.report_unless(has_rate, CHANNEL.otherwise, "`rate`");
    table.report_unless(has_share, CHANNEL.below_lines, "`share`");
    table.report_unless(has_share, CHANNEL.basis_required, "`share`");
    let is_asked = !table.is_missing(CHANNEL.approval) || !table.is_missing(CHANNEL.review);
    for key in [CHANNEL.otherwise.name, CHANNEL.below_lines.name] {
        table.report_unless(is_asked, key, "`approval` or `review`");
    }
    let free = table.get(CHANNEL.otherwise);
    if let (Some(free), Some(ChannelTerms::Discount { rates, .. })) = (&free, terms)
        && (!rates.contains(free.value) || free.value == rates.to)
    {
        let message = format!("`otherwise` must be within {rates}, and less than {}", rates.to);
        let hint = format!("write the largest rate without approval, such as \"{}\"", rates.from);
        table.fault(free.fault(Code::Conflict, message).hint(hint));
    }
    match free {
        Some(free) => ChannelAsks::Above(free.value),
        None if table.get(CHANNEL.below_lines) => ChannelAsks::BelowLines,
        None => ChannelAsks::Always,
    }
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
