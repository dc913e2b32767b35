//! Rates that a deal may have without anybody's approval.

use super::{Case, Code, Finding, Severity};

pub(super) const CODE: Code = Code {
    name: "nobody-approves",
    severity: Severity::Note,
    title: "A rate that no rule sends to anybody",
    lesson: "\
A program, or a partner's rate, for which the book asks no approval: whoever writes the deal gives it.
That can be meant, where a customer either is something or is not, as a university is.

What to do: nothing, if it is meant. Otherwise add approval = \"...\" to the program or the channel.",
    find,
};

fn find(case: &Case<'_>, found: &mut Vec<Finding>) {
    let mut tell = |rule: &crate::book::Rule, message: String, advice: &str| {
        found.push(Finding {
            code: &CODE,
            metric: None,
            quantities: None,
            worst: None,
            rule: rule.clone(),
            message,
            advice: advice.to_owned(),
        });
    };
    for (_, program) in case.book.programs() {
        if !program.ask.is_nothing() || program.max_rate.is_zero() {
            continue;
        }
        let title = &program.title;
        let message = if program.duties_required && !program.duties.is_empty() {
            let duties = program.duties.join(", ");
            format!("{title} gives {} to whoever is {duties}", program.max_rate)
        } else {
            format!("{title} gives up to {} to everybody", program.max_rate)
        };
        let advice = "nothing, if it is meant; otherwise add approval to the program";
        tell(&program.rule, message, advice);
    }
    for channel in case.book.channels() {
        if channel.ask.is_nothing() {
            let message = format!("{} is agreed without anybody's approval", channel.title);
            let advice = "nothing, if it is meant; otherwise add approval to the channel";
            tell(&channel.rule, message, advice);
        }
    }
}
