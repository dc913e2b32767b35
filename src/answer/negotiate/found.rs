//! What is found of one combination after another.

use super::chain::{DealChain, first};
use super::frontier::OfferFrontier;
use super::lever::program;
use super::{Certificate, CustomerRequest, GoalProgress, Offer, Search, SearchResult};
use crate::approve;
use crate::approve::{
    ApprovalRule, DealThreshold, Direction, PricedDeal, Promise, Verdict, route, run_rules,
};
use crate::book::{Discount, DiscountCondition, Level, Metric, Rule};
use crate::deal::{Deal, Line};
use crate::price::price;

/// What was found so far.
pub(super) struct SearchState<'s, 'b> {
    search: &'s Search<'b>,
    /// For each level, lowest first, the offers that meet the goal and need just it.
    meeting: Vec<OfferFrontier<'b>>,
    /// For each level what comes closest to the goal, with no more than it.
    closest: Vec<Option<(GoalProgress, Offer<'b>)>>,
    /// The promises of the rules for each metric that was met so far.
    promises: Vec<(&'b Metric, Vec<Promise<'b>>)>,
    /// The lines of the book that keep a result from being proved.
    unproved: Vec<&'b Rule>,
}

/// As many deals of a chain are tried where a rule promises no direction.
const MOST_TRIED: u32 = 1000;

impl<'s, 'b> SearchState<'s, 'b> {
    pub fn new(table: &CustomerRequest<'b>, search: &'s Search<'b>) -> Self {
        let levels = table.top().height() + 1;
        Self {
            search,
            meeting: (0..levels).map(|_| OfferFrontier::default()).collect(),
            closest: (0..levels).map(|_| None).collect(),
            promises: Vec::new(),
            unproved: Vec::new(),
        }
    }

    /// Decides a deal with every set of programs.
    pub fn decide(&mut self, deal: &Deal<'b>) {
        if self.is_ungrantable(deal) {
            return;
        }
        let unit = self.search.step.map_or(1, |step| step.millionths().max(1));
        let promises = self.promises(deal);
        for set in &self.search.programs {
            let Some(deal) = program::claiming(deal, set) else { continue };
            for chain in DealChain::all(deal, self.search.takes, unit) {
                if promises.unproved.is_empty() {
                    self.decide_chain(&chain, &promises);
                } else {
                    self.try_each(&chain, &promises);
                }
            }
        }
    }

