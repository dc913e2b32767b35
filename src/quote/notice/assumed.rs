//! Figures that the playbook does not give.

use super::Notice;
use crate::approve::{PricedDeal, Verdict};
use crate::price::StepSource;

pub(super) fn advise(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for metric in case.deal.lines.iter().map(|line| line.metric).filter(|it| it.approval_assumed) {
        let message =
            format!("the approval for {} is assumed: the playbook does not give it", metric.title);
        notices.push(Notice::warning("assumed-figure", message, &metric.rule));
    }
    for claim in case.deal.claims.iter().filter(|it| it.program.assumed && case.has_effect(it)) {
        let program = claim.program;
        let message = format!(
            "a figure or the approval of {} is assumed: the playbook does not give it",
            program.title
        );
        notices.push(Notice::warning("assumed-figure", message, &program.rule));
    }
    for clause in case.deal.clauses.iter().map(|asked| asked.clause).filter(|it| it.assumed) {
        let what = if clause.approval.is_nothing() { "class of" } else { "approval for" };
        let message =
            format!("the {what} {} is assumed: the playbook does not give it", clause.title);
        notices.push(Notice::warning("assumed-figure", message, &clause.rule));
    }
    for step in case.steps() {
        let assumed = match step.grant {
            StepSource::List(tier) => tier.assumed,
            StepSource::Row(row) => row.assumed,
            _ => false,
        };
        if assumed {
            let message = format!("{} is assumed: the playbook does not give it", step.title);
            notices.push(Notice::warning("assumed-figure", message, step.rule));
        }
    }
}
