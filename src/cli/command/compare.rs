//! `dealdesk compare`: the cost of one need by every metric that can meet it.

use crate::answer::compare::text::ComparisonView;
use crate::answer::compare::{CompareOptions, CountBasis, NeedComparison, UnitCount};
use crate::book::Metric;
use crate::cli::typed::DealArgs;
use crate::cli::{BookChoice, CommandOutcome, Failure, OutputArgs, wrong_command_line};
use crate::deal::{Deal, Draft, Line};
use crate::number::{NumberError, Quantity, Rate};
use crate::table::suggestion;
use clap::Args;
use std::collections::BTreeSet;

/// Compare the cost of a need by every metric that can meet it
///
/// A metric can meet the need of a line if it counts the same unit, or a unit that --units converts.
/// For other metrics the break-even shows from which quantity on they cost more. Every price is for the
/// terms of the deal, without its programs, because a program needs an approval of its own.
#[derive(Debug, Args)]
#[command(mut_arg("output", |output| output.help(
    "Write it to a file, whole or not at all; the drawing alone, if that is named .svg"
)))]
#[command(after_help = "\
Examples:
  dealdesk compare examples/socket.toml
  dealdesk compare examples/socket.toml --units core=16/socket --units node=2/socket
  dealdesk compare --metric socket --quantity 100 --term 3 --units core=3200 --utilization 60%
  dealdesk compare examples/perpetual.toml --horizon 25 --chart
  dealdesk compare examples/socket.toml --units core=16/socket --output comparison.svg
  dealdesk compare examples/core.toml --format json")]
pub struct CompareArgs {
    /// How many of another unit meet the need, in total or for each unit of the deal: core=3200 or
    /// core=16/socket
    #[arg(long, value_name = "UNIT=N[/UNIT]")]
    units: Vec<String>,

    /// The share of all hours in which a unit is in use, for metrics paid by the hour [default: 100%]
    #[arg(long, value_name = "SHARE", allow_hyphen_values = true)]
    utilization: Option<String>,

    /// Draw the costs by year, by units and by use
    #[arg(long)]
    chart: bool,

    #[command(flatten)]
    deal: DealArgs,

    #[command(flatten)]
    printing: OutputArgs,
}

pub fn run(args: &CompareArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let format = args.printing.format_or_drawing()?;
    let utilization = args.utilization.as_deref().map(utilization).transpose()?;
    let found = args.deal.load_book(wanted, &args.printing, "the comparison is")?;
    let draft = Draft { is_need: true, ..args.deal.draft("dealdesk compare")? };
    let deal = found.deal(&draft, "this deal cannot be compared")?;
    let question = CompareOptions { counts: unit_counts(&args.units, &deal)?, utilization };
    let compared = &NeedComparison::of(&deal, &question);
    args.printing.print(format, &ComparisonView { compared, with_charts: args.chart })
}

fn utilization(text: &str) -> Result<Rate, Failure> {
    let rate = Rate::parse(text).map_err(|fault| {
        wrong_command_line(&format!("--utilization {text}: {}", with_hint(&fault)))
    })?;
    if rate.is_zero() {
        let message = "--utilization: a unit that is never in use is no need: give more than 0%";
        return Err(wrong_command_line(message));
    }
    Ok(rate)
}

fn with_hint(fault: &NumberError) -> String {
    fault.hint().map_or_else(|| fault.to_string(), |hint| format!("{fault}: {hint}"))
}

/// Parses the unit counts, with the units of the book. Refuses a count that repeats or contradicts
/// another, that is ambiguous, or that applies to no line.
fn unit_counts(typed: &[String], deal: &Deal<'_>) -> Result<Vec<UnitCount>, Failure> {
    let fault = |text: &str, message| wrong_command_line(&format!("--units {text}: {message}"));
    let mut counts: Vec<UnitCount> = Vec::new();
    for text in typed {
        let count = unit_count(text, deal).map_err(|message| fault(text, message))?;
        if counts.iter().any(|known| known.is_same_unit(&count)) {
            return Err(fault(text, "this count was given already".to_owned()));
        }
        check_total(&count, deal).map_err(|message| fault(text, message))?;
        counts.push(count);
    }
    if let Some((text, _)) = typed.iter().zip(&counts).find(|(_, it)| it.is_idle(deal.lines())) {
        let units: BTreeSet<_> =
            deal.lines().iter().map(|line| line.metric().units.as_str()).collect();
        let units = units.into_iter().collect::<Vec<_>>().join(" and ");
        let message = format!("the deal counts {units}, to which this does not apply");
        return Err(fault(text, message));
    }
    Ok(counts)
}

fn unit_count(text: &str, deal: &Deal<'_>) -> Result<UnitCount, String> {
    let write = "write core=3200, or core=16/socket";
    let (name, amount) = text.split_once('=').ok_or_else(|| format!("it has no \"=\": {write}"))?;
    let (number, each) =
        amount.split_once('/').map_or((amount, None), |(number, each)| (number, Some(each)));
    let quantity = Quantity::parse(number.trim()).map_err(|fault| with_hint(&fault))?;
    if quantity.is_zero() {
        return Err(format!("zero of them meets no need: {write}"));
    }
    let of = unit(name, deal)?;
    let amount = match each {
        None => CountBasis::Whole(quantity),
        Some(each) => CountBasis::Each(quantity, unit(each, deal)?),
    };
    if matches!(&amount, CountBasis::Each(_, per) if *per == of) {
        return Err("a unit cannot be counted in itself".to_owned());
    }
    Ok(UnitCount { unit: of, amount })
}

/// Finds a unit of the book by its singular or plural.
fn unit(name: &str, deal: &Deal<'_>) -> Result<String, String> {
    let name = name.trim();
    let metrics = deal.book().metrics();
    let is_it = |metric: &&Metric| {
        let mut words = [metric.unit.as_str(), metric.units.as_str()].into_iter();
        words.any(|word| word.to_lowercase() == name.to_lowercase())
    };
    let found = metrics.iter().find(is_it).map(|metric| metric.unit.clone());
    found.ok_or_else(|| {
        let known: BTreeSet<_> = metrics.iter().map(|metric| metric.unit.as_str()).collect();
        format!("no metric of the book counts \"{name}\": {}", suggestion(name, known))
    })
}

/// Refuses a count in total for a deal of several lines, or of a line whose years differ.
fn check_total(count: &UnitCount, deal: &Deal<'_>) -> Result<(), String> {
    let lines: Vec<_> =
        deal.lines().iter().filter(|line| line.metric().unit != count.unit).collect();
    let ratio = |line: &Line<'_>| {
        format!("give the number in each, such as {}=16/{}", count.unit, line.metric().unit)
    };
    match lines.as_slice() {
        _ if matches!(count.amount, CountBasis::Each(..)) => Ok(()),
        [line] if line.is_ramp() => Err(format!("the years of the line differ: {}", ratio(line))),
        [line, _, ..] => Err(format!("several lines match: {}", ratio(line))),
        _ => Ok(()),
    }
}
