//! `dealdesk book diff`: the changes between two price books, and their effect on deals.

use crate::answer::book_tables;
use crate::answer::book_tables::text::BookDiffView;
use crate::answer::reprice::Repricing;
use crate::cli::command::reprice;
use crate::cli::command::reprice::{Portfolio, TwoBooksArgs};
use crate::cli::contracts::NamedContracts;
use crate::cli::{
    BookChoice, CommandOutcome, Failure, LoadedBook, OutputArgs, files, git, wrong_command_line,
};
use anyhow::anyhow;
use clap::Args;
use std::path::PathBuf;

/// Compare two price books: each change with its lines, and its effect on deals
///
/// With one book, the old book is the one that prices deals: --price-book, `DEALDESK_PRICE_BOOK`, or
/// the nearest pricing.toml. With --against, it is the same file in a revision of git. Values are
/// compared by meaning: comments, the order of tables, and 15% for 0.15 are no change.
///
/// Deals are given as for dealdesk reprice: a folder of deal files with its subfolders, one deal file,
/// or a file of deals as batch reads it. Amounts of deals are in one currency.
#[derive(Debug, Args)]
#[command(
    override_usage = "dealdesk book diff [OPTIONS] [OLD] NEW\n       \
                      dealdesk book diff [OPTIONS] --against <REV> [BOOK]",
    after_help = "\
Examples:
  dealdesk book diff pricing.toml next-year.toml
  dealdesk book diff next-year.toml --deals deals/
  dealdesk book diff --against main --deals deals.csv --format markdown

Exit codes: 0 done, with or without changes; 1 a book or a deal cannot be read, or the new book has no
price for some deals, and the answer is printed all the same; 2 wrong command line."
)]
pub struct BookDiffArgs {
    /// The old book and the new one, or only the new one
    #[arg(value_name = "BOOK", num_args = 0..=2)]
    books: Vec<PathBuf>,

    /// The old book is the same file in this revision of git: a branch, a tag, HEAD~1
    #[arg(long, value_name = "REV")]
    against: Option<String>,

    /// Show the effect on these deals: a folder of deal files, a deal file, or a file of deals
    #[arg(long, value_name = "DEALS")]
    deals: Option<PathBuf>,

    #[command(flatten)]
    printing: OutputArgs,

    #[command(flatten)]
    how: TwoBooksArgs,
}

pub fn run(args: &BookDiffArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    wanted.without_contracts("this command compares books")?;
    let format = args.printing.format()?;
    files::read_once(args.books.iter().chain(&args.deals).map(PathBuf::as_path))?;
    let found = books(args, wanted)?;
    let inputs = found.iter().filter_map(|found| found.path.as_deref());
    args.printing.refuse_overwrite(inputs.chain(args.deals.as_deref()), "the answer is")?;
    let changes = &book_tables::changes(&found[0].tables()?, &found[1].tables()?);
    let [old, new] = [&found[0].books, &found[1].books];
    let Some(deals) = &args.deals else {
        let books = [old.first(), new.first()];
        return args.printing.print(format, &BookDiffView { books, changes, repricing: None });
    };
    let books = reprice::books(&args.how, old, new)?;
    let portfolio = Portfolio { input: deals, output: None, how: &args.how };
    let date = args.how.date.unwrap_or_else(|| found[1].today());
    let impact = portfolio.price(found, books, date)?;
    let input = files::name(deals);
    let [old, new] = books;
    let repricing =
        Some(&Repricing { input: &input, output: None, old, new, date, impact: &impact });
    args.printing.print(format, &BookDiffView { books, changes, repricing })?;
    Ok(CommandOutcome::RowsFailed.when(impact.failed() > 0))
}

fn books(args: &BookDiffArgs, wanted: &BookChoice) -> Result<[&'static LoadedBook; 2], Failure> {
    match (&args.against, args.books.as_slice()) {
        (Some(_), [_, _]) => Err(wrong_command_line(
            "--against compares one book with its own revision, and these are two books",
        )),
        (Some(revision), books) => {
            let new = wanted.load_one(books.first().map(PathBuf::as_path))?;
            let Some(path) = &new.path else {
                return Err(wrong_command_line(
                    "--against: the book is built into the program and not in git: name a file",
                ));
            };
            let old = git::file_in(revision, path)?;
            let old = old
                .ok_or_else(|| anyhow!("the price book {} is not in {revision}", path.display()))?;
            let old = files::source_in_revision(revision, path, old, "price book")?;
            Ok([LoadedBook::new(old, None, NamedContracts::default())?, new])
        }
        (None, [old, new]) => Ok([LoadedBook::read(old)?, LoadedBook::read(new)?]),
        (None, [new]) => Ok([wanted.load_one(None)?, LoadedBook::read(new)?]),
        (None, _) => Err(wrong_command_line(
            "there is nothing to compare: name two books, or the new book, or a revision with \
             --against",
        )),
    }
}
