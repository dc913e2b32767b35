//! Discounts that the book gives by itself, some only with approval.

use super::{Case, Clerk};
use crate::book::{Cut, Row};
use crate::deal::{Line, Segment, Take};
use crate::price::{Grant, Step, policy_price};
use std::fmt::Arguments;

pub(super) fn judge<'b>(case: &Case<'_, 'b>, clerk: &mut dyn Clerk<'b>) {
    for (line, priced) in case.deal.lines.iter().zip(&case.pricing.lines) {
        for (segment, priced) in line.segments.iter().zip(&priced.segments) {
            let steps = priced.waterfall.steps();
            let asks = !is_agreed_without_asking(case, line, segment, steps);
            for step in steps {
                let Grant::Row(row) = step.grant else { continue };
                if asks {
                    approval(step, row, clerk);
                }
                shortest_term(case, step, row, clerk);
            }
        }
    }
}

/// Whether a price was agreed that everybody may give: no lower than what is left of policy without
/// the rates that need approval.
pub(crate) fn is_agreed_without_asking(
    case: &Case<'_, '_>,
    line: &Line<'_>,
    segment: &Segment<'_>,
    steps: &[Step<'_>],
) -> bool {
    let Some(agreed) = segment.agreed_price() else { return false };
    let mut deal = case.deal.clone();
    for step in steps {
        let Some(discount) = case.deal.book.discount(step.name) else { continue };
        match (step.grant, step.rate) {
            (Grant::Row(row), Some(rate)) if !row.ask.is_nothing() && rate > row.otherwise => {
                deal = deal.with_take(discount, Take::Rate(row.otherwise));
            }
            (Grant::Row(row), None) if !row.ask.is_nothing() => {
                deal = deal.with_take(discount, Take::Nothing);
            }
            _ => {}
        }
    }
    let policy = policy_price(&deal, line, segment);
    agreed >= case.deal.book.rounding.round(policy, line.metric.places)
}

fn approval<'b>(step: &Step<'_>, row: &'b Row, clerk: &mut dyn Clerk<'b>) {
    let (title, free) = (step.title, row.otherwise);
    let mut require = |reason: Arguments<'_>| clerk.require(&row.ask, &row.rule, reason);
    match step.rate {
        Some(rate) if rate <= free => {}
        Some(rate) if free.is_zero() => require(format_args!("{title} of {rate}")),
        Some(rate) => require(format_args!("{title} of {rate}; {free} needs no approval")),
        None => require(format_args!("{title}")),
    }
}

fn shortest_term<'b>(
    case: &Case<'_, 'b>,
    step: &Step<'_>,
    row: &'b Row,
    clerk: &mut dyn Clerk<'b>,
) {
    let term = case.deal.term;
    if let Some(least) = row.min_years.filter(|&least| term.count() < least) {
        let names = row.choices.join(" or ");
        let what = match row.cut {
            Cut::Uplift(_) => names,
            Cut::Rate(rate) if names.is_empty() => format!("{rate} for {}", step.name),
            Cut::Rate(rate) => format!("{rate} for {names} {}", step.name),
            Cut::Amount(_) => format!("{names} {}", step.name).trim().to_owned(),
        };
        let message = format_args!("{what} needs {least} years or more, and this is {term}");
        clerk.refuse(&row.rule, message);
    }
}
