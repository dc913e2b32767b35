//! The flag `--units`: `core=3200`, or `core=16/socket`.

use crate::answer::compare::{CompareOptions, CountBasis, UnitCount};
use crate::book::Metric;
use crate::cli::failure::{Failure, wrong_command_line};
use crate::deal::Deal;
use crate::number::Quantity;
use crate::table::suggestion;

/// Parses the unit counts, with the units of the book.
///
/// # Errors
/// Refuses a count that repeats or contradicts another, that is ambiguous, or that applies to no line.
pub fn counts(typed: &[String], deal: &Deal<'_>) -> Result<Vec<UnitCount>, Failure> {
    let mut question = CompareOptions { counts: Vec::new(), utilization: None };
    for text in typed {
        let fault = |message: String| wrong_command_line(&format!("--units {text}: {message}"));
        let count = count(text, deal).map_err(fault)?;
        if question.counts.iter().any(|known| known.is_same_unit(&count)) {
            return Err(fault("this count was given already".to_owned()));
        }
        if matches!(count.amount, CountBasis::Whole(_)) {
            whole(&count, deal).map_err(fault)?;
        }
        question.counts.push(count);
    }
    let idle = typed.iter().zip(&question.counts).find(|(_, it)| it.is_idle(deal.lines()));
    if let Some((text, _)) = idle {
        let mut units: Vec<_> = deal.lines().iter().map(|line| line.metric().units()).collect();
        units.sort_unstable();
        units.dedup();
        let units = units.join(" and ");
        let message =
            format!("--units {text}: the deal counts {units}, to which this does not apply");
        return Err(wrong_command_line(&message));
    }
    Ok(question.counts)
}

fn count(text: &str, deal: &Deal<'_>) -> Result<UnitCount, String> {
    let write = "write core=3200, or core=16/socket";
    let (name, amount) = text.split_once('=').ok_or_else(|| format!("no \"=\" in it: {write}"))?;
    let (number, each) = match amount.split_once('/') {
        Some((number, each)) => (number, Some(each)),
        None => (amount, None),
    };
    let quantity = Quantity::parse(number.trim()).map_err(|fault| {
        fault.hint().map_or_else(|| fault.to_string(), |hint| format!("{fault}: {hint}"))
    })?;
    if quantity.is_zero() {
        return Err(format!("zero of them meets no need: {write}"));
    }
    let unit = unit(name, deal)?;
    let amount = match each {
        None => CountBasis::Whole(quantity),
        Some(each) => CountBasis::Each(quantity, self::unit(each, deal)?),
    };
    if matches!(&amount, CountBasis::Each(_, of) if *of == unit) {
        return Err("a unit cannot be counted in itself".to_owned());
    }
    Ok(UnitCount { unit, amount })
}

/// Finds a unit of the book by its singular or plural.
fn unit(name: &str, deal: &Deal<'_>) -> Result<String, String> {
    let name = name.trim();
    let metrics = deal.book().metrics();
    let is_it = |metric: &&Metric| {
        [metric.unit(), metric.units()]
            .iter()
            .any(|word| word.to_lowercase() == name.to_lowercase())
    };
    let found = metrics.iter().find(is_it).map(|metric| metric.unit().to_owned());
    found.ok_or_else(|| {
        let mut known: Vec<_> = metrics.iter().map(Metric::unit).collect();
        known.sort_unstable();
        known.dedup();
        format!("no metric of the book counts \"{name}\": {}", suggestion(name, known))
    })
}

/// Refuses a count in total for a deal of several lines, or of a line whose years differ.
fn whole(count: &UnitCount, deal: &Deal<'_>) -> Result<(), String> {
    let lines = deal.lines().iter().filter(|line| line.metric().unit() != count.unit);
    let lines: Vec<_> = lines.collect();
    let ratio = |line: &crate::deal::Line<'_>| {
        format!("give the number in each, such as {}=16/{}", count.unit, line.metric().unit())
    };
    match lines.as_slice() {
        [line] if line.is_ramp() => Err(format!("the years of the line differ: {}", ratio(line))),
        [line, _, ..] => Err(format!("several lines could be meant: {}", ratio(line))),
        _ => Ok(()),
    }
}
