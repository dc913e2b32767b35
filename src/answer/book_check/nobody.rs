//! Rates that a deal may have without anybody's approval.

use super::{BookUnderCheck, Finding, FindingKind, FindingSeverity};
use crate::book::Rule;

pub(super) const CODE: FindingKind = FindingKind {
    name: "nobody-approves",
    severity: FindingSeverity::Note,
    title: "A rate that no rule sends to anybody",
    lesson: "\
A program, or a partner's rate, for which the book asks no approval: whoever writes the deal gives it.
That can be meant, where a customer either is something or is not, as a university is.

What to do: nothing, if it is meant. Otherwise add approval = \"...\" to the program or the channel.",
    find,
};

fn find<'b>(case: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    let mut tell = |rule: &Rule, message: String| {
        let advice = "nothing, if it is meant; otherwise let it ask for an approval";
        found.push(Finding::new(case, &CODE, rule, message).advice(advice));
    };
    for (_, program) in case.book.programs() {
        if !program.approval.is_nothing() || program.max_rate.is_zero() {
            continue;
        }
        let title = &program.title;
        let message = if program.duties_required && !program.duties.is_empty() {
            let duties = program.duties.join(", ");
            format!("{title} gives {} to whoever is {duties}", program.max_rate)
        } else {
            format!("{title} gives up to {} to everybody", program.max_rate)
        };
        tell(&program.rule, message);
    }
    for channel in case.book.channels() {
        if channel.approval.is_nothing() {
            let message = format!("{} is agreed without anybody's approval", channel.title);
            tell(&channel.rule, message);
        }
    }
}
