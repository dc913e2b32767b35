//! `dealdesk --version`.

use crate::cli::{BookChoice, CommandOutcome, Failure, output};
use crate::text::clean;

/// Prints the versions of the program and of the price book, which decide a quote besides its deal.
pub fn run(wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let found = wanted.load()?;
    let book = found.books.first();
    let place = found.path.as_ref().map(|path| path.display().to_string());
    output::data(&format!(
        "dealdesk {}\nprice book {}, version {} ({})\nsha256 {}\n",
        env!("CARGO_PKG_VERSION"),
        clean(&book.name),
        clean(&book.version),
        clean(place.as_deref().unwrap_or("built in")),
        book.sha256
    ))
}
