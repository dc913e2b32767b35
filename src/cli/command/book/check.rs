//! `dealdesk book check`: proofs and lints over a price book.

use crate::answer::book_check;
use crate::answer::book_check::{BookCheck, FINDING_KINDS, FindingKind};
use crate::cli::{
    BookChoice, CommandOutcome, Failure, LoadedBook, OutputArgs, codes, output, typed,
};
use crate::number::Date;
use clap::Args;
use std::path::PathBuf;

/// Check a price book over all quantities, terms, prepayments and programs
///
/// Breakpoints split the quantities of each metric into pieces on which a total only grows, so that
/// every reported interval is exact: larger orders that cost less, the largest discount of each level,
/// lines that no deal reaches. `dealdesk explain CODE` explains a finding.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk book check
  dealdesk book check next-year.toml --deny larger-order-costs-less --deny unreached
  dealdesk book check --allow assumed --format markdown
  dealdesk book check 2026.toml 2027.toml

Exit codes: 0, or 1 if a finding is an error or of a code that is denied.")]
pub struct BookCheckArgs {
    /// The price books, in the order of time [default: the book that prices deals]
    #[arg(value_name = "BOOK")]
    books: Vec<PathBuf>,

    /// Exit with 1 if this code is found; can be repeated
    #[arg(long, value_name = "CODE")]
    deny: Vec<String>,

    /// Do not report this code; can be repeated
    #[arg(long, value_name = "CODE", conflicts_with = "only")]
    allow: Vec<String>,

    /// Report only this code; can be repeated
    #[arg(long, value_name = "CODE")]
    only: Vec<String>,

    /// The date of the check [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = typed::day)]
    date: Option<Date>,

    #[command(flatten)]
    printing: OutputArgs,
}

pub fn run(args: &BookCheckArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let format = args.printing.format()?;
    let known: Vec<_> = FINDING_KINDS.iter().collect();
    let (denied, allowed) = codes::denied_and_allowed(&args.deny, &args.allow, &known)?;
    let only = codes::find_all("--only", &args.only, &known)?;
    let is_hidden =
        |code: &&FindingKind| allowed.contains(code) || !(only.is_empty() || only.contains(code));
    if let Some(code) = denied.iter().find(|code| is_hidden(code)) {
        return Err(codes::not_reported(*code));
    }
    wanted.without_contracts("this command looks at books alone")?;
    let paths = if args.books.is_empty() { wanted.paths()? } else { args.books.clone() };
    let (mut loaded, mut failed) = (Vec::new(), false);
    for path in &paths {
        match LoadedBook::read(path) {
            Ok(found) => loaded.push(found),
            // Errors in one book hide no finding of the others.
            Err(failure) => {
                output::report(failure);
                failed = true;
            }
        }
    }
    if paths.is_empty() {
        loaded.push(wanted.load()?);
    }
    args.printing.refuse_overwrite(paths.iter().map(PathBuf::as_path), "the answer is")?;
    let Some(date) = args.date.or_else(|| Some(loaded.first()?.today())) else {
        return Ok(CommandOutcome::Denied);
    };
    let loaded: Vec<_> = loaded.iter().map(|found| &found.books).collect();
    let mut found = book_check::findings(&loaded, date);
    found.retain(|finding| !is_hidden(&finding.code));
    let books: Vec<_> = loaded.iter().map(|books| books.first()).collect();
    let findings = BookCheck { date, books: &books, found: &found, denied: &denied };
    args.printing.print(format, &findings)?;
    let is_denied = found.iter().any(|finding| findings.is_denied(finding));
    Ok(CommandOutcome::Denied.when(is_denied || failed))
}
