//! `dealdesk reprice`: the effect of a new price book on existing deals.

mod args;

pub use args::{RepriceArgs, TwoBooksArgs};

use super::batch::input::BatchInput;
use super::batch::output::OutputFile;
use super::batch::progress::BatchProgress;
use super::batch::{input, naming};
use crate::answer::batch;
use crate::answer::batch::{BatchError, BatchJob, RowPricer};
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

/// Deals that are to be priced under two books.
pub struct Portfolio<'a> {
    /// A folder of deal files, a deal file, or a file of deals.
    pub input: &'a Path,
    /// File of a row for each deal.
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

/// Returns the exit code of a comparison.
pub const fn outcome(impact: &Impact) -> CommandOutcome {
    if impact.failed() > 0 { CommandOutcome::RowsFailed } else { CommandOutcome::Done }
}

/// Finds the books of the currency that is compared.
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
    /// Returns the name of the portfolio.
    pub fn name(&self) -> String {
        input::name(self.input)
    }

    /// Prices the deals under both books, in one currency.
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
        let writer = RepriceWriter::new(books[0], books[1], top, self.output.is_some());
        let Some(deals) = deals else { return of_rows(self, [&old.books, &new.books], &writer) };
        let currency = &books[0].currency().code;
        let pair = BookPair { old: &old.books, new: &new.books, currency, date: today() };
        of_files(&pair, &deals, &writer, self)
    }
}

/// Finds the deal files; `None` if the input is a file of deals.
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

/// Refuses to write the rows over the deals or a book.
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

/// Begins the file of rows, if one is wanted.
fn begin(args: &Portfolio<'_>) -> Result<Option<OutputFile>, Failure> {
    let Some(path) = args.output else { return Ok(None) };
    let mut output = OutputFile::new(path, naming::of_csv(path, "--output")?)?;
    output.write_all(HEADER.as_bytes()).map_err(|error| OutputFile::write_failure(path, &error))?;
    Ok(Some(output))
}

fn print_canceled(taken: bool) {
    terminal::stderr_line(if taken { "canceled: nothing was written\n" } else { "canceled\n" });
}

/// Compares deal files.
fn of_files(
    pair: &BookPair<'_>,
    deals: &[PathBuf],
    writer: &RepriceWriter<'_>,
    args: &Portfolio<'_>,
) -> Result<(Impact, Option<OutputFile>), Failure> {
    interrupt::watch(print_canceled);
    let mut output = begin(args)?;
    let mut priced = writer.output();
    for path in deals {
        let id = path.strip_prefix(args.input).ok().filter(|it| !it.as_os_str().is_empty());
        let id = id.unwrap_or(path).display().to_string();
        match files::read(path, "deal file") {
            Ok(source) => pair.file(&id, &source, &mut priced),
            Err(Failure::World(error)) if args.input.is_dir() => {
                priced.add_unreadable(&id, &format!("{error:#}"));
            }
            Err(other) => return Err(other),
        }
        if let (Some(output), Some(path)) = (output.as_mut(), args.output) {
            output
                .write_all(&priced.rows)
                .map_err(|error| OutputFile::write_failure(path, &error))?;
        }
        priced.rows.clear();
    }
    Ok((priced.impact, output))
}

/// Compares the rows of a file of deals.
fn of_rows(
    args: &Portfolio<'_>,
    books: [&Books; 2],
    writer: &RepriceWriter<'_>,
) -> Result<(Impact, Option<OutputFile>), Failure> {
    let encoding = naming::of(args.input, args.how.input_format, "--input-format")?;
    let [old, new] = books;
    let code = args.how.currency.as_deref().unwrap_or(&old.first().currency().code);
    let date = today();
    let pricer = |books| RowPricer::new(books, Some(code), date);
    let mut impact = writer.output().impact;
    let (Some(old), Some(new)) = (pricer(old), pricer(new)) else { return Ok((impact, None)) };
    let mut input = BatchInput::open(args.input, encoding, &args.how.ignore_column)?;
    let progress = Arc::new(BatchProgress::new(&input, !args.how.quiet));
    let watched = Arc::clone(&progress);
    interrupt::watch(move |taken| {
        watched.clear();
        print_canceled(taken);
    });
    let job = BatchJob {
        pricers: [&old, &new],
        name: &input::name(args.input),
        ignored: &input.ignored,
        threads: args.how.threads.map(usize::from),
        progress: &|rows| progress.update(rows),
    };
    let mut output = begin(args)?;
    let sink = || writer.output();
    let done = batch::run_two_books(&job, input.rows.source(), &sink, &mut |priced| {
        impact.merge(priced.impact);
        output.as_mut().map_or(Ok(()), |output| output.write_all(&priced.rows))
    });
    progress.clear();
    let path = args.output.unwrap_or(Path::new(""));
    done.map_err(|stop| match stop {
        BatchError::Header(errors) => {
            Failure::faults("this file of deals cannot be priced", errors)
        }
        BatchError::Read(error) => input.read_failure(error),
        BatchError::Write(error) | BatchError::WriteErrors(error) => {
            OutputFile::write_failure(path, &error)
        }
    })?;
    Ok((impact, output))
}
