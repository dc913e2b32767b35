//! The terms and the ways to pay of the deals that the search for a requiring deal writes.

use super::approval_places::ApprovalPlace;
use crate::book::{DealMeasure, Discount, DiscountCondition, Guardrail, PriceBook};
use crate::number::{Interval, Years};
use std::cmp::Reverse;

/// Length of a deal, and how it is paid for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way<'b> {
    /// `None` for a contract of one day that joins another contract.
    pub years: Option<Years>,
    pub prepay: Option<&'b str>,
    pub payment: Option<&'b str>,
    pub billing: Option<&'b str>,
}

/// Returns every way to pay and every term: first those that the place is for, and the standard ways before
/// others.
pub(super) fn ways<'b>(book: &'b PriceBook, place: ApprovalPlace<'b>) -> Vec<Way<'b>> {
    let named = |names: Vec<&'b str>| -> Vec<Option<&'b str>> {
        std::iter::once(None).chain(names.into_iter().map(Some)).collect()
    };
    let payments = book.payment.iter().flat_map(|it| &it.terms);
    let payments = named(payments.map(|it| it.name.as_str()).collect());
    let schedules = book.billing.iter().flat_map(|it| &it.schedules);
    let schedules = named(schedules.map(|it| it.name.as_str()).collect());
    let rows = book.prepayments().map(|(rows, _)| rows).unwrap_or_default();
    let names = rows.iter().filter_map(|row| row.choices.first());
    let prepayments = named(names.map(String::as_str).collect());
    let mut years: Vec<_> = terms(book).into_iter().map(Some).collect();
    years.push(None);
    let mut ways = Vec::new();
    for payment in payments {
        for &billing in &schedules {
            for &prepay in &prepayments {
                let way = |&years: &Option<Years>| Way { years, prepay, payment, billing };
                ways.extend(years.iter().map(way));
            }
        }
    }
    ways.sort_by_key(|way| Reverse(fit(place, way)));
    ways
}

/// Returns how many conditions of the place a way meets by what it names.
fn fit(place: ApprovalPlace<'_>, way: &Way<'_>) -> usize {
    let years = way.years.map_or(1, Years::count);
    let (wanted, is_for): (&[String], bool) = match place {
        ApprovalPlace::Step(discount, step) => {
            let is_by_term = matches!(discount.condition, DiscountCondition::Term(_));
            let range = step.range.filter(|_| is_by_term);
            let least = step.min_years.unwrap_or_default();
            let is_in_range = range.is_none_or(|range| range.contains(years.into()));
            let is_by_year = matches!(discount.condition, DiscountCondition::ContractYear(_));
            let year = step.range.filter(|_| is_by_year).map_or(1, Interval::from);
            (&step.choices, is_in_range && years >= least && u64::from(years) >= year)
        }
        ApprovalPlace::Program(_, program) | ApprovalPlace::Grant(_, program, _) => {
            let is_grant = matches!(place, ApprovalPlace::Grant(..));
            let wanted = if is_grant { &program.includes } else { &program.payment };
            (wanted, program.years.is_none_or(|range| range.contains(years.into())))
        }
        ApprovalPlace::Guardrail(Guardrail { measure: DealMeasure::Term(most), .. }) => {
            (&[], years > *most)
        }
        _ => (&[], true),
    };
    let named = [way.payment, way.billing, way.prepay].into_iter().flatten();
    named.filter(|name| wanted.iter().any(|it| it == name)).count() + usize::from(is_for)
}

/// Returns the shortest term, and the first terms that steps, programs and guardrails are for or are not
/// for. A longer term under the same rules only makes a contract larger.
fn terms(book: &PriceBook) -> Vec<Years> {
    let rows = || book.discounts.iter().flat_map(Discount::rows);
    let is_by_term = |it: &&Discount| matches!(it.condition, DiscountCondition::Term(_));
    let by_term = book.discounts.iter().filter(is_by_term).flat_map(Discount::rows);
    let programs = book.programs().filter_map(|(_, program)| program.years);
    let ranges = by_term.filter_map(|row| row.range).chain(programs);
    let ends = ranges.flat_map(|range| [Some(range.from()), range.to().map(|to| to + 1)]);
    let is_by_year = |it: &&Discount| matches!(it.condition, DiscountCondition::ContractYear(_));
    let by_year = book.discounts.iter().filter(is_by_year).flat_map(Discount::rows);
    let years = by_year.filter_map(|row| row.range).map(Interval::from);
    let least = rows().filter_map(|row| row.min_years).map(u64::from);
    let measures = book.guardrails.iter().flat_map(Guardrail::measures);
    let limits = measures.filter_map(|measure| match measure {
        DealMeasure::Term(most) => Some(u64::from(most) + 1),
        _ => None,
    });
    let more = ends.flatten().chain(years).chain(least).chain(limits).filter_map(Years::new);
    let is_sold = |years: &Years| {
        let sold = book.terms.as_ref().map(|(range, _)| range);
        sold.is_none_or(|range| range.contains(years.count().into()))
    };
    let shortest = book.available_terms().into_iter().take(1);
    let mut terms: Vec<_> = shortest.chain(more.filter(is_sold)).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}
