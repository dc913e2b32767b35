//! Figures that the playbook does not give.

use super::{BookUnderCheck, Finding, FindingKind, FindingSeverity};
use crate::book::Rule;
use crate::number::Increment;

pub(super) const CODE: FindingKind = FindingKind {
    name: "assumed",
    severity: FindingSeverity::Note,
    title: "A figure that somebody has assumed",
    lesson: "\
The book marks with assumed = true what nobody has decided yet: prices, rates, approvals. Quotes that use
such a figure say so. Until it is decided, a customer can be promised what nobody stands behind.

What to do: have the figure decided, and take the mark away.",
    find,
};

fn find<'b>(case: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    let told = |rule: &Rule, message: String| {
        Finding::new(case, &CODE, rule, message).advice("have it decided, and take the mark away")
    };
    for metric in case.book.metrics() {
        for tier in metric.tiers().iter().filter(|tier| tier.assumed) {
            let range = tier.quantity;
            let what = tier.fee.map_or_else(
                || case.show(tier.price),
                |fee| format!("{} to {}", case.show(fee.least()), case.show(fee.most())),
            );
            let message = format!("{} of {range} {}: {what}", metric.title, metric.unit.1);
            found.push(told(&tier.rule, message).of(
                metric,
                (range.from(), range.to()),
                Increment::UNIT,
            ));
        }
        if metric.approval_assumed {
            let level = case.book.ladder().title(metric.approval.level);
            found.push(told(&metric.rule, format!("{} needs {level} approval", metric.title)));
        }
    }
    for discount in case.book.discounts() {
        for row in discount.rows().iter().filter(|row| row.assumed) {
            let message = format!("{}: a row of it", discount.title);
            found.push(told(&row.rule, message));
        }
        for program in discount.programs().iter().filter(|program| program.assumed) {
            let message = format!("{}: a figure or its approval", program.title);
            found.push(told(&program.rule, message));
        }
    }
    for alternative in case.book.alternatives() {
        for cost in alternative.costs.iter().filter(|cost| cost.assumed) {
            let per = cost.per.as_ref().map(|per| format!(" per {per}")).unwrap_or_default();
            let amount = case.show(cost.amount);
            let message = format!("{}: {}, {amount}{per}", alternative.title, cost.title);
            found.push(told(&cost.rule, message));
        }
    }
    for clause in case.book.clauses().iter().filter(|clause| clause.assumed) {
        found.push(told(&clause.rule, format!("{}: who may agree to it", clause.title)));
    }
}
