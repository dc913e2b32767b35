//! The chain of one combination: deals from list price to everything that can be given, each deal a
//! little cheaper than the one before it.
//!
//! The parts of all discounts and claimed programs are sorted by the approval that they need, lowest
//! first, and given in this order. At most one discount of a deal is given in part: the parts before it
//! are given in full, and the parts after it not at all. So no deal of a chain costs more or needs less
//! approval than the deal before it, except by a guardrail on ACV or TCV. The [contract of a
//! rule](crate::approve#the-contract-of-a-rule) promises this, and it makes halving valid: the first deal that
//! meets a goal is the dearest one that does, and the easiest to approve.

use super::discount_part::{DiscountPart, PartSource, automatic_parts, is_all_or_none};
use super::goal::{Goal, GoalProgress};
use crate::approve::PricedDeal;
use crate::book::{Discount, Level};
use crate::deal::{Deal, DiscountOverride, ProgramClaim};
use crate::number::{Rate, bisect};
use crate::price::{SegmentDiscounts, arr_before_programs, price};
use std::cell::OnceCell;
use std::cmp::Ordering;

/// The deals of one combination, from the one that gives least, at place 0, to the one that gives most.
#[derive(Debug, Clone)]
pub(super) struct DealChain<'b> {
    deal: Deal<'b>,
    parts: Vec<DiscountPart<'b>>,
    /// Rates are multiples of this, except for the ends of parts; in millionths.
    rate_step: u32,
}

impl<'b> DealChain<'b> {
    /// Returns every chain of a deal whose claims have their largest rates. Fixed amounts are given or
    /// not, and reviews stand beside the levels, so neither has a place in the order of a chain: there is
    /// one chain with and one without each fixed amount, and each review. If `varies_automatic` is not
    /// set, automatic discounts stay as the deal has them.
    ///
    /// Where a limit holds for each line, a discount that not all lines get alike can use up what a program would give
    /// to all. So if `has_line_limit` is set, there is one more chain with each such discount given last, and one with all
    /// of them.
    pub fn all(
        deal: Deal<'b>,
        (varies_automatic, has_line_limit): (bool, bool),
        rate_step: u32,
    ) -> Vec<Self> {
        let mut deals = vec![deal];
        for discount in deals[0].book.discounts.iter().filter(|_| varies_automatic) {
            if is_all_or_none(&deals[0], discount) {
                let mut without = deals.clone();
                for deal in &mut deals {
                    set_override(deal, discount, None);
                }
                for deal in &mut without {
                    set_override(deal, discount, Some(DiscountOverride::Withheld));
                }
                deals.extend(without);
            }
        }
        let chains = deals.into_iter().map(|deal| Self::of(deal, varies_automatic, rate_step));
        let chains = chains.flat_map(Self::by_reviews);
        let chains = chains.flat_map(|it| if has_line_limit { it.by_lines() } else { vec![it] });
        chains.filter_map(Self::above_program_arr).collect()
    }

    fn of(deal: Deal<'b>, varies_automatic: bool, rate_step: u32) -> Self {
        let discounts = deal.book.discounts.iter().filter(|_| varies_automatic);
        let automatic = discounts.flat_map(|discount| automatic_parts(&deal, discount));
        let claimed = deal.claims.iter().enumerate();
        let claimed =
            claimed.filter_map(|(at, claim)| DiscountPart::of_claim(at, claim, rate_step));
        let mut parts: Vec<_> = automatic.chain(claimed).collect();
        parts.sort_by_key(|part| part.needs.order());
        Self { deal, parts, rate_step }
    }

