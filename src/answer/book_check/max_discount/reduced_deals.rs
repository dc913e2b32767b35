//! A deal with rates taken back until a condition holds.
//!
//! Rates are taken back one after the other. A smaller rate never lowers the price, and from all of a rate to
//! nothing of it the price takes every value in steps of the smallest rate that can be written. So halving
//! finds the largest rate for which the condition holds, and with it the lowest price, up to one such step.
//! A fixed amount is given or not, so each choice of fixed amounts is a deal by itself.

use super::max_deal::{automatic_adjustment, has_only_rates};
use crate::book::{Adjustment, Discount, Program};
use crate::deal::{Deal, DiscountOverride, ProgramClaim};
use crate::number::{Money, Rate, bisect};
use crate::price::{Pricing, price};

/// The most fixed amounts of which every choice is tried.
const MOST_AMOUNTS: usize = 6;

pub(super) struct ReducedDeal<'b> {
    pub deal: Deal<'b>,
    /// The exact prices of the years with the next larger rate, if a rate was reduced.
    pub below: Option<Vec<Money>>,
}

type PriceCondition<'a> = &'a dyn Fn(&Pricing<'_>) -> bool;

/// Returns the deals with the lowest prices for which a condition holds, and whether every choice of fixed
/// amounts was tried. The condition must hold for every price above one for which it holds.
pub(super) fn reduced_deals<'b>(
    deal: &Deal<'b>,
    holds: PriceCondition<'_>,
) -> (Vec<ReducedDeal<'b>>, bool) {
    let amounts: Vec<_> = automatic_discounts(deal).filter(|it| !has_only_rates(it)).collect();
    let tried = amounts.len().min(MOST_AMOUNTS);
    let choices = (0..1_usize << tried).map(|choice| {
        let without = amounts.iter().enumerate().filter(|(place, _)| choice >> place & 1 == 1);
        without.fold(deal.clone(), |deal, (_, discount)| {
            deal.with_take(discount, DiscountOverride::Withheld)
        })
    });
    let deals = choices.flat_map(|deal| {
        if holds(&price(&deal)) {
            return vec![ReducedDeal { deal, below: None }];
        }
        // A step of one rate can be too coarse to reach a price that a step of another rate reaches, so both
        // orders are tried.
        let reversed = reducible_rates(&deal).into_iter().rev().collect();
        let both =
            [reduced(deal.clone(), reducible_rates(&deal), holds), reduced(deal, reversed, holds)];
        both.into_iter().flatten().collect()
    });
    (deals.collect(), tried == amounts.len())
}

/// Returns the deal with the lowest price for which a condition on the ARR before programs holds. Only the
/// automatic discounts before the programs lower that ARR, so only they are reduced.
pub(super) fn reduced_for_arr<'b>(
    deal: &Deal<'b>,
    holds: PriceCondition<'_>,
) -> Option<ReducedDeal<'b>> {
    let before = deal.book.discounts.iter().take_while(|it| it.is_automatic());
    let is_before = |rate: &ReducibleRate<'_>| match rate {
        ReducibleRate::Claim(_) => false,
        ReducibleRate::Automatic(it, _) => before.clone().any(|known| known.name == it.name),
    };
    reduced(deal.clone(), reducible_rates(deal).into_iter().filter(is_before).collect(), holds)
}

/// A rate that a deal can have less of.
enum ReducibleRate<'b> {
    Claim(&'b Program),
    Automatic(&'b Discount, Rate),
}

/// The rates in the order in which they are taken back: the last first, and claims before discounts.
fn reducible_rates<'b>(deal: &Deal<'b>) -> Vec<ReducibleRate<'b>> {
    let discounts = automatic_discounts(deal).filter(|it| has_only_rates(it));
    let automatic = discounts.filter_map(|discount| match automatic_adjustment(deal, discount)? {
        Adjustment::Rate(rate) => Some(ReducibleRate::Automatic(discount, rate)),
        _ => None,
    });
    let claims = deal.claims.iter().map(|claim| ReducibleRate::Claim(claim.program));
    let mut rates: Vec<_> = automatic.chain(claims).collect();
    rates.reverse();
    rates
}

/// The automatic discounts that a deal gets, and can withhold.
fn automatic_discounts<'b>(deal: &Deal<'b>) -> impl Iterator<Item = &'b Discount> {
    let discounts = deal.book.discounts.iter().filter(|it| it.can_be_withheld());
    discounts.filter(move |it| automatic_adjustment(deal, it).is_some())
}

impl<'b> ReducibleRate<'b> {
    fn at(&self, deal: &Deal<'b>, rate: Rate) -> Deal<'b> {
        match self {
            Self::Automatic(discount, _) if rate.is_zero() => {
                deal.with_take(discount, DiscountOverride::Withheld)
            }
            Self::Automatic(discount, _) => deal.with_take(discount, DiscountOverride::Rate(rate)),
            Self::Claim(program) => {
                let mut deal = deal.clone();
                let is_of = |claim: &ProgramClaim<'_>| claim.program.name() == program.name();
                if rate.is_zero() {
                    deal.claims.retain(|claim| !is_of(claim));
                }
                for claim in deal.claims.iter_mut().filter(|claim| is_of(claim)) {
                    claim.rate = rate;
                }
                deal
            }
        }
    }

    /// The rate before it is reduced.
    fn most(&self) -> Rate {
        match self {
            Self::Automatic(_, rate) => *rate,
            Self::Claim(program) => program.max_rate,
        }
    }
}

/// Takes back one rate after the other until a condition holds. Returns `None` if it never does.
fn reduced<'b>(
    mut deal: Deal<'b>,
    rates: Vec<ReducibleRate<'b>>,
    holds: PriceCondition<'_>,
) -> Option<ReducedDeal<'b>> {
    for rate in rates {
        let without = rate.at(&deal, Rate::ZERO);
        if holds(&price(&without)) {
            return Some(with_largest_rate(&deal, &rate, holds));
        }
        deal = without;
    }
    None
}

/// Returns the deal with the largest rate for which a condition holds. The condition must hold for the rate
/// zero, and must not hold for the whole rate.
fn with_largest_rate<'b>(
    deal: &Deal<'b>,
    rate: &ReducibleRate<'b>,
    holds: PriceCondition<'_>,
) -> ReducedDeal<'b> {
    // The finest step for which all figures of the deal are exact.
    let fits = |step: &u32| rate.at(deal, Rate::of_millionths(*step)).is_exact();
    let steps = [1, 10, 100, 1_000, 10_000, 100_000];
    let step = steps.into_iter().find(fits).unwrap_or(1_000_000);
    let at = |count: u32| rate.at(deal, Rate::of_millionths(count * step));
    let exceeds = |count| !holds(&price(&at(count)));
    // The deal is exact with the whole rate, so the step divides that rate.
    let high = bisect(1, rate.most().millionths() / step, exceeds);
    let low = high - 1;
    let found = at(low);
    let net = price(&found).totals.tcv;
    // A rate with fewer digits is preferred if it comes to the same price.
    let units = [100_000, 10_000, 1_000, 100, 10].into_iter().filter(|it| *it > step);
    let simpler = units.map(|unit| rate.at(deal, Rate::of_millionths(low * step / unit * unit)));
    let simpler = simpler.filter(Deal::is_exact).find(|it| price(it).totals.tcv == net);
    let next = price(&at(high));
    let next = next.lines.iter().take(1).flat_map(|line| &line.segments);
    let below = next.map(|it| it.waterfall.before_rounding()).collect();
    ReducedDeal { deal: simpler.unwrap_or(found), below: Some(below) }
}
