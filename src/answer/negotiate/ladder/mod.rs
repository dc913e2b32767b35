//! `negotiate --ladder`: concessions from list price down to the most that each approval level can give.
//!
//! The playbook of a negotiation: begin at list, give less each time, and give nothing without a return.
//! The search finds the most that each level can give, its limit. From one limit to the next, the ladder
//! gives the largest concession first. A concession that would be larger than the one before it is given
//! in [parts that shrink](mod@shrinking_parts).

mod concession_move;
mod ladder_step;
mod shrinking_parts;

pub use ladder_step::LadderStep;

use super::goal::Goal;
use super::offer::Offer;
use super::request::CustomerRequest;
use super::search::Search;
use super::search_run::SearchProgress;
use crate::book::{Level, PriceBook};
use crate::deal::{Deal, DiscountOverride};
use crate::number::Rate;
use concession_move::{ConcessionMove, is_between, moves};
use shrinking_parts::shrinking_parts;

#[derive(Debug)]
pub struct ConcessionLadder<'b> {
    pub book: &'b PriceBook,
    /// The steps, dearest first. Empty if no level can grant any deal of the levers.
    pub steps: Vec<LadderStep<'b>>,
    pub within: Level,
    /// The levels that were not decided, because the search was stopped.
    pub undecided: Vec<Level>,
}

impl<'b> ConcessionLadder<'b> {
    /// Returns the ladder of a request, with the levers, the rates and the highest level of a search.
    /// `go_on` can stop the search: then the levels that are not decided have no steps.
    pub fn new(
        request: &CustomerRequest<'b>,
        search: Search<'b>,
        go_on: &dyn Fn(SearchProgress) -> bool,
    ) -> Self {
        let (finest, within, book) = (search.step, search.within, request.deal.book);
        let (limits, undecided) = level_limits(request, search, go_on);
        let mut ladder = Self { book, steps: Vec::new(), within, undecided };
        let Some(anchor) = anchor(request, &limits) else { return ladder };
        let steps = vec![LadderStep::after(None, anchor)];
        let mut builder = LadderBuilder { steps, finest };
        for (levels, limit) in limits {
            builder.step_down_to(&limit);
            if let Some(last) = builder.steps.last_mut() {
                last.ends.extend(levels);
            }
        }
        ladder.steps = builder.finish();
        ladder
    }

    /// Whether no level of the book can give more than the last step.
    pub fn is_all(&self) -> bool {
        let is_highest = self.book.ladder().level_at(self.within.height() + 1).is_none();
        is_highest && self.undecided.is_empty()
    }
}

/// The offer that gives most, with the levels that can give no more, in ascending order.
type LevelLimit<'b> = (Vec<Level>, Offer<'b>);

/// Finds the limits of the levels. The levels that are not decided, because the search was stopped, come apart.
fn level_limits<'b>(
    request: &CustomerRequest<'b>,
    mut search: Search<'b>,
    go_on: &dyn Fn(SearchProgress) -> bool,
) -> (Vec<LevelLimit<'b>>, Vec<Level>) {
    // No offer is 100% off list, so the offer that comes closest gives most.
    search.goal = Goal::Discount(Rate::of_millionths(1_000_000));
    let ladder = request.deal.book.ladder();
    let mut levels = (0..=search.within.height()).filter_map(|height| ladder.level_at(height));
    let mut undecided = Vec::new();
    let mut limits: Vec<LevelLimit<'b>> = Vec::new();
    for level in levels.by_ref() {
        search.within = level;
        let result = search.run(request, go_on);
        if result.certificate.decided < result.certificate.combinations {
            undecided.push(level);
            break;
        }
        let most = result.closest.or_else(|| result.offers.into_iter().next());
        let Some(most) = most else { continue };
        match limits.last_mut().filter(|(_, known)| known.discount() >= most.discount()) {
            Some((levels, _)) => levels.push(level),
            None => limits.push((vec![level], most)),
        }
    }
    undecided.extend(levels);
    (limits, undecided)
}

