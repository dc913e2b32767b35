//! Small rates that need more approval than larger ones.

use super::{BookUnderCheck, Finding, FindingKind, FindingSeverity};
use crate::book::{Discount, Level, Program};
use crate::number::Rate;

pub(super) const CODE: FindingKind = FindingKind {
    name: "small-rate-needs-more",
    severity: FindingSeverity::Warning,
    title: "A small rate needs more approval than a larger one",
    lesson: "\
Approval is asked for by program, whatever the rate: 1% of a lighthouse discount waits for the SVP, where
20% of competitive displacement is the VP's to give. Every rate of the first program up to the most of the
second one is harder to get than the second, which leads people to call a deal by another name.

What to do: let the level follow the rate, with a guardrail on the discount of the whole quote, or give
both programs the same level.",
    find,
};

fn find<'b>(case: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    for discount in case.book.discounts() {
        let programs = || discount.programs().iter().filter(|program| is_negotiated(program));
        for program in programs() {
            let easier = programs().filter(|other| other.approval.level < program.approval.level);
            let Some(easier) = easier.max_by_key(|other| other.max_rate) else { continue };
            found.push(told(case, discount, program, easier));
        }
    }
}

/// Whether a deal says how much of it.
const fn is_negotiated(program: &Program) -> bool {
    program.rate.is_none() && !program.exclusive
}

fn told<'b>(
    case: &BookUnderCheck<'b>,
    discount: &Discount,
    program: &Program,
    easier: &Program,
) -> Finding<'b> {
    let ladder = case.book.ladder();
    let needs = |level: Level| match level {
        Level::NONE => "nobody's approval".to_owned(),
        level => format!("{} approval", ladder.title(level)),
    };
    let harder: Rate = easier.max_rate.min(program.max_rate);
    let message = format!(
        "{} needs {} at any rate, and {} only {} up to {}: the first is harder to get up to {harder}",
        program.title,
        needs(program.approval.level),
        easier.title,
        needs(easier.approval.level),
        easier.max_rate,
    );
    Finding::new(case, &CODE, &program.rule, message).advice(format!(
        "let the level follow the rate of the {}, by a guardrail, or give both programs one level",
        discount.title.to_lowercase()
    ))
}
