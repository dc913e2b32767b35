//! The price curve of a metric: prices of the engine at every quantity under the terms of a deal, and the orders
//! that cost more than a larger one. Quantities are counts of the smallest part that the metric is sold in.

use crate::book::{Metric, PriceBasis, TierMode};
use crate::deal::Deal;
use crate::number::{Increment, Money, Quantity};
use crate::price::{PricedSegment, StepSource, WaterfallStep, price_segment};
use std::iter::once;

/// The prices of a metric, from the smallest order to twice as much as its last range begins with.
#[derive(Debug)]
pub struct PriceCurve<'b> {
    pub metric: &'b Metric,
    /// The pieces of the curve, ascending, never empty. Another rule of the book holds from piece to piece.
    pub pieces: Vec<CurvePiece>,
    /// The orders that cost more than a larger one, ascending.
    pub cliffs: Vec<Cliff>,
}

/// Quantities for which the same rules hold: all from the first point to the last.
#[derive(Debug)]
pub struct CurvePiece {
    /// The ends of the piece and some points in between, ascending.
    pub points: Vec<CurvePoint>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurvePoint {
    /// The quantity, as a count of increments.
    pub quantity: u64,
    /// The net price of a unit; `None` where units do not all cost the same, in one year or from year to year.
    pub unit: Option<Money>,
    pub total: Money,
}

/// The number of quantities that are priced at least, where the metric is sold in so many.
const SAMPLES: u64 = 200;

impl<'b> PriceCurve<'b> {
    /// Draws the curve of a metric under the terms of a deal, cut at the breakpoints of the book. Returns `None` for a
    /// metric without a price list, which is sold at a fee that the deal names.
    pub fn of(deal: &Deal<'b>, metric: &'b Metric, spans: &[QuantitySpan]) -> Option<Self> {
        let first = metric.tiers().first()?.quantity().from().max(1);
        let deal = deal.without_items().with_order(metric, Quantity::whole(first)?)?;
        let prices = LinePrices::of(&deal);
        let increment = metric.increment();
        // By logarithms the parts of the first unit would take as much room as a thousand units.
        let unit = increment.last(1);
        let first = increment.first(first).max(unit);
        let begun = spans.last()?.from;
        let last = begun
            .next_multiple_of(unit)
            .saturating_mul(2)
            .min(spans.last()?.to.unwrap_or(increment.last(Quantity::MAX)));
        let between = samples(first, last);
        let pieces = spans.iter().filter_map(|span| {
            let to = span.to.unwrap_or(last).min(last);
            let from = span.from.max(first);
            let inside = between.iter().copied().filter(|it| from < *it && *it < to);
            let mut quantities = vec![from];
            quantities.extend(inside.chain((to > from).then_some(to)));
            let points: Vec<_> =
                quantities.into_iter().filter_map(|it| point(prices, it)).collect();
            (!points.is_empty()).then_some(CurvePiece { points })
        });
        let pieces: Vec<_> = pieces.collect();
        let stretches: Vec<_> = spans.iter().map(|span| prices.priced_span(*span)).collect();
        let cliffs = cliffs(&stretches, &[]).into_iter().flatten().collect();
        (!pieces.is_empty()).then_some(Self { metric, pieces, cliffs })
    }

    pub const fn increment(&self) -> Increment {
        self.metric.increment()
    }

