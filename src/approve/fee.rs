//! Fixed fees that lie outside their range.

use super::{Case, Verdict};

pub(super) fn judge(case: &Case<'_, '_>, verdict: &mut Verdict) {
    for line in &case.deal.lines {
        for segment in &line.segments {
            let tier = segment.list.tier;
            let (Some(range), Some(asked)) = (tier.fee, segment.fee) else { continue };
            if range.contains(asked) {
                continue;
            }
            let message = format!(
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
