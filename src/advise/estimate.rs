//! Prices by use, whose total nobody knows yet.

use super::Notice;
use crate::approve::{Case, Verdict};
use crate::book::Per;

pub(super) fn advise(case: &Case<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for line in &case.deal.lines {
        if let Per::Hour { per_month } = line.metric.per {
            let billing = line.metric.billing.as_deref().unwrap_or("on actual use");
            let message = format!(
                "{} is an estimate, at {per_month} hours a month; it is billed {billing}",
                line.metric.title
            );
            notices.push(Notice::note("estimated-use", message, &line.metric.rule));
        }
    }
}
