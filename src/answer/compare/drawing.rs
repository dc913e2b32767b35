//! What two ways cost, as points to draw: by units, by use, by years.

use super::break_even::{BreakEven, UnitBreakEven, UseBreakEven, YearBreakEven};
use super::course::{ComparedYears as Compared, ListOrNet};
use super::turns::CrossoverRange;
use super::{Need, NeedComparison};
use crate::approve::spans;
use crate::book::{Metric, PricePeriod};
use crate::deal::Deal;
use crate::number::{Increment, Money, Quantity};
use crate::price::curve::{LinePrices, QuantitySpan};
use std::cmp::Ordering;

/// Two ways at net, against what it turns by.
#[derive(Debug)]
pub struct BreakEvenChart<'b> {
    /// What it turns by.
    pub along: Axis,
    /// What is drawn.
    pub metric: &'b Metric,
    /// What it is held against.
    pub other: &'b Metric,
    /// What the first costs: ascending, and in pieces where the book breaks.
    pub pieces: Vec<Vec<(u64, Money)>>,
    /// What the second costs, from the first place to the last.
    pub beside: Vec<(u64, Money)>,
    /// From where to where the first costs less; of years, the second has cost no more.
    pub cheaper: Vec<(u64, u64)>,
}

/// What two ways are drawn against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// Units that are bought.
    Units,
    /// Units in use on average.
    Use,
    /// Years that go by.
    Years,
}

/// How many quantities are priced for a drawing.
const SAMPLES: u64 = 200;

/// Most years of a drawing.
const MOST_YEARS: u32 = Deal::MAX_HORIZON;

impl<'b> NeedComparison<'_, 'b> {
    /// Every break-even of subscriptions, use and licences that can be drawn, with the line that it
    /// is of, from 0.
    pub fn drawings(&self) -> Vec<(usize, BreakEvenChart<'b>)> {
        let mut drawings = Vec::new();
        for (at, need) in self.needs.iter().enumerate() {
            let drawn = need.break_evens.iter().filter_map(|found| match found {
                BreakEven::Units(turning) => self.of_units(need, turning),
                BreakEven::Use(turning) => self.of_use(need, turning),
                BreakEven::Years(turning) => self.of_years(need, turning),
            });
            drawings.extend(drawn.map(|it| (at, it)));
        }
        drawings
    }

    /// To twice as many as it turns at; nothing, where it does not.
    fn of_units(&self, need: &Need<'b>, turning: &UnitBreakEven<'b>) -> Option<BreakEvenChart<'b>> {
        let metric = turning.metric;
        if metric.price_period() != PricePeriod::Year {
            return None;
        }
        let turn = turning.ranges.net.iter().filter_map(|range| range.to).max()?;
        let last = turn.saturating_mul(2).min(Quantity::MAX);
        let begin = metric.tiers().first()?.quantity().from().max(1);
        let terms = self.deal.without_items().with_order(metric, Quantity::whole(begin)?)?;
        let ranges = &turning.ranges.net;
        let pieces = pieces(&terms, metric, last, self.span);
        drawing(
            Axis::Units,
            [metric, need.own.metric],
            pieces,
            need.own.net.cost_over(self.span),
            ranges,
        )
    }

    fn of_use(&self, need: &Need<'b>, turning: &UseBreakEven<'b>) -> Option<BreakEvenChart<'b>> {
        let of = |metric: &Metric| need.all().find(|it| it.metric.name() == metric.name());
        let (used, other) = (of(turning.metric)?, of(turning.other)?);
        let last = turning.units.floor();
        let pieces = pieces(&used.deal, turning.metric, last, self.span);
        let ranges = &turning.ranges.net;
        let pair = [turning.metric, turning.other];
        drawing(Axis::Use, pair, pieces, other.net.cost_over(self.span), ranges)
    }

    /// To the horizon, and a little beyond the year in which it turns.
    fn of_years(&self, need: &Need<'b>, turning: &YearBreakEven<'b>) -> Option<BreakEvenChart<'b>> {
        let of = |metric: &Metric| need.all().find(|it| it.metric.name() == metric.name());
        let (licence, other) = (of(turning.metric)?, of(turning.other)?);
        let turn = turning.courses.net.break_even();
        let turn = turn.and_then(|year| u32::try_from(year).ok()).filter(|it| *it <= MOST_YEARS);
        let after = turn.map_or(10, |turn| turn + turn / 4 + 1).min(MOST_YEARS);
        let last = after.max(self.span.length().years());
        let course = &turning.courses.net;
        let points = |cost: &dyn Fn(u32) -> Money| -> Vec<_> {
            (1..=last).map(|year| (u64::from(year), cost(year))).collect()
        };
        Some(BreakEvenChart {
            along: Axis::Years,
            metric: other.metric,
            other: licence.metric,
            pieces: vec![points(&|year| course.subscribed(year))],
            beside: points(&|year| course.perpetual(year)),
            cheaper: turn.map(|turn| (turn.into(), last.into())).into_iter().collect(),
        })
    }
}

fn drawing<'b>(
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

/// What quantities of a metric cost, in even steps, with the ends of all that the book breaks.
fn pieces(deal: &Deal<'_>, metric: &Metric, last: u64, span: Compared) -> Vec<Vec<(u64, Money)>> {
    let prices = LinePrices::of_units(deal);
    let step = (last / SAMPLES).max(1);
    let spans =
        spans(deal.book(), metric, Increment::UNIT).into_iter().filter(|it| it.from <= last);
    let pieces = spans.map(|QuantitySpan { from, to }| {
        let to = to.unwrap_or(last).min(last);
        let between = (from / step + 1..=to / step).map(|at| at * step);
        let mut quantities: Vec<_> = std::iter::once(from).chain(between).chain([to]).collect();
        quantities.dedup();
        let cost = |at| Some((at, ListOrNet::Net.cost_over(&prices.price_at(at)?, span)));
        quantities.into_iter().filter_map(cost).collect::<Vec<_>>()
    });
    pieces.filter(|piece| !piece.is_empty()).collect()
}
