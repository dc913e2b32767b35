//! Charts of the costs of two metrics by units, use and years.

use crate::answer::compare::{Axis, BreakEvenChart, NeedComparison};
use crate::document::{Chart, ReferenceLine};
use crate::number::{Money, grouped};

pub fn charts(compared: &NeedComparison<'_, '_>) -> Vec<Chart> {
    let drawings = compared.drawings();
    drawings.iter().filter_map(|(line, drawing)| chart(compared, *line, drawing)).collect()
}

fn chart(
    compared: &NeedComparison<'_, '_>,
    line: usize,
    drawing: &BreakEvenChart<'_>,
) -> Option<Chart> {
    let currency = &compared.deal.book.currency;
    let points = || drawing.pieces.iter().flatten();
    let all = || points().chain(&drawing.beside);
    let places = all().map(|(_, amount)| amount.decimals()).max()?;
    let height = |amount: Money| amount.scaled(places).unwrap_or_default();
    let top = all().map(|(_, amount)| *amount).max()?;
    let bottom = points().map(|(_, amount)| *amount).find(|it| !it.is_zero()).unwrap_or_default();
    let (first, last) = (all().map(|it| it.0).min()?, all().map(|it| it.0).max()?);
    let x = |at: u64| Chart::place(at - first, last - first);
    let dot = |&(at, amount): &(u64, Money)| (x(at), Chart::place(height(amount), height(top)));
    let turns = drawing.cheaper.iter().flat_map(|&(from, to)| [from, to]);
    let mut ticks: Vec<_> = turns.chain([first, last]).collect();
    ticks.sort_unstable();
    ticks.dedup();
    let is_one = compared.needs.len() == 1;
    let of = if is_one { String::new() } else { format!("Line {}: ", line + 1) };
    let (metric, other) = (drawing.metric, drawing.other);
    let over = compared.span.length;
    let (from, to) = (grouped(&first), grouped(&last));
    let (of_it, along, mark) = match drawing.along {
        Axis::Units => {
            let range = format!("{from} to {to} {}, over {over}", metric.units);
            (range, metric.units.clone(), format!("{} costs less", metric.title))
        }
        Axis::Use => {
            let along = format!("{} in use on average", metric.units);
            (format!("{along}, over {over}"), along, format!("{} costs less", metric.title))
        }
        Axis::Years => {
            let mark = format!("{} has cost no more in total", other.title);
            (format!("years {from} to {to}"), "years".to_owned(), mark)
        }
    };
    Some(Chart {
        title: format!("{of}{}: {of_it}; dotted: {}", metric.title, other.title),
        along,
        top: currency.show(top),
        bottom: currency.show(bottom),
        ticks: ticks.into_iter().map(|at| (x(at), grouped(&at))).collect(),
        pieces: drawing.pieces.iter().map(|piece| piece.iter().map(dot).collect()).collect(),
        beside: Some(ReferenceLine {
            name: other.title.clone(),
            points: drawing.beside.iter().map(dot).collect(),
        }),
        marked: drawing.cheaper.iter().map(|&(from, to)| (x(from), x(to))).collect(),
        mark,
    })
}
