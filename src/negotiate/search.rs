//! Every combination of levers, each decided exactly.

use super::chain::{Chain, first};
use super::edit::{Edit, open};
use super::frontier::Frontier;
use super::lever::program::{self, Set};
use super::lever::{LEVERS, Lever, Matter, PROGRAM, VOLUME};
use super::{Goal, Offer, Reached, Table};
use crate::approve::{Case, Requirement, route};
use crate::book::{Discount, Level, Measure, Rule};
use crate::deal::{self, Deal, Draft};
use crate::price::price;
use crate::value::Rate;

/// What is looked for, and what may be changed for it.
#[derive(Debug)]
pub struct Search<'b> {
    /// The number to meet.
    pub goal: Goal,
    /// The highest level that may be asked.
    pub within: Level,
    /// Rates are multiples of it; as fine as a price needs, if nothing is said.
    pub step: Option<Rate>,
    /// What a later payment loses in a year: offers are then held against each other by what they are
    /// worth at the start of the contract.
    pub discount_rate: Option<Rate>,
    /// The settings of each matter.
    settings: Vec<Vec<Edit<'b>>>,
    /// The programs that can be claimed together.
    programs: Vec<Set<'b>>,
    /// Whether discounts that the book gives by itself can be given in part.
    takes: bool,
}

/// How far a search has come.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// Combinations that are decided.
    pub decided: u64,
    /// All of them.
    pub combinations: u64,
}

/// What a search came to.
#[derive(Debug)]
pub struct Outcome<'b> {
    /// The offers that meet the goal within the level, best for us first.
    pub offers: Vec<Offer<'b>>,
    /// What comes closest within the level, where none meets it.
    pub closest: Option<Offer<'b>>,
    /// The easiest offer that meets it above the level, where none does within.
    pub above: Option<Offer<'b>>,
    /// Why it is not easier to get.
    pub certificate: Certificate<'b>,
}

/// Why no offer at a lower level meets the goal.
#[derive(Debug)]
pub struct Certificate<'b> {
    /// The level below that of the first offer; nothing, if that needs none.
    pub lower: Option<Level>,
    /// What comes closest there.
    pub closest: Option<Offer<'b>>,
    /// The rules that ask for more in the first offer.
    pub binding: Vec<Requirement>,
    /// How many combinations were decided, each with every rate.
    pub decided: u64,
    /// How many there are: more than were decided, if the search was stopped.
    pub combinations: u64,
}

impl<'b> Search<'b> {
    /// A search that leaves all levers as they are unless nobody has to say so.
    ///
    /// # Errors
    /// A lever that is unknown, or settings that the book does not know.
    pub fn new(
        table: &Table<'b>,
        goal: Goal,
        free: &[(&str, Vec<&str>)],
        locked: &[&str],
    ) -> Result<Self, String> {
        let words = |lever: &Lever| {
            let freed = free.iter().find(|(name, _)| *name == lever.name);
            let is_free = lever.is_free && !locked.contains(&lever.name);
            freed.map(|(_, words)| words.as_slice()).or(is_free.then_some(&[][..]))
        };
        let named = |lever: &Lever, fault: String| format!("{}: {fault}", lever.name);
        let mut settings = Vec::new();
        for matter in Matter::SET {
            let mut mine = Vec::new();
            for lever in LEVERS.iter().filter(|lever| lever.matter() == matter) {
                if let Some(words) = words(lever) {
                    mine.extend(lever.settings(table, words).map_err(|it| named(lever, it))?);
                }
            }
            settings.push(if mine.is_empty() { vec![Edit::AsAsked] } else { mine });
        }
        let lever = LEVERS.iter().find(|lever| lever.name == PROGRAM);
        let programs = match lever.and_then(|lever| Some((lever, words(lever)?))) {
            Some((lever, words)) => {
                program::sets(table, words).map_err(|fault| named(lever, fault))?
            }
            None => program::own(table),
        };
        Ok(Self {
            goal,
            within: table.top(),
            step: None,
            discount_rate: None,
            settings,
            programs,
            takes: !locked.contains(&VOLUME),
        })
    }

