//! The search itself: decides every combination, and collects the frontier and its certificate.
//!
//! A combination is decided by a few prices of its chain, which the contracts of a [rule](crate::approve) and
//! of a [pricing step](crate::price::PricingStep) make valid. Along a chain the price only falls, and the
//! approval only rises: at the ends of parts, and beyond rules that promise [`Rises`](crate::approve::Direction::Rises). So the
//! last deal says whether the goal can be met, and halving finds the first deal that meets it. Guardrails on
//! ACV and TCV promise [`Falls`](crate::approve::Direction::Falls): a cheaper deal can need less approval, so the first deal that
//! stays within each of them is an offer too. If a rule promises no direction, every deal of a chain is tried.
//! A chain with too many deals is sampled, and the certificate then says that the result is not proved.
//! So says the certificate where a limit holds for each line and the lines do not get every discount alike: the
//! discounts that only some lines get are given first and last, and not in every share between.

use super::deal_chain::{DealChain, PricedPlaces, first};
use super::draft_edit::without_agreed_prices;
use super::frontier::OfferFrontier;
use super::goal::{Goal, GoalProgress};
use super::lever::program_sets::claim_programs;
use super::offer::Offer;
use super::rate_promises::{RatePromises, is_beyond};
use super::request::CustomerRequest;
use super::search::Search;
use crate::approve::{PricedDeal, Promise, Requirement, promises, route};
use crate::book::{DealMeasure, Discount, DiscountCondition, Guardrail, Level, Metric, Rule};
use crate::deal::{self, Deal, Partner};
use crate::price::price;

#[derive(Debug, Clone, Copy)]
pub struct SearchProgress {
    pub decided: u64,
    pub combinations: u64,
}

#[derive(Debug)]
pub struct SearchResult<'b> {
    /// The offers that meet the goal within the level, best for us first.
    pub offers: Vec<Offer<'b>>,
    /// The offer within the level that comes closest, if none meets the goal.
    pub closest: Option<Offer<'b>>,
    /// The easiest offer above the level that meets the goal, if none within it does.
    pub above: Option<Offer<'b>>,
    pub certificate: Certificate<'b>,
}

/// The proof that no offer at a lower level meets the goal.
#[derive(Debug)]
pub struct Certificate<'b> {
    /// The level below that of the first offer. `None` if the first offer needs no approval.
    pub lower: Option<Level>,
    pub closest: Option<Offer<'b>>,
    /// The rules that demand the level of the first offer.
    pub binding: Vec<Requirement>,
    pub decided: u64,
    /// The number of all combinations: more than were decided if the search was stopped.
    pub combinations: u64,
    /// The lines of the book whose rule promises no direction in the rate, if not every rate was tried: an
    /// offer at a lower level may exist. No rule of the program is such a rule.
    pub unproved: Vec<&'b Rule>,
    /// The guardrails on the discount that hold for each line, if the lines do not get every discount alike: an offer
    /// that shares the discounts out in another way may need less.
    pub unshared: Vec<&'b Rule>,
}

/// The most deals of a chain that are tried if a rule promises no direction.
const MOST_TRIED: u32 = 1000;

/// The fewest deals that are tried, however many lines they have.
const LEAST_TRIED: u32 = 50;

impl<'b> Search<'b> {
    /// Decides every combination. The search calls `go_on` with its progress before each step, and stops
    /// if that returns `false`: then the result covers the combinations that were decided.
    pub fn run(
        &self,
        request: &CustomerRequest<'b>,
        go_on: &dyn Fn(SearchProgress) -> bool,
    ) -> SearchResult<'b> {
        let combinations = self.combinations();
        let sets = self.programs.len() as u64;
        let mut state = SearchState::new(request, self);
        let draft = without_agreed_prices(&request.draft);
        let mut decided = 0;
        while decided < combinations && go_on(SearchProgress { decided, combinations }) {
            let mut draft = draft.clone();
            self.apply(decided / sets, &mut draft);
            // A combination that the book does not sell is decided too: it has no offer.
            if let Ok(deal) = deal::resolve(&draft, request.books, request.date) {
                state.decide(&deal);
            }
            decided += sets;
        }
        state.result(decided, combinations)
    }
}

