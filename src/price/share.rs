//! Prices that are a share of what other lines cost.

use super::{Waterfall, price_segment};
use crate::book::{LineShare, ListPrice, PriceBasis, ShareBase};
use crate::deal::{Deal, Line, Segment};
use crate::number::Money;

/// Cost of the lines of some metrics in a year, with what is paid once for them.
#[derive(Debug, Clone, Copy, Default)]
pub struct SharedLines {
    pub list: Money,
    pub net: Money,
    /// At the exact prices before programs.
    pub before_programs: Money,
}

impl SharedLines {
    /// Adds up the lines that a share is of, in the years of a segment.
    pub fn of<'b>(deal: &Deal<'b>, share: &LineShare, segment: &Segment<'b>) -> Self {
        let mut all = Self::default();
        for line in deal.lines.iter().filter(|line| share.is_of(line.metric)) {
            let at = line.segment_of_year(segment.year).unwrap_or_default();
            let Some(year) = line.segments.get(at) else { continue };
            let priced = price_segment(deal, line, year);
            let (list, net) = (priced.at_list, priced.at_net);
            all.list = all.list + list.annual + list.once;
            all.net = all.net + net.annual + net.once;
            all.before_programs = all.before_programs + priced.annual_before_programs + net.once;
        }
        all
    }
}

/// Returns the list price of a segment: of a share of other lines, that of these lines.
pub(super) fn list<'b>(deal: &Deal<'b>, line: &Line<'b>, segment: &Segment<'b>) -> ListPrice<'b> {
    let list = segment.pooled_list();
    let Some(share) = &line.metric.share else { return list };
    let price = share.in_year(segment.year, SharedLines::of(deal, share, segment).list);
    ListPrice { basis: PriceBasis::Line, price, ..list }
}

/// Adds the step from the list price to a share of net prices.
pub(super) fn add_net_share<'b>(
    waterfall: &mut Waterfall<'b>,
    deal: &Deal<'b>,
    line: &Line<'b>,
    segment: &Segment<'b>,
) {
    let share = line.metric.share.as_ref().filter(|share| share.base == ShareBase::Net);
    if let Some(share) = share {
        let net = SharedLines::of(deal, share, segment).net;
        waterfall.share_net(share.in_year(segment.year, net), &line.metric.rule);
    }
}
