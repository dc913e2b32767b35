//! What is bought, and how much of it.

use super::{among, numbers};
use crate::book::Metric;
use crate::diagnostic::not_in_book;
use crate::negotiate::Table;
use crate::negotiate::edit::Edit;
use crate::value::Quantity;

/// What a deal with one line buys.
fn metric_of<'b>(table: &Table<'b>) -> Result<&'b Metric, String> {
    match table.deal.lines() {
        [line] => Ok(line.metric()),
        lines => Err(format!("the deal has {} lines, and this does not say which", lines.len())),
    }
}

fn whole(count: u64) -> Result<Quantity, String> {
    Quantity::whole(count).filter(|_| count > 0).ok_or_else(|| format!("nobody buys {count} units"))
}

pub(super) fn quantity<'b>(table: &Table<'b>, words: &[&str]) -> Result<Vec<Edit<'b>>, String> {
    metric_of(table)?;
    if words.is_empty() {
        return Err("say between which quantities: quantity=480..600".to_owned());
    }
    numbers(words)?.into_iter().map(|count| whole(count).map(Edit::Quantity)).collect()
}

pub(super) fn metric<'b>(table: &Table<'b>, words: &[&str]) -> Result<Vec<Edit<'b>>, String> {
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
        Ok(Edit::Metric(metric.name(), whole(count)?))
    };
    let others: Result<Vec<_>, String> = words.iter().map(setting).collect();
    Ok(std::iter::once(Edit::AsAsked).chain(others?).collect())
}

pub(super) fn edition<'b>(table: &Table<'b>, words: &[&str]) -> Result<Vec<Edit<'b>>, String> {
    let editions = among("edition", words, metric_of(table)?.editions())?;
    Ok(std::iter::once(Edit::AsAsked).chain(editions.into_iter().map(Edit::Edition)).collect())
}

/// Shapes of a ramp: those that words name, or the ramp of the deal with its first years left out and
/// its last one repeated.
pub(super) fn ramp<'b>(table: &Table<'b>, words: &[&str]) -> Result<Vec<Edit<'b>>, String> {
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
    Ok(std::iter::once(Edit::AsAsked).chain(shapes.into_iter().map(Edit::Ramp)).collect())
}

fn earlier(table: &Table<'_>) -> Vec<Vec<Quantity>> {
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
