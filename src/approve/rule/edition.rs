//! What is sold: metrics that need approval, and editions named outside their range.

use crate::approve::{PricedDeal, VerdictSink};
use crate::book::{Metric, Tier};
use crate::deal::{Line, Segment};

pub(crate) fn judge<'b>(case: &PricedDeal<'_, 'b>, clerk: &mut dyn VerdictSink<'b>) {
    for line in &case.deal.lines {
        let metric = line.metric;
        let reason = format_args!("{} is sold with approval only", metric.title);
        clerk.require(&metric.approval, &metric.rule, reason);
        for segment in &line.segments {
            if let Some((tier, message)) = misfit(line, segment) {
                clerk.refuse(&tier.rule, format_args!("{message}"));
            }
        }
    }
    if case.deal.lines.len() > 1 {
        hosts_of_all_lines(case, clerk);
    }
}

/// A limit of hosts is for the customer, not for each line.
fn hosts_of_all_lines<'b>(case: &PricedDeal<'_, 'b>, clerk: &mut dyn VerdictSink<'b>) {
    for tier in case.deal.book.metrics().iter().flat_map(Metric::tiers) {
        let Some(most) = tier.max_hosts else { continue };
        let hosts = |line: &Line<'_>| {
            let mine = line.segments.iter().filter(|it| it.list.tier.rule == tier.rule);
            // A unit has no more than one host.
            let units = mine.map(|segment| segment.quantity.ceil()).max()?;
            Some(line.hosts.map_or(units, u64::from))
        };
        let lines: Vec<u64> = case.deal.lines.iter().filter_map(hosts).collect();
        let all: u64 = lines.iter().sum();
        if lines.len() > 1 && all > u64::from(most) {
            let edition = tier.edition.as_deref().unwrap_or_default();
            let message = format_args!(
                "{edition} is for up to {most} hosts in all, and these lines can be {all}"
            );
            clerk.refuse(&tier.rule, message);
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
