//! What a partner gets, and who must agree to sell through one.

use crate::approve::{PricedDeal, VerdictSink};
use crate::book::ChannelTerms;
use crate::deal::PartnerTerms;

pub(crate) fn judge<'b>(case: &PricedDeal<'_, 'b>, clerk: &mut dyn VerdictSink<'b>) {
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
    clerk.require(&channel.approval, rule, format_args!("Sold through {title} at {asked}"));
}
