//! What a metric costs at every quantity, under the terms of a deal: drawn from prices of the engine,
//! with the orders that cost more than a larger one. Quantities are counts of the smallest part that the
//! metric is sold in.

mod cliff;
mod logarithm;
mod prices;

pub use cliff::{Cliff, cliffs};
pub use logarithm::logarithm;
pub(crate) use prices::first;
pub use prices::{LinePrices, PricedSpan, QuantitySpan, spans_between};

use crate::book::{Metric, PriceBasis};
use crate::deal::Deal;
use crate::number::{Increment, Money, Quantity};

/// The prices of a metric, from the smallest order of a unit or more to one of twice as much as its last
/// range begins with.
#[derive(Debug)]
pub struct PriceCurve<'b> {
    /// What is bought.
    pub metric: &'b Metric,
    /// Between two of them another rule of the book holds; ascending, and never empty.
    pub pieces: Vec<CurvePiece>,
    /// The orders that cost more than a larger one, ascending.
    pub cliffs: Vec<Cliff>,
}

/// Quantities for which the same rules hold: all from the first point to the last.
#[derive(Debug)]
pub struct CurvePiece {
    /// Its ends, and some in between; ascending.
    pub points: Vec<CurvePoint>,
}

/// A quantity with its price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurvePoint {
    /// How many of what the metric is sold in.
    pub quantity: u64,
    /// The net price of one of them; nothing, where they do not all cost the same.
    pub unit: Option<Money>,
    /// The contract value.
    pub total: Money,
}

/// How many quantities are priced at least, if there are so many.
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

    /// What it counts.
    pub const fn increment(&self) -> Increment {
        self.metric.increment()
    }

    /// Every point, ascending.
    pub fn points(&self) -> impl Iterator<Item = &CurvePoint> + Clone {
        self.pieces.iter().flat_map(|piece| &piece.points)
    }
}

/// What a quantity costs, by the engine.
fn point(prices: LinePrices<'_, '_>, quantity: u64) -> Option<CurvePoint> {
    let priced = prices.price_at(quantity)?;
    let unit = matches!(priced.list.basis, PriceBasis::Unit).then(|| priced.net());
    Some(CurvePoint { quantity, unit, total: priced.tcv() })
}

/// Quantities that lie apart by the same factor, as near as whole numbers do.
fn samples(first: u64, last: u64) -> Vec<u64> {
    let (low, high) = (logarithm(first), logarithm(last));
    let mut found: Vec<u64> = Vec::new();
    let mut least = first;
    for step in 0..=SAMPLES {
        let wanted = low + (high - low) * step / SAMPLES;
        let (mut below, mut above) = (least, last);
        while below < above {
            let middle = below.midpoint(above);
            if logarithm(middle) < wanted {
                below = middle + 1;
            } else {
                above = middle;
            }
        }
        least = below;
        if found.last() != Some(&below) {
            found.push(below);
        }
    }
    found
}