/// The best offers among the combinations that are decided.
struct SearchState<'s, 'b> {
    search: &'s Search<'b>,
    /// For each level, lowest first, the offers that meet the goal and need this level.
    meeting: Vec<OfferFrontier<'b>>,
    /// For each level, the offer that comes closest to the goal and needs no higher level.
    closest: Vec<Option<(GoalProgress, Offer<'b>)>>,
    /// The promises of the rules for each metric that the search has met.
    promises: Vec<(&'b Metric, Vec<Promise<'b>>)>,
    unproved: Vec<&'b Rule>,
    /// The limits on the discount of each line in doubt, each with the height of the lowest level of such an offer.
    unshared: Vec<(&'b Rule, usize)>,
}

impl<'s, 'b> SearchState<'s, 'b> {
    fn new(request: &CustomerRequest<'b>, search: &'s Search<'b>) -> Self {
        let levels = request.highest_level().height() + 1;
        Self {
            search,
            meeting: (0..levels).map(|_| OfferFrontier::default()).collect(),
            closest: (0..levels).map(|_| None).collect(),
            promises: Vec::new(),
            unproved: Vec::new(),
            unshared: Vec::new(),
        }
    }

    fn decide(&mut self, deal: &Deal<'b>) {
        if is_never_granted(deal) && !self.may_include_payment(deal) {
            return;
        }
        let rate_step = self.search.step.map_or(1, |step| step.millionths().max(1));
        let promises = self.rate_promises(deal);
        let limits: Vec<_> = deal.book.guardrails.iter().filter(|it| is_on_discount(it)).collect();
        let varies = (self.search.varies_automatic, !limits.is_empty());
        for set in &self.search.programs {
            let Some(deal) = claim_programs(deal, set) else { continue };
            for chain in DealChain::all(deal, varies, rate_step) {
                self.find_unshared(&chain, &limits);
                if promises.unproved.is_empty() {
                    self.decide_chain(&chain, &promises);
                } else {
                    self.try_chain(&chain, &promises);
                }
            }
        }
    }

    /// Notes the limits on the discount of each line that a deal of a chain is beyond, with the lowest level whose
    /// discounts other deals than those of the chain share out in another way.
    fn find_unshared(&mut self, chain: &DealChain<'b>, limits: &[&'b Guardrail]) {
        let (rules, goal) = (self.search.rules, self.search.goal);
        for limit in limits.iter().filter(|it| !is_limit_of(it, goal, chain)) {
            let known = self.unshared.iter().position(|(rule, _)| *rule == &limit.rule);
            let below = known.map_or(self.meeting.len(), |at| self.unshared[at].1);
            let is_met = |height: &usize| {
                let ends = chain.ends_within(*height);
                chain.shares_out_unevenly(*height)
                    && ends.iter().any(|&end| is_beyond(rules, chain, end, &limit.rule))
            };
            let Some(height) = (0..below).find(is_met) else { continue };
            match known {
                Some(at) => self.unshared[at].1 = height,
                None => self.unshared.push((&limit.rule, height)),
            }
        }
    }

    /// Whether a program of the search includes the deal's payment, which lifts the refusal of it.
    fn may_include_payment(&self, deal: &Deal<'b>) -> bool {
        let included = || self.search.programs.iter().flatten().flat_map(|(_, it)| &it.includes);
        let mut names = deal.lines.iter().flat_map(|line| deal.paying(line.metric)).flatten();
        names.any(|name| included().any(|included| included == name))
    }

    fn rate_promises(&mut self, deal: &Deal<'b>) -> RatePromises<'b> {
        let mut found = RatePromises::default();
        for metric in deal.lines.iter().map(|line| line.metric) {
            let known = self.promises.iter().position(|(known, _)| known.name() == metric.name());
            let at = known.unwrap_or_else(|| {
                self.promises.push((metric, promises(self.search.rules, deal.book, metric)));
                self.promises.len() - 1
            });
            // The channels of other partners answer nothing for this deal.
            let mine =
                self.promises[at].1.iter().filter(|it| !is_of_another_channel(deal, it.rule));
            mine.for_each(|promise| found.add(promise));
        }
        found
    }

    /// Tries every deal of a chain, or of a long one a sample: then the result is not proved.
    fn try_chain(&mut self, chain: &DealChain<'b>, promises: &RatePromises<'b>) {
        let last = chain.len();
        let lines = chain.deal_at(0).map(|deal| deal.lines);
        let years = lines.iter().flatten().map(|line| line.segments.len()).sum::<usize>();
        let years = u32::try_from(years).unwrap_or(u32::MAX).max(1);
        let step = last.div_ceil((MOST_TRIED / years).max(LEAST_TRIED)).max(1);
        if step > 1 {
            let new = promises.unproved.iter().filter(|it| !self.unproved.contains(it));
            self.unproved.extend(new.copied().collect::<Vec<_>>());
        }
        let mut places: Vec<u32> = (0..last).step_by(step as usize).collect();
        places.extend(chain.ends());
        let places = PricedPlaces::new(chain, self.search.goal, places);
        self.record_closest(&places);
        for deal in places.meeting() {
            self.add(deal.clone());
        }
    }

    /// Finds the first deal of a chain that meets the goal, and the first that stays within each guardrail.
    fn decide_chain(&mut self, chain: &DealChain<'b>, promises: &RatePromises<'b>) {
        let (last, goal, rules) = (chain.len(), self.search.goal, self.search.rules);
        // Along a chain, the approval rises only at the ends of parts and beyond thresholds.
        let mut places = chain.ends();
        for rule in &promises.rising {
            let beyond = first((0, last), |place| is_beyond(rules, chain, place, rule));
            places.push(beyond.map_or(last, |beyond| beyond.saturating_sub(1)));
        }
        let places = PricedPlaces::new(chain, goal, places);
        self.record_closest(&places);
        let Some((from, met)) = places.range_of_first_met() else { return };
        if self.is_dominated(chain, from, promises) {
            return;
        }
        let is_met = |place| chain.progress_at(goal, place).is_some_and(|(_, it)| goal.is_met(it));
        let Some(first_met) = first((from, met), is_met) else { return };
        let mut meeting = vec![first_met];
        // A smaller contract can need less approval.
        for rule in &promises.falling {
            let is_within = |place| !is_beyond(rules, chain, place, rule);
            meeting.extend(first((first_met, last), is_within));
        }
        for place in meeting {
            if let Some(deal) = self.simplest_deal(chain, place, last) {
                self.add(deal);
            }
        }
    }

    fn add(&mut self, deal: Deal<'b>) {
        if let Some(offer) = Offer::grantable(self.search.rules, deal) {
            let offer = offer.with_present_value(self.search.discount_rate);
            self.meeting[offer.level().height()].add(offer);
        }
    }

    /// Whether a known offer beats every deal of a chain from a place on. Those deals are worth no more
    /// than the goal allows, and need no less approval than the first of them.
    fn is_dominated(&self, chain: &DealChain<'b>, from: u32, promises: &RatePromises<'b>) -> bool {
        // If a smaller contract needs less approval, the first deal may need the most.
        if !promises.falling.is_empty() {
            return false;
        }
        let Some(deal) = chain.deal_at(from) else { return false };
        let best =
            Offer::new(self.search.rules, deal).with_present_value(self.search.discount_rate);
        if best.verdict.is_refused() {
            return true;
        }
        // Payments get smaller along a chain, and their present value with them.
        let most = match best.present_value {
            Some(worth) => worth,
            None => self.search.goal.most(&best.pricing).min(best.tcv()),
        };
        let lower = self.meeting.iter().take(best.level().height() + 1);
        lower.into_iter().any(|frontier| frontier.beats(&best, most))
    }

    /// Among the deals with the price of one place, returns the deal whose rate has the fewest digits.
    /// With a stated step every rate is plain enough.
    fn simplest_deal(&self, chain: &DealChain<'b>, place: u32, last: u32) -> Option<Deal<'b>> {
        let deal = chain.deal_at(place)?;
        if self.search.step.is_some() {
            return Some(deal);
        }
        let tcv = price(&deal).totals.tcv;
        let costs_less = |other: u32| {
            other > place && chain.deal_at(other).is_some_and(|it| price(&it).totals.tcv != tcv)
        };
        let end = first((place, last), costs_less).map_or(last, |other| other - 1);
        chain.simplest_deal(place, end).or(Some(deal))
    }

    /// Records the closest deal of a chain, for each level below those that meet the goal already.
    fn record_closest(&mut self, places: &PricedPlaces<'_, 'b>) {
        let met = self.meeting.iter().position(|offers| !offers.is_empty());
        // Levels from this height on are settled: an earlier place comes no closer for them.
        let mut settled = met.unwrap_or(self.closest.len());
        for (index, place) in places.places.iter().enumerate().rev() {
            let least = places.chain.least_level(*place).height();
            if least >= settled {
                continue;
            }
            let Some((deal, progress)) = places.progress(index) else { continue };
            let goal = self.search.goal;
            // Of two offers that come as close, the one of the lower level is kept.
            let is_better = |level: usize, known: &Option<(GoalProgress, Offer<'_>)>| {
                known.as_ref().is_none_or(|(known, offer)| {
                    let is_easier = level < offer.level().height();
                    let further = goal.further(progress, known);
                    further.is_gt() || further.is_eq() && is_easier
                })
            };
            if !self.closest[least..settled].iter().any(|known| is_better(least, known)) {
                settled = least;
                continue;
            }
            let grantable = |deal: &Deal<'b>| Offer::grantable(self.search.rules, deal.clone());
            let Some(mut offer) = grantable(deal) else { continue };
            // If earlier deals come as close, the deal that gives least is the offer.
            for before in (0..index).rev() {
                let same = places.progress(before);
                let same = same.filter(|(_, other)| goal.further(other, progress).is_eq());
                match same.and_then(|(deal, _)| grantable(deal)) {
                    Some(same) if same.level() <= offer.level() => offer = same,
                    _ => break,
                }
            }
            let offer = offer.with_present_value(self.search.discount_rate);
            let height = offer.level().height();
            let levels = self.closest.iter_mut().take(settled).skip(height);
            for known in levels.filter(|known| is_better(height, known)) {
                *known = Some((*progress, offer.clone()));
            }
            settled = settled.min(height);
        }
    }

    fn result(self, decided: u64, combinations: u64) -> SearchResult<'b> {
        let within = self.search.within.height();
        let mut offers = OfferFrontier::default();
        let mut above = None;
        for (height, frontier) in self.meeting.into_iter().enumerate() {
            for offer in frontier.sorted() {
                if height <= within {
                    offers.add(offer);
                } else if above.is_none() {
                    above = Some(offer);
                }
            }
        }
        let offers = offers.sorted();
        let first = offers.first().or(above.as_ref());
        // If no offer meets the goal, the highest allowed level is the one that falls short.
        let lower = first.map_or(Some(within), |offer| offer.level().height().checked_sub(1));
        let mut closest: Vec<_> =
            self.closest.into_iter().map(|it| it.map(|(_, offer)| offer)).collect();
        let lower_closest = lower.and_then(|height| closest[height].clone());
        let ladder = first.or(lower_closest.as_ref()).map(|it| it.deal.book.ladder());
        let is_lower = |(_, height): &&(&Rule, usize)| lower.is_some_and(|lower| *height <= lower);
        let unshared = self.unshared.iter().filter(is_lower).map(|(rule, _)| *rule).collect();
        let certificate = Certificate {
            lower: lower.and_then(|height| ladder?.level_at(height)),
            binding: first.map(binding).unwrap_or_default(),
            closest: lower_closest,
            decided,
            combinations,
            unproved: self.unproved,
            unshared,
        };
        let (closest, above) =
            if offers.is_empty() { (closest.swap_remove(within), above) } else { (None, None) };
        SearchResult { offers, closest, above, certificate }
    }
}

/// The rules that demand the level of an offer; none for an offer that needs no approval.
fn binding(offer: &Offer<'_>) -> Vec<Requirement> {
    let level = offer.level();
    let required = offer.verdict.required.iter();
    required.filter(|it| it.approval.level == level && level > Level::NONE).cloned().collect()
}

/// Whether no share of the discounts meets a goal within a limit that others are beyond: the limit is on the figure of
/// the goal, because the deal has one line or the goal itself is beyond the limit.
fn is_limit_of(limit: &Guardrail, goal: Goal, chain: &DealChain<'_>) -> bool {
    match goal {
        Goal::Discount(least) => {
            let is_beyond = |it| matches!(it, DealMeasure::Discount(most) if most < least);
            chain.has_one_line() || limit.when.is_empty() && limit.measures().any(is_beyond)
        }
        Goal::Tcv(_) => chain.has_one_line(),
        Goal::UnitPrice(_) | Goal::YearlyBudget(_) => false,
    }
}

fn is_on_discount(guardrail: &Guardrail) -> bool {
    guardrail.measures().any(|measure| matches!(measure, DealMeasure::Discount(_)))
}

fn is_of_another_channel(deal: &Deal<'_>, rule: &Rule) -> bool {
    let has = |partner: &Partner<'_>| {
        let mut claimed = partner.claimed.iter();
        partner.channel.rule == *rule || claimed.any(|incentive| incentive.rule == *rule)
    };
    !deal.partner.as_ref().is_some_and(has) && deal.book.channels.iter().any(|it| it.has_rule(rule))
}

/// Whether no level can grant a deal at any price: a rule refuses it that looks only at the quantity, the term
/// or the payment.
fn is_never_granted(deal: &Deal<'_>) -> bool {
    let book = deal.book;
    let looks_at_prices = |rule: &Rule| {
        let is_of = |discount: &Discount| {
            discount.rule == *rule
                || discount.rows().iter().any(|row| row.rule == *rule)
                || discount.programs().iter().any(|program| program.rule == *rule)
        };
        let mut discounts = book.discounts.iter();
        discounts.any(|it| !matches!(it.condition, DiscountCondition::Payment(_)) && is_of(it))
            || book.guardrails.iter().any(|guardrail| guardrail.rule == *rule)
            || book.services.iter().any(|service| service.rule == *rule)
    };
    let verdict = route(&PricedDeal { deal, pricing: &price(deal) });
    verdict.violations.iter().any(|it| !looks_at_prices(&it.rule))
}
