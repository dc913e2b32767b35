//! `small-rate-needs-more`: a small rate of one program needs more approval than a larger rate of another.

use super::finding::{BookUnderCheck, Finding, FindingKind, FindingSeverity};
use crate::book::{Discount, Level, Program};

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
    for discount in &check.book.discounts {
        // The deal names the rate of such a program.
        let is_negotiated = |it: &&Program| it.rate.is_none() && !it.exclusive;
        let programs = discount.programs().iter().filter(is_negotiated);
        for program in programs.clone() {
            let easier =
                programs.clone().filter(|other| other.approval.level < program.approval.level);
            let Some(easier) = easier.max_by_key(|other| other.max_rate) else { continue };
            found.push(finding(check, discount, program, easier));
        }
    }
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
    let harder = easier.max_rate.min(program.max_rate);
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
