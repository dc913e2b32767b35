//! What is found of one combination after another.

use super::chain::{Chain, first};
use super::frontier::Frontier;
use super::lever::program;
use super::{Certificate, Offer, Outcome, Reached, Search, Table};
use crate::approve::{Case, Requirement, route};
use crate::book::{Given, Level, Measure, Rule};
use crate::deal::Deal;
use crate::price::price;

/// What was found so far.
pub(super) struct Found<'s, 'b> {
    search: &'s Search<'b>,
    /// For each level, lowest first, the offers that meet the goal and need just it.
    meeting: Vec<Frontier<'b>>,
    /// For each level what comes closest to the goal, with no more than it.
    closest: Vec<Option<(Reached, Offer<'b>)>>,
}

impl<'s, 'b> Found<'s, 'b> {
    pub fn new(table: &Table<'b>, search: &'s Search<'b>) -> Self {
        let levels = table.top().height() + 1;
        Self {
            search,
            meeting: (0..levels).map(|_| Frontier::default()).collect(),
            closest: (0..levels).map(|_| None).collect(),
        }
    }

    /// Decides a deal with every set of programs.
    pub fn decide(&mut self, deal: &Deal<'b>) {
        let chain = |set| {
            let unit = self.search.step.map_or(1, |step| step.millionths().max(1));
            let deal = program::claiming(deal, set)?;
            Some(Chain::all(deal, self.search.takes, unit))
        };
        // What is refused at both ends of all chains without programs is refused with them too.
        let mut sets = self.search.programs.iter();
        let Some(plain) = sets.next().and_then(chain) else { return };
        if plain.iter().all(|chain| self.is_hopeless(deal, chain)) {
            return;
        }
        for chain in plain.into_iter().chain(sets.filter_map(chain).flatten()) {
            self.follow(&chain);
        }
    }

    /// Whether nobody can grant any deal of a chain without programs, nor with any: a rule that refuses
    /// both ends refuses what lies between them. One on what a contract is worth refuses no smaller one.
    fn is_hopeless(&self, deal: &Deal<'b>, chain: &Chain<'b>) -> bool {
        let guards = chain.book().guardrails.iter().filter(|guard| is_of_size(&guard.measure));
        let is_of_size = |rule: &Rule| guards.clone().any(|guard| guard.rule == *rule);
        let refused = |place: u32| {
            let deal = chain.at(place)?;
            let verdict = route(&Case { deal: &deal, pricing: &price(&deal) });
            Some(verdict.violations.into_iter().map(|it| it.rule).collect::<Vec<_>>())
        };
        let (Some(begins), Some(ends)) = (refused(0), refused(chain.len())) else { return false };
        let holds = |rule: &&Rule| ends.contains(rule) && !is_of_size(rule);
        begins.iter().filter(holds).any(|rule| !self.can_be_lifted(deal, rule))
    }

    /// Whether a rule that refuses a deal can be one that a program lifts: it excludes the discount, or
    /// it includes a way to pay. That can lift what is asked of the other way too.
    fn can_be_lifted(&self, deal: &Deal<'b>, rule: &Rule) -> bool {
        let programs = || self.search.programs.iter().flatten().map(|(_, program)| program);
        let mut discounts = deal.book().discounts().iter();
        let discount = discounts.find(|it| it.rows().iter().any(|row| row.rule == *rule));
        if discount.is_some_and(|it| !matches!(it.given, Given::Payment(_))) {
            return programs().any(|program| program.exclusive);
        }
        let mut paying = deal.lines().iter().flat_map(|line| deal.paying(line.metric())).flatten();
        paying.any(|name| programs().any(|it| it.includes.iter().any(|included| included == name)))
    }

