//! `dealdesk book diff`: what changed in a price book, and what that does to deals.

use super::in_no_listing;
use crate::book::PriceBook;
use crate::cli::books::{Found, Wanted};
use crate::cli::command::reprice::{self, Comparing, Portfolio};
use crate::cli::failure::{Failure, Outcome, wrong_command_line};
use crate::cli::printing::Printed;
use crate::cli::{files, git, output};
use crate::listing::{self, Change};
use crate::reprice::Repricing;
use crate::{render, report, wire};
use anyhow::anyhow;
use clap::Args;
use std::path::{Path, PathBuf};

/// Compare two price books: each change with its lines, and what it does to deals
///
/// With one book, the old one is the one that quotes: --price-book, `DEALDESK_PRICE_BOOK`, or the
/// nearest pricing.toml. With --against, it is the same file as git has it in a revision. Values are
/// compared by what they mean, so that comments, order of tables and 15% for 0.15 are no change.
///
/// Deals are those of dealdesk reprice: a folder of deal files with the folders in it, one deal file,
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

Exit codes: 0 done, whether something changed or not; 1 a book or a deal cannot be read, or the new
book has no price for some deals: the answer is printed all the same; 2 wrong command line."
)]
pub struct DiffArgs {
    /// The old book and the new one, or only the new one
    #[arg(value_name = "BOOK", num_args = 0..=2)]
    books: Vec<PathBuf>,

    /// The old book is the same file in this revision of git: a branch, a tag, HEAD~1
    #[arg(long, value_name = "REV")]
    against: Option<String>,

    /// What the change does to these deals: a folder of deal files, a deal file, or a file of deals
    #[arg(long, value_name = "DEALS")]
    deals: Option<PathBuf>,

    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Printed,

    #[command(flatten)]
    how: Comparing,
}

pub fn run(args: &DiffArgs, wanted: &Wanted) -> Result<Outcome, Failure> {
    files::read_once(args.books.iter().chain(&args.deals).map(PathBuf::as_path))?;
    let found = books(args, wanted)?;
    let changes = changes(found)?;
    let [old, new] = [&found[0].books, &found[1].books];
    let Some(deals) = &args.deals else {
        print(args, [old.first(), new.first()], &changes, None)?;
        return Ok(Outcome::Done);
    };
    let books = reprice::books(&args.how, old, new)?;
    let portfolio = Portfolio { input: deals, output: None, how: &args.how };
    let (impact, _) = portfolio.price(found, books)?;
    let input = portfolio.name();
    let [old, new] = books;
    let repricing = Repricing { input: &input, output: None, old, new, impact: &impact };
    print(args, books, &changes, Some(&repricing))?;
    Ok(reprice::outcome(&impact))
}

/// The old book and the new one.
fn books(args: &DiffArgs, wanted: &Wanted) -> Result<[&'static Found; 2], Failure> {
    let named = |path: &Path| Wanted::new(Some(path.to_owned())).load();
    match (&args.against, args.books.as_slice()) {
        (Some(_), [_, _]) => Err(wrong_command_line(
            "--against compares one book with a revision of itself, and these are two",
        )),
        (Some(revision), books) => {
            let new = super::wanted(books.first().map(PathBuf::as_path), wanted).load()?;
            let Some(path) = &new.path else {
                return Err(wrong_command_line(
                    "--against: the book is the one built into the program, of which git knows \
                     nothing: name a file",
                ));
            };
            Ok([before(revision, path)?, new])
        }
        (None, [old, new]) => Ok([named(old)?, named(new)?]),
        (None, [new]) => Ok([wanted.load()?, named(new)?]),
        (None, _) => Err(wrong_command_line(
            "there is nothing to compare: name two books, the new one, or a revision with --against",
        )),
    }
}

/// A book as it was.
fn before(revision: &str, path: &Path) -> Result<&'static Found, Failure> {
    let bytes = git::file_in(revision, path)?;
    let bytes =
        bytes.ok_or_else(|| anyhow!("the price book {} is not in {revision}", path.display()))?;
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    Found::new(files::kept(&format!("{revision}:{file}"), bytes, "price book")?, None)
}

fn changes([old, new]: [&Found; 2]) -> Result<Vec<Change>, Failure> {
    let read = |found: &Found| listing::read(&found.source).map_err(in_no_listing);
    Ok(listing::changes(&read(old)?, &read(new)?))
}

fn print(
    args: &DiffArgs,
    books: [&PriceBook; 2],
    changes: &[Change],
    repricing: Option<&Repricing<'_>>,
) -> Result<(), Failure> {
    let document = || report::book_diff(books, changes, repricing);
    output::data(&match args.format {
        Printed::Table => render::terminal(&document(), output::stdout()),
        Printed::Markdown => render::markdown(&document()),
        Printed::Json => wire::book_diff_to_json(books, changes, repricing),
    })
}
