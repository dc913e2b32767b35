//! Discounts that the book gives by itself, some only with approval.

use super::{Case, Verdict};
use crate::book::{Cut, Row};
use crate::price::{Grant, Step};

pub(super) fn judge(case: &Case<'_, '_>, verdict: &mut Verdict) {
    for step in case.steps() {
        let Grant::Row(row) = step.grant else { continue };
        approval(step, row, verdict);
        shortest_term(case, step, row, verdict);
    }
}

fn approval(step: &Step<'_>, row: &Row, verdict: &mut Verdict) {
    let free = step.rate.is_some_and(|rate| rate <= row.otherwise);
    if !free {
        let reason = match (step.rate, row.otherwise.is_zero()) {
            (Some(rate), false) => {
                format!("{} of {rate}; {} needs no approval", step.title, row.otherwise)
            }
            (Some(rate), true) => format!("{} of {rate}", step.title),
            (None, _) => step.title.to_owned(),
        };
        verdict.require(&row.ask, &row.rule, reason);
    }
}

fn shortest_term(case: &Case<'_, '_>, step: &Step<'_>, row: &Row, verdict: &mut Verdict) {
    let term = case.deal.term;
    if let Some(least) = row.min_years.filter(|&least| term.count() < least) {
        let what = row.choice.as_deref().unwrap_or(step.name);
        let gives = match row.cut {
            Cut::Rate(rate) => format!("{rate} for "),
            Cut::Amount(_) => String::new(),
        };
        let message =
            format!("{gives}{what} {} needs {least} years or more, and this is {term}", step.name);
        verdict.refuse(&row.rule, message);
    }
}
