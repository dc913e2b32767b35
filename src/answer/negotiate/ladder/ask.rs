//! What a step gives and asks for that the step before it does not.

use super::{Concession, LadderStep, Offer, Return, concessions};
use crate::answer::negotiate::get::requests;
use crate::book::Metric;
use crate::number::{Money, Quantity, Share};

impl<'b> LadderStep<'b> {
    /// A step behind another one; without one it is the anchor.
    pub(super) fn after(last: Option<&Offer<'b>>, offer: Offer<'b>) -> Self {
        let before = last.map(concessions).unwrap_or_default();
        let now = concessions(&offer);
        let find = |all: &[Concession<'b>], one: &Concession<'b>| {
            all.iter().find(|it| it.kind.is(&one.kind)).cloned()
        };
        let is_new = |it: &&Concession<'b>| {
            find(&before, it).is_none_or(|known| is_more(it, &known, &offer, last))
        };
        let beside = |it: &Concession<'b>| {
            let get = it.counterpart.clone().map(|get| match last {
                Some(last) => get.beside(&offer.deal, &offer.pricing, &last.deal),
                None => get,
            });
            Concession { counterpart: get, ..it.clone() }
        };
        let given: Vec<_> = now.iter().filter(is_new).map(beside).collect();
        let asked = given.iter().filter_map(|it| {
            let known = find(&before, it).and_then(|known| known.counterpart);
            new(it.counterpart.clone()?, known)
        });
        let asks: Vec<_> = asked.collect();
        let instead = last.filter(|_| asks.is_empty()).map(|_| requests(&offer.deal));
        let replaced = before.iter().filter(|it| find(&now, it).is_none());
        Self {
            conceded: last.map(|last| super::off(&offer) - super::off(last)),
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

/// Whether a concession is larger than it was in the offer before: by its rate, or else by its money
/// as a share of list.
fn is_more(
    now: &Concession<'_>,
    known: &Concession<'_>,
    offer: &Offer<'_>,
    last: Option<&Offer<'_>>,
) -> bool {
    if let (Some(rate), Some(known)) = (now.rate, known.rate) {
        return rate > known;
    }
    let list = |offer: &Offer<'_>| offer.pricing.totals.list_tcv;
    let before = last.map_or(Money::ZERO, list);
    Share::of(now.money, list(offer)) > Share::of(known.money, before)
}

/// What of it the customer did not do before.
fn new<'b>(get: Return<'b>, known: Option<Return<'b>>) -> Option<Return<'b>> {
    match (get, known) {
        (Return::Quantity(bought), Some(Return::Quantity(known))) => {
            let names = |all: &[(&'b Metric, Quantity)]| -> Vec<_> {
                all.iter().map(|(metric, count)| (metric.name(), *count)).collect()
            };
            (names(&bought) != names(&known)).then_some(Return::Quantity(bought))
        }
        (Return::Term { years, beyond }, Some(Return::Term { years: known, .. })) => {
            (years > known).then_some(Return::Term { years, beyond })
        }
        (Return::Prepay { way, .. }, Some(Return::Prepay { way: known, .. })) if way == known => {
            None
        }
        (Return::Paying(words), Some(Return::Paying(known))) if words == known => None,
        (Return::Program(_, duties), Some(Return::Program(_, known))) => {
            let more: Vec<_> = duties.into_iter().filter(|it| !known.contains(it)).collect();
            (!more.is_empty()).then_some(Return::Duties(more))
        }
        (get, _) => Some(get),
    }
}
