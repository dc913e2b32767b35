//! Discounts that the book gives by itself, some only with approval.
//!
//! The playbook gives the VP the last rows of two tables: volume from 1,000 sockets, case by case (L1776), and
//! 4-5 years of commitment (L1782). Those rows are the largest discounts that a customer gets without any
//! program, so somebody has to look at the deal before they are promised. The rate without approval
//! (`otherwise` in the book) is what a salesperson may give without asking.
//!
//! A row without such a rate asks whenever it applies, also at a rate of 0% and where the deal withholds
//! the discount: the approval is for the quantity, the term or the payment that the row names, and a book
//! can ask for it without a change of the price. So the rule looks at the rows that apply, and not only at
//! the steps of the price. A line that is free at list in all its years needs no approval for its price.
//!
//! Paying in another way has a shortest term: multi-year prepayment needs 2 years, since there is nothing to
//! pay ahead in a single year (L1786), and Net-60 or quarterly billing is only offered for a commitment of 3
//! years (L1883), which our book takes for the years that remain when the deal is signed. Below that term the
//! row is outside policy. A program can include a way to pay, for its own lines alone: services that are paid beside
//! them need what everybody needs. The playbook gives both case by case (L503, L1902); who decides it does not say.

use crate::approve::{ApprovalRule, PricedDeal, Promise, VerdictSink};
use crate::book::{Adjustment, Discount, DiscountCondition, DiscountStep, Metric, PriceBook};
use crate::deal::{DiscountOverride, Line, Segment};
use crate::number::Interval;
use crate::price::{SMALLEST_RATE, SegmentDiscounts, StepSource, WaterfallStep, is_at_policy};
use std::fmt::{self, Arguments};

/// Asks for the approval of the discount rows that apply, and refuses terms too short for a row.
#[derive(Debug)]
pub struct DiscountRule;

impl ApprovalRule for DiscountRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        let lines = &case.pricing.lines;
        let pays_for_services = case.services_carry_payment();
        for priced in lines {
            let line = &priced.line;
            let is_free = line.is_free_at_list();
            if is_free && !pays_for_services {
                continue;
            }
            for segment in &priced.segments {
                let mut applied = SegmentDiscounts::of(case.deal, line, &segment.segment);
                if pays_for_services {
                    applied = applied.beside_services(case.deal);
                }
                let steps = &segment.waterfall.steps;
                let is_agreed = is_agreed_within_policy(case, line, &segment.segment, steps);
                let is_judged = |discount: &&Discount| {
                    !is_free || matches!(discount.condition, DiscountCondition::Payment(_))
                };
                for discount in case.deal.book.discounts.iter().filter(is_judged) {
                    let step_of = |row: &DiscountStep| steps.iter().find(|step| is_of(step, row));
                    let earned = applied.rows(discount).map(|row| (row, step_of(row)));
                    let unearned = applied.unearned_row(discount).map(|row| (row, None));
                    for (row, step) in earned.chain(unearned) {
                        if row.approval.is_nothing() && row.min_years.is_none() {
                            continue;
                        }
                        let judged = JudgedRow { discount, row, step };
                        if row.rate_without_approval.is_none() || !is_agreed {
                            judged.approval(case, line.metric, &applied, sink);
                        }
                        judged.shortest_term(case, line, sink);
                    }
                }
            }
        }
    }

    fn promises<'b>(&self, book: &'b PriceBook, metric: &Metric) -> Vec<Promise<'b>> {
        let discounts = book.discounts.iter().filter(|it| it.applies_to(metric.name()));
        let rows =
            discounts.flat_map(|discount| discount.rows().iter().map(move |row| (discount, row)));
        let promise = |(discount, row): (&Discount, &'b DiscountStep)| {
            // A row is a step of the price from the smallest rate on. It asks at any rate, or from the first
            // rate beyond the one that needs no approval. A program that excludes the row does so from its
            // own smallest rate on.
            let first_asking = row.rate_without_approval.map(|it| u64::from(it.millionths()) + 1);
            let promise = Promise::constant(&row.rule)
                .rates(std::iter::once(SMALLEST_RATE).chain(first_asking))
                .terms(row.min_years.map(u64::from));
            match discount.condition {
                DiscountCondition::Quantity(_) => promise.quantity_range(row.range),
                DiscountCondition::Order(_) => {
                    promise.quantities(metric.order_breakpoints.iter().copied())
                }
                DiscountCondition::Term(_) => promise.term_range(row.range),
                // A contract that has the first of its years has the step.
                DiscountCondition::ContractYear(_) => promise.terms(row.range.map(Interval::from)),
                _ => promise,
            }
        };
        rows.map(promise).collect()
    }
}

/// Returns whether a price was negotiated that is no lower than the policy price with every discount at its
/// rate without approval. Such a price needs no approval of a row that has such a rate.
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
        // A row without such a rate asks at any price.
        let Some(free) = row.rate_without_approval else { continue };
        if !row.approval.is_nothing() && step.rate.is_some_and(|rate| rate > free) {
            deal = deal.with_take(discount, DiscountOverride::Rate(free));
        }
    }
    is_at_policy(&deal, line, segment, agreed)
}

/// A row that applies to a segment, with the step of the price that it makes, if it makes one.
#[derive(Debug, Clone, Copy)]
struct JudgedRow<'s, 'b> {
    discount: &'b Discount,
    row: &'b DiscountStep,
    step: Option<&'s WaterfallStep<'b>>,
}

