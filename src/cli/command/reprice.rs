//! `dealdesk reprice`: the effect of a new price book on existing deals.

use super::batch::input::BatchInput;
use super::batch::naming;
use super::batch::naming::FileFormat;
use super::batch::output::OutputFile;
use super::batch::progress::BatchProgress;
use crate::answer::batch;
use crate::answer::batch::{BatchError, BatchJob, RowPricer};
use crate::answer::reprice::{BookPair, HEADER, Impact, RepriceWriter, Repricing};
use crate::book::{Books, PriceBook};
use crate::cli::printing::FormatArgs;
use crate::cli::{
    BookChoice, CommandOutcome, Failure, LoadedBook, deal_files, files, interrupt, printing, typed,
    wrong_command_line,
};
use crate::number::Date;
use clap::Args;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Price deals under a new price book, and show the changes
///
/// The deals are a folder of deal files, with the folders in it; one deal file (.toml); or a file of
/// deals as batch reads it: CSV or JSON Lines, compressed or not. In a folder every file named .toml
/// is a deal, except names that begin with a dot, pricing.toml, and the two books.
///
/// The old book is the current price book: --price-book, `DEALDESK_PRICE_BOOK`, or the nearest
/// pricing.toml. Sums, levels and metrics are those of the deals that both books have a price for;
/// the others are counted and named with the reason.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk reprice deals/ --book next-year.toml
  dealdesk reprice deals.csv.gz --book next-year.toml --output changes.csv
  dealdesk reprice deals.jsonl --book next-year.toml --top 25 --format markdown
  zcat deals.csv.gz | dealdesk reprice - --book next-year.toml --format json

Exit codes: 0 the new book has a price for every deal; 1 it has none for some, whether the old one had
or not, or some could not be read: the answer is printed all the same; 2 wrong command line. A deal
that the new book refuses has a price.")]
pub struct RepriceArgs {
    /// A folder of deal files, a deal file, or a file of deals; - reads such rows from standard input
    #[arg(value_name = "DEALS")]
    input: PathBuf,

    /// The new price book
    #[arg(long, value_name = "FILE")]
    book: PathBuf,

    /// Also write a CSV row for each deal, whole or not at all; compressed if the name ends in .gz or
    /// .zst
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    printed: FormatArgs,

    #[command(flatten)]
    how: TwoBooksArgs,
}

/// Arguments that `reprice` shares with `book diff`.
#[derive(Debug, Args)]
pub struct TwoBooksArgs {
    /// The number of deals listed of each kind
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(..=1000))]
    top: u16,

    /// The date of deals that name none [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = typed::day)]
    pub date: Option<Date>,

    /// The currency to compare [default: the first one of the old price book]
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,

    /// The format of a file of deals [default: by the file name]
    #[arg(long, value_name = "FORMAT")]
    input_format: Option<FileFormat>,

    /// A CSV column to ignore; can be repeated
    #[arg(long, value_name = "NAME")]
    ignore_column: Vec<String>,

    /// The number of threads [default: the number of processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,

    /// No progress
    #[arg(short, long)]
    quiet: bool,
}

pub struct Portfolio<'a> {
    /// A folder of deal files, a deal file, or a file of deals.
    pub input: &'a Path,
    pub output: Option<&'a Path>,
    pub how: &'a TwoBooksArgs,
}

pub fn run(args: &RepriceArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let wanted = wanted.without_contracts("`reprice` compares two books")?;
    let old = wanted.load_with([args.input.as_path(), args.book.as_path()])?.only()?;
    let new = LoadedBook::read(&args.book)?;
    let portfolio =
        Portfolio { input: &args.input, output: args.output.as_deref(), how: &args.how };
    let books = books(&args.how, &old.books, &new.books)?;
    let date = args.how.date.unwrap_or_else(|| new.today());
    let impact = portfolio.price([old, new], books, date)?;
    let written = args.output.as_ref().map(|path| path.display().to_string());
    let repricing = Repricing {
        input: &files::name(&args.input),
        output: written.as_deref(),
        old: books[0],
        new: books[1],
        date,
        impact: &impact,
    };
    printing::print(args.printed.format(), &repricing)?;
    Ok(CommandOutcome::RowsFailed.when(impact.failed() > 0))
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
            let known = books.currencies().collect::<Vec<_>>().join(", ");
            wrong_command_line(&if how.currency.is_some() {
                format!(
                    "--currency: the {which} price book has no currency \"{code}\": it has {known}"
                )
            } else {
                format!(
                    "the old price book is in {code}, and the {which} one has {known}: name one of \
                     both with --currency"
                )
            })
        })
    };
    Ok([of(old, "old")?, of(new, "new")?])
}

