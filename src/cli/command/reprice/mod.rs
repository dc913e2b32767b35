//! `dealdesk reprice`: what a new price book does to deals that are there.

mod args;

pub use args::{RepriceArgs, TwoBooksArgs};

use super::batch::input::BatchInput;
use super::batch::output::OutputFile;
use super::batch::progress::BatchProgress;
use super::batch::{input, naming};
use crate::answer::batch;
use crate::answer::batch::{BatchError, BatchJob, RowPricer, SecondPricer};
use crate::answer::reprice::{BookPair, HEADER, Impact, RepriceWriter, Repricing};
use crate::book::{Books, PriceBook};
use crate::cli::books::{BookChoice, LoadedBook};
use crate::cli::clock::today;
use crate::cli::failure::{CommandOutcome, Failure, wrong_command_line};
use crate::cli::printing;
use crate::cli::{deals, files, interrupt, output as terminal};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Deals that are priced under two books.
pub struct Portfolio<'a> {
    /// A folder of deal files, a deal file, or a file of deals.
    pub input: &'a Path,
    /// Where each deal is written with what it costs.
    pub output: Option<&'a Path>,
    pub how: &'a TwoBooksArgs,
}

pub fn run(args: &RepriceArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let old = wanted.load_with([args.input.as_path(), args.book.as_path()])?;
    let new = BookChoice::new(Some(args.book.clone())).load()?;
    let portfolio =
        Portfolio { input: &args.input, output: args.output.as_deref(), how: &args.how };
    let books = books(&args.how, &old.books, &new.books)?;
    let (impact, output) = portfolio.price([old, new], books)?;
    if let Some(output) = output {
        output.keep()?;
    }
    let written = args.output.as_ref().map(|path| path.display().to_string());
    let repricing = Repricing {
        input: &input::name(&args.input),
        output: written.as_deref(),
        old: books[0],
        new: books[1],
        impact: &impact,
    };
    printing::print(args.printed.format(), &repricing)?;
    Ok(outcome(&impact))
}

/// How a comparison ends.
pub const fn outcome(impact: &Impact) -> CommandOutcome {
    if impact.failed() > 0 { CommandOutcome::RowsFailed } else { CommandOutcome::Done }
}

/// The books of the currency that is compared.
pub fn books<'b>(
    how: &TwoBooksArgs,
    old: &'b Books,
    new: &'b Books,
) -> Result<[&'b PriceBook; 2], Failure> {
    let code = how.currency.as_deref().unwrap_or(&old.first().currency().code);
    let of = |books: &'b Books, which: &str| {
        books.of(code).ok_or_else(|| {
            let known: Vec<_> = books.currencies().collect();
            let known = known.join(", ");
            wrong_command_line(&format!(
                "--currency: the {which} price book has no currency \"{code}\": it has {known}"
            ))
        })
    };
    Ok([of(old, "old")?, of(new, "new")?])
}

impl Portfolio<'_> {
    /// What it is called.
    pub fn name(&self) -> String {
        input::name(self.input)
    }

    /// Prices it: what a new book changes in one currency.
    pub fn price(
        &self,
        found: [&LoadedBook; 2],
        books: [&PriceBook; 2],
    ) -> Result<(Impact, Option<OutputFile>), Failure> {
        let [old, new] = found;
        let paths = [Some(self.input), old.path.as_deref(), new.path.as_deref()];
        let deals = deals(self, &paths[1..])?;
        refuse_overwrite(self, &paths, deals.as_deref())?;
        let top = self.how.top.into();
        let pen = RepriceWriter::new(books[0], books[1], top, self.output.is_some());
        let Some(deals) = deals else { return of_rows(self, [&old.books, &new.books], &pen) };
        let currency = &books[0].currency().code;
        let desks = BookPair { old: &old.books, new: &new.books, currency, date: today() };
        of_files(&desks, &deals, &pen, self)
    }
}

/// The deal files, if the input is such.
fn deals(args: &Portfolio<'_>, books: &[Option<&Path>]) -> Result<Option<Vec<PathBuf>>, Failure> {
    if args.input.is_dir() {
        let deals = deals::in_folder(args.input, books)?;
        if deals.is_empty() {
            let message = format!("there is no deal file (.toml) in {}", args.input.display());
            return Err(wrong_command_line(&message));
        }
        return Ok(Some(deals));
    }
    let is_deal = deals::is_deal(args.input) && args.how.input_format.is_none();
    Ok(is_deal.then(|| vec![args.input.to_owned()]))
}

