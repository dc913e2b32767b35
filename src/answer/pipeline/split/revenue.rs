//! Revenue that a partner shares with us: deals of one customer through one partner state one revenue.

use super::crossing::{JointVerdict, add_new, beside};
use crate::answer::pipeline::judged_deal::JudgedDeal;
use crate::approve;
use crate::deal::{Deal, Partner, PartnerTerms};
use crate::number::Money;
use crate::price::{partner_deal, price};
use crate::text::NameKey;

/// Returns deals in one currency in groups that share the revenue of one partner, each through one channel. A deal that
/// does not name its partner can be of any.
pub(super) fn by_revenue<'j, 'a, 'b>(
    deals: &[&'j JudgedDeal<'a, 'b>],
) -> Vec<Vec<&'j JudgedDeal<'a, 'b>>> {
    let mut groups: Vec<(&str, Option<NameKey>, Vec<&JudgedDeal<'a, 'b>>)> = Vec::new();
    for &judged in deals {
        let Some((partner, _)) = shared_revenue(judged.deal) else { continue };
        let name = partner.name().and_then(NameKey::of);
        let channel = partner.channel.name.as_str();
        let is_mine = |(known_channel, known, _): &&mut (&str, Option<NameKey>, Vec<_>)| {
            *known_channel == channel && (*known == name || known.is_none() || name.is_none())
        };
        match groups.iter_mut().find(is_mine) {
            Some((_, known, group)) => {
                group.push(judged);
                *known = known.take().or(name);
            }
            None => groups.push((channel, name, vec![judged])),
        }
    }
    groups.into_iter().map(|(.., group)| group).collect()
}

fn shared_revenue<'d, 'b>(deal: &'d Deal<'b>) -> Option<(&'d Partner<'b>, Money)> {
    let partner = deal.partner.as_ref()?;
    match partner.terms {
        PartnerTerms::RevenueShare { revenue, .. } => Some((partner, revenue)),
        PartnerTerms::Discount { .. } => None,
    }
}

/// Returns the verdict on deals that share one revenue with us. The largest that is stated is that of all of them, on the
/// days of all of them. The lines are priced as they are, or beside each other where that is more.
pub(super) fn as_one_revenue<'b>(members: &[&JudgedDeal<'_, 'b>]) -> Option<JointVerdict<'b>> {
    let deals: Vec<_> = members.iter().map(|member| member.deal).collect();
    let stated = deals.iter().filter_map(|deal| Some((*deal, shared_revenue(deal)?)));
    let (largest, (partner, _)) = stated.max_by_key(|(_, (_, revenue))| *revenue)?;
    let days = deals.iter().map(|deal| deal.contract_days());
    let begins = days.clone().map(|(first, _)| first).min()?;
    let ends = days.map(|(_, last)| last).max()?;
    let of_all_days = largest.with_days(begins, ends);
    let ours = partner_deal(&of_all_days, &price(largest))?.paid().tcv;
    let mut verdict = approve::of_one_revenue(&deals, partner.terms, ours);
    if let Some(beside) = beside(members) {
        let beside: Vec<_> = beside.iter().collect();
        add_new(&mut verdict, approve::of_one_revenue(&beside, partner.terms, ours));
    }
    Some(vec![(largest.book, verdict)])
}
