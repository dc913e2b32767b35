//! From list price down to the most that each approval level can give, in concessions that shrink.
//!
//! The playbook of a negotiation: begin at list, give less each time, and nothing without getting
//! something. What is given first is the largest thing that the level can give; what would be larger
//! than the concession before it is given in [parts]. How far a level goes is what the
//! [search](super::search) finds for it.

mod ask;
mod parts;
mod step;

use super::{
    Concession, ConcessionKind, CustomerRequest, Goal, Offer, Return, Search, SearchProgress,
    SuggestedReturn, concessions,
};
use crate::approve::APPROVAL_RULES;
use crate::book::{Level, PriceBook};
use crate::deal::{Deal, DiscountOverride};
use crate::number::{Rate, Share};
use step::{ConcessionMove, moves};

/// What can be given, from list down.
#[derive(Debug)]
pub struct ConcessionLadder<'b> {
    /// The book that it is by.
    pub book: &'b PriceBook,
    /// The dearest first; empty, if nobody can grant any deal of these levers.
    pub steps: Vec<LadderStep<'b>>,
    /// The highest level that was looked at.
    pub within: Level,
    /// The levels that were not decided, because the search was stopped.
    pub undecided: Vec<Level>,
}

/// One step of it: a whole deal.
#[derive(Debug, Clone)]
pub struct LadderStep<'b> {
    /// It.
    pub offer: Offer<'b>,
    /// How much further below list it is than the step before; nothing for the first.
    pub conceded: Option<Share>,
    /// What it gives that the step before does not, or less of it.
    pub given: Vec<Concession<'b>>,
    /// What the step before gives and it does not.
    pub replaced: Vec<ConcessionKind<'b>>,
    /// What the customer does for it that it did not do before.
    pub asks: Vec<Return<'b>>,
    /// What could be asked for, where it asks for nothing.
    pub instead: Vec<SuggestedReturn<'b>>,
    /// It gives more than the step before it did: what is given cannot be given in fewer parts than
    /// anybody has patience for.
    pub is_larger: bool,
    /// The levels that can give no more than this.
    pub ends: Vec<Level>,
    /// Who has to agree before anything more is given, if anybody can.
    pub next: Option<Level>,
}

impl LadderStep<'_> {
    /// How far below list it is.
    pub fn off(&self) -> Share {
        self.offer.pricing.totals.discount
    }

    /// Whether something is given for nothing.
    pub fn has_no_return(&self) -> bool {
        self.conceded.is_some() && self.asks.is_empty()
    }
}

impl<'b> ConcessionLadder<'b> {
    /// The ladder of what is on the table. Of a search it takes the levers, their settings and the
    /// highest level. `go_on` can stop it: then the levels that were not decided yet are missing.
    pub fn new(
        table: &CustomerRequest<'b>,
        search: Search<'b>,
        go_on: &dyn Fn(SearchProgress) -> bool,
    ) -> Self {
        let (finest, within, book) = (search.step, search.within, table.deal.book());
        let LevelLimits { ends, undecided } = ends(table, search, go_on);
        let mut ladder = Self { book, steps: Vec::new(), within, undecided };
        let Some(anchor) = anchor(table, &ends) else { return ladder };
        let mut climb = LadderBuilder { steps: vec![LadderStep::after(None, anchor)], finest };
        for (levels, end) in ends {
            climb.step_down_to(&end);
            if let Some(last) = climb.steps.last_mut() {
                last.ends.extend(levels);
            }
        }
        ladder.steps = climb.finish();
        ladder
    }

    /// Whether nobody can give more than its last step.
    pub fn is_all(&self) -> bool {
        let top = self.book.ladder().levels().last().map_or(Level::NONE, |(level, _)| level);
        self.within >= top && self.undecided.is_empty()
    }
}

/// The most that each level can give, of which each is more than the one before, with the levels
/// that can give no more; and the levels of which nobody knows.
struct LevelLimits<'b> {
    ends: Vec<(Vec<Level>, Offer<'b>)>,
    undecided: Vec<Level>,
}

fn ends<'b>(
    table: &CustomerRequest<'b>,
    mut search: Search<'b>,
    go_on: &dyn Fn(SearchProgress) -> bool,
) -> LevelLimits<'b> {
    // All of it: what comes closest gives the most.
    search.goal = Goal::Discount(Rate::of_millionths(1_000_000));
    let ladder = table.deal.book().ladder();
    let mut levels = (0..=search.within.height()).filter_map(|height| ladder.level_at(height));
    let mut undecided = Vec::new();
    let mut ends: Vec<(Vec<Level>, Offer<'b>)> = Vec::new();
    for level in levels.by_ref() {
        search.within = level;
        let outcome = search.run(table, go_on);
        if outcome.certificate.decided < outcome.certificate.combinations {
            undecided.push(level);
            break;
        }
        let Some(most) = outcome.closest.or_else(|| outcome.offers.into_iter().next()) else {
            continue;
        };
        match ends.last_mut().filter(|(_, known)| off(known) >= off(&most)) {
            Some((levels, _)) => levels.push(level),
            None => ends.push((vec![level], most)),
        }
    }
    undecided.extend(levels);
    LevelLimits { ends, undecided }
}

