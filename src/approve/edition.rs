//! What is sold: metrics that need approval, and editions named outside their range.

use super::{Case, Verdict};
use crate::book::Tier;
use crate::deal::{Line, Segment};

pub(super) fn judge(case: &Case<'_, '_>, verdict: &mut Verdict) {
    for line in &case.deal.lines {
        let metric = line.metric;
        let reason = format!("{} is sold with approval only", metric.title);
        verdict.require(&metric.ask, &metric.rule, reason);
        for segment in &line.segments {
            if let Some((tier, message)) = misfit(line, segment) {
                verdict.refuse(&tier.rule, message);
            }
        }
    }
}

/// Why the edition that a segment is priced as is not for it, if it is not.
fn misfit<'b>(line: &Line<'b>, segment: &Segment<'b>) -> Option<(&'b Tier, String)> {
    let (metric, quantity, tier) = (line.metric, segment.quantity, segment.list.tier);
    let edition = tier.edition.as_deref()?;
    let lands = tier.quantity.contains(quantity.ceil());
    let message = match (tier.max_hosts, line.hosts) {
        (Some(most), Some(hosts)) if hosts > most => {
            format!("{edition} is for up to {most} hosts, and this is {hosts}")
        }
        _ if lands => return None,
        (Some(_), Some(_)) => return None,
        // A unit has no more than one host.
        (Some(most), None) if quantity.ceil() <= u64::from(most) => return None,
        (Some(most), None) => format!(
            "{edition} for {} is for up to {most} hosts, and the deal does not say how many",
            metric.count(quantity)
        ),
        (None, _) => format!(
            "{edition} is for {} {}, and this is {}",
            tier.quantity,
            metric.unit.1,
            metric.count(quantity)
        ),
    };
    Some((tier, message))
}
