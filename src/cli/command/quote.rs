use crate::book::Books;
use crate::cli::books::{Found, Wanted};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::typed::DealFlags;
use crate::cli::{files, output, today, wizard};
use crate::deal::{self, Deal};
use crate::quote::{Quote, quote};
use crate::render::{self, Paper};
use crate::text::clean;
use crate::{report, wire};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Price a deal: its waterfall, its totals, and who must approve it
///
/// The deal comes from a file, from flags, or from both; flags win. Without either, on a
/// terminal, dealdesk asks.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk quote --customer \"Acme Bank\" --metric socket --quantity 500 --term 3 \\
      --prepay multi-year --strategic lighthouse=10%
  dealdesk quote examples/lighthouse.toml --explain
  dealdesk quote examples/lighthouse.toml --term 2 --format json
  dealdesk quote examples/lighthouse.toml --output quote.md

A quote that needs approval exits with 0 and says so. One that is outside policy is printed, and
exits with 4.")]
pub struct QuoteArgs {
    /// The deal file; - reads it from standard input
    deal: Option<PathBuf>,

    #[command(flatten)]
    flags: DealFlags,

    /// How to print it [default: table, or what the name of the output file says]
    #[arg(long, value_name = "FORMAT", help_heading = "Output")]
    format: Option<Format>,

    /// Write it to a file, whole or not at all
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,

    /// Show the arithmetic of every figure (tables and Markdown)
    #[arg(long, help_heading = "Output")]
    explain: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people at a terminal
    Table,
    /// For programs: dealdesk.quote/1
    Json,
    /// For spreadsheets: one row a line
    Csv,
    /// For pull requests and wikis
    Markdown,
}

pub fn run(args: &QuoteArgs, wanted: &Wanted) -> Result<Outcome, Failure> {
    let format = format(args)?;
    let found = wanted.load()?;
    spare_inputs(args, &found)?;
    if args.deal.is_none() && args.flags.is_empty() && wizard::can_ask() {
        return asked(args, &found.books, format);
    }
    let deal = resolve(args, &found.books)?;
    let quote = quote(&deal);
    print(args, &quote, format)
}

/// A quote never replaces what it is made from.
fn spare_inputs(args: &QuoteArgs, found: &Found) -> Result<(), Failure> {
    let Some(output) = &args.output else { return Ok(()) };
    let mut inputs = [&args.deal, &found.path].into_iter().flatten();
    if inputs.any(|input| files::are_same(output, input)) {
        return Err(usage(&format!("{} is what the quote is made from", output.display())));
    }
    Ok(())
}

/// A quote of answers, and an offer to save them as a deal.
fn asked(args: &QuoteArgs, books: &Books, format: Format) -> Result<Outcome, Failure> {
    let deal = wizard::ask(books, today())?;
    let quote = quote(&deal);
    if args.output.is_some() {
        // Leaving at the offer writes nothing, and that includes the quote.
        wizard::offer(&deal)?;
        return print(args, &quote, format);
    }
    let outcome = print(args, &quote, format)?;
    wizard::offer(&deal)?;
    Ok(outcome)
}

/// The format that was asked for, or that the name of the output file asks for.
fn format(args: &QuoteArgs) -> Result<Format, Failure> {
    let path = args.output.as_deref().unwrap_or(Path::new(""));
    let extension = path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase());
    match (args.format, extension.as_deref()) {
        (Some(format), _) => Ok(format),
        (None, Some("json")) => Ok(Format::Json),
        (None, Some("csv")) => Ok(Format::Csv),
        (None, Some("md" | "markdown")) => Ok(Format::Markdown),
        (None, Some("txt") | None) => Ok(Format::Table),
        (None, Some(_)) => Err(usage(&format!(
            "{} does not say in which format: add --format, or name it .txt, .json, .csv or .md",
            path.display()
        ))),
    }
}

/// A command line that cannot be meant.
fn usage(message: &str) -> Failure {
    clap::Error::raw(clap::error::ErrorKind::ValueValidation, format!("{}\n", clean(message)))
        .into()
}

fn print(args: &QuoteArgs, quote: &Quote<'_, '_>, format: Format) -> Result<Outcome, Failure> {
    match &args.output {
        Some(path) => {
            files::write(path, &draw(quote, format, args.explain, output::FILE))?;
            output::talk(&format!("{} written\n", clean(&path.display().to_string())));
        }
        None => output::data(&draw(quote, format, args.explain, output::stdout()))?,
    }
    Ok(if quote.verdict.is_refused() { Outcome::OutsidePolicy } else { Outcome::Done })
}

fn resolve<'b>(args: &QuoteArgs, books: &'b Books) -> Result<Deal<'b>, Failure> {
    let file = match &args.deal {
        None => None,
        Some(path) => Some(deal::read(&files::read(path, "deal file")?)),
    };
    let draft = args.flags.over(file);
    deal::resolve(&draft, books, today())
        .map_err(|faults| Failure::faults("this deal cannot be quoted", faults))
}

fn draw(quote: &Quote<'_, '_>, format: Format, explain: bool, paper: Paper) -> String {
    match format {
        Format::Table => render::terminal(&report::quote(quote, explain), paper),
        Format::Markdown => render::markdown(&report::quote(quote, explain)),
        Format::Csv => render::csv(&report::records(quote)),
        Format::Json => wire::to_json(quote),
    }
}