/// Returns the offer at list price that needs no more approval than the first limit: the requested deal,
/// or else the deal of a limit. If neither can be had at list price, the ladder starts at the first limit.
fn anchor<'b>(request: &CustomerRequest<'b>, limits: &[LevelLimit<'b>]) -> Option<Offer<'b>> {
    let (_, first) = limits.first()?;
    let deals = std::iter::once(&request.deal).chain(limits.iter().map(|(_, limit)| &limit.deal));
    let mut at_list = deals.filter_map(|deal| Offer::exact(at_list(deal)));
    let is_above =
        |offer: &Offer<'_>| offer.level() <= first.level() && offer.discount() <= first.discount();
    Some(at_list.find(is_above).unwrap_or_else(|| first.clone()))
}

/// The deal without claims, negotiated prices and automatic discounts.
fn at_list<'b>(deal: &Deal<'b>) -> Deal<'b> {
    let mut at_list = deal.clone();
    at_list.claims.clear();
    for line in &mut at_list.lines {
        line.segments.iter_mut().filter(|it| it.fee.is_none()).for_each(|it| it.agreed = None);
    }
    let discounts = deal.book.discounts.iter();
    discounts
        .filter(|it| it.can_be_withheld())
        .fold(at_list, |deal, discount| deal.with_take(discount, DiscountOverride::Withheld))
}

struct LadderBuilder<'b> {
    steps: Vec<LadderStep<'b>>,
    /// Rates are multiples of this, if it is stated.
    finest: Option<Rate>,
}

impl<'b> LadderBuilder<'b> {
    /// Adds steps down to the limit of a level, the largest concession first.
    fn step_down_to(&mut self, limit: &Offer<'b>) {
        let Some(mut last) = self.steps.last().cloned() else { return };
        let mut moves = moves(&last.offer, limit);
        while last.off() < limit.discount() {
            let whole = |it: &ConcessionMove<'b>| {
                let offer = Offer::exact(it.applied(&last.offer.deal, &limit.deal, None))?;
                is_between(&last.offer, &offer, limit).then_some(offer)
            };
            let found = moves.iter().enumerate().filter_map(|(at, it)| Some((at, whole(it)?)));
            // Among equally large moves, the reversed order takes the first one of the waterfall.
            let largest = found.rev().max_by_key(|(_, offer)| offer.discount());
            let Some((at, whole)) = largest else { return self.push(limit.clone()) };
            let chosen = moves.remove(at);
            let is_last = moves.is_empty() || whole.discount() >= limit.discount();
            let whole = if is_last && !reaches(&whole, limit) { limit.clone() } else { whole };
            self.concede(&last, chosen, whole, limit);
            let Some(reached) = self.steps.last().cloned() else { return };
            last = reached;
        }
    }

    /// Makes one concession, in parts if it is larger than the concession before it.
    fn concede(
        &mut self,
        last: &LadderStep<'b>,
        chosen: ConcessionMove<'b>,
        whole: Offer<'b>,
        limit: &Offer<'b>,
    ) {
        let exceeded = last.conceded.filter(|before| whole.discount() - last.off() >= *before);
        let parts = exceeded.and_then(|before| {
            shrinking_parts(&last.offer, &chosen, &whole, limit, before, self.finest)
        });
        parts.unwrap_or_else(|| vec![whole]).into_iter().for_each(|part| self.push(part));
    }

    fn push(&mut self, offer: Offer<'b>) {
        let last = self.steps.last();
        let step = LadderStep::after(last.map(|last| &last.offer), offer);
        let before = last.and_then(|last| last.conceded);
        let is_larger = before.is_some_and(|before| step.conceded >= Some(before));
        self.steps.push(LadderStep { is_larger, ..step });
    }

    /// Adds to each limit the level that the next step needs.
    fn finish(mut self) -> Vec<LadderStep<'b>> {
        let levels: Vec<Level> = self.steps.iter().map(|step| step.offer.level()).collect();
        for (step, next) in self.steps.iter_mut().zip(levels.into_iter().skip(1)) {
            step.next = Some(next).filter(|_| !step.ends.is_empty());
        }
        self.steps
    }
}

/// Whether an offer gives all that a limit gives. If both give the same discount off the same list price,
/// the offer is preferred, because the ladder goes on from there, unless it costs more.
fn reaches(offer: &Offer<'_>, limit: &Offer<'_>) -> bool {
    offer.discount() == limit.discount()
        && (offer.list_tcv() != limit.list_tcv() || offer.tcv() <= limit.tcv())
}
