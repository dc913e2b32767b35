//! Channels.

use super::policy::PolicyNames;
use super::rule_of;
use crate::book::{Channel, ChannelBase, ChannelTerms};
use crate::table::Section;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

pub(super) fn all(top: Section<'_>, policy: &PolicyNames) -> Vec<Channel> {
    let channels = top.named("channel").into_iter();
    channels.filter_map(|(name, table)| channel(&name, table, policy)).collect()
}

fn channel(name: &Written<String>, table: Section<'_>, policy: &PolicyNames) -> Option<Channel> {
    let title = table.text("title");
    let terms = terms(table);
    let ask = policy.approval_need(table);
    Some(Channel {
        name: name.value.clone(),
        title: title?.value,
        terms: terms?,
        approval: ask,
        assumed: table.flag("assumed"),
        rule: rule_of("channel", name),
    })
}

/// A rate off with what it is off, or a share of the partner's revenue.
fn terms(table: Section<'_>) -> Option<ChannelTerms> {
    let (rates, base, share) = (table.rates("rate"), table.choice("base"), table.rate("share"));
    match (table.key_place("rate"), table.key_place("share")) {
        (Some(rate), Some(share)) => {
            let message = "a channel has a rate off or a share of revenue, not both";
            table.report_conflict(message, rate, "the rate", share);
            None
        }
        (Some(_), None) => {
            let hint = "say what the rate is off: base = \"customer-net\" or \"list\"";
            table.require("base", "a channel with a rate", hint);
            let base = [ChannelBase::CustomerNet, ChannelBase::List][base?.value];
            Some(ChannelTerms::Discount { rates: rates?.value, base })
        }
        (None, Some(_)) => {
            table.report_unless(false, "base", "`rate`");
            Some(ChannelTerms::RevenueShare(share?.value))
        }
        (None, None) => {
            if table.is_missing("rate") && table.is_missing("share") {
                let message = "a channel needs `rate` or `share`";
                table.fault(Diagnostic::new(Code::MissingKey, table.place(), message).hint(
                    "say what the partner gets off, such as rate = \"30%-35%\", or our share of \
                     its revenue, such as share = \"30%\"",
                ));
            }
            None
        }
    }
}
