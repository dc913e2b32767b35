//! `not-proved`: a rule of the book that keeps `larger-order-costs-less` from being proved.

use super::finding::{BookUnderCheck, Finding, FindingKind, FindingSeverity};
use crate::approve::{APPROVAL_RULES, Direction, promises};
use crate::book::{Discount, Program};

pub(super) const KIND: FindingKind = FindingKind {
    name: "not-proved",
    severity: FindingSeverity::Note,
    title: "A rule that could not be checked for every quantity",
    lesson: "\
Statements about every quantity are proved from the ends of ranges. This needs rules whose answer starts or
stops once within a range. A guardrail that refuses a discount has no such answer if a price is for a whole
line, as with graduated tiers, flat amounts, fees and minimums: the price is rounded for each quantity, and
the rounding can put single orders on the other side of the guardrail. For such a metric,
`larger-order-costs-less` does not tell apart the orders with a program that the guardrail refuses.

What to do: nothing, if the guardrail is far from the discounts that the book gives. Otherwise let it require
an approval instead of refusing.",
    find,
};

fn find<'b>(check: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    for metric in check.ordered() {
        let lowers_price = |program: &Program| !program.max_rate.is_zero();
        if !check.discounts_of(metric).flat_map(Discount::programs).any(lowers_price) {
            continue;
        }
        for promise in promises(APPROVAL_RULES, check.book, metric) {
            let mut guardrails = check.book.guardrails.iter().filter(|it| it.refuse);
            let is_refusing = guardrails.any(|it| it.rule == *promise.rule);
            if promise.quantity.between != Direction::Unproved || !is_refusing {
                continue;
            }
            let message = format!(
                "{} can refuse single orders of {} because of the rounding of a line: larger \
                 orders that cost less with a program may be missing",
                promise.rule.id, metric.units
            );
            let advice = "nothing, if no discount of the book comes close to the guardrail";
            let finding = Finding::new(check, &KIND, promise.rule, message, advice);
            found.push(Finding { metric: Some(metric.name()), ..finding });
        }
    }
}
