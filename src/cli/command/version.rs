//! `dealdesk --version`.

use crate::cli::{BookChoice, CommandOutcome, Failure, output};
use crate::text::clean;

/// Prints the versions of the program and of the price book, which decide a quote besides its deal.
pub fn run(wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let found = wanted.load()?;
    let book = found.books.on(found.today()).first();
    let places: Vec<_> = found.files().map(|path| path.display().to_string()).collect();
    let place = (!places.is_empty()).then(|| places.join(", "));
    output::data(&format!(
        "dealdesk {}\nprice book {}, version {} ({})\nsha256 {}\n",
        env!("CARGO_PKG_VERSION"),
        clean(&book.name),
        clean(&book.version),
        clean(place.as_deref().unwrap_or("built in")),
        book.sha256
    ))
}
