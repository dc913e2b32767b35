//! Everything that can be given off a price, in the order in which it is given.
//!
//! What nobody has to approve comes first, and what asks for more comes later. So the deals along a
//! chain get cheaper step by step, and need no less approval for it: the first of them that meets a
//! goal is the dearest one that does, and the easiest to get. At most one discount of a deal is given
//! in part; those before it are given in full, and those behind it not at all.

use super::part::{DiscountSegment, SegmentSource, given, is_whole};
use crate::book::{Discount, Level};
use crate::deal::{Deal, DiscountOverride, ProgramClaim};
use crate::number::Rate;
use crate::price::price;
use std::cmp::Ordering;

/// The deals between what is given at the least and at the most.
#[derive(Debug, Clone)]
pub(super) struct DealChain<'b> {
    deal: Deal<'b>,
    parts: Vec<DiscountSegment<'b>>,
    /// Rates are multiples of it, but for the ends of parts; in millionths.
    unit: u32,
}

impl<'b> DealChain<'b> {
    /// Every chain of a deal whose claims are at the largest rates: with each amount that the book
    /// takes off and without it, and with each of the reviews that it asks for and without it, which
    /// stand beside the levels. Discounts that the book gives by itself are on a chain where `takes`
    /// says so, and as the deal takes them elsewhere.
    pub fn all(deal: Deal<'b>, takes: bool, unit: u32) -> Vec<Self> {
        let mut deals = vec![deal];
        for discount in deals[0].book().discounts().iter().filter(|_| takes) {
            if is_whole(&deals[0], discount) {
                let takes = [None, Some(DiscountOverride::Withheld)];
                let mut each = [deals.clone(), deals];
                for (deals, take) in each.iter_mut().zip(takes) {
                    for deal in deals {
                        set_override(deal, discount, take);
                    }
                }
                deals = each.concat();
            }
        }
        let chains = deals.into_iter().flat_map(|deal| Self::of(deal, takes, unit).by_reviews());
        chains.filter_map(Self::with_what_programs_need).collect()
    }

    /// The chain with all reviews.
    fn of(deal: Deal<'b>, takes: bool, unit: u32) -> Self {
        let discounts = deal.book().discounts().iter().filter(|_| takes);
        let mut parts: Vec<_> = discounts.flat_map(|discount| given(&deal, discount)).collect();
        let claims = deal.claims.iter().enumerate();
        parts.extend(
            claims.filter_map(|(place, claim)| DiscountSegment::claimed(place, claim, unit)),
        );
        parts.sort_by_key(|part| part.asks.height());
        Self { deal, parts, unit }
    }

    /// The chains with some of the reviews that it asks for. Claims are there or not already.
    fn by_reviews(self) -> Vec<Self> {
        let taken = self.parts.iter().filter(|part| matches!(part.source, SegmentSource::Take(..)));
        let mut reviews: Vec<_> = taken.flat_map(|part| part.asks.reviews.clone()).collect();
        reviews.sort_unstable();
        reviews.dedup();
        let mut chains = vec![self];
        for review in reviews {
            let without: Vec<_> = chains.iter().map(|chain| chain.without(review)).collect();
            chains.extend(without);
        }
        chains
    }

