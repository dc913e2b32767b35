//! Prices of a metric at every quantity.

use crate::deal::Deal;
use crate::number::{Currency, Increment};
use crate::price::curve::{Cliff, CurvePoint, PriceCurve};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct PriceCurveJson {
    metric: String,
    term_years: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    prepay: Option<String>,
    /// Quantities with the same rules, ascending.
    pieces: Vec<CurvePieceJson>,
    /// Orders that cost more than a larger one.
    larger_order_costs_less: Vec<CliffJson>,
}

impl PriceCurveJson {
    pub(crate) fn of(deal: &Deal<'_>, curve: &PriceCurve<'_>) -> Self {
        let currency = deal.book().currency();
        let pieces = curve.pieces.iter().filter_map(|piece| {
            let (first, last) = (piece.points.first()?, piece.points.last()?);
            Some(CurvePieceJson {
                from: CurvePointJson::of(first, curve.increment(), currency),
                to: CurvePointJson::of(last, curve.increment(), currency),
            })
        });
        Self {
            metric: curve.metric.name().to_owned(),
            term_years: deal.term().count(),
            prepay: deal.prepay().map(str::to_owned),
            pieces: pieces.collect(),
            larger_order_costs_less: curve
                .cliffs
                .iter()
                .map(|cliff| CliffJson::of(cliff, curve.increment(), currency))
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct CurvePieceJson {
    from: CurvePointJson,
    to: CurvePointJson,
}

#[derive(Serialize)]
struct CurvePointJson {
    quantity: String,
    /// `None` where units do not all cost the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    net_unit_price: Option<String>,
    tcv: String,
}

impl CurvePointJson {
    fn of(point: &CurvePoint, increment: Increment, currency: &Currency) -> Self {
        Self {
            quantity: plain(increment, point.quantity),
            net_unit_price: point.unit.map(|unit| currency.plain(unit)),
            tcv: currency.plain(point.total),
        }
    }
}

#[derive(Serialize)]
struct CliffJson {
    from: String,
    to: String,
    instead: String,
    extra: String,
}

impl CliffJson {
    fn of(cliff: &Cliff, increment: Increment, currency: &Currency) -> Self {
        Self {
            from: plain(increment, cliff.from),
            to: plain(increment, cliff.to),
            instead: plain(increment, cliff.instead),
            extra: currency.plain(cliff.extra()),
        }
    }
}

/// A count as units in plain digits.
fn plain(increment: Increment, count: u64) -> String {
    increment.quantity(count).map_or_else(String::new, |quantity| quantity.to_string())
}
