//! `dealdesk batch`: prices a file of deals.

pub mod input;
pub mod naming;
pub mod output;
#[cfg(feature = "parquet")]
mod parquet;
mod places;
pub mod progress;

use crate::answer::batch::{self, BatchError, BatchJob, BatchSummary, RowPricer};
use crate::cli::{
    BookChoice, CommandOutcome, Failure, files, interrupt, levels, output as terminal, typed,
};
use crate::document;
use crate::number::Date;
use crate::text::clean;
use clap::{Args, ValueEnum};
use input::BatchInput;
use naming::FileFormat;
use output::{OutputFile, PriceFile};
use places::BatchFiles;
use progress::BatchProgress;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Price a file of deals
///
/// The file is CSV or JSON Lines, with a deal in each row. CSV begins with a header of these columns,
/// in any order: `id,customer,metric,quantity,term_years,prepay,strategic,strategic_rate`, and
/// `volume,edition,hosts,incumbent,months,segment,region`. All but `id,metric,quantity` can be left
/// out, and an empty cell is the default.
///
/// Rows are priced as quote prices deals, and written in their order as
/// `id,list_unit,net_unit,annual,tcv,discount,approval`. The output appears whole or not at all. A
/// row that cannot be priced is in the errors file instead, as `row,id,error`; all other rows are
/// priced.
///
/// Names that end in .jsonl or .ndjson are JSON Lines, .parquet is Parquet (in builds that have it),
/// and all others CSV; .jsonl and .csv can be followed by .gz or .zst for compressed files.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk batch examples/batch.csv --output prices.csv
  dealdesk batch deals.jsonl.gz --output prices.csv.zst --errors bad.csv
  dealdesk batch deals.csv --output prices.csv --max-approval vp
  zcat deals.csv.gz | dealdesk batch - --output - | sort -t, -k5 -n

Exit codes: 0 all rows are priced; 1 some are not, and all others are written; 2 wrong command line.
With --max-approval, where no row failed: 3 a row needs a higher level, 4 a row is outside policy.")]
pub struct BatchArgs {
    /// The deals; - reads them from standard input
    input: PathBuf,

    /// File of the prices, which appears whole or not at all; - is standard output
    #[arg(long, value_name = "FILE")]
    output: PathBuf,

    /// The date of the quotes [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = typed::day)]
    date: Option<Date>,

    /// The format of the deals [default: by the file name]
    #[arg(long, value_name = "FORMAT")]
    input_format: Option<FileFormat>,

    /// The format of the prices [default: by the file name]
    #[arg(long, value_name = "FORMAT")]
    output_format: Option<FileFormat>,

    /// File of the rows that cannot be priced, as CSV [default: the output with .errors.csv behind it, or
    /// standard error if that is no file]
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,

    /// The highest level that a row may need; the exit code says whether one needs more
    #[arg(long, value_name = "LEVEL")]
    max_approval: Option<String>,

    /// The currency of all rows [default: the first one of the price book]
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,

    /// Add a column `basis` to the prices: whether `list_unit` and `net_unit` are for a unit, a package or
    /// the whole line; Parquet does not have it
    #[arg(long)]
    basis: bool,

    /// A CSV column to ignore; can be repeated
    #[arg(long, value_name = "NAME")]
    ignore_column: Vec<String>,

    /// The number of threads [default: the number of processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,

    /// The format of the summary on standard error
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    summary: SummaryFormat,

    /// Print errors only, without progress and summary
    #[arg(short, long, conflicts_with = "summary")]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SummaryFormat {
    /// For people at a terminal
    Text,
    /// For programs, with the name and version of its schema; follows the rows that could not be
    /// priced, if they go to standard error too
    Json,
    /// No summary
    None,
}

pub fn run(args: &BatchArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let places = BatchFiles::of(args)?;
    let wanted = wanted.without_contracts("`batch` prices each row by itself")?;
    let found = wanted.load_with([args.input.as_path()])?;
    let currency = args.currency.as_deref();
    let date = args.date.unwrap_or_else(|| found.today());
    let pricer = RowPricer::new(&found.books, currency, date).ok_or_else(|| {
        let known = found.books.currencies();
        levels::unknown("--currency", currency.unwrap_or_default(), "currency", known)
    })?;
    let within = levels::level(pricer.book(), "--max-approval", args.max_approval.as_deref())?;
    places.refuse_overwrite(found.files())?;
    #[cfg(feature = "parquet")]
    if args.basis && matches!(places.output, naming::FileEncoding::Parquet) {
        return Err(crate::cli::wrong_command_line("--basis: a Parquet file has no such column"));
    }
    let mut input = BatchInput::open(&args.input, places.input, &args.ignore_column)?;
    let progress = Arc::new(BatchProgress::new(&input, places.may_show(args.quiet)));
    // A thread that waits for signals would take longer than a short file does.
    #[cfg(unix)]
    let held = (input.is_short() && places.are_files()).then(interrupt::block_signals);
    #[cfg(not(unix))]
    let held: Option<()> = None;
    if held.is_none() {
        let watched = Arc::clone(&progress);
        interrupt::watch(move || watched.clear());
    }
    let mut output = PriceFile::new(&args.output, places.output, pricer.book().currency())?;
    let mut errors = places.errors(&progress)?;
    let job = BatchJob {
        pricers: [&pricer],
        name: &files::name(&args.input),
        ignored: &input.ignored,
        threads: args.threads.map(usize::from),
        progress: &|rows| progress.update(rows),
    };
    let done = batch::run(&job, input.rows.source(), output.target(args.basis), &mut errors);
    progress.clear();
    let tally = done.map_err(|stop| match stop {
        BatchError::Header(errors) => {
            Failure::faults("this file of deals cannot be priced", errors)
        }
        BatchError::Read(error) => input.read_failure(error),
        BatchError::Write(error) => OutputFile::write_failure(&args.output, &error),
        BatchError::WriteErrors(error) => {
            let path = places.errors.as_deref().unwrap_or(Path::new("standard error"));
            errors.write_failure(path, &error)
        }
    })?;
    // In this order, so that a complete output always has its own errors beside it.
    errors.keep()?;
    output.keep()?;
    drop(held);
    let (output, errors) = (places::name(&args.output), places.errors.as_deref().map(places::name));
    let summary = BatchSummary {
        date,
        book: pricer.book(),
        tally: &tally,
        input: job.name,
        output: &output,
        errors: errors.as_deref(),
        within,
    };
    print_summary(&summary, if args.quiet { SummaryFormat::None } else { args.summary });
    Ok(outcome(&summary))
}

/// Prints the summary on standard error. Rows that failed are always reported.
fn print_summary(summary: &BatchSummary<'_>, format: SummaryFormat) {
    let paper = terminal::stderr();
    match format {
        SummaryFormat::Text => {
            terminal::stderr_line(&document::terminal(&batch::text::document(summary), paper));
        }
        SummaryFormat::Json => terminal::stderr_line(&batch::json::to_json(summary).to_string()),
        SummaryFormat::None => {
            if let Some(failed) = batch::text::failed(summary) {
                terminal::stderr_line(&format!("error: {}\n", clean(&failed)));
            }
        }
    }
}

/// Returns the exit code. Failed rows come first, because their approvals are not known.
fn outcome(summary: &BatchSummary<'_>) -> CommandOutcome {
    if summary.tally.failed > 0 {
        CommandOutcome::RowsFailed
    } else if summary.within.is_some() && summary.refused().count > 0 {
        CommandOutcome::OutsidePolicy
    } else if summary.above() > 0 {
        CommandOutcome::AboveLevel
    } else {
        CommandOutcome::Done
    }
}
