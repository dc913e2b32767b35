//! Notices about prices by use: estimates, and use that is committed.

use super::{Notice, kinds, larger_order};
use crate::approve::{PricedDeal, Verdict};
use crate::book::PricePeriod;
use crate::deal::Deal;
use crate::number::{Money, Quantity};
use crate::price::{PricedSegment, committed, month};

/// Notes that a price by use is an estimate until the use is known. Use is billed monthly in arrears on
/// what was used (playbook L1760).
pub(super) fn estimate(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for line in &case.deal.lines {
        if line.metric.is_metered() {
            let hours = match line.metric.price_period {
                PricePeriod::Hour { per_month } => format!(", at {per_month} hours per month"),
                _ => " of a month".to_owned(),
            };
            let way = case.deal.billing_schedule(line.metric);
            let way = way.map_or("on actual use", |schedule| schedule.title.as_str());
            let title = &line.metric.title;
            let message = format!("{title} is an estimate{hours}; it is billed {way}");
            notices.push(Notice::new(&kinds::ESTIMATED_USE, message, &line.metric.rule));
        }
    }
}

/// Notes how much committed use costs a month, and warns where a larger commitment would cost less: the start of a
/// range can cost less than the end of the range before.
pub(super) fn committed_use(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for (at, line) in case.deal.lines.iter().enumerate() {
        let Some(per_month) = line.metric.times_per_metered_month() else { continue };
        let Some(count) = line.committed else { continue };
        for segment in 0..line.segments.len() {
            let Some(priced) = committed(case.deal, at, segment) else { continue };
            let (units, cost) =
                (line.metric.count(count), case.show(month(case.deal.book, &priced, per_month)));
            let are = if count == Quantity::ONE { "is" } else { "are" };
            let message = match line.metric.price_period {
                PricePeriod::Hour { per_month } => format!(
                    "{units} on average {are} charged even if not used: {cost} in a month of \
                     {per_month} hours"
                ),
                _ => format!("{units} {are} charged even if not used: {cost} per month"),
            };
            notices.push(Notice::new(&kinds::COMMITTED_USE, message, &line.metric.rule));
            notices.extend(larger_commitment(case, (at, segment), &priced, per_month));
        }
    }
}

/// Returns a warning with the larger commitment that costs least. Returns `None` where none costs less. Of
/// lines that count together, the first one says it for all.
fn larger_commitment(
    case: &PricedDeal<'_, '_>,
    (at, segment): (usize, usize),
    priced: &PricedSegment<'_>,
    per_month: u32,
) -> Option<Notice> {
    let line = case.deal.lines.get(at)?;
    let (own, counted) = (line.committed?, priced.segment.counted);
    let mine = case.deal.counted_with(at).filter(|&at| case.deal.lines[at].committed.is_some());
    let mine: Vec<usize> = mine.collect();
    if mine.first() != Some(&at) {
        return None;
    }
    let all = |deal: &Deal<'_>| {
        // A commitment is the same in all years.
        let year = |line: usize| if line == at { segment } else { 0 };
        let priced = mine.iter().map(|&line| committed(deal, line, year(line)));
        let priced = priced.map(|priced| Some(month(deal.book, &priced?, per_month)));
        priced.sum::<Option<Money>>()
    };
    let now = all(case.deal)?;
    let starts = larger_order::starts(case, line).into_iter().filter(|start| *start > counted);
    let priced = starts.filter_map(|start| {
        let larger = case.deal.with_commitment(at, own + start.beyond(counted))?;
        Some((all(&larger)?, start))
    });
    let (cost, start) = priced.min().filter(|(cost, _)| *cost < now)?;
    let (more, count) = (line.metric.count(start), counted.grouped());
    let (cost, now) = (case.show(cost), case.show(now));
    let message = format!(
        "commit to {more} instead of {count}: a month then costs at least {cost} instead of {now}"
    );
    let rule = line.metric.tier(start).map_or(&line.metric.rule, |tier| &tier.rule);
    Some(Notice::new(&kinds::LARGER_COMMITMENT, message, rule))
}
