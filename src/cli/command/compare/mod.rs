//! `dealdesk compare`: the cost of one need by every metric that can meet it.

mod units;

use crate::answer::compare::text::ComparisonView;
use crate::answer::compare::{CompareOptions, NeedComparison};
use crate::cli::books::BookChoice;
use crate::cli::clock::today;
use crate::cli::failure::{CommandOutcome, Failure, wrong_command_line};
use crate::cli::printing::OutputArgs;
use crate::cli::typed::DealFlags;
use crate::deal;
use crate::number::Rate;
use clap::Args;
use std::path::PathBuf;

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
    /// The deal file; - reads it from standard input
    deal: Option<PathBuf>,

    /// How many of another unit meet the need, in total or for each unit of the deal: core=3200 or
    /// core=16/socket
    #[arg(long, value_name = "UNIT=N[/UNIT]")]
    units: Vec<String>,

    /// The share of all hours in which a unit is in use, for metrics paid by the hour [default: 100%]
    #[arg(long, alias = "utilisation", value_name = "SHARE", allow_hyphen_values = true)]
    utilization: Option<String>,

    /// Draw the costs by year, by units and by use
    #[arg(long)]
    chart: bool,

    #[command(flatten)]
    flags: DealFlags,

    #[command(flatten)]
    printing: OutputArgs,
}

pub fn run(args: &CompareArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let format = args.printing.format_or_drawing()?;
    let utilization = args.utilization.as_deref().map(utilization).transpose()?;
    let found = wanted.load_with(args.deal.as_deref())?;
    let inputs = args.deal.as_deref().into_iter().chain(found.path.as_deref());
    args.printing.refuse_overwrite(inputs, "the comparison is")?;
    let draft = args.flags.draft("dealdesk compare", args.deal.as_deref())?;
    let deal = deal::resolve(&draft, &found.books, today())
        .map_err(|faults| Failure::faults("this deal cannot be compared", faults))?;
    let question = CompareOptions { counts: units::counts(&args.units, &deal)?, utilization };
    let compared = NeedComparison::of(&deal, &question);
    args.printing
        .print(format, &ComparisonView { compared: &compared, with_charts: args.chart })?;
    Ok(CommandOutcome::Done)
}

fn utilization(text: &str) -> Result<Rate, Failure> {
    let rate = Rate::parse(text).map_err(|fault| {
        let hint = fault.hint().map_or_else(String::new, |hint| format!(": {hint}"));
        wrong_command_line(&format!("--utilization {text}: {fault}{hint}"))
    })?;
    if rate.is_zero() {
        let message = "--utilization: a unit that is never in use is no need: give more than 0%";
        return Err(wrong_command_line(message));
    }
    Ok(rate)
}