    /// Decides one combination.
    fn follow(&mut self, chain: &Chain<'b>) {
        let goal = self.search.goal;
        let last = chain.len();
        let guards: Vec<_> = chain.book().guardrails.iter().map(|it| it.measure).collect();
        // A larger discount needs more approval at the ends of parts, and beyond a guardrail.
        let mut places = chain.ends();
        for guard in guards.iter().filter(|it| matches!(it, Measure::Discount(_))) {
            let beyond = first((0, last), |place| is_beyond(chain, place, *guard));
            places.push(beyond.map_or(last, |beyond| beyond.saturating_sub(1)));
        }
        places.sort_unstable();
        let mut before = None;
        let mut meets = None;
        for place in places {
            let Some(deal) = chain.at(place) else { continue };
            let Some(reached) = goal.reached(&Case { deal: &deal, pricing: &price(&deal) }) else {
                continue;
            };
            if meets.is_none() {
                if goal.is_met(reached) {
                    meets = Some(place);
                } else {
                    before = Some(place);
                }
            }
            self.approach(reached, deal);
        }
        let Some(meets) = meets else { return };
        let from = before.map_or(0, |before| before + 1);
        if self.is_beaten(chain, from, &guards) {
            return;
        }
        let is_met = |place: u32| {
            let reached = chain
                .at(place)
                .and_then(|deal| goal.reached(&Case { deal: &deal, pricing: &price(&deal) }));
            reached.is_some_and(|it| goal.is_met(it))
        };
        let Some(first_met) = first((from, meets), is_met) else { return };
        let mut meeting = vec![first_met];
        // What is worth less can be easier to get.
        for guard in guards.iter().filter(|it| is_of_size(it)) {
            meeting.extend(first((first_met, last), |place| !is_beyond(chain, place, *guard)));
        }
        for place in meeting {
            if let Some(offer) = self.plainest(chain, place, last).and_then(Offer::of) {
                let offer = offer.at_rate(self.search.discount_rate);
                self.meeting[offer.level().height()].add(offer);
            }
        }
    }

    /// Whether there is an offer already that is as good as any behind a place can be: those are worth
    /// no more than the goal allows, and need no less than the first of them.
    fn is_beaten(&self, chain: &Chain<'b>, from: u32, guards: &[Measure]) -> bool {
        // Where a smaller contract needs less approval, the first of them may need the most.
        if guards.iter().any(is_of_size) {
            return false;
        }
        let Some(deal) = chain.at(from) else { return false };
        let best = Offer::judged(deal).at_rate(self.search.discount_rate);
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
    fn plainest(&self, chain: &Chain<'b>, place: u32, last: u32) -> Option<Deal<'b>> {
        let deal = chain.at(place)?;
        if self.search.step.is_some() {
            return Some(deal);
        }
        let tcv = price(&deal).totals.tcv;
        let costs_less = |other: u32| {
            other > place && chain.at(other).is_some_and(|it| price(&it).totals.tcv != tcv)
        };
        let end = first((place, last), costs_less).map_or(last, |other| other - 1);
        chain.plainest(place, end).or(Some(deal))
    }

    /// Remembers how close a deal comes, for each level that can grant it.
    fn approach(&mut self, reached: Reached, deal: Deal<'b>) {
        let is_further = |known: &Option<(Reached, Offer<'_>)>| {
            known.as_ref().is_none_or(|(known, _)| reached.further(known).is_gt())
        };
        if !self.closest.iter().any(is_further) {
            return;
        }
        let Some(offer) = Offer::of(deal) else { return };
        let offer = offer.at_rate(self.search.discount_rate);
        let height = offer.level().height();
        for known in self.closest.iter_mut().skip(height).filter(|known| is_further(known)) {
            *known = Some((reached, offer.clone()));
        }
    }

    pub fn outcome(self, decided: u64, combinations: u64) -> Outcome<'b> {
        let within = self.search.within.height();
        let mut offers = Frontier::default();
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
            let asks = offer.verdict.required.iter().filter(|it| it.ask.level == level);
            asks.filter(|_| level > Level::NONE).cloned().collect()
        });
        let ladder = first.or(lower_closest.as_ref()).map(|it| it.deal.book().ladder());
        let certificate = Certificate {
            lower: lower.and_then(|height| ladder?.at(height)),
            closest: lower_closest,
            binding: binding.unwrap_or_default(),
            decided,
            combinations,
        };
        let (closest, above) =
            if offers.is_empty() { (closest.swap_remove(within), above) } else { (None, None) };
        Outcome { offers, closest, above, certificate }
    }
}

/// Whether a guardrail asks for something at a place of a chain.
fn is_beyond(chain: &Chain<'_>, place: u32, measure: Measure) -> bool {
    let Some(deal) = chain.at(place) else { return false };
    let pricing = price(&deal);
    let rule = |it: &Requirement| {
        deal.book().guardrails.iter().any(|guard| guard.measure == measure && guard.rule == it.rule)
    };
    let verdict = route(&Case { deal: &deal, pricing: &pricing });
    let refuses = verdict.violations.iter().any(|it| {
        deal.book().guardrails.iter().any(|guard| guard.measure == measure && guard.rule == it.rule)
    });
    refuses || verdict.required.iter().any(rule)
}

/// Whether a guardrail looks at what the contract is worth.
const fn is_of_size(measure: &Measure) -> bool {
    matches!(measure, Measure::Acv(_) | Measure::Tcv(_))
}
