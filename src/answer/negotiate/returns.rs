//! The customer's returns for concessions, and the returns that we could ask for.

use super::offer::Offer;
use crate::book::{Adjustment, Discount, DiscountCondition, DiscountStep, Metric, Program};
use crate::deal::{Deal, Line, ProgramClaim};
use crate::number::{Date, Money, Quantity, Years};
use crate::price::committed;
use crate::quote::billing::{paid_ahead, paid_ahead_of};

#[derive(Debug, Clone)]
pub enum Return<'b> {
    /// The customer buys a quantity: each metric with the quantity of its largest year.
    Quantity(Vec<(&'b Metric, Quantity)>),
    Term {
        years: u32,
        /// The amount that the customer must pay after the first year, whatever is used.
        beyond: Money,
    },
    Prepay {
        way: &'b str,
        /// The amount that is paid earlier than by the standard of the book, or on a ladder earlier than
        /// on the step before. `None` if the invoices are not known.
        ahead: Option<Money>,
        /// The most months that an amount is paid earlier.
        months: u32,
    },
    /// The customer pays by payment terms or billing schedules, which are named by their titles.
    Paying(Vec<&'b str>),
    /// The customer meets the conditions of a program, and promises its duties.
    Program(&'b Program, Vec<&'b str>),
    /// The customer promises more duties of a program that the step before claims already.
    Duties(Vec<&'b str>),
    Uplift(Money),
    /// The customer signs while the quote is valid, whose last day it is.
    Signature(Date),
}

/// A return that we could ask for, and that the customer does not give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuggestedReturn<'b> {
    Years(Years),
    Prepay(&'b str),
    Duty(&'b str),
}

impl<'b> Return<'b> {
    pub(super) fn quantity(deal: &Deal<'b>, discount: &Discount) -> Self {
        let mut bought: Vec<(&'b Metric, Quantity)> = Vec::new();
        for metric in deal.lines.iter().map(Line::metric) {
            let is_new = bought.iter().all(|(known, _)| known.name() != metric.name());
            if is_new && discount.applies_to(metric.name()) {
                bought.push((metric, deal.quantity_of(metric)));
            }
        }
        Self::Quantity(bought)
    }

    /// Returns `None` for a contract of one year or less, which every customer has.
    pub(super) fn term(offer: &Offer<'b>) -> Option<Self> {
        let years = offer.deal.length().years();
        (years > 1).then(|| Self::Term { years, beyond: after_first_year(offer) })
    }

    pub(super) fn prepay(offer: &Offer<'b>, row: &'b DiscountStep) -> Self {
        let way = row.choices.first().map(String::as_str).unwrap_or_default();
        Self::prepay_of(way, paid_ahead(&offer.deal, &offer.pricing))
    }

    fn prepay_of(way: &'b str, ahead: Option<(Money, u32)>) -> Self {
        let months = ahead.map_or(0, |(_, months)| months);
        Self::Prepay { way, ahead: ahead.map(|(ahead, _)| ahead), months }
    }

    /// Compares a prepayment with the invoices of the deal before instead of the standard. If that
    /// deal prepays in the same way, which a deal at list price can, the prepayment stays compared
    /// with the standard.
    pub(super) fn compared_with(self, offer: &Offer<'b>, before: &Deal<'b>) -> Self {
        match self {
            Self::Prepay { way, .. } if before.prepay() != Some(way) => {
                Self::prepay_of(way, paid_ahead_of(&offer.deal, before, &offer.pricing))
            }
            other => other,
        }
    }
}

/// The return for a claim. Returns `None` if the program has no conditions and no duty is promised.
pub(super) fn return_for_claim<'b>(claim: &ProgramClaim<'b>) -> Option<Return<'b>> {
    let program = claim.program;
    let promised = program.duties.iter().filter(|duty| claim.duties.contains(duty));
    let promised: Vec<_> = promised.map(String::as_str).collect();
    let has_conditions = !program.incumbents.is_empty()
        || !program.payment.is_empty()
        || program.arr_above.is_some()
        || program.limit.is_some()
        || program.quantity.is_some()
        || program.years.is_some()
        || !program.segments.is_empty();
    (has_conditions || !promised.is_empty()).then_some(Return::Program(program, promised))
}

/// The amount due after the first year. Use counts as far as the customer commits to it.
fn after_first_year(offer: &Offer<'_>) -> Money {
    let amounts = offer.pricing.lines.iter().enumerate().map(|(line, priced)| {
        let years = priced.segments.iter().enumerate().flat_map(|(at, year)| {
            let annual = if priced.line.metric.is_metered() {
                let certain = committed(&offer.deal, line, at).map(|it| it.at_net.annual);
                certain.unwrap_or_default().min(year.at_net.annual)
            } else {
                year.at_net.annual
            };
            std::iter::repeat_n(annual, year.length.years() as usize)
        });
        years.skip(1).sum::<Money>()
    });
    amounts.sum()
}

/// The returns that we could ask for: the next longer term, every prepayment that earns a discount, and
/// the duties of programs that every customer can claim.
pub(super) fn suggested_returns<'b>(deal: &Deal<'b>) -> Vec<SuggestedReturn<'b>> {
    let book = deal.book;
    let applies = |discount: &&'b Discount| {
        deal.lines.iter().any(|line| discount.applies_to(line.metric.name()))
    };
    let discounts = || book.discounts.iter().filter(applies);
    let longer = book.available_terms().into_iter().find(|years| *years > deal.term);
    let earns = discounts().any(|it| matches!(it.condition, DiscountCondition::Term(_)));
    let mut suggested = Vec::from_iter(longer.filter(|_| earns).map(SuggestedReturn::Years));
    let prepaid = discounts().filter(|it| matches!(it.condition, DiscountCondition::Prepay { .. }));
    let rows = prepaid.flat_map(|discount| discount.rows().iter().map(move |row| (discount, row)));
    for (discount, row) in rows {
        let earns =
            !matches!(row.adjustment, Adjustment::Uplift(_)) && !row.adjustment.is_nothing();
        let mut lines = deal.lines.iter().filter(|line| discount.applies_to(line.metric.name()));
        let is_sold = lines
            .any(|line| row.min_years.is_none_or(|least| line.counted_years(deal.term) >= least));
        let way = row.choices.first().map(String::as_str);
        let way = way.filter(|way| earns && is_sold && deal.prepay() != Some(*way));
        suggested.extend(way.map(SuggestedReturn::Prepay));
    }
    let programs = discounts().flat_map(Discount::programs);
    let programs = programs.filter(|it| !it.exclusive && !it.duties_required);
    for duty in programs.flat_map(|program| &program.duties) {
        let is_promised = deal.claims.iter().any(|claim| claim.duties.contains(duty));
        if !is_promised && !suggested.contains(&SuggestedReturn::Duty(duty)) {
            suggested.push(SuggestedReturn::Duty(duty));
        }
    }
    suggested
}
