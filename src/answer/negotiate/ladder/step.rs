//! What can be given between one deal and another, one thing after the other.

use super::Offer;
use crate::book::{Adjustment, Discount, DiscountCondition, DiscountStep, PriceBook};
use crate::deal::{Deal, DiscountOverride, Line, ProgramClaim};
use crate::number::{Quantity, Rate};
use crate::price::StepSource;

/// One thing that can be given.
#[derive(Debug, Clone, Copy)]
pub(super) enum ConcessionMove<'b> {
    /// A discount that the book gives by itself, with the commitment that it depends on.
    Take(&'b Discount),
    /// Which claim of the deal at the end.
    Claim(usize),
}

/// The discounts that a deal can do without.
pub(super) fn withheld(book: &PriceBook) -> impl Iterator<Item = &Discount> {
    let is_taken = |it: &&Discount| {
        it.is_automatic() && !matches!(it.condition, DiscountCondition::Payment(_))
    };
    book.discounts().iter().filter(is_taken)
}

/// What one offer gives and another does not, in the order of the waterfall.
pub(super) fn moves<'b>(from: &Offer<'b>, to: &Offer<'b>) -> Vec<ConcessionMove<'b>> {
    let differs = |discount: &&Discount| rates(from, discount) != rates(to, discount);
    let takes = withheld(to.deal.book()).filter(differs).map(ConcessionMove::Take);
    let claims = to.deal.claims.iter().enumerate().filter(|(_, claim)| {
        let mine = from.deal.claims.iter().find(|it| it.program.name() == claim.program.name());
        mine.is_none_or(|mine| mine.rate < claim.rate)
    });
    takes.chain(claims.map(|(at, _)| ConcessionMove::Claim(at))).collect()
}

/// The rates that an offer has of a discount; nothing in place of an amount.
fn rates(offer: &Offer<'_>, discount: &Discount) -> Vec<Option<Rate>> {
    let segments = offer.pricing.lines.iter().flat_map(|line| &line.segments);
    let steps = segments.flat_map(|segment| segment.waterfall.steps());
    let mine =
        steps.filter(|it| matches!(it.grant, StepSource::Row(_)) && it.name == discount.name());
    let mut rates: Vec<_> = mine.map(|step| step.rate).collect();
    rates.dedup();
    rates
}

impl<'b> ConcessionMove<'b> {
    /// A deal with all of it that another one has.
    pub fn whole(&self, deal: &Deal<'b>, end: &Deal<'b>) -> Deal<'b> {
        self.given(deal, end, None)
    }

    /// The largest rate that an offer has of it; nothing, if it is no rate, or none that can be given
    /// in part.
    pub fn rate(&self, end: &Offer<'b>) -> Option<Rate> {
        match self {
            Self::Take(discount) => {
                let is_rate = |row: &DiscountStep| matches!(row.adjustment, Adjustment::Rate(_));
                let has_rates = discount.rows().iter().all(is_rate);
                has_rates.then(|| rates(end, discount).into_iter().flatten().max())?
            }
            Self::Claim(at) => {
                let claim = end.deal.claims.get(*at)?;
                let program = claim.program;
                (program.rate.is_none() && !program.exclusive).then_some(claim.rate)
            }
        }
    }

    /// A deal with so much of it as another one has, or with a smaller rate. What depends on a
    /// commitment comes with it.
    pub fn given(&self, deal: &Deal<'b>, end: &Deal<'b>, rate: Option<Rate>) -> Deal<'b> {
        let mut deal = deal.clone();
        match self {
            Self::Take(discount) => {
                match discount.condition {
                    DiscountCondition::Term(_) => commit(&mut deal, end),
                    DiscountCondition::Prepay { .. } => {
                        deal.prepay = end.prepay;
                        deal.billing = end.billing;
                        deal.payment = end.payment;
                    }
                    _ => {}
                }
                deal = deal.with_take(
                    discount,
                    rate.map_or(end.discount_override(discount), DiscountOverride::Rate),
                );
                // What it takes as it comes it has nothing to say about.
                deal.discount_overrides.retain(|(_, take)| *take != DiscountOverride::Auto);
            }
            Self::Claim(at) => {
                // A program that the end does not have makes room for one that it has.
                let name = |place: usize| end.claims[place].program.name();
                let is_kept = |known: &str| (0..end.claims.len()).any(|it| name(it) == known);
                deal.claims.retain(|claim| {
                    is_kept(claim.program.name()) && claim.program.name() != name(*at)
                });
                let claim = end.claims[*at].clone();
                deal.claims.push(ProgramClaim { rate: rate.unwrap_or(claim.rate), ..claim });
            }
        }
        if buys(&deal) != buys(end) {
            commit(&mut deal, end);
        }
        deal
    }
}

impl ConcessionMove<'_> {
    /// Leaves only so many of the duties in a deal that its program asks for: those of a program that
    /// is given in parts are asked for one after the other. Not where it needs all of them at once, or
    /// they were asked for before.
    pub fn promise(&self, deal: &mut Deal<'_>, last: &Deal<'_>, count: usize) {
        let (Self::Claim(_), Some(claim)) = (self, deal.claims.last_mut()) else { return };
        let name = claim.program.name();
        let is_known = last.claims.iter().any(|known| known.program.name() == name);
        if !claim.program.duties_required && !is_known {
            claim.duties.truncate(count);
        }
    }
}

/// Makes a deal last as long as another one, and buy what that does.
fn commit<'b>(deal: &mut Deal<'b>, end: &Deal<'b>) {
    deal.term = end.term;
    deal.period = end.period;
    deal.lines.clone_from(&end.lines);
}

/// What a deal buys, however long.
fn buys<'d>(deal: &'d Deal<'_>) -> Vec<(&'d str, Quantity)> {
    let of = |line: &'d Line<'_>| {
        let name = line.metric().name();
        line.segments().iter().map(move |it| (name, it.quantity()))
    };
    deal.lines().iter().flat_map(of).collect()
}
