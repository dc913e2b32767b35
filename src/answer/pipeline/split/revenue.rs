//! Revenue that a partner shares with us: deals of one customer through one partner state one revenue, and deals of
//! several customers where they state the same one.

use super::SplitDeal;
use super::crossing::{JointVerdict, add_new, beside, crossings};
use crate::answer::pipeline::judged_deal::JudgedDeal;
use crate::approve;
use crate::deal::{Deal, Partner, PartnerTerms};
use crate::number::Money;
use crate::price::{partner_deal, price};
use crate::text::{NameKey, folded_words};

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

/// Revenue that deals state: the partner and its channel, the amount, its currency, and where it comes from.
#[derive(Debug, PartialEq, Eq)]
struct StatedRevenue<'a> {
    channel: &'a str,
    partner: NameKey,
    revenue: Money,
    currency: &'a str,
    basis: String,
}

impl<'a> StatedRevenue<'a> {
    /// Returns `None` for a deal that does not say whose revenue it is, or where that comes from.
    fn of(deal: &'a Deal<'_>) -> Option<Self> {
        let (partner, revenue) = shared_revenue(deal)?;
        Some(Self {
            channel: &partner.channel.name,
            partner: partner.name().and_then(NameKey::of)?,
            revenue,
            currency: &deal.book.currency.code,
            basis: folded_words(partner.basis.as_deref()?),
        })
    }
}

/// Adds the splits among deals of several customers that state the same revenue of one partner. The deals are given
/// with the numbers of their customers.
pub(super) fn of_several_customers<'a, 'b>(
    deals: &[(&JudgedDeal<'a, 'b>, usize)],
    found: &mut Vec<SplitDeal<'a, 'b>>,
) {
    let mut stated: Vec<(StatedRevenue<'a>, Vec<&(&JudgedDeal<'a, 'b>, usize)>)> = Vec::new();
    for it in deals {
        let Some(revenue) = StatedRevenue::of(it.0.deal) else { continue };
        match stated.iter_mut().find(|(known, _)| *known == revenue) {
            Some((_, group)) => group.push(it),
            None => stated.push((revenue, vec![it])),
        }
    }
    for (_, group) in stated {
        if group.iter().all(|(_, customer)| *customer == group[0].1) {
            continue;
        }
        let members: Vec<_> = group.iter().map(|(judged, _)| *judged).collect();
        let first = found.len();
        crossings(&members, as_one_revenue_apart, first, found);
        let partner = members[0].deal.partner.as_ref().and_then(Partner::name).unwrap_or_default();
        found[first..].iter_mut().for_each(|split| split.customer = partner);
    }
}

/// Returns the verdict on deals of several customers that share one revenue with us, their lines as they are.
fn as_one_revenue_apart<'b>(members: &[&JudgedDeal<'_, 'b>]) -> Option<JointVerdict<'b>> {
    let deals: Vec<_> = members.iter().map(|member| member.deal).collect();
    let (largest, terms, ours) = our_share(&deals)?;
    Some(vec![(largest.book, approve::of_one_revenue(&deals, terms, ours))])
}

/// Returns the deal with the largest revenue, its terms, and our share on the days of all deals.
fn our_share<'d, 'b>(deals: &[&'d Deal<'b>]) -> Option<(&'d Deal<'b>, PartnerTerms, Money)> {
    let stated = deals.iter().filter_map(|deal| Some((*deal, shared_revenue(deal)?)));
    let (largest, (partner, _)) = stated.max_by_key(|(_, (_, revenue))| *revenue)?;
    let days = deals.iter().map(|deal| deal.contract_days());
    let begins = days.clone().map(|(first, _)| first).min()?;
    let ends = days.map(|(_, last)| last).max()?;
    let of_all_days = largest.with_days(begins, ends);
    let ours = partner_deal(&of_all_days, &price(largest))?.paid().tcv;
    Some((largest, partner.terms, ours))
}

/// Returns the verdict on deals that share one revenue with us. The largest that is stated is that of all of them, on the
/// days of all of them. The lines are priced as they are, or beside each other where that is more.
pub(super) fn as_one_revenue<'b>(members: &[&JudgedDeal<'_, 'b>]) -> Option<JointVerdict<'b>> {
    let deals: Vec<_> = members.iter().map(|member| member.deal).collect();
    let (largest, terms, ours) = our_share(&deals)?;
    let mut verdict = approve::of_one_revenue(&deals, terms, ours);
    if let Some(beside) = beside(members) {
        let beside: Vec<_> = beside.iter().collect();
        add_new(&mut verdict, approve::of_one_revenue(&beside, terms, ours));
    }
    Some(vec![(largest.book, verdict)])
}
