//! `dealdesk compare`: one need by every metric that fits.

mod units;

use crate::candidates::{Candidates, Question};
use crate::cli::books::Wanted;
use crate::cli::failure::{Failure, Outcome, wrong_command_line};
use crate::cli::printing::Printed;
use crate::cli::typed::DealFlags;
use crate::cli::{files, output, today};
use crate::deal;
use crate::render::{self, Paper};
use crate::text::clean;
use crate::value::Rate;
use crate::{report, wire};
use clap::Args;
use std::path::{Path, PathBuf};

/// Compare what a deal costs by every metric that fits: who gains, and where it turns
///
/// Metrics that count the unit of a line stand for it by themselves. Of others --units says how many
/// it takes; without that, from how many on they cost more. Every price is for the terms of the
/// deal, without programs: those have to be asked for.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk compare examples/socket.toml
  dealdesk compare examples/socket.toml --units core=16/socket --units node=2/socket
  dealdesk compare --metric socket --quantity 100 --term 3 --units core=3200 --utilisation 60%
  dealdesk compare examples/perpetual.toml --horizon 25 --chart
  dealdesk compare examples/socket.toml --units core=16/socket --output comparison.svg
  dealdesk compare examples/core.toml --format json")]
pub struct CompareArgs {
    /// The deal file; - reads it from standard input
    deal: Option<PathBuf>,

    /// How many of another unit the need is, in all or in each unit of the deal: core=3200 or
    /// core=16/socket
    #[arg(long, value_name = "UNIT=N[/UNIT]")]
    units: Vec<String>,

    /// The share of all hours in which a unit is in use, for what is paid by the hour [default:
    /// 100%]
    #[arg(long, value_name = "SHARE", allow_hyphen_values = true)]
    utilisation: Option<String>,

    /// Draw what each costs as the years go by, and by how many units
    #[arg(long)]
    chart: bool,

    #[command(flatten)]
    flags: DealFlags,

    /// How to print it [default: table, or what the name of the output file says]
    #[arg(long, value_name = "FORMAT", help_heading = "Output")]
    format: Option<Printed>,

    /// Write it to a file, whole or not at all; the drawing alone, if that is named .svg
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

/// What is printed.
#[derive(Clone, Copy)]
enum Wish {
    Answer(Printed),
    Drawing,
}

pub fn run(args: &CompareArgs, wanted: &Wanted) -> Result<Outcome, Failure> {
    let wish = wish(args)?;
    let utilisation = args.utilisation.as_deref().map(utilisation).transpose()?;
    let found = wanted.beside(args.deal.as_deref())?;
    spare(args, found.path.as_deref())?;
    let draft = args.flags.draft("dealdesk compare", args.deal.as_deref())?;
    let deal = deal::resolve(&draft, &found.books, today())
        .map_err(|faults| Failure::faults("this deal cannot be compared", faults))?;
    let question = Question { counts: units::counts(&args.units, &deal)?, utilisation };
    let compared = Candidates::of(&deal, &question);
    let draw = |paper| draw(&compared, wish, args.chart, paper);
    match args.output.as_deref().filter(|path| !files::is_standard(path)) {
        None => output::data(&draw(output::stdout()))?,
        Some(path) => {
            files::write(path, &draw(output::FILE))?;
            output::talk(&format!("{} written\n", clean(&path.display().to_string())));
        }
    }
    Ok(Outcome::Done)
}

fn draw(compared: &Candidates<'_, '_>, wish: Wish, chart: bool, paper: Paper) -> String {
    let document = || report::candidates(compared, chart);
    match wish {
        Wish::Answer(Printed::Table) => render::terminal(&document(), paper),
        Wish::Answer(Printed::Markdown) => render::markdown(&document()),
        Wish::Answer(Printed::Json) => wire::candidates_to_json(compared),
        Wish::Drawing => render::svg(&report::candidates_charts(compared)),
    }
}

/// The format that was asked for, or that the name of the output file asks for.
fn wish(args: &CompareArgs) -> Result<Wish, Failure> {
    let path = args.output.as_deref().unwrap_or(Path::new(""));
    let extension = path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase());
    match (args.format, extension.as_deref()) {
        (None, Some("svg")) => Ok(Wish::Drawing),
        (Some(_), Some("svg")) => {
            let message = "--format: a file named .svg takes the drawing alone: leave --format out";
            Err(wrong_command_line(message))
        }
        (Some(format), _) => Ok(Wish::Answer(format)),
        (None, Some("json")) => Ok(Wish::Answer(Printed::Json)),
        (None, Some("md" | "markdown")) => Ok(Wish::Answer(Printed::Markdown)),
        (None, Some("txt") | None) => Ok(Wish::Answer(Printed::Table)),
        (None, Some(_)) => Err(wrong_command_line(&format!(
            "{} does not say in which format: add --format, or name it .txt, .json, .md or .svg",
            path.display()
        ))),
    }
}

fn utilisation(text: &str) -> Result<Rate, Failure> {
    let rate = Rate::parse(text).map_err(|fault| {
        let hint = fault.hint().map_or_else(String::new, |hint| format!(": {hint}"));
        wrong_command_line(&format!("--utilisation {text}: {fault}{hint}"))
    })?;
    if rate.is_zero() {
        let message = "--utilisation: what is never in use is no need: say more than 0%";
        return Err(wrong_command_line(message));
    }
    Ok(rate)
}

/// What is made never replaces what it is made from.
fn spare(args: &CompareArgs, book: Option<&Path>) -> Result<(), Failure> {
    let Some(output) = &args.output else { return Ok(()) };
    if [args.deal.as_deref(), book].into_iter().flatten().any(|it| files::are_same(output, it)) {
        let message = format!("{} is what the comparison is made from", output.display());
        return Err(wrong_command_line(&message));
    }
    Ok(())
}
