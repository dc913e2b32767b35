//! `nobody-approves`: rates that a deal may have without any approval.

use super::finding::{BookUnderCheck, Finding, FindingKind, FindingSeverity};
use crate::book::Rule;

pub(super) const KIND: FindingKind = FindingKind {
    name: "nobody-approves",
    severity: FindingSeverity::Note,
    title: "A rate that needs no approval",
    lesson: "\
A program or a partner's rate that needs no approval: the seller can give it. This can be intended, if a
customer either is something or is not, as a university is.

What to do: nothing, if it is intended. Otherwise add approval = \"...\" to the program or the channel.",
    find,
};

fn find<'b>(check: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    let mut add = |rule: &Rule, message: String| {
        let advice = "nothing, if this is intended; otherwise add `approval`";
        found.push(Finding::new(check, &KIND, rule, message, advice));
    };
    for (_, program) in check.book.programs() {
        if !program.approval.is_nothing() || program.max_rate.is_zero() {
            continue;
        }
        let (title, rate) = (&program.title, program.max_rate);
        let message = if program.duties_required && !program.duties.is_empty() {
            let duties = program.duties.join(", ");
            format!("{title} gives {rate} without approval, on the conditions {duties}")
        } else {
            format!("{title} gives up to {rate} to every customer, without approval")
        };
        add(&program.rule, message);
    }
    for channel in check.book.channels.iter().filter(|it| it.approval.is_nothing()) {
        add(&channel.rule, format!("{} needs no approval", channel.title));
    }
    for channel in &check.book.channels {
        let claimed = channel.incentives.iter().filter(|it| !it.automatic);
        for incentive in claimed.filter(|it| it.approval.is_nothing()) {
            let (title, channel) = (&incentive.title, &channel.title);
            add(&incentive.rule, format!("{title} of {channel} needs no approval"));
        }
    }
}
