//! `dealdesk book show`: a price book as a person reads it.

use crate::cli::books::Wanted;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output;
use crate::cli::printing::Printed;
use crate::{render, report, wire};
use clap::Args;
use std::path::PathBuf;

/// Show a price book as tables, every figure with its line of the file
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk book show
  dealdesk book show next-year.toml
  dealdesk book show --format json")]
pub struct ShowArgs {
    /// The price book [default: the one that quotes]
    #[arg(value_name = "BOOK")]
    book: Option<PathBuf>,

    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Printed,
}

pub fn run(args: &ShowArgs, wanted: &Wanted) -> Result<Outcome, Failure> {
    let found = super::wanted(args.book.as_deref(), wanted).load()?;
    let book = found.books.first();
    output::data(&match args.format {
        Printed::Table => render::terminal(&report::book(book), output::stdout()),
        Printed::Markdown => render::markdown(&report::book(book)),
        Printed::Json => wire::book_to_json(book),
    })?;
    Ok(Outcome::Done)
}
