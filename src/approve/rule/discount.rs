//! Discounts that the book gives by itself, some only with approval.

use crate::approve::{PricedDeal, VerdictSink};
use crate::book::{Adjustment, DiscountStep};
use crate::deal::{DiscountOverride, Line, Segment};
use crate::price::{StepSource, WaterfallStep, policy_price};
use std::fmt::Arguments;

pub(crate) fn judge<'b>(case: &PricedDeal<'_, 'b>, clerk: &mut dyn VerdictSink<'b>) {
    for (line, priced) in case.deal.lines.iter().zip(&case.pricing.lines) {
        for (segment, priced) in line.segments.iter().zip(&priced.segments) {
            let steps = priced.waterfall.steps();
            let asks = !is_agreed_within_policy(case, line, segment, steps);
            for step in steps {
                let StepSource::Row(row) = step.grant else { continue };
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
pub(crate) fn is_agreed_within_policy(
    case: &PricedDeal<'_, '_>,
    line: &Line<'_>,
    segment: &Segment<'_>,
    steps: &[WaterfallStep<'_>],
) -> bool {
    let Some(agreed) = segment.agreed_price() else { return false };
    let mut deal = case.deal.clone();
    for step in steps {
        let Some(discount) = case.deal.book.discount(step.name) else { continue };
        match (step.grant, step.rate) {
            (StepSource::Row(row), Some(rate))
                if !row.approval.is_nothing() && rate > row.rate_without_approval =>
            {
                deal = deal.with_take(discount, DiscountOverride::Rate(row.rate_without_approval));
            }
            (StepSource::Row(row), None) if !row.approval.is_nothing() => {
                deal = deal.with_take(discount, DiscountOverride::Withheld);
            }
            _ => {}
        }
    }
    let policy = policy_price(&deal, line, segment);
    agreed >= case.deal.book.rounding.round(policy, line.metric.places)
}

fn approval<'b>(step: &WaterfallStep<'_>, row: &'b DiscountStep, clerk: &mut dyn VerdictSink<'b>) {
    let (title, free) = (step.title, row.rate_without_approval);
    let mut require = |reason: Arguments<'_>| clerk.require(&row.approval, &row.rule, reason);
    match step.rate {
        Some(rate) if rate <= free => {}
        Some(rate) if free.is_zero() => require(format_args!("{title} of {rate}")),
        Some(rate) => require(format_args!("{title} of {rate}; {free} needs no approval")),
        None => require(format_args!("{title}")),
    }
}

fn shortest_term<'b>(
    case: &PricedDeal<'_, 'b>,
    step: &WaterfallStep<'_>,
    row: &'b DiscountStep,
    clerk: &mut dyn VerdictSink<'b>,
) {
    let term = case.deal.term;
    if let Some(least) = row.min_years.filter(|&least| term.count() < least) {
        let names = row.choices.join(" or ");
        let what = match row.adjustment {
            Adjustment::Uplift(_) => names,
            Adjustment::Rate(rate) if names.is_empty() => format!("{rate} for {}", step.name),
            Adjustment::Rate(rate) => format!("{rate} for {names} {}", step.name),
            Adjustment::Amount(_) => format!("{names} {}", step.name).trim().to_owned(),
        };
        let message = format_args!("{what} needs {least} years or more, and this is {term}");
        clerk.refuse(&row.rule, message);
    }
}
