//! `dealdesk book show`: a price book as a person reads it.

use super::in_no_listing;
use crate::book::{Books, Metric, PriceBook};
use crate::cli::books::Wanted;
use crate::cli::failure::{Failure, Outcome, wrong_command_line};
use crate::cli::output;
use crate::cli::printing::Printed;
use crate::listing;
use crate::reading::suggestion;
use crate::{render, report, wire};
use clap::Args;
use std::path::PathBuf;

/// Show a price book as tables, every figure with its line of the file
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk book show
  dealdesk book show next-year.toml --metric socket
  dealdesk book show --currency JPY --format json")]
pub struct ShowArgs {
    /// The price book [default: the one that quotes]
    #[arg(value_name = "BOOK")]
    book: Option<PathBuf>,

    /// Only this metric, and the discounts on it
    #[arg(long, value_name = "METRIC")]
    metric: Option<String>,

    /// The currency of the amounts [default: the first one of the book]
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,

    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Printed,
}

pub fn run(args: &ShowArgs, wanted: &Wanted) -> Result<Outcome, Failure> {
    let found = super::wanted(args.book.as_deref(), wanted).load()?;
    let book = in_currency(&found.books, args.currency.as_deref())?;
    let metric = args.metric.as_deref().map(|name| metric(book, name)).transpose()?;
    let metric = metric.map(Metric::name);
    let listings = listing::read(&found.source).map_err(in_no_listing)?;
    let is_mine = |it: &&listing::Listing| it.currency == book.currency().code;
    let Some(listing) = listings.iter().find(is_mine) else { return Ok(Outcome::Done) };
    output::data(&match args.format {
        Printed::Table => {
            render::terminal(&report::book(&found.books, book, listing, metric), output::stdout())
        }
        Printed::Markdown => render::markdown(&report::book(&found.books, book, listing, metric)),
        Printed::Json => wire::book_to_json(&found.books, book, listing, metric),
    })?;
    Ok(Outcome::Done)
}

/// The book in the currency of that code, or in its first.
fn in_currency<'b>(books: &'b Books, code: Option<&str>) -> Result<&'b PriceBook, Failure> {
    let Some(code) = code else { return Ok(books.first()) };
    books.of(code).ok_or_else(|| {
        let known = suggestion(code, books.currencies());
        wrong_command_line(&format!("--currency: the book has no currency \"{code}\": {known}"))
    })
}

fn metric<'b>(book: &'b PriceBook, name: &str) -> Result<&'b Metric, Failure> {
    book.metric(name).ok_or_else(|| {
        let known = suggestion(name, book.metrics().iter().map(Metric::name));
        wrong_command_line(&format!("--metric: the book has no metric \"{name}\": {known}"))
    })
}