    pub fn points(&self) -> impl Iterator<Item = &CurvePoint> + Clone {
        self.pieces.iter().flat_map(|piece| &piece.points)
    }
}

fn point(prices: LinePrices<'_, '_>, quantity: u64) -> Option<CurvePoint> {
    let years = prices.years_at(quantity)?;
    let unit = match years.as_slice() {
        [all] if matches!(all.list.basis, PriceBasis::Unit) => Some(all.net()),
        _ => None,
    };
    Some(CurvePoint { quantity, unit, total: total(&years) })
}

fn total(years: &[PricedSegment<'_>]) -> Money {
    years.iter().map(PricedSegment::tcv).sum()
}

/// Returns quantities at equal ratios, as far as whole numbers allow.
fn samples(first: u64, last: u64) -> Vec<u64> {
    let (low, high) = (logarithm(first), logarithm(last));
    let mut found: Vec<u64> = Vec::new();
    let mut least = first;
    for step in 0..=SAMPLES {
        let wanted = low + (high - low) * step / SAMPLES;
        least = self::first(least, last, |quantity| logarithm(quantity) >= wanted);
        found.push(least);
    }
    found.dedup();
    found
}

/// Binary places behind the point of a logarithm.
const PLACES: u32 = 16;

/// Returns the logarithm of a number to base 2 in 65,536ths, rounded down; 0 for 0. Whole numbers alone give the
/// same result on every machine.
///
/// ```
/// use dealdesk::price::curve::logarithm;
/// assert_eq!(logarithm(1), 0);
/// assert_eq!(logarithm(8), 3 << 16);
/// assert_eq!(logarithm(10), 217_705); // 3.32193 x 65,536
/// ```
pub fn logarithm(number: u64) -> u64 {
    let Some(whole) = number.checked_ilog2() else { return 0 };
    // The number over the power of two below it, from 1 up to 2, in 2^63rds.
    let mut rest = u128::from(number) << (63 - whole);
    let mut digits = u64::from(whole);
    for _ in 0..PLACES {
        // Squaring doubles the logarithm, which shows its next digit.
        rest = (rest * rest) >> 63;
        let digit = rest >> 64;
        digits = digits << 1 | u64::from(digit > 0);
        rest >>= digit;
    }
    digits
}

/// The engine's prices of the first line of a deal at any quantity, with all other terms unchanged. Quantities
/// are counts of increments.
#[derive(Debug, Clone, Copy)]
pub struct LinePrices<'a, 'b> {
    deal: &'a Deal<'b>,
    increment: Increment,
}

impl<'a, 'b> LinePrices<'a, 'b> {
    /// Prices every quantity that the metric is sold in.
    pub fn of(deal: &'a Deal<'b>) -> Self {
        let prices = Self { deal, increment: Increment::UNIT };
        Self { increment: prices.metric().map_or(Increment::UNIT, Metric::increment), ..prices }
    }

    /// Prices whole units alone, also of a metric that is sold in parts.
    pub const fn of_units(deal: &'a Deal<'b>) -> Self {
        Self { deal, increment: Increment::UNIT }
    }

    pub fn metric(self) -> Option<&'b Metric> {
        self.deal.lines.first().map(|line| line.metric)
    }

    /// Prices the first year of a quantity, which stands for all years where no discount is for years of the contract.
    /// Returns `None` for a quantity that is not sold, or whose figures exceed the exact limits.
    pub fn price_at(self, quantity: u64) -> Option<PricedSegment<'b>> {
        self.years_at(quantity)?.into_iter().next()
    }

    /// Prices all years of a quantity, like [`Self::price_at`].
    pub fn years_at(self, quantity: u64) -> Option<Vec<PricedSegment<'b>>> {
        let line = self.deal.lines.first()?;
        let quantity = self.increment.quantity(quantity)?;
        let years = self.deal.segments_with(0, quantity)?.into_iter();
        Some(years.map(|year| price_segment(self.deal, line, &year)).collect())
    }

    /// Returns the last quantity of a span that has a price. Amounts beyond the limits of exact calculation have
    /// none, while a smaller order of the same span can have one.
    pub fn last(self, from: u64, to: u64) -> Option<u64> {
        if self.price_at(to).is_some() {
            return Some(to);
        }
        self.price_at(from)?;
        Some(first(from, to, |quantity| self.price_at(quantity).is_none()) - 1)
    }

    pub const fn priced_span(self, span: QuantitySpan) -> PricedSpan<'a, 'b> {
        PricedSpan { span, prices: self }
    }

    pub fn total(self, quantity: u64) -> Option<Money> {
        self.years_at(quantity).map(|years| total(&years))
    }

    /// Cuts a span where a limit of a price ends, such as the minimum of a line. Between two cuts a total is linear in the quantity, but for
    /// started packages and for the rounding of a whole line.
    pub fn linear_spans(self, span: QuantitySpan) -> Vec<PricedSpan<'a, 'b>> {
        let most = span.to.unwrap_or_else(|| self.increment.last(Quantity::MAX));
        let ends = self.limits(span.from).into_iter().filter_map(|it| {
            let is_over = |quantity| !self.limits(quantity).contains(&it);
            is_over(most).then(|| first(span.from, most, is_over))
        });
        let mut starts: Vec<u64> = once(span.from).chain(ends).collect();
        starts.sort_unstable();
        starts.dedup();
        span.cut(&starts).map(|span| self.priced_span(span)).collect()
    }

    /// Returns the limits that decide the price of a quantity, each with the place of its year. More units only end a
    /// limit.
    fn limits(self, quantity: u64) -> Vec<(usize, Limit)> {
        let years = self.years_at(quantity).unwrap_or_default();
        let of_year = |(at, priced): (usize, &PricedSegment<'_>)| {
            self.limits_of(quantity, priced).into_iter().map(move |limit| (at, limit))
        };
        years.iter().enumerate().flat_map(of_year).collect()
    }

    fn limits_of(self, quantity: u64, priced: &PricedSegment<'_>) -> Vec<Limit> {
        let Some(metric) = self.metric() else { return Vec::new() };
        let included = match metric.mode {
            TierMode::Package { included, .. } => self.increment.last(included.into()),
            TierMode::Volume | TierMode::Graduated => 0,
        };
        let line = self.deal.lines.first();
        let committed = line.and_then(|line| line.committed).filter(|_| metric.overage.is_some());
        let is_committed = committed >= self.increment.quantity(quantity);
        let is_minimum = |minimum| priced.list.price <= minimum;
        let has_step = |is: fn(&WaterfallStep<'_>) -> bool| priced.waterfall.steps.iter().any(is);
        let limits = [
            (Limit::Included, quantity <= included),
            (Limit::Commitment, is_committed),
            (Limit::Minimum, metric.charges.minimum.is_some_and(is_minimum)),
            (Limit::Floor, has_step(|it| matches!(it.grant, StepSource::Floor(_)))),
            (Limit::NetMinimum, has_step(|it| matches!(it.grant, StepSource::Minimum))),
            (Limit::Zero, has_step(|it| it.price.is_zero())),
        ];
        limits.into_iter().filter(|(_, decides)| *decides).map(|(limit, _)| limit).collect()
    }
}

