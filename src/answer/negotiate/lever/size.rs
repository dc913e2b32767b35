//! What is bought, and how much of it.

use super::{among, numbers};
use crate::answer::negotiate::CustomerRequest;
use crate::answer::negotiate::edit::DraftEdit;
use crate::book::Metric;
use crate::number::Quantity;
use crate::text::diagnostic::not_in_book;

/// What a deal with one line buys.
fn metric_of<'b>(table: &CustomerRequest<'b>) -> Result<&'b Metric, String> {
    match table.deal.lines() {
        [line] => Ok(line.metric()),
        lines => Err(format!("the deal has {} lines, and this does not say which", lines.len())),
    }
}

fn whole(count: u64) -> Result<Quantity, String> {
    Quantity::whole(count).filter(|_| count > 0).ok_or_else(|| format!("nobody buys {count} units"))
}

pub(super) fn quantity<'b>(
    table: &CustomerRequest<'b>,
    words: &[&str],
) -> Result<Vec<DraftEdit<'b>>, String> {
    metric_of(table)?;
    if words.is_empty() {
        return Err("say between which quantities: quantity=480..600".to_owned());
    }
    numbers(words)?.into_iter().map(|count| whole(count).map(DraftEdit::Quantity)).collect()
}

pub(super) fn metric<'b>(
    table: &CustomerRequest<'b>,
    words: &[&str],
) -> Result<Vec<DraftEdit<'b>>, String> {
    metric_of(table)?;
    if words.is_empty() {
        return Err("say how many of it the customer would need: metric=core:8000".to_owned());
    }
    let book = table.deal.book();
    let setting = |word: &&str| {
        let (name, count) = word.split_once(':').ok_or("say how many: metric=core:8000")?;
        let metric = book
            .metric(name)
            .ok_or_else(|| not_in_book("metric", name, book.metrics().iter().map(Metric::name)))?;
        let count = numbers(&[count])?.first().copied().unwrap_or_default();
        Ok(DraftEdit::Metric(metric.name(), whole(count)?))
    };
    let others: Result<Vec<_>, String> = words.iter().map(setting).collect();
    Ok(std::iter::once(DraftEdit::AsAsked).chain(others?).collect())
}

pub(super) fn edition<'b>(
    table: &CustomerRequest<'b>,
    words: &[&str],
) -> Result<Vec<DraftEdit<'b>>, String> {
    let editions = among("edition", words, metric_of(table)?.editions())?;
    Ok(std::iter::once(DraftEdit::AsAsked)
        .chain(editions.into_iter().map(DraftEdit::Edition))
        .collect())
}

/// Shapes of a ramp: those that words name, or the ramp of the deal with its first years left out and
/// its last one repeated.
pub(super) fn ramp<'b>(
    table: &CustomerRequest<'b>,
    words: &[&str],
) -> Result<Vec<DraftEdit<'b>>, String> {
    metric_of(table)?;
    let shapes = if words.is_empty() {
        earlier(table)
    } else {
        let shape = |word: &&str| {
            word.split('/')
                .map(|count| whole(numbers(&[count])?[0]))
                .collect::<Result<Vec<_>, String>>()
        };
        words.iter().map(shape).collect::<Result<_, _>>()?
    };
    Ok(std::iter::once(DraftEdit::AsAsked).chain(shapes.into_iter().map(DraftEdit::Ramp)).collect())
}

fn earlier(table: &CustomerRequest<'_>) -> Vec<Vec<Quantity>> {
    let years = table.draft.lines.iter().flat_map(|line| &line.years);
    let asked: Vec<Quantity> =
        years.filter_map(|year| Some(year.quantity.as_ref()?.value)).collect();
    let Some(last) = asked.last().copied() else { return Vec::new() };
    let shifted = |by: usize| {
        let rest = asked.iter().skip(by).copied();
        rest.chain(std::iter::repeat(last)).take(asked.len()).collect()
    };
    (1..asked.len()).map(shifted).collect()
}
