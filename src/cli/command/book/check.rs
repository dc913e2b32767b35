//! `dealdesk book check`: everything there is to know of a price book; and `explain`.

use crate::answer::book_check;
use crate::answer::book_check::{BookCheck, FINDING_KINDS, FindingKind};
use crate::book::PriceBook;
use crate::cli::books::BookChoice;
use crate::cli::failure::{CommandOutcome, Failure, wrong_command_line};
use crate::cli::printing::OutputArgs;
use crate::cli::typed::day;
use crate::cli::{output, today};
use crate::document;
use crate::number::Date;
use crate::text::diagnostic::nearest;
use clap::Args;
use std::path::PathBuf;

/// Prove what is so of a price book, over all quantities, terms, prepayments and programs
///
/// Breakpoints split the quantities of each metric into pieces on which a total only grows, so that
/// every interval is exact: larger orders that cost less, what each level can give away, lines that no
/// deal reaches. `dealdesk book explain CODE` says what a finding means.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk book check
  dealdesk book check next-year.toml --deny larger-order-costs-less --deny unreached
  dealdesk book check --allow assumed --format markdown
  dealdesk book check 2026.toml 2027.toml

Exit codes: 0, or 1 if a finding is an error or of a code that is denied.")]
pub struct BookCheckArgs {
    /// The price books, one after the other in time [default: the one that quotes]
    #[arg(value_name = "BOOK")]
    books: Vec<PathBuf>,

    /// A code that may not be found; can be repeated
    #[arg(long, value_name = "CODE")]
    deny: Vec<String>,

    /// A code that is not told; can be repeated
    #[arg(long, value_name = "CODE", conflicts_with = "only")]
    allow: Vec<String>,

    /// Tell this code alone; can be repeated
    #[arg(long, value_name = "CODE")]
    only: Vec<String>,

    /// The day on which the book is looked at [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    date: Option<Date>,

    #[command(flatten)]
    printing: OutputArgs,
}

/// Explain what a finding means, how it is found, and what to do about it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk book explain
  dealdesk book explain larger-order-costs-less")]
pub struct BookExplainArgs {
    /// The code of a finding; without it, all of them
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

pub fn run(args: &BookCheckArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let format = args.printing.format()?;
    let denied = codes("--deny", &args.deny)?;
    let allowed = codes("--allow", &args.allow)?;
    let only = codes("--only", &args.only)?;
    let untold = |code: &&&FindingKind| {
        allowed.contains(*code) || !(only.is_empty() || only.contains(*code))
    };
    if let Some(code) = denied.iter().find(untold) {
        let message = format!("--deny: {} is not told, so that it could not be denied", code.name);
        return Err(wrong_command_line(&message));
    }
    let (mut loaded, mut failed) = (Vec::new(), None);
    for path in &args.books {
        match BookChoice::new(Some(path.clone())).load() {
            Ok(found) => loaded.push(&found.books),
            // What is wrong with one book hides nothing of the others.
            Err(failure) => failed = Some(failure.report()),
        }
    }
    if failed.is_some() && loaded.is_empty() {
        return Ok(CommandOutcome::Denied);
    }
    let mut paths = args.books.clone();
    if args.books.is_empty() {
        let found = wanted.load()?;
        loaded.push(&found.books);
        paths.extend(found.path.clone());
    }
    args.printing.refuse_overwrite(paths.iter().map(PathBuf::as_path), "the answer is")?;
    let date = args.date.unwrap_or_else(today);
    let mut found = book_check::findings(&loaded, date);
    found.retain(|finding| {
        !allowed.contains(&finding.code) && (only.is_empty() || only.contains(&finding.code))
    });
    let books: Vec<&PriceBook> = loaded.iter().map(|books| books.first()).collect();
    let findings = BookCheck { books: &books, found: &found, denied: &denied };
    args.printing.print(format, &findings)?;
    let is_denied = found.iter().any(|finding| findings.is_denied(finding));
    Ok(if is_denied || failed.is_some() { CommandOutcome::Denied } else { CommandOutcome::Done })
}

pub fn explain(args: &BookExplainArgs) -> Result<CommandOutcome, Failure> {
    let codes: Vec<&FindingKind> = match &args.code {
        Some(name) => vec![code("CODE", name)?],
        None => FINDING_KINDS.iter().collect(),
    };
    let paper = output::stdout();
    let lessons =
        codes.iter().map(|code| document::terminal(&book_check::text::lesson(code), paper));
    output::data(&lessons.collect::<Vec<_>>().join("\n"))?;
    Ok(CommandOutcome::Done)
}

fn codes(flag: &str, names: &[String]) -> Result<Vec<&'static FindingKind>, Failure> {
    names.iter().map(|name| code(flag, name)).collect()
}

fn code(flag: &str, name: &str) -> Result<&'static FindingKind, Failure> {
    FindingKind::of(name).ok_or_else(|| {
        let known = || FINDING_KINDS.iter().map(|code| code.name);
        let near = nearest(name, known()).map(|near| format!("; did you mean {near}?"));
        let (known, near) = (known().collect::<Vec<_>>().join(", "), near.unwrap_or_default());
        wrong_command_line(&format!(
            "{flag}: there is no finding \"{name}\": there is {known}{near}"
        ))
    })
}
