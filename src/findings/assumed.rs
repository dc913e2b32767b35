//! Figures that the playbook does not give.

use super::{Case, Code, Finding, Severity};
use crate::book::Rule;

pub(super) const CODE: Code = Code {
    name: "assumed",
    severity: Severity::Note,
    title: "A figure that somebody has assumed",
    lesson: "\
The book marks with assumed = true what nobody has decided yet: prices, rates, approvals. Quotes that use
such a figure say so. Until it is decided, a customer can be promised what nobody stands behind.

What to do: have the figure decided, and take the mark away.",
    find,
};

fn find(case: &Case<'_>, found: &mut Vec<Finding>) {
    let mut tell = |metric: Option<&str>, quantities, rule: &Rule, message: String| {
        found.push(Finding {
            code: &CODE,
            metric: metric.map(str::to_owned),
            quantities,
            worst: None,
            rule: rule.clone(),
            message,
            advice: "have it decided, and take the mark away".to_owned(),
        });
    };
    for metric in case.book.metrics() {
        let name = Some(metric.name());
        for tier in metric.tiers().iter().filter(|tier| tier.assumed) {
            let range = tier.quantity;
            let what = tier.fee.map_or_else(
                || case.show(tier.price),
                |fee| format!("{} to {}", case.show(fee.least()), case.show(fee.most())),
            );
            let message = format!("{} of {range} {}: {what}", metric.title, metric.unit.1);
            tell(name, Some((range.from(), range.to())), &tier.rule, message);
        }
        if metric.ask_assumed {
            let level = case.book.ladder().title(metric.ask.level);
            tell(name, None, &metric.rule, format!("{} needs {level} approval", metric.title));
        }
    }
    for discount in case.book.discounts() {
        for row in discount.rows().iter().filter(|row| row.assumed) {
            let message = format!("{}: a row of it", discount.title);
            tell(None, None, &row.rule, message);
        }
        for program in discount.programs().iter().filter(|program| program.assumed) {
            tell(None, None, &program.rule, format!("{}: a figure or its approval", program.title));
        }
    }
    for clause in case.book.clauses().iter().filter(|clause| clause.assumed) {
        tell(None, None, &clause.rule, format!("{}: who may agree to it", clause.title));
    }
}
