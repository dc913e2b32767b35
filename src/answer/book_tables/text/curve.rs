//! Prices of a metric at every quantity, as charts and tables.

use crate::book::{DiscountCondition, Metric};
use crate::deal::Deal;
use crate::document::{Block, Cell, Chart, Table, Tone};
use crate::number::{Money, Quantity};
use crate::price::curve::{CurvePoint, PriceCurve, logarithm};

/// The charts of a curve: what an order costs, and one unit of it.
pub fn charts(curve: &PriceCurve<'_>, deal: &Deal<'_>) -> Vec<Chart> {
    let on = format!("{}, {}", curve.metric.title, terms(deal, curve.metric));
    let total = |point: &CurvePoint| Some(point.total);
    let unit = |point: &CurvePoint| point.unit;
    // A chart of amounts that differ a thousandfold shows the small ones too, by their logarithms. The
    // lowest stands a little above the axis, where nothing stands.
    let floor = |low: u64, high: u64| low.saturating_sub((high - low) / 8);
    let title = format!("Contract (TCV), logarithmic scale: {on}");
    let totals = chart(curve, deal, title, total, logarithm, floor);
    let title = format!("Net price of one {}: {on}", curve.metric.unit);
    let units = chart(curve, deal, title, unit, |units| units, |_, _| 0);
    [totals, units].into_iter().flatten().collect()
}

/// The charts with the orders that cost more than a larger one.
pub(crate) fn blocks(curve: &PriceCurve<'_>, deal: &Deal<'_>) -> Vec<Block> {
    let mut blocks: Vec<_> = charts(curve, deal).into_iter().map(Block::Chart).collect();
    if !curve.cliffs.is_empty() {
        let heading = Block::Heading("Larger orders that cost less".to_owned(), Tone::Warning);
        blocks.extend([heading, Block::Table(cliffs(curve, deal))]);
    }
    blocks
}

fn cliffs(curve: &PriceCurve<'_>, deal: &Deal<'_>) -> Table {
    let total = |quantity| {
        let found = curve.points().find(|point| point.quantity == quantity);
        found.map(|point| Cell::money(&deal.book.currency, point.total)).unwrap_or_default()
    };
    let quantity = |counted| curve.increment().quantity(counted).map(Cell::quantity);
    let orders = |from: String, to: String| if from == to { from } else { format!("{from}-{to}") };
    Table::of_items(
        &curve.cliffs,
        &[
            ("Quantities", &|it| Cell::figure(orders(count(curve, it.from), count(curve, it.to)))),
            ("Cost up to", &|it| total(it.to)),
            ("Larger order", &|it| quantity(it.instead).unwrap_or_default()),
            ("Costs", &|it| total(it.instead)),
            ("Saving up to", &|it| Cell::money(&deal.book.currency, it.extra())),
        ],
    )
}

/// "3 years, multi-year prepay".
fn terms(deal: &Deal<'_>, metric: &Metric) -> String {
    let mut discounts = deal.book.discounts.iter();
    let decides = discounts.any(|it| {
        matches!(it.condition, DiscountCondition::Prepay { .. }) && it.applies_to(metric.name())
    });
    let prepay = deal.prepay().filter(|_| decides).map(|way| format!(", {way} prepayment"));
    format!("{}{}", deal.length(), prepay.unwrap_or_default())
}

fn count(curve: &PriceCurve<'_>, quantity: u64) -> String {
    let quantity = curve.increment().quantity(quantity);
    quantity.map_or_else(String::new, Quantity::grouped)
}

/// Amounts against quantities, of which the axis shows the logarithm.
fn chart(
    curve: &PriceCurve<'_>,
    deal: &Deal<'_>,
    title: String,
    amount: impl Fn(&CurvePoint) -> Option<Money>,
    drawn: impl Fn(u64) -> u64,
    floor: impl Fn(u64, u64) -> u64,
) -> Option<Chart> {
    let amounts = || curve.points().filter_map(&amount);
    let top = amounts().max()?;
    let bottom = amounts().filter(|it| !it.is_zero()).min().unwrap_or_default();
    let places = amounts().map(Money::decimals).max()?;
    let height = |amount: Money| drawn(amount.scaled(places).unwrap_or_default());
    let quantities = || curve.points().map(|point| point.quantity);
    let along = scale(logarithm(quantities().min()?), logarithm(quantities().max()?));
    let x = |quantity| along(logarithm(quantity));
    let (low, high) = (height(bottom), height(top));
    let up = scale(floor(low, high), high);
    let dot = |point: &CurvePoint| {
        let amount = amount(point)?;
        let y = if amount.is_zero() { 0 } else { up(height(amount)) };
        Some((x(point.quantity), y))
    };
    let pieces = curve.pieces.iter();
    let currency = &deal.book.currency;
    Some(Chart {
        title,
        along: curve.metric.units.clone(),
        top: currency.show(top),
        bottom: currency.show(bottom),
        ticks: ticks(curve).map(|quantity| (x(quantity), count(curve, quantity))).collect(),
        pieces: pieces.map(|piece| piece.points.iter().filter_map(dot).collect()).collect(),
        beside: None,
        marked: curve.cliffs.iter().map(|cliff| (x(cliff.from), x(cliff.to))).collect(),
        mark: "a larger order costs less".to_owned(),
    })
}

/// The quantities at which another price begins, and the first one.
fn ticks(curve: &PriceCurve<'_>) -> impl Iterator<Item = u64> {
    let mut before = None;
    let starts = curve.pieces.iter().filter_map(|piece| piece.points.first());
    starts.filter_map(move |point| {
        let is_new = point.unit.is_none() || point.unit != before;
        before = point.unit;
        is_new.then_some(point.quantity)
    })
}

/// From a range of numbers to the side of a chart.
fn scale(low: u64, high: u64) -> impl Fn(u64) -> u64 {
    move |number| Chart::place(number.saturating_sub(low), high.saturating_sub(low))
}
