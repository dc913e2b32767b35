//! What a partner gets, and who must agree to sell through one.

use super::{Case, Clerk};
use crate::book::ChannelTerms;
use crate::deal::PartnerTerms;

pub(super) fn judge<'b>(case: &Case<'_, 'b>, clerk: &mut dyn Clerk<'b>) {
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
        let base = base.title();
        clerk.refuse(rule, format_args!("{title} gets {rates} off {base}, and this is {rate}"));
    }
    clerk.require(&channel.ask, rule, format_args!("Sold through {title} at {asked}"));
}
