//! What is paid even if nothing is used.

use super::{PricedSegment, Pricing, price_segment};
use crate::book::PricePeriod;
use crate::deal::{Deal, Line, Segment};
use crate::number::Money;

/// The figures of a segment with nothing but what is committed, if something is.
pub fn committed<'b>(
    deal: &Deal<'b>,
    line: &Line<'b>,
    segment: &Segment<'b>,
) -> Option<PricedSegment<'b>> {
    Some(price_segment(deal, line, &deal.committed(line, segment)?))
}

/// The contract value without any use: of what is paid by the hour only what is
/// committed, and services all the same. Nothing for a deal without a commitment.
pub fn committed_tcv(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Option<Money> {
    if deal.lines.iter().all(|line| line.committed.is_none()) {
        return None;
    }
    let lines = deal.lines.iter().zip(&pricing.lines);
    let certain = lines.map(|(line, priced)| match line.metric.price_period {
        PricePeriod::Hour { .. } => {
            let segments = line.segments.iter();
            segments.filter_map(|it| Some(committed(deal, line, it)?.tcv())).sum()
        }
        PricePeriod::Year | PricePeriod::Once { .. } => priced.tcv,
    });
    Some(certain.sum::<Money>() + pricing.services_price())
}