impl Portfolio<'_> {
    /// Prices the deals under both books, in one currency, and writes the file of rows.
    pub fn price(
        &self,
        [old, new]: [&LoadedBook; 2],
        books: [&PriceBook; 2],
        date: Date,
    ) -> Result<Impact, Failure> {
        let paths: Vec<_> = old.files().chain(new.files()).collect();
        let deals = self.deal_files(&paths)?;
        self.refuse_overwrite(&paths, deals.as_deref().unwrap_or_default())?;
        let top = self.how.top.into();
        let writer = RepriceWriter::new(books[0], books[1], top, self.output.is_some());
        let currency = &books[0].currency().code;
        let pair = BookPair { old: &old.books, new: &new.books, currency, date };
        deals.map_or_else(
            || self.price_rows(&pair, &writer),
            |deals| self.price_files(&pair, &deals, &writer),
        )
    }

    /// Finds the deal files; `None` if the input is a file of deals.
    fn deal_files(&self, books: &[&Path]) -> Result<Option<Vec<PathBuf>>, Failure> {
        if self.input.is_dir() {
            let listed = deal_files::in_folder(self.input, books)?.into_iter();
            let files = listed.map(|(path, listed)| listed.map(|()| path));
            return files.collect::<Result<_, _>>().map(Some);
        }
        let is_deal = deal_files::is_deal(self.input) && self.how.input_format.is_none();
        Ok(is_deal.then(|| vec![self.input.to_owned()]))
    }

    /// Refuses to write the rows over the deals or a book.
    fn refuse_overwrite(&self, books: &[&Path], deals: &[PathBuf]) -> Result<(), Failure> {
        let Some(output) = self.output else { return Ok(()) };
        if files::is_standard(output) {
            let message = "--output: the answer goes to standard output, and the rows to a file";
            return Err(wrong_command_line(message));
        }
        let inputs = [self.input].into_iter().chain(books.iter().copied());
        let deals = deals.iter().map(PathBuf::as_path);
        printing::refuse_overwrite(output, inputs.chain(deals), "the changes are")
    }

    fn begin(&self) -> Result<Option<OutputFile>, Failure> {
        let Some(path) = self.output else { return Ok(None) };
        let mut output = OutputFile::new(path, naming::of_csv(path, "--output")?)?;
        output.add(HEADER.as_bytes())?;
        Ok(Some(output))
    }

    fn price_files(
        &self,
        pair: &BookPair<'_>,
        deals: &[PathBuf],
        writer: &RepriceWriter<'_>,
    ) -> Result<Impact, Failure> {
        interrupt::watch(|| ());
        let mut output = self.begin()?;
        let mut priced = writer.output();
        for path in deals {
            let id = deal_files::name_in(Some(self.input), path);
            match files::read(path, "deal file") {
                Ok(source) => pair.file(&id, &source, &mut priced),
                Err(Failure::World(error)) if self.input.is_dir() => {
                    priced.add_unreadable(&id, &format!("{error:#}"));
                }
                Err(other) => return Err(other),
            }
            if let Some(output) = &mut output {
                output.add(&priced.rows)?;
            }
            priced.rows.clear();
        }
        output.map_or(Ok(()), OutputFile::keep)?;
        Ok(priced.impact)
    }

    fn price_rows(&self, pair: &BookPair, writer: &RepriceWriter) -> Result<Impact, Failure> {
        let encoding = naming::of(self.input, self.how.input_format, "--input-format")?;
        let pricer = |books| {
            RowPricer::new(books, Some(pair.currency), pair.date).map(RowPricer::on_any_day)
        };
        let pricers = pricer(pair.old).zip(pricer(pair.new));
        let mut impact = writer.output().impact;
        let Some((old, new)) = pricers else { return Ok(impact) };
        let mut input = BatchInput::open(self.input, encoding, &self.how.ignore_column)?;
        let progress = Arc::new(BatchProgress::new(&input, !self.how.quiet));
        let watched = Arc::clone(&progress);
        interrupt::watch(move || watched.clear());
        let job = BatchJob {
            pricers: [&old, &new],
            name: &files::name(self.input),
            ignored: &input.ignored,
            threads: self.how.threads.map(usize::from),
            progress: &|rows| progress.update(rows),
        };
        let mut output = self.begin()?;
        let sink = || writer.output();
        let done = batch::run_two_books(&job, input.rows.source(), &sink, &mut |priced| {
            impact.merge(priced.impact);
            output.as_mut().map_or(Ok(()), |output| output.write_all(&priced.rows))
        });
        progress.clear();
        done.map_err(|stop| match stop {
            BatchError::Header(errors) => {
                Failure::faults("this file of deals cannot be priced", errors)
            }
            BatchError::Read(error) => input.read_failure(error),
            BatchError::Write(error) | BatchError::WriteErrors(error) => {
                OutputFile::write_failure(self.output.unwrap_or(Path::new("")), &error)
            }
        })?;
        output.map_or(Ok(()), OutputFile::keep)?;
        Ok(impact)
    }
}
