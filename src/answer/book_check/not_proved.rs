//! Statements that a rule of the book keeps from being proved.

use super::{BookUnderCheck, Finding, FindingKind, FindingSeverity, larger_order};
use crate::approve::{APPROVAL_RULES, Direction, promises};
use crate::book::{Discount, Program};

pub(super) const CODE: FindingKind = FindingKind {
    name: "not-proved",
    severity: FindingSeverity::Note,
    title: "A rule for which a statement is not proved",
    lesson: "\
Statements about every quantity are proved from the ends of ranges. That needs rules whose answer begins or
ceases once within a range. A guardrail that refuses a discount has no such answer where a price is for a whole
line, as with graduated tiers, flat amounts, fees and minimums: the price is rounded for each quantity, and the
rounding can put single orders on the other side of the guardrail. Of such a metric, `larger-order-costs-less`
does not tell apart the orders with a program that the guardrail refuses.

What to do: nothing, if the guardrail lies away from what the book gives. Otherwise let it ask for an approval
instead of refusing.",
    find,
};

fn find<'b>(case: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    for metric in larger_order::ordered(case) {
        let discounts = case.book.discounts().iter().filter(|it| it.applies_to(metric.name()));
        let gives = |program: &Program| !program.max_rate.is_zero();
        if !discounts.flat_map(Discount::programs).any(gives) {
            continue;
        }
        let refuses = |it: &&crate::book::Guardrail| it.refuse;
        let guardrails: Vec<_> = case.book.guardrails.iter().filter(refuses).collect();
        for promise in promises(APPROVAL_RULES, case.book, metric) {
            let is_refusing = guardrails.iter().any(|it| it.rule == *promise.rule);
            if promise.quantity.between != Direction::Unproved || !is_refusing {
                continue;
            }
            let message = format!(
                "{} can refuse single orders of {} by the rounding of a line: with a program, larger orders \
                 that cost less are not proved",
                promise.rule.id,
                metric.units()
            );
            let finding = Finding::new(case, &CODE, promise.rule, message)
                .advice("nothing, if the guardrail lies away from what the book gives");
            found.push(Finding { metric: Some(metric.name()), ..finding });
        }
    }
}
