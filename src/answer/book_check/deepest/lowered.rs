//! Less of everything, up to where a condition holds.
//!
//! Rates are taken back one after the other. From one with all of it to one with nothing the price
//! goes through everything in between, in steps of the smallest rate that can be written: so the first
//! rate at which the condition holds is found by halving, and with it the least price of all that meet
//! it, up to such a step. Fixed amounts are there or not, so each choice of them is looked at by itself.

use super::everything::{taken, takes_rates};
use crate::book::{Adjustment, Discount, DiscountCondition, Program};
use crate::deal::{Deal, DiscountOverride, ProgramClaim};
use crate::number::{Money, Rate};
use crate::price::{Pricing, price};

/// Of more fixed amounts than these not every choice is looked at.
const AMOUNTS: usize = 6;

/// A deal with less.
pub(super) struct ReducedDeal<'b> {
    pub deal: Deal<'b>,
    /// The exact price with the next larger rate, if a rate was lowered.
    pub below: Option<Money>,
}

/// One deal with less for each choice of fixed amounts.
pub(super) struct ReducedDeals<'b> {
    pub deals: Vec<ReducedDeal<'b>>,
    /// Whether every choice was looked at.
    pub is_all: bool,
}

type PriceCondition<'a> = &'a dyn Fn(&Pricing<'_>) -> bool;

/// The least prices of a deal for which a condition holds that holds for every price above.
pub(super) fn lowered<'b>(deal: &Deal<'b>, holds: PriceCondition<'_>) -> ReducedDeals<'b> {
    let amounts: Vec<_> = given(deal).filter(|it| !takes_rates(it)).collect();
    let tried = amounts.len().min(AMOUNTS);
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
        // Where a rate is too coarse for a price, another one may not be.
        let other = levers(&deal).into_iter().rev().collect();
        let both = [along(deal.clone(), levers(&deal), holds), along(deal, other, holds)];
        both.into_iter().flatten().collect()
    });
    ReducedDeals { deals: deals.collect(), is_all: tried == amounts.len() }
}

/// The same for a condition on the ARR before programs, which only what comes before them lowers.
pub(super) fn lowered_for_arr<'b>(
    deal: &Deal<'b>,
    holds: PriceCondition<'_>,
) -> Option<ReducedDeal<'b>> {
    let mut discounts = deal.book.discounts().iter();
    let before: Vec<_> =
        discounts.by_ref().take_while(|it| it.is_automatic()).map(Discount::name).collect();
    let is_before = |lever: &ReducibleRate<'_>| match lever {
        ReducibleRate::Claim(_) => false,
        ReducibleRate::Take(discount, _) => before.contains(&discount.name()),
    };
    along(deal.clone(), levers(deal).into_iter().filter(is_before).collect(), holds)
}

/// A rate that a deal can have less of.
enum ReducibleRate<'b> {
    /// That of a program which the deal claims.
    Claim(&'b Program),
    /// That of a discount which the book gives by itself.
    Take(&'b Discount, Rate),
}

/// Claims are lowered before what the book gives by itself, and the last one first.
fn levers<'b>(deal: &Deal<'b>) -> Vec<ReducibleRate<'b>> {
    let rates = given(deal).filter(|it| takes_rates(it));
    let takes = rates.filter_map(|discount| match taken(deal, discount)? {
        Adjustment::Rate(rate) => Some(ReducibleRate::Take(discount, rate)),
        Adjustment::Amount(_) | Adjustment::Uplift(_) => None,
    });
    let takes: Vec<_> = takes.collect();
    deal.claims
        .iter()
        .rev()
        .map(|claim| ReducibleRate::Claim(claim.program))
        .chain(takes.into_iter().rev())
        .collect()
}

/// What the book gives a deal by itself, and the deal can withhold.
fn given<'b>(deal: &Deal<'b>) -> impl Iterator<Item = &'b Discount> {
    let can = |it: &&Discount| {
        it.is_automatic() && !matches!(it.condition, DiscountCondition::Payment(_))
    };
    deal.book.discounts().iter().filter(can).filter(move |it| taken(deal, it).is_some())
}

impl<'b> ReducibleRate<'b> {
    fn at(&self, deal: &Deal<'b>, rate: Rate) -> Deal<'b> {
        match self {
            Self::Take(discount, _) if rate.is_zero() => {
                deal.with_take(discount, DiscountOverride::Withheld)
            }
            Self::Take(discount, _) => deal.with_take(discount, DiscountOverride::Rate(rate)),
            Self::Claim(program) => {
                let mut deal = deal.clone();
                let mine = |claim: &ProgramClaim<'_>| claim.program.name() == program.name();
                if rate.is_zero() {
                    deal.claims.retain(|claim| !mine(claim));
                }
                for claim in deal.claims.iter_mut().filter(|claim| mine(claim)) {
                    claim.rate = rate;
                }
                deal
            }
        }
    }

    /// All of it. Nothing is lowered twice.
    fn most(&self) -> Rate {
        match self {
            Self::Take(_, rate) => *rate,
            Self::Claim(program) => program.max_rate(),
        }
    }
}

/// Takes back one rate after the other, until a condition holds.
fn along<'b>(
    mut deal: Deal<'b>,
    levers: Vec<ReducibleRate<'b>>,
    holds: PriceCondition<'_>,
) -> Option<ReducedDeal<'b>> {
    for lever in levers {
        let without = lever.at(&deal, Rate::ZERO);
        if holds(&price(&without)) {
            return Some(halved(&deal, &lever, holds));
        }
        deal = without;
    }
    None
}

/// The deal with the largest rate for which a condition holds; it does so for none.
fn halved<'b>(
    deal: &Deal<'b>,
    lever: &ReducibleRate<'b>,
    holds: PriceCondition<'_>,
) -> ReducedDeal<'b> {
    // The finest rate for which all figures of the deal are exact.
    let fits = |step: &u32| lever.at(deal, Rate::of_millionths(*step)).is_exact();
    let steps = [1, 10, 100, 1_000, 10_000, 100_000];
    let step = steps.into_iter().find(fits).unwrap_or(1_000_000);
    let at = |count: u32| lever.at(deal, Rate::of_millionths(count * step));
    let (mut low, mut high) = (0, lever.most().millionths().div_ceil(step));
    while high - low > 1 {
        let middle = low.midpoint(high);
        if holds(&price(&at(middle))) {
            low = middle;
        } else {
            high = middle;
        }
    }
    let found = at(low);
    let net = price(&found).totals.tcv;
    // Of rates that come to the same price, one with few decimals.
    let plainer = [100_000, 10_000, 1_000, 100, 10].into_iter().filter(|it| *it > step).map(|it| {
        let rate = Rate::of_millionths(low * step / it * it);
        lever.at(deal, rate)
    });
    let plainer = plainer.filter(Deal::is_exact).find(|it| price(it).totals.tcv == net);
    let next = if high * step > lever.most().millionths() { deal.clone() } else { at(high) };
    let below = price(&next)
        .lines
        .first()
        .and_then(|line| line.segments.first())
        .map(|it| it.waterfall.before_rounding());
    ReducedDeal { deal: plainer.unwrap_or(found), below: Some(below.unwrap_or(Money::ZERO)) }
}
