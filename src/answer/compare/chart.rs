//! Points of a break-even chart: the cost of two metrics by units, by use or by years.

use super::break_even::{BreakEven, CrossoverRange, UnitBreakEven, UseBreakEven, YearBreakEven};
use super::candidate::Candidate;
use super::cost_by_year::ListOrNet;
use super::need::{Need, NeedComparison};
use crate::approve::spans;
use crate::book::Metric;
use crate::deal::Deal;
use crate::number::{Increment, Money, Quantity};
use crate::price::curve::{LinePrices, QuantitySpan};
use std::cmp::Ordering;

/// The cost at net price of two metrics along an axis.
#[derive(Debug)]
pub struct BreakEvenChart<'b> {
    pub along: Axis,
    pub metric: &'b Metric,
    pub other: &'b Metric,
    /// The costs of `metric`, ascending, in pieces that end at the breakpoints of the book.
    pub pieces: Vec<Vec<(u64, Money)>>,
    /// The costs of `other`, from the first point of the axis to the last.
    pub beside: Vec<(u64, Money)>,
    /// Ranges of the axis where `metric` costs less; by years, where a perpetual license costs no more.
    pub cheaper: Vec<(u64, u64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    Units,
    Use,
    /// Years since the start of the contract.
    Years,
}

/// How many quantities are priced for a chart, besides the breakpoints.
const SAMPLES: u64 = 200;

const MOST_YEARS: u32 = Deal::MAX_HORIZON;

impl<'b> NeedComparison<'_, 'b> {
    /// Returns each chart that can be drawn, with the place of its line in the deal, from 0.
    pub fn drawings(&self) -> Vec<(usize, BreakEvenChart<'b>)> {
        let mut charts = Vec::new();
        for (at, need) in self.needs.iter().enumerate() {
            let of_need = need.break_evens.iter().filter_map(|break_even| match break_even {
                BreakEven::Units(by_units) => self.by_units(need, by_units),
                BreakEven::Use(by_use) => self.by_use(need, by_use),
                BreakEven::Years(by_years) => self.by_years(need, by_years),
            });
            charts.extend(of_need.map(|chart| (at, chart)));
        }
        charts
    }

    /// Draws up to twice the last quantity at which the cheaper metric changes, if there is one.
    fn by_units(&self, need: &Need<'b>, found: &UnitBreakEven<'b>) -> Option<BreakEvenChart<'b>> {
        let metric = found.metric;
        if !metric.price_period().is_subscription() {
            return None;
        }
        let ranges = &found.ranges.net;
        let break_even = ranges.iter().filter_map(|range| range.to).max()?;
        let last = break_even.saturating_mul(2).min(Quantity::MAX);
        let begin = metric.tiers().first()?.quantity().from().max(1);
        let terms = self.deal.without_items().with_order(metric, Quantity::whole(begin)?)?;
        let pieces = self.pieces(&terms, metric, last);
        let level = need.own.net.cost_over(self.span);
        chart(Axis::Units, [metric, need.own.metric], pieces, level, ranges)
    }

    fn by_use(&self, need: &Need<'b>, found: &UseBreakEven<'b>) -> Option<BreakEvenChart<'b>> {
        let (used, other) = (by(need, found.metric)?, by(need, found.other)?);
        let pieces = self.pieces(&used.deal, found.metric, found.units.floor());
        let level = other.net.cost_over(self.span);
        chart(Axis::Use, [found.metric, found.other], pieces, level, &found.ranges.net)
    }

    /// Draws to the horizon, and a little beyond the year of the break-even.
    fn by_years(&self, need: &Need<'b>, found: &YearBreakEven<'b>) -> Option<BreakEvenChart<'b>> {
        let (license, other) = (by(need, found.metric)?, by(need, found.other)?);
        let costs = &found.courses.net;
        let year = costs.break_even().and_then(|year| u32::try_from(year).ok());
        let year = year.filter(|year| *year <= MOST_YEARS);
        let after = year.map_or(10, |year| year + year / 4 + 1).min(MOST_YEARS);
        let last = after.max(self.span.length.years());
        let points = |cost: &dyn Fn(u32) -> Money| -> Vec<_> {
            (1..=last).map(|year| (u64::from(year), cost(year))).collect()
        };
        Some(BreakEvenChart {
            along: Axis::Years,
            metric: other.metric,
            other: license.metric,
            pieces: vec![points(&|year| costs.subscribed(year))],
            beside: points(&|year| costs.perpetual(year)),
            cheaper: year.map(|year| (year.into(), last.into())).into_iter().collect(),
        })
    }

    /// Returns the costs of quantities, in even steps and at the ends of every span of the book.
    fn pieces(&self, deal: &Deal<'_>, metric: &Metric, last: u64) -> Vec<Vec<(u64, Money)>> {
        let prices = LinePrices::of_units(deal);
        let step = (last / SAMPLES).max(1);
        let spans = spans(deal.book(), metric, Increment::UNIT).into_iter();
        let pieces = spans.filter(|it| it.from <= last).map(|QuantitySpan { from, to }| {
            let to = to.unwrap_or(last).min(last);
            let between = (from / step + 1..=to / step).map(|at| at * step);
            let mut quantities: Vec<_> = std::iter::once(from).chain(between).chain([to]).collect();
            quantities.dedup();
            let cost = |at| Some((at, ListOrNet::Net.cost_over(&prices.years_at(at)?, self.span)));
            quantities.into_iter().filter_map(cost).collect::<Vec<_>>()
        });
        pieces.filter(|piece| !piece.is_empty()).collect()
    }
}

fn by<'n, 'b>(need: &'n Need<'b>, metric: &Metric) -> Option<&'n Candidate<'b>> {
    need.all().find(|it| it.metric.name() == metric.name())
}

/// Returns the chart of a metric against a cost that does not change along the axis.
fn chart<'b>(
    along: Axis,
    [metric, other]: [&'b Metric; 2],
    pieces: Vec<Vec<(u64, Money)>>,
    level: Money,
    ranges: &[CrossoverRange],
) -> Option<BreakEvenChart<'b>> {
    let (first, last) = (pieces.first()?.first()?.0, pieces.last()?.last()?.0);
    let less = ranges.iter().filter(|it| it.costs == Ordering::Less && it.from <= last);
    let cheaper = less.map(|it| (it.from, it.to.unwrap_or(last).min(last))).collect();
    let beside = vec![(first, level), (last, level)];
    Some(BreakEvenChart { along, metric, other, pieces, beside, cheaper })
}
