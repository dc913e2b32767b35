//! What a partner gets, and who must agree to sell through one.

use super::{Case, Verdict};
use crate::book::ChannelTerms;
use crate::deal::PartnerTerms;

pub(super) fn judge(case: &Case<'_, '_>, verdict: &mut Verdict) {
    let Some(partner) = &case.deal.partner else { return };
    let channel = partner.channel;
    let (title, rule) = (&channel.title, &channel.rule);
    let asked = match partner.terms {
        PartnerTerms::Discount { rate, base } => format!("{rate} off {}", base.title()),
        PartnerTerms::RevenueShare { share, .. } => format!("{share} of the partner's revenue"),
    };
    if let ChannelTerms::Discount { rates, base } = channel.terms
        && let PartnerTerms::Discount { rate, .. } = partner.terms
        && !rates.contains(rate)
    {
        let message = format!("{title} gets {rates} off {}, and this is {rate}", base.title());
        verdict.refuse(rule, message);
    }
    verdict.require(&channel.ask, rule, format!("Sold through {title} at {asked}"));
}