    /// Returns the promises of all rules that a deal depends on along its rates.
    fn promises(&mut self, deal: &Deal<'b>) -> RatePromises<'b> {
        let mut found = RatePromises::default();
        for metric in deal.lines().iter().map(Line::metric) {
            let known = self.promises.iter().position(|(known, _)| known.name() == metric.name());
            let at = known.unwrap_or_else(|| {
                let promises = approve::promises(self.search.rules, deal.book(), metric);
                self.promises.push((metric, promises));
                self.promises.len() - 1
            });
            self.promises[at].1.iter().for_each(|it| found.add(it));
        }
        found
    }

    /// Tries every deal of a chain, or a thousand of them: then its rules are unproved.
    fn try_each(&mut self, chain: &DealChain<'b>, promises: &RatePromises<'b>) {
        let last = chain.len();
        let step = last.div_ceil(MOST_TRIED).max(1);
        if step > 1 {
            let new = promises.unproved.iter().filter(|it| !self.unproved.contains(it));
            self.unproved.extend(new.copied().collect::<Vec<_>>());
        }
        let mut places: Vec<u32> = (0..last).step_by(step as usize).collect();
        places.extend(chain.ends());
        places.sort_unstable();
        places.dedup();
        self.record_closest(chain, &places);
        for place in places {
            let Some((deal, reached)) = self.reached(chain, place) else { continue };
            if self.search.goal.is_met(reached) {
                self.add(deal);
            }
        }
    }

    /// Adds a deal that meets the goal, if somebody can grant it.
    fn add(&mut self, deal: Deal<'b>) {
        if let Some(offer) = Offer::of(self.search.rules, deal) {
            let offer = offer.at_rate(self.search.discount_rate);
            self.meeting[offer.level().height()].add(offer);
        }
    }

    /// Whether nobody can grant a deal, whatever is given: by a rule that looks at what is bought, for how
    /// long or how it is paid, and at no price, and where no program includes a way to pay that it has.
    /// One that does can lift what is asked of the other way too.
    fn is_ungrantable(&self, deal: &Deal<'b>) -> bool {
        let book = deal.book();
        let looks_at_prices = |rule: &Rule| {
            let is_of = |discount: &Discount| {
                discount.rule == *rule
                    || discount.rows().iter().any(|row| row.rule == *rule)
                    || discount.programs().iter().any(|program| program.rule == *rule)
            };
            let mut discounts = book.discounts().iter();
            discounts.any(|it| !matches!(it.condition, DiscountCondition::Payment(_)) && is_of(it))
                || book.guardrails.iter().any(|guard| guard.rule == *rule)
                || book.services.iter().any(|service| service.rule == *rule)
        };
        let verdict = route(&PricedDeal { deal, pricing: &price(deal) });
        let mut refusing = verdict.violations.iter().map(|it| &it.rule);
        refusing.any(|rule| !looks_at_prices(rule)) && !self.is_included(deal)
    }

    /// Whether some program includes a way to pay that a deal has.
    fn is_included(&self, deal: &Deal<'b>) -> bool {
        let included = || self.search.programs.iter().flatten().flat_map(|(_, it)| &it.includes);
        let mut paying = deal.lines().iter().flat_map(|line| deal.paying(line.metric())).flatten();
        paying.any(|name| included().any(|included| included == name))
    }

    /// Decides one combination.
    fn decide_chain(&mut self, chain: &DealChain<'b>, promises: &RatePromises<'b>) {
        let last = chain.len();
        let rules = self.search.rules;
        // A larger discount needs more approval at the ends of parts, and beyond a threshold.
        let mut places = chain.ends();
        for rule in &promises.rising {
            let beyond = first((0, last), |place| is_beyond(rules, chain, place, rule));
            places.push(beyond.map_or(last, |beyond| beyond.saturating_sub(1)));
        }
        places.sort_unstable();
        places.dedup();
        self.record_closest(chain, &places);
        let meets = |place: u32| {
            let (_, reached) = self.reached(chain, place)?;
            Some(self.search.goal.is_met(reached))
        };
        // What goes furthest is asked first: most chains do not meet it at all.
        let (mut from, mut met) = (0, None);
        for place in places.into_iter().rev() {
            match meets(place) {
                Some(true) => met = Some(place),
                Some(false) => {
                    from = place + 1;
                    break;
                }
                None => {}
            }
        }
        let Some(met) = met else { return };
        if self.is_dominated(chain, from, promises) {
            return;
        }
        let is_met = |place: u32| meets(place) == Some(true);
        let Some(first_met) = first((from, met), is_met) else { return };
        let mut meeting = vec![first_met];
        // What is worth less can be easier to get.
        for rule in &promises.falling {
            let is_within = |place| !is_beyond(rules, chain, place, rule);
            meeting.extend(first((first_met, last), is_within));
        }
        for place in meeting {
            if let Some(deal) = self.plainest(chain, place, last) {
                self.add(deal);
            }
        }
    }

    /// A deal of a chain, and how far it goes.
    fn reached(&self, chain: &DealChain<'b>, place: u32) -> Option<(Deal<'b>, GoalProgress)> {
        let deal = chain.at(place)?;
        let reached =
            self.search.goal.progress_of(&PricedDeal { deal: &deal, pricing: &price(&deal) })?;
        Some((deal, reached))
    }

    /// Whether there is an offer already that is as good as any behind a place can be: those are worth
    /// no more than the goal allows, and need no less than the first of them.
    fn is_dominated(&self, chain: &DealChain<'b>, from: u32, promises: &RatePromises<'b>) -> bool {
        // Where a smaller contract needs less approval, the first of them may need the most.
        if !promises.falling.is_empty() {
            return false;
        }
        let Some(deal) = chain.at(from) else { return false };
        let best = Offer::judged(self.search.rules, deal).at_rate(self.search.discount_rate);
        if best.verdict.is_refused() {
            return true;
        }
        // Payments get smaller along a chain, and with them what they are worth.
        let most = match best.present_value {
            Some(worth) => worth,
            None => self.search.goal.most(&best.pricing).min(best.tcv()),
        };
        let lower = self.meeting.iter().take(best.level().height() + 1);
        lower.into_iter().any(|frontier| frontier.beats(&best, most))
    }

    /// Of the deals that cost as much as one of a chain the one with the plainest rate.
    fn plainest(&self, chain: &DealChain<'b>, place: u32, last: u32) -> Option<Deal<'b>> {
        let deal = chain.at(place)?;
        if self.search.step.is_some() {
            return Some(deal);
        }
        let tcv = price(&deal).totals.tcv;
        let costs_less = |other: u32| {
            other > place && chain.at(other).is_some_and(|it| price(&it).totals.tcv != tcv)
        };
        let end = first((place, last), costs_less).map_or(last, |other| other - 1);
        chain.simplest_rate(place, end).or(Some(deal))
    }

    /// Remembers how close the deals of a chain come, for each level that can grant them and none at
    /// which an offer meets the goal already.
    fn record_closest(&mut self, chain: &DealChain<'b>, places: &[u32]) {
        let met = self.meeting.iter().position(|offers| !offers.is_empty());
        // The levels from there on are settled: what comes before a place goes no further than that.
        let mut settled = met.unwrap_or(self.closest.len());
        for (at, place) in places.iter().enumerate().rev() {
            let least = chain.least(*place).height();
            if least >= settled {
                continue;
            }
            let Some((deal, reached)) = self.reached(chain, *place) else { continue };
            let is_further = |known: &Option<(GoalProgress, Offer<'_>)>| {
                known.as_ref().is_none_or(|(known, _)| reached.further(known).is_gt())
            };
            if !self.closest[least..settled].iter().any(is_further) {
                settled = least;
                continue;
            }
            let Some(mut offer) = Offer::of(self.search.rules, deal) else { continue };
            // Of deals that go as far it is the one that gives the least.
            for before in places[..at].iter().rev() {
                let same = self.reached(chain, *before);
                let same = same.filter(|(_, other)| other.further(&reached).is_eq());
                match same.and_then(|(deal, _)| Offer::of(self.search.rules, deal)) {
                    Some(same) if same.level() <= offer.level() => offer = same,
                    _ => break,
                }
            }
            let offer = offer.at_rate(self.search.discount_rate);
            let height = offer.level().height();
            let mine = self.closest.iter_mut().take(settled).skip(height);
            for known in mine.filter(|known| is_further(known)) {
                *known = Some((reached, offer.clone()));
            }
            settled = settled.min(height);
        }
    }

    pub fn outcome(self, decided: u64, combinations: u64) -> SearchResult<'b> {
        let within = self.search.within.height();
        let mut offers = OfferFrontier::default();
        let mut above = None;
        for (height, frontier) in self.meeting.into_iter().enumerate() {
            let found = frontier.sorted();
            if height <= within {
                for offer in found {
                    offers.add(offer);
                }
            } else if above.is_none() {
                above = found.into_iter().next();
            }
        }
        let offers = offers.sorted();
        let first = offers.first().or(above.as_ref());
        let level = first.map(Offer::level);
        // Where nothing meets the goal, it is the highest level that falls short.
        let lower = level.map_or(Some(within), |level| level.height().checked_sub(1));
        let mut closest: Vec<_> =
            self.closest.into_iter().map(|it| it.map(|(_, offer)| offer)).collect();
        let lower_closest = lower.and_then(|height| closest[height].clone());
        let binding = first.map(|offer| {
            let level = offer.level();
            let asks = offer.verdict.required.iter().filter(|it| it.approval.level == level);
            asks.filter(|_| level > Level::NONE).cloned().collect()
        });
        let ladder = first.or(lower_closest.as_ref()).map(|it| it.deal.book().ladder());
        let certificate = Certificate {
            lower: lower.and_then(|height| ladder?.level_at(height)),
            closest: lower_closest,
            binding: binding.unwrap_or_default(),
            decided,
            combinations,
            unproved: self.unproved,
        };
        let (closest, above) =
            if offers.is_empty() { (closest.swap_remove(within), above) } else { (None, None) };
        SearchResult { offers, closest, above, certificate }
    }
}

/// The lines of the book that look at a figure of the whole deal, by the direction of their answer as a rate
/// grows. The ARR that a program needs is not among them: a chain ends where the ARR falls below it.
#[derive(Default)]
struct RatePromises<'b> {
    /// A larger rate never asks for less.
    rising: Vec<&'b Rule>,
    /// A larger rate never asks for more.
    falling: Vec<&'b Rule>,
    /// Nothing is promised.
    unproved: Vec<&'b Rule>,
}

impl<'b> RatePromises<'b> {
    fn add(&mut self, promise: &Promise<'b>) {
        let lines = match (promise.rate.between, promise.threshold) {
            (Direction::Unproved | Direction::TurnsOnce, _) => &mut self.unproved,
            (_, Some(DealThreshold::ArrBeforePrograms(_))) | (Direction::Constant, _) => return,
            (Direction::Rises, _) => &mut self.rising,
            (Direction::Falls, _) => &mut self.falling,
        };
        if !lines.contains(&promise.rule) {
            lines.push(promise.rule);
        }
    }
}

/// Returns whether a line of the book asks or refuses at a place of a chain.
fn is_beyond(rules: &[&dyn ApprovalRule], chain: &DealChain<'_>, place: u32, rule: &Rule) -> bool {
    let Some(deal) = chain.at(place) else { return false };
    let mut verdict = Verdict::default();
    run_rules(rules, &PricedDeal { deal: &deal, pricing: &price(&deal) }, &mut verdict);
    verdict.violations.iter().any(|it| it.rule == *rule)
        || verdict.required.iter().any(|it| it.rule == *rule)
}
