//! The search for a deal that needs an approval at one place of the book, and that no rule refuses.
//!
//! A place asks under conditions of its own, and every other rule can only refuse. So the search writes the
//! deals that meet the conditions in every way that the book knows: each metric at the ends of each span of
//! quantities, each term, prepayment, payment term and billing schedule, and a contract of one day. Each is
//! tried with no other discount and with all of them, which are the ends of every guardrail. The engine
//! prices and judges the deals. Where guardrails leave only deals between those ends, the search decides
//! nothing.

use super::approval_places::ApprovalPlace;
use super::finding::BookUnderCheck;
use super::requiring_drafts::drafts;
use crate::approve::{PricedDeal, route};
use crate::book::DealMeasure;
use crate::deal::{Deal, Draft, resolve};
use crate::number::Rate;
use crate::price::price;

/// Answer of the search.
#[derive(Debug)]
pub enum RequiringDeal<'b> {
    /// A deal that needs the approval, and that no rule refuses.
    Found(Box<Deal<'b>>),
    /// No deal needs the approval, for this reason.
    Never(String),
    /// The search found no deal, and another deal could need the approval.
    Undecided,
}

/// Returns why no deal needs the approval of a place; `None` if one does, or if the search could not decide it.
pub(super) fn never_required(
    check: &BookUnderCheck<'_>,
    place: ApprovalPlace<'_>,
) -> Option<String> {
    if asks_for_nothing(place).is_none() && !is_decided(check, place) {
        return None;
    }
    match requiring_deal(check, place) {
        RequiringDeal::Never(reason) => Some(reason),
        RequiringDeal::Found(_) | RequiringDeal::Undecided => None,
    }
}

/// Searches a deal for a place of the book.
pub(super) fn requiring_deal<'b>(
    check: &BookUnderCheck<'b>,
    place: ApprovalPlace<'b>,
) -> RequiringDeal<'b> {
    if let Some(reason) = asks_for_nothing(place) {
        return RequiringDeal::Never(reason);
    }
    let mut search = DealSearch { check, place, found: None, nearest: None };
    drafts(check, place, &mut |draft| search.is_found(draft));
    match (search.found, search.nearest) {
        (Some(deal), _) => RequiringDeal::Found(Box::new(deal)),
        _ if !is_decided(check, place) => RequiringDeal::Undecided,
        (None, Some((_, refused))) => {
            RequiringDeal::Never(format!("every such deal is outside policy ({refused})"))
        }
        (None, None) => {
            RequiringDeal::Never("no deal that costs something meets its condition".to_owned())
        }
    }
}

/// Returns why a place asks for nothing, whatever a deal is.
fn asks_for_nothing(place: ApprovalPlace<'_>) -> Option<String> {
    match place {
        ApprovalPlace::Guardrail(it) if it.refuse => {
            Some("it refuses every deal beyond its limit".to_owned())
        }
        ApprovalPlace::Service(it, _) if it.included.is_zero() => {
            Some("nothing of it is included".to_owned())
        }
        ApprovalPlace::Clause(it) if it.standard_rates.is_some_and(|it| it.most() == Rate::ONE) => {
            Some("every rate up to 100% is standard".to_owned())
        }
        ApprovalPlace::Program(_, it) | ApprovalPlace::Grant(_, it, _) if it.max_rate.is_zero() => {
            Some("it gives nothing".to_owned())
        }
        _ => None,
    }
}

/// Whether no deal needs the approval of a place if the search finds none.
fn is_decided(check: &BookUnderCheck<'_>, place: ApprovalPlace<'_>) -> bool {
    let refusing = check.book.guardrails.iter().filter(|it| it.refuse);
    // The search writes no deals beside the other facts of a guardrail.
    if refusing.clone().any(|it| !it.when.is_empty()) {
        return false;
    }
    let refusing = refusing.map(|it| it.measure);
    let is_of_discount = |it: &DealMeasure| matches!(it, DealMeasure::Discount(_));
    let is_of_size = |it: &DealMeasure| matches!(it, DealMeasure::Acv(_) | DealMeasure::Tcv(_));
    let has_size = refusing.clone().any(|it| is_of_size(&it));
    // A smaller discount makes a contract larger, so that a deal between the ends can pass both.
    if has_size && refusing.clone().any(|it| is_of_discount(&it)) {
        return false;
    }
    match place {
        // Another order of several lines could exceed it, or include more of a service.
        ApprovalPlace::Guardrail(_) | ApprovalPlace::Service(..) => false,
        ApprovalPlace::Step(discount, _) => !discount.is_by_order(),
        ApprovalPlace::Program(_, program) | ApprovalPlace::Grant(_, program, _) => {
            program.arr_above.is_none() || !has_size
        }
        ApprovalPlace::Metric(_)
        | ApprovalPlace::LateStart(_)
        | ApprovalPlace::Channel(_)
        | ApprovalPlace::Incentive(..)
        | ApprovalPlace::Clause(_) => true,
    }
}

struct DealSearch<'a, 'b> {
    check: &'a BookUnderCheck<'b>,
    place: ApprovalPlace<'b>,
    found: Option<Deal<'b>>,
    /// The deal that meets most conditions of the place: the number of those that it does not meet, the number
    /// of other reasons why it is refused, and one of them.
    nearest: Option<((usize, usize), String)>,
}

impl DealSearch<'_, '_> {
    /// Returns whether a draft is a deal that needs the approval, and keeps the deal.
    fn is_found(&mut self, draft: &Draft) -> bool {
        let Ok(deal) = resolve(draft, self.check.books, self.check.date) else { return false };
        let deal = deal.of_lines_apart();
        let pricing = price(&deal);
        let verdict = route(&PricedDeal { deal: &deal, pricing: &pricing });
        let (need, rule) = (self.place.need(), self.place.rule());
        if !verdict.required.iter().any(|it| it.approval == *need && it.rule == *rule) {
            return false;
        }
        let (own, others): (Vec<_>, Vec<_>) =
            verdict.violations.into_iter().partition(|it| it.rule == *rule);
        let count = (own.len(), others.len());
        let Some(first) = others.into_iter().chain(own).next() else {
            self.found = Some(deal);
            return true;
        };
        if self.nearest.as_ref().is_none_or(|(fewest, _)| count < *fewest) {
            self.nearest = Some((count, first.message));
        }
        false
    }
}
