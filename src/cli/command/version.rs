//! `dealdesk --version`.

use crate::cli::books::BookChoice;
use crate::cli::failure::{CommandOutcome, Failure};
use crate::cli::output;
use crate::text::clean;

/// Prints the versions of the program and of the price book, which decide a quote besides its deal.
pub fn run(wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let found = wanted.load()?;
    let book = found.books.first();
    let place = found
        .path
        .as_ref()
        .map_or_else(|| "built in".to_owned(), |path| path.display().to_string());
    output::data(&format!(
        "dealdesk {}\nprice book {}, version {} ({})\nsha256 {}\n",
        env!("CARGO_PKG_VERSION"),
        clean(book.name()),
        clean(book.version()),
        clean(&place),
        book.sha256()
    ))?;
    Ok(CommandOutcome::Done)
}