    /// Returns one chain for each choice of the reviews that automatic discounts need. Claims need no
    /// such choice: a set of programs has them or not.
    fn by_reviews(self) -> Vec<Self> {
        let automatic = self.parts.iter().filter(|part| is_automatic(part));
        let mut reviews: Vec<_> = automatic.flat_map(|part| part.needs.reviews.clone()).collect();
        reviews.sort_unstable();
        reviews.dedup();
        let mut chains = vec![self];
        for review in reviews {
            let mut without = chains.clone();
            let parts = without.iter_mut().flat_map(|chain| &mut chain.parts);
            let needing = parts.filter(|it| is_automatic(it) && it.needs.reviews.contains(&review));
            needing.for_each(DiscountPart::close);
            chains.extend(without);
        }
        chains
    }

    /// Returns the chain, and those with automatic discounts last that not all lines get alike: each, and all of them.
    fn by_lines(self) -> Vec<Self> {
        let mut uneven: Vec<&'b Discount> = Vec::new();
        for part in &self.parts {
            let PartSource::Automatic(discount, _) = part.source else { continue };
            if !uneven.iter().any(|known| part.is_of(known)) && !self.gives_alike(part) {
                uneven.push(discount);
            }
        }
        let one_last = uneven.iter().map(|discount| vec![*discount]);
        let all_last = (uneven.len() > 1).then(|| uneven.clone());
        let last: Vec<_> = one_last.chain(all_last).collect();
        let given_last = last.into_iter().map(|last| {
            let mut chain = self.clone();
            chain.parts.sort_by_key(|part| last.iter().any(|discount| part.is_of(discount)));
            chain
        });
        let given_last: Vec<_> = given_last.collect();
        std::iter::once(self).chain(given_last).collect()
    }

    pub fn has_one_line(&self) -> bool {
        self.deal.lines.len() == 1
    }

    /// The places of [`Self::ends`] up to which the parts need no level above one of a height.
    pub fn ends_within(&self, height: usize) -> Vec<u32> {
        let mut ends = self.ends();
        ends.retain(|end| self.least_level(*end).height() <= height);
        ends
    }

