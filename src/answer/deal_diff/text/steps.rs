//! Steps of a price that changed.

use super::years;
use crate::answer::deal_diff::{Change, DealDiff, LineChange, SegmentChange};
use crate::document::{Block, Cell, Table, TableRow};
use crate::price::WaterfallStep;
use crate::quote::Quote;
use crate::quote::text::words::{amount, basis, describe, money, rate, title};

/// Every price with a step that changed. What is no longer sold has no price.
pub(crate) fn folded(difference: &DealDiff<'_, '_>) -> Option<Block> {
    let quote = difference.quotes.new?;
    let mut blocks = Vec::new();
    for line in &difference.lines {
        for part in line.parts.iter().filter(|part| !part.steps.is_empty()) {
            blocks.extend(price(difference, quote, line, part).into_iter().flatten());
        }
    }
    (!blocks.is_empty()).then(|| Block::Folded("Price, step by step".to_owned(), blocks))
}

fn price(
    difference: &DealDiff<'_, '_>,
    quote: &Quote<'_, '_>,
    line: &LineChange<'_, '_>,
    part: &SegmentChange<'_, '_>,
) -> Option<[Block; 2]> {
    let (line, priced) = (&line.line.new?.line, part.segment.new?);
    let what = describe(quote.deal.book, line, &priced.segment, priced, &years(part));
    let heading = format!("Price {}: {what}", basis(line, priced));
    // A price that is new has no steps that changed: it has steps.
    let is_new = part.segment.old.is_none();
    let rows = part.steps.iter().filter_map(|step| row(difference, quote, step, is_new));
    let table = Table::new(["Step", "Rate", "Amount", "Price", "Source"], rows);
    Some([Block::heading(heading), Block::Table(table)])
}

fn row(
    difference: &DealDiff<'_, '_>,
    quote: &Quote<'_, '_>,
    step: &Change<&WaterfallStep<'_>>,
    is_new: bool,
) -> Option<TableRow> {
    let old = difference.quotes.old.unwrap_or(quote);
    let both = |of: &dyn Fn(&Quote<'_, '_>, &WaterfallStep<'_>) -> Cell| {
        let side = |quote, step: Option<&WaterfallStep<'_>>| {
            step.map(|step| of(quote, step)).filter(|cell| !cell.shown.is_empty())
        };
        let (before, now) = (side(old, step.old), side(quote, step.new));
        if is_new || before == now {
            return now.unwrap_or_default();
        }
        let [before, now] =
            [&before, &now].map(|it| it.as_ref().map_or("none", |it| it.shown.as_str()));
        Cell::figure(format!("{before} → {now}"))
    };
    // After a step that is not there, the price is that of the step before it.
    let is_on_both = step.old.is_some() && step.new.is_some();
    let price = |quote: &Quote<'_, '_>, step: &WaterfallStep<'_>| money(quote, step.price);
    let price = match step.new {
        Some(now) if !is_on_both => price(quote, now),
        Some(_) => both(&price),
        None => Cell::default(),
    };
    let latest = step.latest()?;
    let [rate, amount] = [both(&|_, step| rate(step)), both(&amount)];
    let (title, source) = (Cell::text(title(latest)), Cell::source(&latest.rule.source));
    Some(TableRow::new([title, rate, amount, price, source]))
}
