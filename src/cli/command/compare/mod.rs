//! `dealdesk compare`: the cost of one need by every metric that can meet it.

mod units;

use crate::answer::compare::{CompareOptions, NeedComparison};
use crate::cli::books::BookChoice;
use crate::cli::clock::today;
use crate::cli::failure::{CommandOutcome, Failure, wrong_command_line};
use crate::cli::printing::AnswerFormat;
use crate::cli::typed::DealFlags;
use crate::cli::{files, output};
use crate::document::Canvas;
use crate::number::Rate;
use crate::text::clean;
use crate::{deal, document};
use clap::Args;
use std::path::{Path, PathBuf};

/// Compare the cost of a need by every metric that can meet it
///
/// A metric can meet the need of a line if it counts the same unit, or a unit that --units converts.
/// For other metrics the break-even shows from which quantity on they cost more. Every price is for the
/// terms of the deal, without its programs, because a program needs an approval of its own.
#[derive(Debug, Args)]
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

    /// How to print it [default: table, or what the name of the output file says]
    #[arg(long, value_name = "FORMAT", help_heading = "Output")]
    format: Option<AnswerFormat>,

    /// Write it to a file, whole or not at all; the drawing alone, if that is named .svg
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

/// What is printed.
#[derive(Clone, Copy)]
enum CompareOutput {
    Answer(AnswerFormat),
    Drawing,
}

pub fn run(args: &CompareArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let wish = output_choice(args)?;
    let utilization = args.utilization.as_deref().map(utilization).transpose()?;
    let found = wanted.load_with(args.deal.as_deref())?;
    refuse_overwrite(args, found.path.as_deref())?;
    let draft = args.flags.draft("dealdesk compare", args.deal.as_deref())?;
    let deal = deal::resolve(&draft, &found.books, today())
        .map_err(|faults| Failure::faults("this deal cannot be compared", faults))?;
    let question = CompareOptions { counts: units::counts(&args.units, &deal)?, utilization };
    let compared = NeedComparison::of(&deal, &question);
    let draw = |paper| draw(&compared, wish, args.chart, paper);
    match args.output.as_deref().filter(|path| !files::is_standard(path)) {
        None => output::data(&draw(output::stdout()))?,
        Some(path) => {
            files::write(path, &draw(output::FILE))?;
            output::stderr_line(&format!("{} written\n", clean(&path.display().to_string())));
        }
    }
    Ok(CommandOutcome::Done)
}

fn draw(
    compared: &NeedComparison<'_, '_>,
    wish: CompareOutput,
    chart: bool,
    paper: Canvas,
) -> String {
    let document = || crate::answer::compare::text::document(compared, chart);
    match wish {
        CompareOutput::Answer(AnswerFormat::Table) => document::terminal(&document(), paper),
        CompareOutput::Answer(AnswerFormat::Markdown) => document::markdown(&document()),
        CompareOutput::Answer(AnswerFormat::Json) => {
            crate::answer::compare::json::to_json(compared)
        }
        CompareOutput::Drawing => document::svg(&crate::answer::compare::text::charts(compared)),
    }
}

/// The format that was asked for, or that the name of the output file asks for.
fn output_choice(args: &CompareArgs) -> Result<CompareOutput, Failure> {
    let path = args.output.as_deref().unwrap_or(Path::new(""));
    let extension = path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase());
    match (args.format, extension.as_deref()) {
        (None, Some("svg")) => Ok(CompareOutput::Drawing),
        (Some(_), Some("svg")) => {
            let message = "--format: a file named .svg takes the drawing alone: leave --format out";
            Err(wrong_command_line(message))
        }
        (Some(format), _) => Ok(CompareOutput::Answer(format)),
        (None, Some("json")) => Ok(CompareOutput::Answer(AnswerFormat::Json)),
        (None, Some("md" | "markdown")) => Ok(CompareOutput::Answer(AnswerFormat::Markdown)),
        (None, Some("txt") | None) => Ok(CompareOutput::Answer(AnswerFormat::Table)),
        (None, Some(_)) => Err(wrong_command_line(&format!(
            "{} does not say in which format: add --format, or name it .txt, .json, .md or .svg",
            path.display()
        ))),
    }
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

/// What is made never replaces what it is made from.
fn refuse_overwrite(args: &CompareArgs, book: Option<&Path>) -> Result<(), Failure> {
    let Some(output) = &args.output else { return Ok(()) };
    if [args.deal.as_deref(), book].into_iter().flatten().any(|it| files::are_same(output, it)) {
        let message = format!("{} is what the comparison is made from", output.display());
        return Err(wrong_command_line(&message));
    }
    Ok(())
}
