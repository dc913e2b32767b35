//! Notices about the contract: refunds, services, commitments that get smaller, and dates.

use super::{Notice, NoticeSeverity};
use crate::approve::{PricedDeal, Verdict};
use crate::book::DiscountCondition;
use crate::deal::ContractPeriod;
use crate::number::Money;
use crate::price::StepSource;
use crate::quote::billing::exposures;

/// Warns about money that the customer could ask back. A 90-day rollback with a refund is promised in
/// sales talks (playbook L464, L1959) and contradicts the standard contract, which does not end early
/// without cause (L1900).
pub(super) fn exposure(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for exposure in exposures(case.deal, case.pricing) {
        let start = match case.deal.period() {
            Some(_) => String::new(),
            None => ", if the contract started on the day of the quote".to_owned(),
        };
        let message = format!(
            "{}: up to {} may have to be refunded, invoiced from {} to {}{start}",
            exposure.clause.title,
            case.show(exposure.amount),
            exposure.from,
            exposure.until
        );
        notices.push(Notice::warning("refund-exposure", message, &exposure.clause.rule));
    }
}

/// Warns where the included services are worth more than the contract. Services cost nothing because the
/// contract pays for them.
pub(super) fn services(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    let lines: Money = case.pricing.lines.iter().map(|line| line.tcv).sum();
    let included: Money = case.pricing.services.iter().map(|service| service.included).sum();
    let largest = case.pricing.services.iter().max_by_key(|service| service.included);
    if let Some(largest) = largest.filter(|_| included > lines) {
        let message = format!(
            "services of {} are included in a contract of {}",
            case.show(included),
            case.show(lines)
        );
        notices.push(Notice::warning("services-exceed-contract", message, &largest.service.rule));
    }
}

/// Warns about a ramp that gets smaller. The discount for the term and the prepayment holds for all
/// years, so a ramp that falls earns it with a commitment that the customer does not keep.
pub(super) fn falling(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for line in &case.pricing.lines {
        let mut year = 1;
        for pair in line.segments.windows(2) {
            let [before, after] = pair else { continue };
            year += before.length.years();
            let (had, has) = (before.segment.quantity, after.segment.quantity);
            let earned = before.waterfall.steps().iter().find(|step| {
                let discount = case.deal.book.discount(step.name);
                let given = discount.map(|discount| &discount.condition);
                matches!(step.grant, StepSource::Row(_))
                    && matches!(
                        given,
                        Some(DiscountCondition::Term(_) | DiscountCondition::Prepay { .. })
                    )
            });
            if let Some(step) = earned.filter(|_| has < had) {
                let message = format!(
                    "from year {year} the customer buys {} instead of {}, but {} is for the whole \
                     term of {}",
                    line.line.metric.count(has),
                    had.grouped(),
                    step.title.to_lowercase(),
                    case.deal.term
                );
                notices.push(Notice::warning("commitment-falls", message, step.rule));
            }
        }
    }
}

/// Warns about a quote outside the dates of the book, and about a contract that starts before the day of
/// its quote.
pub(super) fn dates(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    begun(case, notices);
    let (book, date) = (case.deal.book, case.deal.date);
    let message = match (book.effective, book.until) {
        (Some(from), _) if date < from => {
            format!("the price book is in force from {from}, and this quote is dated {date}")
        }
        (_, Some(until)) if date > until => {
            format!("the price book was in force until {until}, and this quote is dated {date}")
        }
        _ => return,
    };
    notices.push(Notice {
        severity: NoticeSeverity::Warning,
        code: "book-not-in-force",
        message,
        rule: None,
    });
}

/// Warns about a start in the past, which commits the customer to years that are over.
fn begun(case: &PricedDeal<'_, '_>, notices: &mut Vec<Notice>) {
    let date = case.deal.date;
    if let Some(start) = case.deal.period().map(ContractPeriod::start).filter(|start| *start < date)
    {
        notices.push(Notice {
            severity: NoticeSeverity::Warning,
            code: "starts-in-the-past",
            message: format!("the contract starts on {start}, and this quote is dated {date}"),
            rule: None,
        });
    }
}