    /// How many combinations there are.
    #[must_use]
    pub fn combinations(&self) -> u64 {
        let sets = self.programs.len() as u64;
        self.settings.iter().map(|settings| settings.len() as u64).product::<u64>() * sets
    }

    /// Decides every combination. `go_on` is told how far it is, and can stop it: then what was found
    /// so far is the outcome.
    pub fn run(&self, table: &Table<'b>, go_on: &dyn Fn(Progress) -> bool) -> Outcome<'b> {
        let combinations = self.combinations();
        let sets = self.programs.len() as u64;
        let mut found = Found::new(table, self);
        let draft = open(&table.draft);
        let mut decided = 0;
        while decided < combinations && go_on(Progress { decided, combinations }) {
            let mut draft = draft.clone();
            self.apply(decided / sets, &mut draft);
            // What the book does not sell is decided too: nobody can offer it.
            if let Ok(deal) = deal::resolve(&draft, table.books, table.date) {
                found.decide(&deal);
            }
            decided += sets;
        }
        found.outcome(decided, combinations)
    }

    /// Changes a draft to one of the combinations.
    fn apply(&self, combination: u64, draft: &mut Draft) {
        let mut left = combination;
        // The first matter turns slowest.
        let mut places = Vec::with_capacity(self.settings.len());
        for settings in self.settings.iter().rev() {
            let count = settings.len().max(1) as u64;
            places.push(left % count);
            left /= count;
        }
        for (settings, place) in self.settings.iter().zip(places.into_iter().rev()) {
            if let Some(edit) = usize::try_from(place).ok().and_then(|place| settings.get(place)) {
                edit.apply(draft);
            }
        }
    }
}

/// What was found so far.
struct Found<'s, 'b> {
    search: &'s Search<'b>,
    /// For each level, lowest first, the offers that meet the goal and need just it.
    meeting: Vec<Frontier<'b>>,
    /// For each level what comes closest to the goal, with no more than it.
    closest: Vec<Option<(Reached, Offer<'b>)>>,
}

impl<'s, 'b> Found<'s, 'b> {
    fn new(table: &Table<'b>, search: &'s Search<'b>) -> Self {
        let levels = table.top().height() + 1;
        Self {
            search,
            meeting: (0..levels).map(|_| Frontier::default()).collect(),
            closest: (0..levels).map(|_| None).collect(),
        }
    }

    /// Decides a deal with every set of programs.
    fn decide(&mut self, deal: &Deal<'b>) {
        let chain = |set| {
            let unit = self.search.step.map_or(1, |step| step.millionths().max(1));
            let deal = program::claiming(deal, set)?;
            Some(Chain::all(deal, self.search.takes, unit))
        };
        // What is refused at both ends of all chains without programs is refused with them too.
        let mut sets = self.search.programs.iter();
        let Some(plain) = sets.next().and_then(chain) else { return };
        if plain.iter().all(is_hopeless) {
            return;
        }
        for chain in plain.into_iter().chain(sets.filter_map(chain).flatten()) {
            self.follow(&chain);
        }
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

    fn outcome(self, decided: u64, combinations: u64) -> Outcome<'b> {
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

/// Whether nobody can grant any deal of a chain: a rule that refuses both ends refuses what lies
/// between them. One on what a contract is worth refuses no smaller one.
fn is_hopeless(chain: &Chain<'_>) -> bool {
    let guards = chain.book().guardrails.iter().filter(|guard| is_of_size(&guard.measure));
    let is_of_size = |rule: &Rule| guards.clone().any(|guard| guard.rule == *rule);
    let refused = |place: u32| {
        let deal = chain.at(place)?;
        let verdict = route(&Case { deal: &deal, pricing: &price(&deal) });
        Some(verdict.violations.into_iter().map(|it| it.rule).collect::<Vec<_>>())
    };
    let (Some(begins), Some(ends)) = (refused(0), refused(chain.len())) else { return false };
    // A program can include a way to pay, or exclude a discount, that is refused without it.
    let rows = || chain.book().discounts().iter().flat_map(Discount::rows);
    let is_of_row = |rule: &Rule| rows().any(|row| row.rule == *rule);
    begins.iter().any(|rule| ends.contains(rule) && !is_of_size(rule) && !is_of_row(rule))
}
