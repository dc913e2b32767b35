//! Fixed fees that lie outside their range, and packages that are split to be sold.

use crate::approve::{PricedDeal, VerdictSink};

pub(crate) fn judge<'b>(case: &PricedDeal<'_, 'b>, clerk: &mut dyn VerdictSink<'b>) {
    all_lines(case, clerk);
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
            clerk.refuse(&tier.rule, message);
        }
    }
}

/// A package is for so many: several of them are not a way to have more.
fn all_lines<'b>(case: &PricedDeal<'_, 'b>, clerk: &mut dyn VerdictSink<'b>) {
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
        clerk.refuse(&first.rule, message);
    }
}