/// A limit below which more units do not cost more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Limit {
    /// The units that a price of packages includes.
    Included,
    /// The commitment, beyond which a unit has another price.
    Commitment,
    /// The least that a line costs in a year at list.
    Minimum,
    /// The least that a line costs after discounts.
    NetMinimum,
    /// The floor of a program.
    Floor,
    /// A fixed amount that takes all of the price.
    Zero,
}

/// Quantities between two breakpoints: only amounts change there, and a total only grows, also with parts of a
/// unit and started packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuantitySpan {
    pub from: u64,
    /// The last quantity; `None` where the span has no end.
    pub to: Option<u64>,
}

impl QuantitySpan {
    /// Cuts the span at ascending starts, the first of which is its own.
    pub fn cut(self, starts: &[u64]) -> impl Iterator<Item = Self> {
        let ends = starts.iter().skip(1).map(|next| Some(next - 1)).chain([self.to]);
        starts.iter().zip(ends).map(|(&from, to)| Self { from, to })
    }
}

#[derive(Debug, Clone, Copy)]
pub struct PricedSpan<'a, 'b> {
    pub span: QuantitySpan,
    pub prices: LinePrices<'a, 'b>,
}

/// Returns all quantities that a metric is sold in, as counts of an increment, cut at ascending breakpoints.
pub fn spans_between(breaks: &[u64], metric: &Metric, increment: Increment) -> Vec<QuantitySpan> {
    let sold = |count| increment.quantity(count).is_some_and(|it| metric.tier(it).is_some());
    let ends = breaks.iter().skip(1).map(|next| Some(increment.last(next - 1))).chain([None]);
    let spans = breaks.iter().zip(ends);
    let spans = spans.map(|(&from, to)| QuantitySpan { from: increment.first(from), to });
    let spans = spans.filter(|span| sold(span.from) && span.to.is_none_or(|to| to >= span.from));
    let most = metric.tiers().last().and_then(|tier| tier.quantity().to());
    let most = most.map(|most| increment.last(most));
    spans.map(|span| QuantitySpan { to: span.to.or(most), ..span }).collect()
}

/// Returns the first number of a range from which on a condition holds, or the last one where it holds for none.
pub(crate) fn first(mut low: u64, mut high: u64, holds: impl Fn(u64) -> bool) -> u64 {
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    high
}

/// Quantities each of which costs more than a larger one, as counts of increments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cliff {
    pub from: u64,
    pub to: u64,
    /// The quantity of the larger order that costs least.
    pub instead: u64,
    pub cost: Money,
    pub worst: Money,
}

impl Cliff {
    /// Returns the difference between the largest quantity and the larger order.
    pub fn extra(&self) -> Money {
        self.worst - self.cost
    }
}

/// Returns, for each ascending span, its quantities that cost more than a larger order. Within a span a total only
/// grows (see the contract of a [step](crate::price::PricingStep)), so its last quantity and the cheapest start of a
/// later span decide whether there are any, and bisection finds the first.
///
/// `near` holds the cliffs
/// under other terms, which are tried first because they usually begin at the same quantity.
pub fn cliffs(stretches: &[PricedSpan<'_, '_>], near: &[Option<Cliff>]) -> Vec<Option<Cliff>> {
    let mut cliffs = vec![None; stretches.len()];
    // The cheapest start of a later span, from the last span backwards.
    let mut later: Option<(Money, u64)> = None;
    for (place, stretch) in stretches.iter().enumerate().rev() {
        let QuantitySpan { from, to } = stretch.span;
        if let (Some(to), Some(later)) = (to, later) {
            let near = near.get(place).copied().flatten();
            cliffs[place] = cliff(stretch.prices, (from, to), later, near);
        }
        let start = stretch.prices.total(from).map(|total| (total, from));
        later = later.into_iter().chain(start).min();
    }
    cliffs
}

fn cliff(
    prices: LinePrices<'_, '_>,
    (from, to): (u64, u64),
    (cost, instead): (Money, u64),
    near: Option<Cliff>,
) -> Option<Cliff> {
    let to = prices.last(from, to)?;
    let worst = prices.total(to).filter(|worst| *worst > cost)?;
    let costs_more = |quantity| prices.total(quantity).is_some_and(|total| total > cost);
    let is_start = |at: u64| costs_more(at) && (at == from || !costs_more(at - 1));
    let near = near.map(|near| near.from).filter(|at| (from..=to).contains(at) && is_start(*at));
    let from = near.unwrap_or_else(|| first(from, to, costs_more));
    Some(Cliff { from, to, instead, cost, worst })
}
