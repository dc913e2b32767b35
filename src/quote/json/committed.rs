//! What is paid even if nothing is used.

use crate::book::PricePeriod;
use crate::deal::{Deal, Line};
use crate::number::Money;
use crate::price::{PricedSegment, committed};
use serde::Serialize;

/// What of a line is paid even if nothing is used. Of a ramp, as of the line itself, a price is
/// that of the first year, and the contract value that of all.
#[derive(Serialize)]
pub(crate) struct CommittedJson {
    quantity: String,
    net_unit_price: String,
    monthly: String,
    annual: String,
    tcv: String,
}

impl CommittedJson {
    pub(crate) fn of(deal: &Deal<'_>, line: &Line<'_>) -> Option<Self> {
        let PricePeriod::Hour { per_month } = line.metric.price_period else { return None };
        let plain = |amount| deal.book.currency().plain(amount);
        let segments = line.segments.iter().map(|segment| committed(deal, line, segment));
        let segments: Option<Vec<_>> = segments.collect();
        let segments = segments?;
        let first = segments.first()?;
        Some(Self {
            quantity: line.committed?.to_string(),
            net_unit_price: plain(first.net()),
            monthly: plain(first.net() * first.list.times * per_month),
            annual: plain(first.at_net.annual),
            tcv: plain(segments.iter().map(PricedSegment::tcv).sum::<Money>()),
        })
    }
}