/// What is made never replaces what it is made from.
fn refuse_overwrite(
    args: &Portfolio<'_>,
    inputs: &[Option<&Path>],
    deals: Option<&[PathBuf]>,
) -> Result<(), Failure> {
    let Some(output) = args.output else { return Ok(()) };
    if files::is_standard(output) {
        let message = "--output: the answer goes to standard output, and the rows to a file";
        return Err(wrong_command_line(message));
    }
    let deals = deals.unwrap_or_default().iter().map(PathBuf::as_path);
    printing::refuse_overwrite(
        output,
        inputs.iter().flatten().copied().chain(deals),
        "the changes are",
    )
}

/// Begins the file of changes, if one is wanted.
fn begin(args: &Portfolio<'_>, pen: &RepriceWriter<'_>) -> Result<Option<OutputFile>, Failure> {
    let Some(path) = args.output else { return Ok(None) };
    let packing = naming::of_csv(path, "--output")?;
    let mut output = OutputFile::new(path, packing, pen.currency())?;
    output.write_all(HEADER.as_bytes()).map_err(|error| OutputFile::write_failure(path, &error))?;
    Ok(Some(output))
}

fn said(taken: bool) {
    terminal::stderr_line(if taken { "canceled: nothing was written\n" } else { "canceled\n" });
}

/// Compares deal files.
fn of_files(
    desks: &BookPair<'_>,
    deals: &[PathBuf],
    pen: &RepriceWriter<'_>,
    args: &Portfolio<'_>,
) -> Result<(Impact, Option<OutputFile>), Failure> {
    interrupt::watch(said);
    let mut output = begin(args, pen)?;
    let mut page = pen.page();
    for path in deals {
        let id = path.strip_prefix(args.input).ok().filter(|it| !it.as_os_str().is_empty());
        let id = id.unwrap_or(path).display().to_string();
        match files::read(path, "deal file") {
            Ok(source) => desks.file(&id, &source, &mut page),
            Err(Failure::World(error)) if args.input.is_dir() => {
                page.add_unreadable(&id, &format!("{error:#}"));
            }
            Err(other) => return Err(other),
        }
        if let (Some(output), Some(path)) = (output.as_mut(), args.output) {
            output
                .write_all(&page.rows)
                .map_err(|error| OutputFile::write_failure(path, &error))?;
        }
        page.rows.clear();
    }
    Ok((page.impact, output))
}

/// Compares the rows of a file of deals.
fn of_rows(
    args: &Portfolio<'_>,
    books: [&Books; 2],
    pen: &RepriceWriter<'_>,
) -> Result<(Impact, Option<OutputFile>), Failure> {
    let (form, packing) = naming::of(args.input, args.how.input_format, "--input-format")?;
    let [old, new] = books;
    let code = args.how.currency.as_deref().unwrap_or(&old.first().currency().code);
    let date = today();
    let desk = |books| RowPricer::new(books, Some(code), date);
    let mut impact = pen.page().impact;
    let (Some(old), Some(new)) = (desk(old), desk(new)) else { return Ok((impact, None)) };
    let mut input = BatchInput::open(args.input, packing, &args.how.ignore_column)?;
    let progress = Arc::new(BatchProgress::new(&input, !args.how.quiet));
    let watched = Arc::clone(&progress);
    interrupt::watch(move |taken| {
        watched.clear();
        said(taken);
    });
    let job = BatchJob {
        desk: &old,
        form,
        written: batch::RowFormat::Csv,
        name: &input::name(args.input),
        ignored: &input.ignored,
        threads: args.how.threads.map(usize::from),
        progress: &|rows, _| progress.update(rows),
    };
    let mut output = begin(args, pen)?;
    let beside = SecondPricer { desk: &new, sheet: &|| pen.page() };
    let done = batch::run_both(&job, &beside, &mut input.bytes, &mut |page| {
        impact.merge(page.impact);
        output.as_mut().map_or(Ok(()), |output| output.write_all(&page.rows))
    });
    progress.clear();
    let path = args.output.unwrap_or(Path::new(""));
    done.map_err(|stop| match stop {
        BatchError::Header(faults) => {
            Failure::faults("this file of deals cannot be priced", faults)
        }
        BatchError::Read(error) => input.read_failure(error),
        BatchError::Write(error) | BatchError::WriteErrors(error) => {
            OutputFile::write_failure(path, &error)
        }
    })?;
    Ok((impact, output))
}