    /// Whether a level of a height can give several discounts of the chain in part, and not all lines and years get each
    /// of them alike: then other deals than those of the chain can give as much in all, and less to one line.
    pub fn shares_out_unevenly(&self, height: usize) -> bool {
        let is_open = |part: &&DiscountPart<'_>| {
            part.steps(self.rate_step) > 0 && part.needs.level.height() <= height
        };
        let open: Vec<_> = self.parts.iter().filter(is_open).collect();
        let is_other = |part: &&DiscountPart<'_>| match (part.source, open[0].source) {
            (PartSource::Automatic(one, _), PartSource::Automatic(other, _)) => {
                one.name != other.name
            }
            (PartSource::Claim(one), PartSource::Claim(other)) => one != other,
            _ => true,
        };
        open.iter().any(is_other) && !open.iter().all(|part| self.gives_alike(part))
    }

    /// Whether all lines and years get the discount of a part at one rate.
    fn gives_alike(&self, part: &DiscountPart<'b>) -> bool {
        let lines = &self.deal.lines;
        match part.source {
            PartSource::Claim(place) => {
                let discount = self.deal.claims[place].discount;
                lines.iter().all(|line| discount.applies_to(line.metric.name()))
            }
            PartSource::Automatic(discount, _) => {
                let segments =
                    lines.iter().flat_map(|line| line.segments.iter().map(move |it| (line, it)));
                let mut rows = segments.map(|(line, segment)| {
                    let rows = SegmentDiscounts::of(&self.deal, line, segment).rows(discount);
                    rows.map(|row| row.adjustment).collect::<Vec<_>>()
                });
                let first = rows.next();
                rows.all(|row| Some(row) == first)
            }
        }
    }

    /// Ends automatic discounts where they would lower the ARR to what a claimed program demands or
    /// less. Returns `None` if the ARR is too small before anything is given. Cheaper deals without the
    /// program are on the chains of other sets of programs.
    fn above_program_arr(mut self) -> Option<Self> {
        let floors = self.deal.claims.iter().filter_map(|claim| claim.program.arr_above);
        let Some(floor) = floors.max() else { return Some(self) };
        let is_below = |chain: &Self, place: u32| {
            let deal = chain.deal_at(place);
            deal.is_some_and(|it| arr_before_programs(&it, &price(&it)).0 <= floor)
        };
        if is_below(&self, 0) {
            return None;
        }
        for index in 0..self.parts.len() {
            let PartSource::Automatic(discount, _) = self.parts[index].source else { continue };
            let start = self.ends()[index];
            let steps = (0, self.parts[index].steps(self.rate_step));
            // A larger rate never raises the ARR, so the first rate that is too large is found by halving.
            let Some(below) = first(steps, |step| is_below(&self, start + step)) else { continue };
            let part = &mut self.parts[index];
            part.to = part.rate(below.saturating_sub(1), self.rate_step).max(part.from);
            let rest = self.parts.iter_mut().skip(index + 1);
            rest.filter(|it| it.is_of(discount)).for_each(DiscountPart::close);
        }
        Some(self)
    }

    /// The place of the last deal, which is the number of deals after the first one.
    pub fn len(&self) -> u32 {
        self.parts.iter().map(|part| part.steps(self.rate_step)).sum()
    }

    /// The places at which parts start and end. Without guardrails, a deal needs more approval than the
    /// deal before it only directly after one of them.
    pub fn ends(&self) -> Vec<u32> {
        let mut end = 0;
        let ends = self.parts.iter().map(|part| {
            end += part.steps(self.rate_step);
            end
        });
        std::iter::once(0).chain(ends).collect()
    }

    /// A lower bound of the level that the deal at a place needs: the highest level of the claims with a
    /// fixed rate and of the parts that are given up to there.
    pub fn least_level(&self, place: u32) -> Level {
        let is_fixed = |claim: &&ProgramClaim<'_>| claim.program.rate.is_some();
        let fixed = self.deal.claims.iter().filter(is_fixed);
        let fixed = fixed.map(|claim| claim.program.approval.level);
        let parts = self.parts.iter().zip(self.ends());
        let given = parts
            .filter(|(part, start)| *start < place && part.steps(self.rate_step) > 0)
            .map(|(part, _)| part.needs.level);
        fixed.chain(given).max().unwrap_or_default()
    }

    /// Returns the deal at a place, or `None` if its figures have more digits than the engine keeps exact.
    pub fn deal_at(&self, place: u32) -> Option<Deal<'b>> {
        let mut left = place;
        self.deal_with(|_, part| {
            let steps = part.steps(self.rate_step).min(left);
            left -= steps;
            part.rate(steps, self.rate_step)
        })
    }

    pub fn progress_at(&self, goal: Goal, place: u32) -> Option<(Deal<'b>, GoalProgress)> {
        let deal = self.deal_at(place)?;
        let progress = goal.progress_of(&PricedDeal { deal: &deal, pricing: &price(&deal) })?;
        Some((deal, progress))
    }

    /// Returns the deal between two places of one part whose rate there has the fewest digits.
    pub fn simplest_deal(&self, from: u32, to: u32) -> Option<Deal<'b>> {
        let ends = self.ends();
        let index = ends.iter().skip(1).position(|end| from <= *end)?;
        let rate_at = |place: u32| self.parts[index].rate(place - ends[index], self.rate_step);
        let rate = simplest_rate(rate_at(from), rate_at(to));
        self.deal_with(|place, part| match place.cmp(&index) {
            Ordering::Less => part.to,
            Ordering::Equal => rate,
            Ordering::Greater => part.rate(0, self.rate_step),
        })
    }

    /// The deal with the rate of each part by its place, if its figures are exact.
    fn deal_with(
        &self,
        mut rate_of: impl FnMut(usize, &DiscountPart<'b>) -> u32,
    ) -> Option<Deal<'b>> {
        let mut deal = self.deal.clone();
        for (place, part) in self.parts.iter().enumerate() {
            let rate = rate_of(place, part);
            match part.source {
                PartSource::Claim(place) => deal.claims[place].rate = Rate::of_millionths(rate),
                // The parts of one discount are in ascending order: the last one that is given counts.
                PartSource::Automatic(discount, most) if rate > 0 || part.from == 0 => {
                    let change = match rate {
                        0 => Some(DiscountOverride::Withheld),
                        // The full rate needs no override.
                        rate if rate == most => None,
                        rate => Some(DiscountOverride::Rate(Rate::of_millionths(rate))),
                    };
                    set_override(&mut deal, discount, change);
                }
                PartSource::Automatic(..) => {}
            }
        }
        deal.claims.retain(|claim| !claim.rate.is_zero());
        deal.is_exact().then_some(deal)
    }
}

