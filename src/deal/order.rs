//! Orders: what a deal buys in a contract year of the metrics that find the steps of a discount together.

use super::cut::{cut, join};
use super::line::OrderedYear;
use super::{Line, Segment};
use crate::book::{OrderedMetric, PricePeriod};
use crate::number::Money;
use std::sync::Arc;

impl<'b> Line<'b> {
    /// Returns what the line adds to an order in the years of a segment. Units that are free, at list or as agreed, are
    /// not bought.
    pub(super) fn ordered(&self, segment: &Segment<'b>) -> Option<OrderedMetric<'b>> {
        let metric = self.metric;
        if metric.ordered_with.is_empty() || segment.list.price.is_zero() {
            return None;
        }
        let year = segment.list_of_year(metric.places) * metric.price_period.times_per_year();
        let is_bought = !segment.quantity.is_zero() && segment.agreed_price() != Some(Money::ZERO);
        is_bought.then_some(OrderedMetric {
            metric: &metric.name,
            units: segment.quantity,
            list: year,
        })
    }

    /// Returns the order of a line by itself in the years of a segment; `None` for a metric that no discount orders
    /// with others.
    pub(super) fn order_alone(&self, segment: &Segment<'b>) -> Option<OrderedYear<'b>> {
        let has_order = !self.metric.ordered_with.is_empty();
        has_order.then(|| self.ordered(segment).into_iter().collect())
    }
}

/// Finds what all lines order in each year. Lines that order together are cut where a year of any of them differs.
pub(super) fn count_orders(lines: &mut [Line<'_>]) {
    let is_ordered = |line: &&mut Line<'_>| !line.metric.ordered_with.is_empty();
    let mut mine: Vec<&mut Line<'_>> = lines.iter_mut().filter(is_ordered).collect();
    if mine.is_empty() {
        return;
    }
    let mut ends: Vec<u32> = mine.iter().flat_map(|line| line.year_ends()).collect();
    let is_once = |line: &Line<'_>| matches!(line.metric.price_period, PricePeriod::Once { .. });
    if ends.iter().any(|end| *end > 1) && mine.iter().any(|line| is_once(line)) {
        ends.push(1);
    }
    ends.sort_unstable();
    ends.dedup();
    // A draft whose term could not be read can have ramps of any length, and is no deal.
    if mine.iter().any(|line| line.year_ends().last() != ends.last().copied()) {
        return;
    }
    // What is paid once is one purchase, which is ordered in the first year.
    for line in mine.iter_mut().filter(|line| !is_once(line)) {
        line.segments = cut(&line.segments, &ends);
    }
    for run in 0..ends.len() {
        let mut ordered: Vec<OrderedMetric<'_>> = Vec::new();
        for line in mine.iter().filter(|line| run == 0 || !is_once(line)) {
            let Some(more) = line.ordered(&line.segments[run]) else { continue };
            match ordered.iter_mut().find(|known| known.metric == more.metric) {
                Some(known) => {
                    known.units = known.units + more.units;
                    known.list = known.list + more.list;
                }
                None => ordered.push(more),
            }
        }
        // The coins that are left of an amount go to the first metrics, whatever the order of the lines.
        ordered.sort_unstable_by_key(|it| it.metric);
        let ordered: OrderedYear<'_> = ordered.into();
        for line in mine.iter_mut().filter(|line| run == 0 || !is_once(line)) {
            line.segments[run].order = Some(Arc::clone(&ordered));
        }
    }
    for line in mine.into_iter().filter(|line| !is_once(line)) {
        join(&mut line.segments);
        line.number_years();
    }
}