    fn without(&self, review: &str) -> Self {
        let mut chain = self.clone();
        let asks = |part: &&mut DiscountSegment<'_>| {
            matches!(part.source, SegmentSource::Take(..)) && part.asks.reviews.contains(&review)
        };
        chain.parts.iter_mut().filter(asks).for_each(DiscountSegment::close);
        chain
    }

    /// The chain as far as it leaves the ARR above what its programs need; nothing, if the ARR is not
    /// above that before anything is given. The deals without them are on the chains of other programs.
    fn with_what_programs_need(mut self) -> Option<Self> {
        let needs = self.deal.claims.iter().filter_map(|claim| claim.program.arr_above);
        let Some(floor) = needs.max() else { return Some(self) };
        let is_below = |chain: &Self, place: u32| {
            let deal = chain.at(place);
            deal.is_some_and(|it| price(&it).totals.arr_before_programs <= floor)
        };
        if is_below(&self, 0) {
            return None;
        }
        for place in 0..self.parts.len() {
            let SegmentSource::Take(discount, _) = self.parts[place].source else { continue };
            let before = self.ends()[place];
            let steps = (0, self.parts[place].steps(self.unit));
            let Some(below) = first(steps, |step| is_below(&self, before + step)) else { continue };
            let (from, unit) = (self.parts[place].from, self.unit);
            let last = self.parts[place].rate(below.saturating_sub(1), unit).max(from);
            self.parts[place].to = last;
            let rest = self.parts.iter_mut().skip(place + 1);
            rest.filter(|it| it.is_of(discount)).for_each(DiscountSegment::close);
        }
        Some(self)
    }

    /// How many deals there are behind the first one.
    pub fn len(&self) -> u32 {
        self.parts.iter().map(|part| part.steps(self.unit)).sum()
    }

    /// Where parts end: at most there a deal asks for more than the one before it.
    pub fn ends(&self) -> Vec<u32> {
        let steps = self.parts.iter().map(|part| part.steps(self.unit));
        let ends = steps.scan(0, |at, steps| {
            *at += steps;
            Some(*at)
        });
        std::iter::once(0).chain(ends).collect()
    }

    /// The lowest level that can grant one of its deals, unless what it gives last takes nothing off.
    pub fn least(&self, place: u32) -> Level {
        let is_fixed = |claim: &&ProgramClaim<'_>| claim.program.rate.is_some();
        let fixed =
            self.deal.claims.iter().filter(is_fixed).map(|claim| claim.program.approval.level);
        let ends = self.ends();
        let given = self
            .parts
            .iter()
            .zip(ends)
            .filter(|(part, begins)| *begins < place && part.steps(self.unit) > 0);
        fixed.chain(given.map(|(part, _)| part.asks.level)).max().unwrap_or_default()
    }

    /// One of its deals, if its figures can be exact.
    pub fn at(&self, place: u32) -> Option<Deal<'b>> {
        let mut deal = self.deal.clone();
        let mut left = place;
        let mut given: Vec<u32> = self.parts.iter().map(|_| 0).collect();
        for (given, part) in given.iter_mut().zip(&self.parts) {
            let steps = part.steps(self.unit).min(left);
            left -= steps;
            *given = part.rate(steps, self.unit);
        }
        self.give(&mut deal, &given);
        deal.is_exact().then_some(deal)
    }

    /// The rates of the part that a deal ends in, from it to another one of the same part: the one
    /// with the fewest digits.
    pub fn simplest_rate(&self, from: u32, to: u32) -> Option<Deal<'b>> {
        let ends = self.ends();
        let part = ends.iter().skip(1).position(|end| from <= *end)?;
        let at = |place: u32| self.parts[part].rate(place - ends[part], self.unit);
        let rate = simplest_rate(at(from), at(to));
        let mut deal = self.deal.clone();
        let given = |(place, it): (usize, &DiscountSegment<'b>)| match place.cmp(&part) {
            Ordering::Less => it.to,
            Ordering::Equal => rate,
            Ordering::Greater => it.rate(0, self.unit),
        };
        let given: Vec<u32> = self.parts.iter().enumerate().map(given).collect();
        self.give(&mut deal, &given);
        deal.is_exact().then_some(deal)
    }

    fn give(&self, deal: &mut Deal<'b>, given: &[u32]) {
        for (part, rate) in self.parts.iter().zip(given) {
            match part.source {
                SegmentSource::Claim(place) => deal.claims[place].rate = Rate::of_millionths(*rate),
                // The parts of a discount follow one another.
                SegmentSource::Take(discount, most) if *rate > 0 || part.from == 0 => {
                    let take = match *rate {
                        0 => Some(DiscountOverride::Withheld),
                        // Then the deal has nothing to say about it.
                        rate if rate == most => None,
                        rate => Some(DiscountOverride::Rate(Rate::of_millionths(rate))),
                    };
                    set_override(deal, discount, take);
                }
                SegmentSource::Take(..) => {}
            }
        }
        deal.claims.retain(|claim| !claim.rate.is_zero());
    }
}

/// Changes what a deal says about how much of a discount it takes; without a word it takes all.
fn set_override<'b>(deal: &mut Deal<'b>, discount: &'b Discount, take: Option<DiscountOverride>) {
    deal.discount_overrides.retain(|(known, _)| known.name() != discount.name());
    deal.discount_overrides.extend(take.map(|take| (discount, take)));
}

/// Of the rates from one to another the one with the fewest digits; all in millionths.
fn simplest_rate(from: u32, to: u32) -> u32 {
    let units = (0..=4).rev().map(|zeros| 10_u32.pow(zeros));
    let mut rates = units.map(|unit| from.div_ceil(unit) * unit);
    rates.find(|rate| *rate <= to).unwrap_or(from)
}

/// The first place of a range that something holds for, which from there on holds for all.
pub(super) fn first((mut low, mut high): (u32, u32), holds: impl Fn(u32) -> bool) -> Option<u32> {
    if !holds(high) {
        return None;
    }
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(high)
}
