//! Notices about prices by use: estimates, and use that is committed.

use super::{Notice, larger_order};
use crate::approve::{PricedDeal, Verdict};
use crate::book::PricePeriod;
use crate::deal::{Line, Segment};
use crate::number::{Money, Quantity};
use crate::price::{committed, price_segment};

/// Notes that a price by use is an estimate until the use is known. Use is billed monthly in arrears on
/// what was used (playbook L1760).
pub(super) fn estimate(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for line in &case.deal.lines {
        if let PricePeriod::Hour { per_month } = line.metric.price_period {
            let way = case.deal.billing_schedule(line.metric);
            let way = way.map_or("on actual use", |schedule| schedule.title.as_str());
            let title = &line.metric.title;
            let message = format!(
                "{title} is an estimate, at {per_month} hours per month; it is billed {way}"
            );
            notices.push(Notice::note("estimated-use", message, &line.metric.rule));
        }
    }
}

/// Notes how much committed use costs a month, and warns where a larger commitment would cost less: the start of a
/// range can cost less than the end of the range before.
pub(super) fn committed_use(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for line in &case.deal.lines {
        let PricePeriod::Hour { per_month } = line.metric.price_period else { continue };
        let Some(count) = line.committed else { continue };
        for segment in &line.segments {
            let Some(priced) = committed(case.deal, line, segment) else { continue };
            let month = priced.net() * priced.list.times * per_month;
            let (units, cost) = (line.metric.count(count), case.show(month));
            let are = if count == Quantity::ONE { "is" } else { "are" };
            let message = format!(
                "{units} on average {are} charged even if not used: {cost} in a month of \
                 {per_month} hours"
            );
            notices.push(Notice::note("committed-use", message, &line.metric.rule));
            notices.extend(larger_commitment(case, line, segment, count, month));
        }
    }
}

/// Returns a warning with the larger commitment that costs least. Returns `None` where none costs less.
fn larger_commitment(
    case: &PricedDeal<'_, '_>,
    line: &Line<'_>,
    segment: &Segment<'_>,
    count: Quantity,
    month: Money,
) -> Option<Notice> {
    let PricePeriod::Hour { per_month } = line.metric.price_period else { return None };
    let starts = larger_order::starts(case, line).into_iter().filter(|start| *start > count);
    let priced = starts.filter_map(|start| {
        let variant = case.deal.segment_with(line, segment, start)?;
        let priced = price_segment(case.deal, line, &variant);
        Some((priced.net() * priced.list.times * per_month, start))
    });
    let (cost, start) = priced.min().filter(|(cost, _)| *cost < month)?;
    let (more, count) = (line.metric.count(start), count.grouped());
    let (cost, month) = (case.show(cost), case.show(month));
    let message = format!(
        "commit to {more} instead of {count}: a month then costs at least {cost} instead of {month}"
    );
    let rule = line.metric.tier(start).map_or(&line.metric.rule, |tier| &tier.rule);
    Some(Notice::warning("larger-commitment-costs-less", message, rule))
}
