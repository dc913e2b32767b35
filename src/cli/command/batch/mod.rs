//! `dealdesk batch`: files of deals.

mod args;
pub mod input;
pub mod naming;
pub mod output;
#[cfg(feature = "parquet")]
mod parquet;
mod places;
pub mod progress;

pub use args::BatchArgs;

use crate::batch::{self, Desk, Job, Stop, Summary};
use crate::book::Books;
use crate::cli::books::Wanted;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::{interrupt, levels, output as terminal, today};
use crate::text::clean;
use crate::{render, report, wire};
use args::Told;
use input::Input;
use output::Output;
use places::Places;
use progress::Progress;
use std::sync::Arc;

pub fn run(args: &BatchArgs, wanted: &Wanted) -> Result<Outcome, Failure> {
    let places = Places::of(args)?;
    let found = wanted.beside([args.input.as_path()])?;
    let desk = desk(args, &found.books)?;
    let level = |name: &String| levels::level(desk.book(), "--max-approval", name);
    let within = args.max_approval.as_ref().map(level).transpose()?;
    places.spare(found.path.as_deref())?;
    let mut input = Input::open(&args.input, places.input.1, &args.ignore_column)?;
    let progress = Arc::new(Progress::new(&input, places.may_show(args.quiet)));
    // A thread that waits for signals would take longer than a short file does.
    #[cfg(unix)]
    let held = (input.is_short() && places.are_files()).then(interrupt::hold);
    #[cfg(not(unix))]
    let held: Option<()> = None;
    if held.is_none() {
        let watched = Arc::clone(&progress);
        interrupt::watch(move |taken| {
            watched.clear();
            let all = "cancelled: nothing was written\n";
            terminal::talk(if taken { all } else { "cancelled\n" });
        });
    }
    let currency = desk.book().currency();
    let mut output = Output::new(&args.output, places.output.1, currency)?;
    let mut errors = places.errors(&progress, currency)?;
    let job = Job {
        desk: &desk,
        form: places.input.0,
        written: places.output.0,
        name: &input::name(&args.input),
        ignored: &input.ignored,
        threads: args.threads.map(usize::from),
        progress: &|rows, _| progress.tell(rows),
    };
    let done = batch::run(&job, &mut input.bytes, &mut output, &mut errors);
    progress.clear();
    let tally = done.map_err(|stop| match stop {
        Stop::Header(faults) => Failure::faults("this file of deals cannot be priced", faults),
        Stop::Read(error) => input.cannot(error),
        Stop::Write(error) => Output::cannot(&args.output, &error),
        Stop::WriteFaults(error) => errors.cannot(places.errors_path(), &error),
    })?;
    // In this order, so that a whole output always has the errors beside it that belong to it.
    errors.keep()?;
    output.keep()?;
    drop(held);
    let (output, errors) = (places.output_name(), places.errors_name());
    let summary = Summary {
        book: desk.book(),
        tally: &tally,
        input: job.name,
        output: &output,
        errors: errors.as_deref(),
        within,
    };
    tell(&summary, args.told());
    Ok(outcome(&summary))
}

/// Where rows are priced.
fn desk<'b>(args: &BatchArgs, books: &'b Books) -> Result<Desk<'b>, Failure> {
    Desk::new(books, args.currency.as_deref(), today()).ok_or_else(|| {
        let asked = args.currency.as_deref().unwrap_or_default();
        levels::unknown("--currency", asked, "currency", books.currencies())
    })
}

/// Sums up on standard error. What went wrong is always said.
fn tell(summary: &Summary<'_>, told: Told) {
    let paper = terminal::stderr();
    match told {
        Told::Text => terminal::talk(&render::terminal(&report::batch(summary), paper)),
        Told::Json => terminal::talk(&wire::batch_to_json(summary)),
        Told::None => {
            if let Some(failed) = report::batch_failed(summary) {
                terminal::talk(&format!("error: {}\n", clean(&failed)));
            }
        }
    }
}

/// Rows that failed count more than what the others need: nobody knows what those would need.
fn outcome(summary: &Summary<'_>) -> Outcome {
    if summary.tally.failed > 0 {
        Outcome::RowsFailed
    } else if summary.within.is_some() && summary.refused().count > 0 {
        Outcome::OutsidePolicy
    } else if summary.above() > 0 {
        Outcome::AboveLevel
    } else {
        Outcome::Done
    }
}