/// Places of a chain, each of which is priced once, when its progress is needed first.
pub(super) struct PricedPlaces<'c, 'b> {
    pub chain: &'c DealChain<'b>,
    goal: Goal,
    /// The places, ascending, each once.
    pub places: Vec<u32>,
    priced: Vec<OnceCell<Option<(Deal<'b>, GoalProgress)>>>,
}

impl<'c, 'b> PricedPlaces<'c, 'b> {
    pub fn new(chain: &'c DealChain<'b>, goal: Goal, mut places: Vec<u32>) -> Self {
        places.sort_unstable();
        places.dedup();
        let priced = places.iter().map(|_| OnceCell::new()).collect();
        Self { chain, goal, places, priced }
    }

    pub fn progress(&self, index: usize) -> Option<&(Deal<'b>, GoalProgress)> {
        let priced = || self.chain.progress_at(self.goal, self.places[index]);
        self.priced[index].get_or_init(priced).as_ref()
    }

    pub fn meeting(&self) -> impl Iterator<Item = &Deal<'b>> {
        let priced = (0..self.places.len()).filter_map(|index| self.progress(index));
        priced.filter(|(_, progress)| self.goal.is_met(*progress)).map(|(deal, _)| deal)
    }

    /// The range of the first deal that meets the goal: from behind the last place that does not meet it up to
    /// a place that does. Returns `None` if the cheapest deal does not meet it.
    pub fn range_of_first_met(&self) -> Option<(u32, u32)> {
        let (mut from, mut met) = (0, None);
        // The cheapest deal is judged first, because most chains do not meet the goal at all.
        for (index, place) in self.places.iter().enumerate().rev() {
            match self.progress(index).map(|(_, progress)| self.goal.is_met(*progress)) {
                Some(true) => met = Some(*place),
                Some(false) => {
                    from = place + 1;
                    break;
                }
                None => {}
            }
        }
        Some((from, met?))
    }
}

const fn is_automatic(part: &DiscountPart<'_>) -> bool {
    matches!(part.source, PartSource::Automatic(..))
}

/// Replaces the deal's override of a discount. `None` gives all of the discount.
fn set_override<'b>(deal: &mut Deal<'b>, discount: &'b Discount, change: Option<DiscountOverride>) {
    deal.discount_overrides.retain(|(known, _)| known.name != discount.name);
    deal.discount_overrides.extend(change.map(|change| (discount, change)));
}

/// The rate from one to another that has the fewest digits; all in millionths.
fn simplest_rate(from: u32, to: u32) -> u32 {
    let units = (0..=4).rev().map(|zeros| 10_u32.pow(zeros));
    let mut rates = units.map(|unit| from.div_ceil(unit) * unit);
    rates.find(|rate| *rate <= to).unwrap_or(from)
}

/// Returns the first place of a range for which a condition holds that holds for every later place too.
pub(super) fn first((low, high): (u32, u32), holds: impl Fn(u32) -> bool) -> Option<u32> {
    holds(high).then(|| bisect(low, high, holds))
}
