//! Discounts that the book gives by itself, some only with approval.
//!
//! The playbook gives the VP the last rows of two tables: volume from 1,000 sockets, case by case (L1776), and
//! 4-5 years of commitment (L1782). Those rows are the largest discounts that a customer gets without any
//! program, so somebody has to look at the deal before they are promised. The rate without approval
//! (`otherwise` in the book) is what a salesperson may give without asking.
//!
//! Paying in another way has a shortest term: multi-year prepayment needs 2 years, since there is nothing to
//! pay ahead in a single year (L1786), and Net-60 or quarterly billing is only offered for a commitment of 3
//! years (L1883). Below that term the row is outside policy.

use crate::approve::{ApprovalRule, PricedDeal, Promise, VerdictSink};
use crate::book::{Adjustment, Discount, DiscountCondition, DiscountStep, Metric, PriceBook};
use crate::deal::{DiscountOverride, Line, Segment};
use crate::price::{SMALLEST_RATE, StepSource, WaterfallStep, policy_price};
use std::fmt::Arguments;

/// Asks for the approval of discount rows beyond their rate without one, and refuses terms too short for a row.
#[derive(Debug)]
pub struct DiscountRule;

impl ApprovalRule for DiscountRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        for line in &case.pricing.lines {
            for priced in &line.segments {
                let steps = &priced.waterfall.steps;
                let asks = !is_agreed_within_policy(case, &line.line, &priced.segment, steps);
                for step in steps {
                    let StepSource::Row(row) = step.grant else { continue };
                    if asks {
                        approval(step, row, sink);
                    }
                    shortest_term(case, step, row, sink);
                }
            }
        }
    }

    fn promises<'b>(&self, book: &'b PriceBook, metric: &Metric) -> Vec<Promise<'b>> {
        let discounts = book.discounts.iter().filter(|it| it.applies_to(metric.name()));
        let rows =
            discounts.flat_map(|discount| discount.rows().iter().map(move |row| (discount, row)));
        let promise = |(discount, row): (&Discount, &'b DiscountStep)| {
            // A row is a step of the price from the smallest rate on, and asks from the first rate beyond
            // the one that needs no approval. A program that excludes the row does so from its own
            // smallest rate on.
            let first_asking = u64::from(row.rate_without_approval.millionths()) + 1;
            let promise = Promise::constant(&row.rule)
                .rates([SMALLEST_RATE, first_asking])
                .terms(row.min_years.map(u64::from));
            match discount.condition {
                DiscountCondition::Quantity(_) => promise.quantity_range(row.range),
                DiscountCondition::Term(_) => promise.term_range(row.range),
                _ => promise,
            }
        };
        rows.map(promise).collect()
    }
}

/// Returns whether a price was negotiated that needs nobody's approval: no lower than the policy price with
/// every discount at its rate without approval.
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
        let StepSource::Row(row) = step.grant else { continue };
        let free = row.rate_without_approval;
        let take = match step.rate {
            _ if row.approval.is_nothing() => continue,
            Some(rate) if rate <= free => continue,
            Some(_) => DiscountOverride::Rate(free),
            None => DiscountOverride::Withheld,
        };
        deal = deal.with_take(discount, take);
    }
    let policy = policy_price(&deal, line, segment);
    agreed >= case.deal.book.rounding.round(policy, line.metric.places)
}

fn approval<'b>(step: &WaterfallStep<'_>, row: &'b DiscountStep, sink: &mut dyn VerdictSink<'b>) {
    let (title, free) = (step.title, row.rate_without_approval);
    let mut require = |reason: Arguments<'_>| sink.require(&row.approval, &row.rule, reason);
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
    sink: &mut dyn VerdictSink<'b>,
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
        let message = format_args!("{what} needs {least} years or more, and this deal has {term}");
        sink.refuse(&row.rule, message);
    }
}
