//! What is sold: metrics that need approval, and editions named outside their range.

use super::{Case, Verdict};
use crate::value::Quantity;

pub(super) fn judge(case: &Case<'_, '_>, verdict: &mut Verdict) {
    for line in &case.deal.lines {
        let metric = line.metric;
        let reason = format!("{} is sold with approval only", metric.title);
        verdict.require(&metric.ask, &metric.rule, reason);
        let Some(tier) = line.edition.and_then(|name| metric.edition(name)) else { continue };
        let edition = tier.edition.as_deref().unwrap_or_default();
        for segment in &line.segments {
            let quantity = segment.quantity;
            if tier.quantity.contains(quantity.ceil()) {
                continue;
            }
            let message = match tier.max_hosts {
                Some(most) if hosts(line.hosts, quantity).is_some_and(|hosts| hosts <= most) => {
                    continue;
                }
                Some(most) => match line.hosts {
                    Some(hosts) => {
                        format!("{edition} is for up to {most} hosts, and this is {hosts}")
                    }
                    None => format!(
                        "{edition} for {} is for up to {most} hosts, and the deal does not say how many",
                        metric.count(quantity)
                    ),
                },
                None => format!(
                    "{edition} is for {} {}, and this is {}",
                    tier.quantity,
                    metric.unit.1,
                    metric.count(quantity)
                ),
            };
            verdict.refuse(&tier.rule, message);
        }
    }
}

/// The most hosts that it can be: those stated, else one a unit where that is few enough.
fn hosts(stated: Option<u32>, quantity: Quantity) -> Option<u32> {
    stated.or_else(|| u32::try_from(quantity.ceil()).ok())
}
