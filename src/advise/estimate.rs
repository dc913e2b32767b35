//! Prices by use, whose total nobody knows yet.

use super::Notice;
use crate::approve::{Case, Verdict};
use crate::book::{Per, Way};

pub(super) fn advise(case: &Case<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for line in &case.deal.lines {
        if let Per::Hour { per_month } = line.metric.per {
            let way = case.deal.way(line.metric).map_or("on actual use", Way::title);
            let message = format!(
                "{} is an estimate, at {per_month} hours a month; it is billed {way}",
                line.metric.title
            );
            notices.push(Notice::note("estimated-use", message, &line.metric.rule));
        }
    }
}
