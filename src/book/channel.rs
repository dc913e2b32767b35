//! Channels: the ways to sell through a partner.

use super::ladder::{ApprovalNeed, ApproverNames};
use super::partner_rates::{
    Incentive, IncentiveKeys, PartnerRate, PartnerRateKeys, ScopeNames, read_incentive,
    read_levels, read_rate,
};
use super::rule::{Rule, rule_of};
use crate::number::{Rate, RateRange};
use crate::table::{NamedTables, Section, TableList, choices, keys};
use crate::text::diagnostic::Code;
use crate::text::source::Written;

/// Way to sell through a partner.
#[derive(Debug, Clone)]
pub struct Channel {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) terms: ChannelTerms,
    /// Levels of partners; a deal names the level of its partner if there are any.
    pub(crate) levels: Vec<String>,
    /// Fixed rates, of which the first that applies to a line counts; none where the deal agrees on one.
    pub(crate) rates: Vec<PartnerRate>,
    pub(crate) incentives: Vec<Incentive>,
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
    /// The fixed rates of the channel off another price.
    FixedRates { base: ChannelBase },
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

    /// Whether a line of the book is that of the channel or of one of its incentives.
    pub fn has_rule(&self, rule: &Rule) -> bool {
        self.rule == *rule || self.incentives.iter().any(|it| it.rule == *rule)
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
    optional rates: TableList<PartnerRateKeys> =
        "Fixed rates by level, metric and kind of sale, in place of `rate`. The first that applies counts.";
    optional levels: Vec<String> =
        "The levels of partners, such as silver and gold. A deal names the level of its partner.";
    optional incentive: NamedTables<IncentiveKeys> =
        "Rewards of the partner beside its rate: added points, and rebates that are paid later.";
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

    @guesses {
        "name" => "title";
        "margin" | "discount" | "commission" => "rate";
        "tiers" | "tier" | "level" => "levels";
        "rebate" | "rebates" | "deal_registration" | "incentives" => "incentive";
        "revenue_share" => "share";
    }
}

pub(super) fn read(
    name: &Written<String>,
    table: Section<'_>,
    approvers: &ApproverNames,
    metrics: &[String],
) -> Option<Channel> {
    let (title, terms) = (table.value(CHANNEL.title), terms(table));
    let approval = approvers.approval_need(table, CHANNEL.approval, CHANNEL.review);
    let (levels, rates, incentives) = rewards(name, table, approvers, metrics);
    report_unpaid(table, terms);
    Some(Channel {
        name: name.value.clone(),
        title: title?,
        terms: terms?,
        levels,
        rates,
        incentives,
        asks: asks(table, terms),
        approval,
        approval_assumed: table.get(CHANNEL.approval_assumed),
        basis_required: table.get(CHANNEL.basis_required),
        assumed: table.get(CHANNEL.assumed),
        rule: rule_of("channel", name),
    })
}

/// Reads the levels, the fixed rates and the incentives.
fn rewards(
    name: &Written<String>,
    table: Section<'_>,
    approvers: &ApproverNames,
    metrics: &[String],
) -> (Vec<String>, Vec<PartnerRate>, Vec<Incentive>) {
    let written = table.get(CHANNEL.levels);
    let levels = read_levels(table, written.clone());
    let known = ScopeNames { metrics, levels: &levels };
    let channel = name.value.as_str();
    let rates = table.get(CHANNEL.rates).into_iter();
    let rates: Vec<_> = rates.filter_map(|row| read_rate(channel, row, known)).collect();
    let incentives = table.get(CHANNEL.incentive).into_iter();
    let incentives = incentives
        .filter_map(|(name, row)| read_incentive(channel, &name, row, (known, approvers)))
        .collect();
    let are_all_read = !rates.is_empty() && rates.len() == table.get(CHANNEL.rates).len();
    let has_rate = |level: &str| rates.iter().any(|it| it.scope.has_level(Some(level)));
    for level in written.iter().filter(|level| are_all_read && !has_rate(&level.value)) {
        let message = format!("no rate is for the level \"{}\"", level.value);
        let hint = format!("add a row to `rates`, such as levels = [\"{}\"]", level.value);
        table.fault(level.fault(Code::Conflict, message).hint(hint));
    }
    (levels, rates, incentives)
}

/// Reports rewards that the terms of a channel leave no room for.
fn report_unpaid(table: Section<'_>, terms: Option<ChannelTerms>) {
    let has_share = matches!(terms, Some(ChannelTerms::RevenueShare(_)));
    table.report_unless(!has_share, CHANNEL.levels, "`rate` or `rates`");
    table.report_unless(!has_share, CHANNEL.incentive, "`rate` or `rates`");
}

/// Reads which deals need the approval, and reports keys that mean nothing for the channel.
fn asks(table: Section<'_>, terms: Option<ChannelTerms>) -> ChannelAsks {
    let is_fixed = matches!(terms, Some(ChannelTerms::FixedRates { .. }));
    let has_rate = !is_fixed && !matches!(terms, Some(ChannelTerms::RevenueShare(_)));
    let has_share = matches!(terms, None | Some(ChannelTerms::RevenueShare(_)));
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

/// Reads a rate or fixed rates with the price that they are off, or a share of the partner's revenue.
fn terms(table: Section<'_>) -> Option<ChannelTerms> {
    let (rate, base, share) =
        (table.value(CHANNEL.rate), table.value(CHANNEL.base), table.value(CHANNEL.share));
    let places = [
        table.key_place(CHANNEL.rate).map(|place| ("rate", place)),
        table.key_place(CHANNEL.rates).map(|place| ("rates", place)),
        table.key_place(CHANNEL.share).map(|place| ("share", place)),
    ];
    let mut written = places.into_iter().flatten();
    match (written.next(), written.next()) {
        (Some((first, place)), Some((second, other))) => {
            let (message, label) = match (first, second) {
                ("rate", "share") => {
                    ("a channel has a `rate` or a `share` of revenue, not both", "the rate")
                }
                ("rates", _) => {
                    ("a channel has `rates` or a `share` of revenue, not both", "the rates")
                }
                _ => ("a channel has a `rate` or fixed `rates`, not both", "the rate"),
            };
            table.report_conflict(message, place, label, other);
            None
        }
        (Some(("share", _)), None) => {
            table.report_unless(false, CHANNEL.base, "`rate`");
            Some(ChannelTerms::RevenueShare(share?))
        }
        (Some((key, _)), None) => {
            let hint = "say what the rate applies to: base = \"customer-net\" or \"list\"";
            table.require(CHANNEL.base, "a channel with a rate", hint);
            if key == "rates" {
                return Some(ChannelTerms::FixedRates { base: base? });
            }
            Some(ChannelTerms::Discount { rates: rate?, base: base? })
        }
        (None, _) => {
            let keys = [CHANNEL.rate.name, CHANNEL.rates.name, CHANNEL.share.name];
            if keys.iter().all(|key| table.is_missing(key)) {
                let hint = "add the partner's discount, such as rate = \"30%-35%\", or our share \
                            of its revenue, such as share = \"30%\"";
                table.report_missing("a channel needs `rate`, `rates` or `share`", hint);
            }
            None
        }
    }
}
