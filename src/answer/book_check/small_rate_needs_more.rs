//! `small-rate-needs-more`: a small rate of one program needs more approval than a larger rate of another.

use super::finding::{BookUnderCheck, Finding, FindingKind, FindingSeverity};
use crate::book::{Discount, Level, Program};
use crate::number::Rate;

pub(super) const KIND: FindingKind = FindingKind {
    name: "small-rate-needs-more",
    severity: FindingSeverity::Warning,
    title: "A small rate needs more approval than a larger one",
    lesson: "\
A program needs one approval, whatever its rate: 1% of a lighthouse discount waits for the SVP, but the VP
can give 20% of competitive displacement. So every rate of the first program, up to the largest rate of
the second, is harder to get than the second. This leads people to call a deal by another name.

What to do: let the level follow the rate, with a guardrail on the discount of the whole quote, or give
both programs the same level.",
    find,
};

fn find<'b>(check: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    for discount in check.book.discounts() {
        let programs = || discount.programs().iter().filter(|program| is_negotiated(program));
        for program in programs() {
            let easier = programs().filter(|other| other.approval.level < program.approval.level);
            let Some(easier) = easier.max_by_key(|other| other.max_rate) else { continue };
            found.push(finding(check, discount, program, easier));
        }
    }
}

/// Whether the deal names the rate of a program.
const fn is_negotiated(program: &Program) -> bool {
    program.rate.is_none() && !program.exclusive
}

fn finding<'b>(
    check: &BookUnderCheck<'b>,
    discount: &Discount,
    program: &Program,
    easier: &Program,
) -> Finding<'b> {
    let ladder = check.book.ladder();
    let needs = |level: Level| match level {
        Level::NONE => "no approval".to_owned(),
        level => format!("{} approval", ladder.title(level)),
    };
    let harder: Rate = easier.max_rate.min(program.max_rate);
    let message = format!(
        "{} needs {} at any rate, but {} needs only {} up to {}: up to {harder}, the first is \
         harder to get",
        program.title,
        needs(program.approval.level),
        easier.title,
        needs(easier.approval.level),
        easier.max_rate,
    );
    let advice = format!(
        "let the level follow the rate of the {}, with a guardrail, or give both programs the \
         same level",
        discount.title.to_lowercase()
    );
    Finding::new(check, &KIND, &program.rule, message, advice)
}
