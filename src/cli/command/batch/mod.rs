//! `dealdesk batch`: prices a file of deals.

mod args;
pub mod input;
pub mod naming;
pub mod output;
#[cfg(feature = "parquet")]
mod parquet;
mod places;
pub mod progress;

pub use args::BatchArgs;

use crate::answer::batch::{self, BatchError, BatchJob, BatchSummary, RowPricer};
use crate::book::Books;
use crate::cli::{
    BookChoice, CommandOutcome, Failure, interrupt, levels, output as terminal, today,
};
use crate::document;
use crate::text::clean;
use args::SummaryFormat;
use input::BatchInput;
use output::{OutputFile, PriceFile};
use places::BatchFiles;
use progress::BatchProgress;
use std::sync::Arc;

pub fn run(args: &BatchArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let places = BatchFiles::of(args)?;
    let found = wanted.load_with([args.input.as_path()])?;
    let pricer = pricer(args, &found.books)?;
    let within = levels::level(pricer.book(), "--max-approval", args.max_approval.as_deref())?;
    places.refuse_overwrite(found.path.as_deref())?;
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
        name: &input::name(&args.input),
        ignored: &input.ignored,
        threads: args.threads.map(usize::from),
        progress: &|rows| progress.update(rows),
    };
    let done = batch::run(&job, input.rows.source(), output.target(), &mut errors);
    progress.clear();
    let tally = done.map_err(|stop| match stop {
        BatchError::Header(errors) => {
            Failure::faults("this file of deals cannot be priced", errors)
        }
        BatchError::Read(error) => input.read_failure(error),
        BatchError::Write(error) => OutputFile::write_failure(&args.output, &error),
        BatchError::WriteErrors(error) => errors.write_failure(places.errors_path(), &error),
    })?;
    // In this order, so that a complete output always has its own errors beside it.
    errors.keep()?;
    output.keep()?;
    drop(held);
    let (output, errors) = (places::name(&args.output), places.errors.as_deref().map(places::name));
    let summary = BatchSummary {
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

fn pricer<'b>(args: &BatchArgs, books: &'b Books) -> Result<RowPricer<'b>, Failure> {
    RowPricer::new(books, args.currency.as_deref(), today()).ok_or_else(|| {
        let asked = args.currency.as_deref().unwrap_or_default();
        levels::unknown("--currency", asked, "currency", books.currencies())
    })
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