/// The deal at list, that asks for no more approval than the least that can be given: as the customer
/// asks for it, or else on the terms of what is given at the end.
fn anchor<'b>(table: &CustomerRequest<'b>, ends: &[(Vec<Level>, Offer<'b>)]) -> Option<Offer<'b>> {
    let (_, first) = ends.first()?;
    let deals = std::iter::once(&table.deal).chain(ends.iter().map(|(_, end)| &end.deal));
    let mut at_list = deals.filter_map(|deal| offer(at_list(deal)));
    let is_above = |offer: &Offer<'_>| offer.level() <= first.level() && off(offer) <= off(first);
    Some(at_list.find(is_above).unwrap_or_else(|| first.clone()))
}

/// A deal that takes nothing of what it could be given.
fn at_list<'b>(deal: &Deal<'b>) -> Deal<'b> {
    let mut at_list = deal.clone();
    at_list.claims.clear();
    for line in &mut at_list.lines {
        line.segments.iter_mut().filter(|it| it.fee.is_none()).for_each(|it| it.agreed = None);
    }
    step::withheld(deal.book())
        .fold(at_list, |deal, discount| deal.with_take(discount, DiscountOverride::Withheld))
}

/// A deal as an offer, if its figures are exact and somebody can grant it.
fn offer(deal: Deal<'_>) -> Option<Offer<'_>> {
    deal.is_exact().then(|| Offer::of(APPROVAL_RULES, deal))?
}

fn off(offer: &Offer<'_>) -> Share {
    offer.pricing.totals.discount
}

/// The steps so far.
struct LadderBuilder<'b> {
    steps: Vec<LadderStep<'b>>,
    /// Rates are multiples of it, if that is said.
    finest: Option<Rate>,
}

impl<'b> LadderBuilder<'b> {
    /// Steps down to what a level can give at the most, the largest thing first.
    fn step_down_to(&mut self, end: &Offer<'b>) {
        let Some(mut last) = self.steps.last().cloned() else { return };
        let mut moves = moves(&last.offer, end);
        while last.off() < off(end) {
            let whole = |it: &ConcessionMove<'b>| {
                let offer = offer(it.whole(&last.offer.deal, &end.deal))?;
                is_between(&last.offer, &offer, end).then_some(offer)
            };
            let found = moves.iter().enumerate().filter_map(|(at, it)| Some((at, whole(it)?)));
            // Of two that give as much the one that comes first on the waterfall.
            let largest = found.rev().max_by_key(|(_, offer)| off(offer));
            let Some((at, whole)) = largest else {
                self.push(end.clone(), false);
                return;
            };
            let chosen = moves.remove(at);
            let is_last = moves.is_empty() || off(&whole) >= off(end);
            let whole = if is_last && !is_there(&whole, end) { end.clone() } else { whole };
            self.give(&last, chosen, whole, end);
            let Some(reached) = self.steps.last().cloned() else { return };
            last = reached;
        }
    }

    /// Gives one thing, in parts if it is larger than what was given before.
    fn give(
        &mut self,
        last: &LadderStep<'b>,
        chosen: ConcessionMove<'b>,
        whole: Offer<'b>,
        end: &Offer<'b>,
    ) {
        let most = last.conceded;
        if most.is_none_or(|most| off(&whole) - last.off() < most) {
            self.push(whole, false);
            return;
        }
        let parts = most.and_then(|most| {
            parts::shrinking(&last.offer, &chosen, &whole, end, most, self.finest)
        });
        let Some(parts) = parts else {
            self.push(whole, true);
            return;
        };
        for part in parts {
            self.push(part, false);
        }
    }

    fn push(&mut self, offer: Offer<'b>, is_larger: bool) {
        let last = self.steps.last().map(|last| &last.offer);
        let step = LadderStep::after(last, offer);
        let most = self.steps.last().and_then(|last| last.conceded);
        let is_larger = is_larger || most.is_some_and(|most| step.conceded >= Some(most));
        self.steps.push(LadderStep { is_larger, ..step });
    }

    /// Says at each step who has to agree to the next.
    fn finish(mut self) -> Vec<LadderStep<'b>> {
        let levels: Vec<Level> = self.steps.iter().map(|step| step.offer.level()).collect();
        for (step, next) in self.steps.iter_mut().zip(levels.into_iter().skip(1)) {
            step.next = Some(next).filter(|_| !step.ends.is_empty());
        }
        self.steps
    }
}

/// Whether an offer gives all that another one does. Of two ways to give as much, that is the better
/// one that goes on from where the ladder is.
fn is_there(offer: &Offer<'_>, end: &Offer<'_>) -> bool {
    let list = |offer: &Offer<'_>| offer.pricing.totals.list_tcv;
    off(offer) == off(end) && (list(offer) != list(end) || offer.tcv() <= end.tcv())
}

/// Whether an offer lies between two others: it gives more than the one and no more than the other,
/// and needs no less and no more approval than they do.
fn is_between(last: &Offer<'_>, offer: &Offer<'_>, end: &Offer<'_>) -> bool {
    off(last) < off(offer)
        && off(offer) <= off(end)
        && last.level() <= offer.level()
        && offer.level() <= end.level()
}
