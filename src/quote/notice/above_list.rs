//! Prices above list.

use super::Notice;
use crate::approve::{PricedDeal, Verdict};
use crate::price::{PricedSegment, StepSource, WaterfallStep};

/// A floor or an agreed price can lie above what anybody else pays.
pub(super) fn advise(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for (line, priced) in case.deal.lines.iter().zip(&case.pricing.lines) {
        let above = |it: &&PricedSegment<'_>| it.tcv() > it.list_tcv();
        // A fee above its range is outside policy, which says more.
        let priced = priced.segments.iter().filter(|it| it.list.tier.fee.is_none());
        for segment in priced.filter(above) {
            // What is put on for late payment is meant to be there.
            let raises = |step: &WaterfallStep<'_>| {
                matches!(step.grant, StepSource::Floor(_) | StepSource::Negotiated)
            };
            if !segment.waterfall.steps().iter().any(raises) {
                continue;
            }
            let last = segment.waterfall.steps().last();
            let message = format!(
                "{} at {} is above its list price of {}",
                line.metric.title,
                case.show(segment.net()),
                case.show(segment.list.price)
            );
            let rule = last.map_or(&line.metric.rule, |step| step.rule);
            notices.push(Notice::warning("above-list", message, rule));
        }
    }
}
