//! `assumed`: figures that the playbook does not give, and that the book marks with `assumed = true`.

use super::finding::{BookUnderCheck, Finding, FindingKind, FindingSeverity};
use crate::book::Rule;
use crate::number::Increment;

pub(super) const KIND: FindingKind = FindingKind {
    name: "assumed",
    severity: FindingSeverity::Note,
    title: "Assumed figures",
    lesson: "\
The book marks prices, rates and approvals that are not decided yet with assumed = true. Quotes that use such
a figure say so. Until the figure is decided, a quote can promise a price that was never agreed.

What to do: have the figure decided, and remove the mark.",
    find,
};

fn find<'b>(check: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    let finding = |rule: &Rule, message: String| {
        let advice = "have the figure decided, then remove `assumed`";
        Finding::new(check, &KIND, rule, message, advice)
    };
    for metric in check.book.metrics() {
        for tier in metric.tiers().iter().filter(|tier| tier.assumed.is_on()) {
            let range = tier.quantity;
            let price = match tier.fee {
                Some(fee) => format!("{} to {}", check.show(fee.least), check.show(fee.most)),
                None => check.show(tier.price),
            };
            let part = tier.assumed.text().map(|part| format!(" ({part})"));
            let price = format!("{price}{}", part.unwrap_or_default());
            let message = format!("{} of {range} {}: {price}", metric.title, metric.units);
            let counts = (range.from(), range.to());
            found.push(finding(&tier.rule, message).of(metric, counts, Increment::UNIT));
        }
        if metric.approval_assumed {
            let level = check.book.ladder().title(metric.approval.level);
            found.push(finding(&metric.rule, format!("{} needs {level} approval", metric.title)));
        }
    }
    let terms = &check.book.commitment;
    if let Some((kept, rule)) = terms.kept.as_ref().filter(|_| terms.assumed) {
        let message = format!("a year counts if it keeps {kept} of the largest before it");
        found.push(finding(rule, message));
    }
    if let Some((days, rule)) = terms.start_before.as_ref().filter(|_| terms.assumed) {
        let message = format!("a contract may start {days} days before its quote");
        found.push(finding(rule, message));
    }
    if let Some(later) = terms.start_after.as_ref().filter(|_| terms.assumed) {
        let days = later.days;
        let message = format!("a contract may start {days} days after the last day of its quote");
        found.push(finding(&later.rule, message));
    }
    if let Some((days, rule)) = terms.adjoining.as_ref().filter(|_| terms.assumed) {
        let message = format!("contracts with up to {days} days between them adjoin");
        found.push(finding(rule, message));
    }
    for discount in &check.book.discounts {
        for row in discount.rows().iter().filter(|row| row.assumed) {
            found.push(finding(&row.rule, format!("{}: one of its steps", discount.title)));
        }
        for program in discount.programs().iter().filter(|program| program.assumed) {
            let message = format!("{}: a figure or its approval", program.title);
            found.push(finding(&program.rule, message));
        }
    }
    for channel in check.book.channels.iter().filter(|channel| channel.approval_assumed) {
        found.push(finding(&channel.rule, format!("{}: its approval", channel.title)));
    }
    for (_, program) in check.book.programs() {
        if let Some(terms) = program.grant.as_ref().filter(|terms| terms.assumed) {
            let (title, days) = (&program.title, terms.within_days);
            let message = format!("{title}: a grant within {days} days, or the approval of others");
            found.push(finding(&terms.rule, message));
        }
    }
    for alternative in &check.book.alternatives {
        for cost in alternative.costs.iter().filter(|cost| cost.assumed) {
            let per = cost.per.as_ref().map(|per| format!(" per {per}")).unwrap_or_default();
            let amount = check.show(cost.amount);
            let message = format!("{}: {}, {amount}{per}", alternative.title, cost.title);
            found.push(finding(&cost.rule, message));
        }
    }
    for service in check.book.services.iter().filter(|service| service.assumed.is_on()) {
        let part = service.assumed.text().unwrap_or("a figure, or its approval");
        found.push(finding(&service.rule, format!("{}: {part}", service.title)));
    }
    for clause in check.book.clauses.iter().filter(|clause| clause.assumed) {
        found.push(finding(&clause.rule, format!("{}: its class or its approval", clause.title)));
    }
}
