//! Words of the command line that only a price book knows.

use super::failure::{Failure, wrong_command_line};
use crate::book::{Level, PriceBook};
use crate::text::diagnostic::not_in_book;

/// The level that a flag names, by the ladder of the book.
pub fn level(book: &PriceBook, flag: &str, name: &str) -> Result<Level, Failure> {
    let ladder = book.ladder();
    ladder.level(name).ok_or_else(|| unknown(flag, name, "level", ladder.names()))
}

/// A word that the book does not know.
pub fn unknown<'a>(
    flag: &str,
    word: &str,
    what: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Failure {
    wrong_command_line(&format!("{flag}: {}", not_in_book(what, word, known)))
}
