//! Fixed fees that lie outside their range, and packages that are split to be sold.

use super::{Case, Verdict};

pub(super) fn judge(case: &Case<'_, '_>, verdict: &mut Verdict) {
    all_lines(case, verdict);
    for line in &case.deal.lines {
        for segment in &line.segments {
            let tier = segment.list.tier;
            let (Some(range), Some(asked)) = (tier.fee, segment.fee) else { continue };
            if range.contains(asked) {
                continue;
            }
            let message = format_args!(
                "{} for {} {} costs {}, and this is {}",
                line.metric.title,
                tier.quantity,
                line.metric.unit.1,
                case.deal.book.currency.show_range(range),
                case.show(asked)
            );
            verdict.refuse(&tier.rule, message);
        }
    }
}

/// A package is for so many: several of them are not a way to have more.
fn all_lines(case: &Case<'_, '_>, verdict: &mut Verdict) {
    for metric in case.deal.book.metrics() {
        let Some(first) = metric.tiers.iter().find(|tier| tier.fee.is_some()) else { continue };
        let quantity = case.deal.quantity_of(metric);
        if quantity.is_zero() || metric.tier(quantity).is_some() {
            continue;
        }
        let ranges: Vec<_> = metric.tiers.iter().map(|tier| tier.quantity.to_string()).collect();
        let (title, found) = (&metric.title, metric.count(quantity));
        let message = format_args!(
            "{title} is for {} {}, and all lines together are {found}",
            ranges.join(", "),
            metric.unit.1
        );
        verdict.refuse(&first.rule, message);
    }
}
