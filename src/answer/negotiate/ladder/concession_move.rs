//! The moves from one offer to another: each makes one concession more.

use super::super::offer::{Offer, quantities};
use crate::book::{Adjustment, Discount, DiscountCondition, DiscountStep};
use crate::deal::{Deal, DiscountOverride, ProgramClaim};
use crate::number::Rate;
use crate::price::StepSource;

/// One concession that an offer can make on the way to a limit.
#[derive(Debug, Clone, Copy)]
pub(super) enum ConcessionMove<'b> {
    /// An automatic discount, with the commitment that it depends on.
    Discount(&'b Discount),
    /// The place of a claim in the deal of the limit.
    Claim(usize),
}

/// The concessions that a limit makes and an offer does not, in the order of the waterfall.
pub(super) fn moves<'b>(from: &Offer<'b>, limit: &Offer<'b>) -> Vec<ConcessionMove<'b>> {
    let discounts = limit.deal.book.discounts.iter();
    let discounts = discounts
        .filter(|it| it.can_be_withheld() && rates(from, it) != rates(limit, it))
        .map(ConcessionMove::Discount);
    let claims = limit.deal.claims.iter().enumerate().filter(|(_, claim)| {
        let mine = from.deal.claims.iter().find(|it| it.program.name() == claim.program.name());
        mine.is_none_or(|mine| mine.rate < claim.rate)
    });
    discounts.chain(claims.map(|(at, _)| ConcessionMove::Claim(at))).collect()
}

/// The rates of a discount in an offer; a fixed amount has `None` instead of a rate.
fn rates(offer: &Offer<'_>, discount: &Discount) -> Vec<Option<Rate>> {
    let segments = offer.pricing.lines.iter().flat_map(|line| &line.segments);
    let steps = segments.flat_map(|segment| &segment.waterfall.steps);
    let mine =
        steps.filter(|it| matches!(it.grant, StepSource::Row(_)) && it.name == discount.name);
    let mut rates: Vec<_> = mine.map(|step| step.rate).collect();
    rates.dedup();
    rates
}

/// Whether an offer lies between two others: it gives more than the first and no more than the second, and
/// its level is not outside theirs.
pub(super) fn is_between(last: &Offer<'_>, offer: &Offer<'_>, limit: &Offer<'_>) -> bool {
    last.discount() < offer.discount()
        && offer.discount() <= limit.discount()
        && last.level() <= offer.level()
        && offer.level() <= limit.level()
}

impl<'b> ConcessionMove<'b> {
    /// The largest rate in an offer; `None` for what cannot be given in part.
    pub fn rate(&self, offer: &Offer<'b>) -> Option<Rate> {
        match self {
            Self::Discount(discount) => {
                let is_rate = |row: &DiscountStep| matches!(row.adjustment, Adjustment::Rate(_));
                let has_rates = discount.rows().iter().all(is_rate);
                has_rates.then(|| rates(offer, discount).into_iter().flatten().max())?
            }
            Self::Claim(at) => {
                let claim = offer.deal.claims.get(*at)?;
                let program = claim.program;
                (program.rate.is_none() && !program.exclusive).then_some(claim.rate)
            }
        }
    }

    /// The deal with the concession as the limit makes it, or with a smaller rate. The commitment that
    /// the concession depends on comes with it.
    pub fn applied(&self, deal: &Deal<'b>, limit: &Deal<'b>, rate: Option<Rate>) -> Deal<'b> {
        let mut deal = deal.clone();
        match self {
            Self::Discount(discount) => {
                match discount.condition {
                    DiscountCondition::Term(_) | DiscountCondition::ContractYear(_) => {
                        commit(&mut deal, limit);
                    }
                    DiscountCondition::Prepay { .. } => {
                        deal.prepay = limit.prepay;
                        deal.billing = limit.billing;
                        deal.payment = limit.payment;
                    }
                    _ => {}
                }
                let own = limit.discount_override(discount);
                deal = deal.with_take(discount, rate.map_or(own, DiscountOverride::Rate));
                // The full discount needs no override.
                deal.discount_overrides.retain(|(_, change)| *change != DiscountOverride::Auto);
            }
            Self::Claim(at) => {
                // A program that the limit does not claim makes room for this one.
                let name = |place: usize| limit.claims[place].program.name();
                let is_kept = |known: &str| (0..limit.claims.len()).any(|it| name(it) == known);
                deal.claims.retain(|claim| {
                    is_kept(claim.program.name()) && claim.program.name() != name(*at)
                });
                let claim = limit.claims[*at].clone();
                deal.claims.push(ProgramClaim { rate: rate.unwrap_or(claim.rate), ..claim });
            }
        }
        if quantities(&deal).ne(quantities(limit)) {
            commit(&mut deal, limit);
        }
        deal
    }

    /// Keeps only the first duties of the moved claim: a program that is given in parts asks for one duty
    /// after the other. A program keeps all of them if it requires all at once, or if the offer before
    /// claims it already.
    pub fn limit_duties(&self, deal: &mut Deal<'_>, last: &Deal<'_>, count: usize) {
        let (Self::Claim(_), Some(claim)) = (self, deal.claims.last_mut()) else { return };
        let name = claim.program.name();
        let is_known = last.claims.iter().any(|known| known.program.name() == name);
        if !claim.program.duties_required && !is_known {
            claim.duties.truncate(count);
        }
    }
}

fn commit<'b>(deal: &mut Deal<'b>, limit: &Deal<'b>) {
    deal.term = limit.term;
    deal.months_in_term = limit.months_in_term;
    deal.period = limit.period;
    deal.lines.clone_from(&limit.lines);
}
