//! One step of a ladder, compared with the step before it.

use super::super::concession::{Concession, ConcessionKind, concessions};
use super::super::offer::Offer;
use super::super::returns::{Return, SuggestedReturn, suggested_returns};
use crate::book::{Level, Metric};
use crate::number::{Money, Quantity, Share};

#[derive(Debug, Clone)]
pub struct LadderStep<'b> {
    pub offer: Offer<'b>,
    /// The discount off list beyond that of the step before. `None` for the first step.
    pub conceded: Option<Share>,
    /// The concessions that the step before does not make, or makes in a smaller part.
    pub given: Vec<Concession<'b>>,
    /// The concessions of the step before that this step does not make.
    pub replaced: Vec<ConcessionKind<'b>>,
    /// The returns that the step before does not get.
    pub asks: Vec<Return<'b>>,
    /// The returns that we could ask for, if the step gets none.
    pub instead: Vec<SuggestedReturn<'b>>,
    /// Whether the step concedes no less than the one before, because it cannot be split well.
    pub is_larger: bool,
    /// The levels that can give no more than this step.
    pub ends: Vec<Level>,
    /// The level that must approve the next step, if there is a next step after a limit.
    pub next: Option<Level>,
}

impl<'b> LadderStep<'b> {
    pub fn off(&self) -> Share {
        self.offer.discount()
    }

    pub fn has_no_return(&self) -> bool {
        self.conceded.is_some() && self.asks.is_empty()
    }

    /// Returns the step after another offer, or the first step without one.
    pub(super) fn after(last: Option<&Offer<'b>>, offer: Offer<'b>) -> Self {
        let before = last.map(concessions).unwrap_or_default();
        let now = concessions(&offer);
        let find = |all: &[Concession<'b>], one: &Concession<'b>| {
            all.iter().find(|it| it.kind.is_same(&one.kind)).cloned()
        };
        let is_new = |it: &&Concession<'b>| {
            find(&before, it).is_none_or(|known| is_larger(it, &known, &offer, last))
        };
        let mut given: Vec<_> = now.iter().filter(is_new).cloned().collect();
        if let Some(last) = last {
            for it in &mut given {
                it.counterpart =
                    it.counterpart.take().map(|it| it.compared_with(&offer, &last.deal));
            }
        }
        let returns = given.iter().filter_map(|it| {
            let known = find(&before, it).and_then(|known| known.counterpart);
            new_return(it.counterpart.clone()?, known)
        });
        let asks: Vec<_> = returns.collect();
        let instead = last.filter(|_| asks.is_empty()).map(|_| suggested_returns(&offer.deal));
        let replaced = before.iter().filter(|it| find(&now, it).is_none());
        Self {
            conceded: last.map(|last| offer.discount() - last.discount()),
            replaced: replaced.map(|it| it.kind.clone()).collect(),
            instead: instead.unwrap_or_default(),
            asks,
            given,
            is_larger: false,
            ends: Vec::new(),
            next: None,
            offer,
        }
    }
}

/// Whether a concession is larger than in the offer before: by its rate, or without one by its share of list.
fn is_larger(
    now: &Concession<'_>,
    known: &Concession<'_>,
    offer: &Offer<'_>,
    last: Option<&Offer<'_>>,
) -> bool {
    if let (Some(rate), Some(known)) = (now.rate, known.rate) {
        return rate > known;
    }
    let before = last.map_or(Money::ZERO, Offer::list_tcv);
    Share::of(now.money, offer.list_tcv()) > Share::of(known.money, before)
}

fn new_return<'b>(now: Return<'b>, known: Option<Return<'b>>) -> Option<Return<'b>> {
    match (now, known) {
        (Return::Quantity(bought), Some(Return::Quantity(known))) => {
            let names = |(metric, count): &(&'b Metric, Quantity)| (metric.name(), *count);
            let is_same = bought.iter().map(names).eq(known.iter().map(names));
            (!is_same).then_some(Return::Quantity(bought))
        }
        (Return::Term { years, beyond }, Some(Return::Term { years: known, .. })) => {
            (years > known).then_some(Return::Term { years, beyond })
        }
        (Return::Prepay { way, .. }, Some(Return::Prepay { way: known, .. })) if way == known => {
            None
        }
        (Return::Paying(titles), Some(Return::Paying(known))) if titles == known => None,
        (Return::Signature(last), Some(Return::Signature(known))) if last == known => None,
        (Return::Program(_, duties), Some(Return::Program(_, known))) => {
            let more: Vec<_> = duties.into_iter().filter(|it| !known.contains(it)).collect();
            (!more.is_empty()).then_some(Return::Duties(more))
        }
        (now, _) => Some(now),
    }
}
