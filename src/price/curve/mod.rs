//! The price curve of a metric: prices of the engine at every quantity under the terms of a deal, and the orders
//! that cost more than a larger one. Quantities are counts of the smallest part that the metric is sold in.

mod cliff;
mod prices;

pub use cliff::{Cliff, cliffs};
pub(crate) use prices::first;
pub use prices::{LinePrices, PricedSpan, QuantitySpan, spans_between};

use crate::book::{Metric, PriceBasis};
use crate::deal::Deal;
use crate::number::{Increment, Money, Quantity};

/// The prices of a metric, from the smallest order of a unit or more to one of twice as much as its last
/// range begins with.
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
    /// The net price of a unit; `None` where units do not all cost the same.
    pub unit: Option<Money>,
    pub total: Money,
}

/// The number of quantities that are priced at least, where the metric is sold in so many.
const SAMPLES: u64 = 200;

impl<'b> PriceCurve<'b> {
    /// Draws the curve of a metric under the terms of a deal, from quantities cut at the breakpoints
    /// of the book. Returns `None` for a metric without a price list, which is sold at a fee that the deal
    /// names.
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
    let priced = prices.price_at(quantity)?;
    let unit = matches!(priced.list.basis, PriceBasis::Unit).then(|| priced.net());
    Some(CurvePoint { quantity, unit, total: priced.tcv() })
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
