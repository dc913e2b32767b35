//! Figures that the playbook does not give.

use super::Notice;
use crate::approve::{Case, Verdict};
use crate::price::Grant;

pub(super) fn advise(case: &Case<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    let segments = case.pricing.lines.iter().flat_map(|line| &line.segments);
    for step in segments.flat_map(|segment| segment.waterfall.steps()) {
        let assumed = match step.grant {
            Grant::List(tier) => tier.assumed,
            Grant::Row(row) => row.assumed,
            _ => false,
        };
        if assumed {
            let message = format!("{} is assumed: the playbook does not give it", step.title);
            notices.push(Notice::warning("assumed-figure", message, step.rule));
        }
    }
}
