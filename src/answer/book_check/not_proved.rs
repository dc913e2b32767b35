//! `not-proved`: a rule of the book that keeps a statement about every order from being proved.

use super::finding::{BookUnderCheck, Finding, FindingKind, FindingSeverity};
use crate::approve::{APPROVAL_RULES, Direction, promises};
use crate::book::{Discount, Program};

pub(super) const KIND: FindingKind = FindingKind {
    name: "not-proved",
    severity: FindingSeverity::Note,
    title: "A rule that could not be checked for every order",
    lesson: "\
Statements about every quantity are proved from the ends of ranges. This needs rules whose answer starts or
stops once within a range. A guardrail that refuses a discount has no such answer if a price is for a whole
line, as with graduated tiers, flat amounts, fees and minimums: the price is rounded for each quantity, and
the rounding can put single orders on the other side of the guardrail. For such a metric,
`larger-order-costs-less` does not tell apart the orders with a program that the guardrail refuses.

Statements are proved for orders of one metric. A discount whose metrics find a step together gives an order of
several of them another price: such an order can have a larger discount than `level-gives-at-most` says, and an
order of one metric can cost more than with another one beside it.

What to do: nothing, if the guardrail is far from the discounts that the book gives; otherwise let it require
an approval instead of refusing. Beside a discount of several metrics, a guardrail on the discount holds for
every order.",
    find,
};

fn find<'b>(check: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    refused_by_rounding(check, found);
    found.extend(check.book.discounts.iter().filter_map(|discount| of_order(check, discount)));
}

/// Returns the finding for a discount whose step several metrics find together.
fn of_order<'b>(check: &BookUnderCheck<'b>, discount: &'b Discount) -> Option<Finding<'b>> {
    let of_it = || check.book.metrics().iter().filter(|it| discount.applies_to(it.name()));
    if !discount.is_by_order() || of_it().nth(1).is_none() {
        return None;
    }
    let titles: Vec<_> = of_it().map(|it| it.title.as_str()).collect();
    let (title, all) = (&discount.title, titles.join(", "));
    let message = format!(
        "an order of several of {all} finds the step of {title} together: statements are proved for \
         orders of one of them, and others can have a larger discount"
    );
    let advice = "a guardrail on the discount holds for every order";
    Some(Finding::new(check, &KIND, &discount.rule, message, advice))
}

fn refused_by_rounding<'b>(check: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
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
