//! Notices about the contract: refunds, services, commitments that get smaller, and dates.

use super::Notice;
use crate::approve::{PricedDeal, Verdict};
use crate::book::DiscountCondition;
use crate::deal::ContractPeriod;
use crate::number::Money;
use crate::price::StepSource;
use crate::quote::billing::{RefundExposure, exposures};

/// Warns about money that the customer could ask back. A 90-day rollback with a refund is promised in
/// sales talks (playbook L464, L1959) and contradicts the standard contract, which does not end early
/// without cause (L1900).
pub(super) fn exposure(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for exposure in exposures(case.deal, case.pricing) {
        let RefundExposure { clause, from, until, amount } = exposure;
        let start = match case.deal.period() {
            Some(_) => "",
            None => ", if the contract started on the day of the quote",
        };
        let (title, amount) = (&clause.title, case.show(amount));
        let message = format!(
            "{title}: up to {amount} may have to be refunded, invoiced from {from} to {until}{start}"
        );
        notices.push(Notice::warning("refund-exposure", message, &clause.rule));
    }
}

/// Warns where the included services are worth more than the contract. Services cost nothing because the
/// contract pays for them.
pub(super) fn services(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    let lines: Money = case.pricing.lines.iter().map(|line| line.tcv).sum();
    let included: Money = case.pricing.services.iter().map(|service| service.included).sum();
    let largest = case.pricing.services.iter().max_by_key(|service| service.included);
    if let Some(largest) = largest.filter(|_| included > lines) {
        let (included, lines) = (case.show(included), case.show(lines));
        let message = format!("services of {included} are included in a contract of {lines}");
        notices.push(Notice::warning("services-exceed-contract", message, &largest.service.rule));
    }
}

/// Warns about a ramp that gets smaller. The discount for the term and the prepayment holds for all
/// years, so a ramp that falls earns it with a commitment that the customer does not keep.
pub(super) fn falling(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for line in &case.pricing.lines {
        for (before, (year, after)) in line.segments.iter().zip(line.by_year().skip(1)) {
            let (had, has) = (before.segment.quantity, after.segment.quantity);
            let earned = before.waterfall.steps.iter().find(|step| {
                let discount = case.deal.book.discount(step.name);
                let is_for_commitment = discount.is_some_and(|it| {
                    matches!(
                        it.condition,
                        DiscountCondition::Term(_) | DiscountCondition::Prepay { .. }
                    )
                });
                is_for_commitment && matches!(step.grant, StepSource::Row(_))
            });
            if let Some(step) = earned.filter(|_| has < had) {
                let (has, had) = (line.line.metric.count(has), had.grouped());
                let (discount, term) = (step.title.to_lowercase(), case.deal.term);
                let message = format!(
                    "from year {year} the customer buys {has} instead of {had}, but {discount} is \
                     for the whole term of {term}"
                );
                notices.push(Notice::warning("commitment-falls", message, step.rule));
            }
        }
    }
}

/// Warns about a contract that starts before its quote.
pub(super) fn dates(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    let date = case.deal.date;
    // A start in the past commits the customer to years that are over.
    let start = case.deal.period().map(ContractPeriod::start);
    if let Some(start) = start.filter(|start| *start < date) {
        let message = format!("the contract starts on {start}, and this quote is dated {date}");
        notices.push(Notice::warning("starts-in-the-past", message, None));
    }
}