impl<'b> JudgedRow<'_, 'b> {
    fn approval(
        &self,
        case: &PricedDeal<'_, 'b>,
        metric: &Metric,
        applied: &SegmentDiscounts<'_, 'b>,
        sink: &mut dyn VerdictSink<'b>,
    ) {
        let Self { discount, row, step } = *self;
        let title = &discount.title;
        let mut require = |reason: Arguments<'_>| sink.require(&row.approval, &row.rule, reason);
        match (step, row.rate_without_approval) {
            (None, Some(_)) => {}
            (Some(step), Some(free)) => {
                if let Some(rate) = step.rate.filter(|rate| *rate > free) {
                    require(format_args!("{title} of {rate}; {free} needs no approval"));
                }
            }
            (Some(step), None) => match step.rate {
                Some(rate) => require(format_args!("{title} of {rate}")),
                None => require(format_args!("{title}")),
            },
            (None, None) => {
                let condition = self.condition(case, metric, applied);
                let taken = match case.deal.discount_override(discount) {
                    DiscountOverride::Withheld => ", withheld",
                    DiscountOverride::Rate(rate) if rate.is_zero() => ", limited to 0%",
                    DiscountOverride::Rate(_) | DiscountOverride::Auto => "",
                };
                require(format_args!("{title}{condition}{taken}"));
            }
        }
    }

    /// The condition of the row, as far as the deal meets it: ": 4-5 years".
    fn condition(
        &self,
        case: &PricedDeal<'_, 'b>,
        metric: &Metric,
        applied: &SegmentDiscounts<'_, '_>,
    ) -> impl fmt::Display {
        let Self { discount, row, .. } = *self;
        fmt::from_fn(move |f| match (&discount.condition, row.range) {
            (DiscountCondition::Term(_), Some(range)) => write!(f, ": {}", range.of("year")),
            (DiscountCondition::Order(steps), _) => {
                write!(f, "{}", steps.words(row, &case.deal.book.currency))
            }
            (DiscountCondition::ContractYear(_), Some(range)) => {
                write!(f, ": {}", range.numbered("year"))
            }
            (_, Some(range)) => write!(f, ": {range} {}", metric.units),
            (DiscountCondition::Prepay { .. }, None) => write!(f, ": {}", row.choices.join(", ")),
            (DiscountCondition::Payment(_), None) => {
                let paying = applied.paying().into_iter().flatten();
                let met: Vec<_> = paying.filter(|name| row.is_for(&[Some(name)])).collect();
                write!(f, ": {}", met.join(", "))
            }
            _ => Ok(()),
        })
    }

    /// Refuses a term that is too short for the row, if the deal takes the discount or asks for the payment or the
    /// prepayment of the row. Such a discount is not given either. Years that do not count are no years of a payment;
    /// to another discount they give nothing, and are not refused.
    fn shortest_term(
        &self,
        case: &PricedDeal<'_, 'b>,
        line: &Line<'b>,
        sink: &mut dyn VerdictSink<'b>,
    ) {
        let Self { discount, row, .. } = *self;
        let is_taken = match case.deal.discount_override(discount) {
            DiscountOverride::Withheld => false,
            DiscountOverride::Rate(rate) => !rate.is_zero() && !row.adjustment.is_nothing(),
            DiscountOverride::Auto => !row.adjustment.is_nothing(),
        };
        if !is_taken && !is_asked_by_name(discount, row) {
            return;
        }
        let (deal, term) = (case.deal, case.deal.term);
        let is_payment = matches!(discount.condition, DiscountCondition::Payment(_));
        let years = if is_payment { line.counted_years(term) } else { term.count() };
        let is_short = |least: u32| {
            if row.remaining { !deal.remains_for(line, least) } else { years < least }
        };
        if let Some(least) = row.min_years.filter(|&least| is_short(least)) {
            let (names, discount) = (row.choices.join(" or "), &discount.name);
            let what = match row.adjustment {
                Adjustment::Uplift(_) | Adjustment::Growth(_) => names,
                cut if cut.is_nothing() => names,
                _ if !is_taken => format!("{names} {discount}"),
                Adjustment::Rate(rate) if names.is_empty() => format!("{rate} for {discount}"),
                Adjustment::Rate(rate) => format!("{rate} for {names} {discount}"),
                Adjustment::Amount(_) | Adjustment::OrderAmount(_) | Adjustment::FreeMonths(_) => {
                    format!("{names} {discount}").trim().to_owned()
                }
            };
            let uncounted = line.uncounted_words();
            let begun = deal.period().filter(|period| row.remaining && period.start() < deal.date);
            if let Some(period) = begun {
                let (date, end) = (deal.date, period.end());
                let message = format_args!(
                    "{what} needs {least} years or more from the day of the quote, {date}, and this \
                     deal ends on {end}{uncounted}"
                );
                sink.refuse(&row.rule, message);
                return;
            }
            let message = format_args!(
                "{what} needs {least} years or more, and this deal has {term}{uncounted}"
            );
            sink.refuse(&row.rule, message);
        }
    }
}

/// Returns whether a row gives a step of a price.
fn is_of(step: &WaterfallStep<'_>, row: &DiscountStep) -> bool {
    matches!(step.grant, StepSource::Row(it) if std::ptr::eq(it, row))
}

/// Returns whether a deal that gets a row asks for it by name, whatever it takes of the discount: a payment, or
/// another prepayment than the standard.
fn is_asked_by_name(discount: &Discount, row: &DiscountStep) -> bool {
    match &discount.condition {
        DiscountCondition::Payment(_) => true,
        DiscountCondition::Prepay { rows, standard } => {
            rows.get(*standard).is_none_or(|it| !std::ptr::eq(it, row))
        }
        _ => false,
    }
}
