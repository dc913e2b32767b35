//! Names on the command line that are looked up in the price book, or among those of the program.

use super::{Failure, wrong_command_line};
use crate::book::{Level, PriceBook};
use crate::text::diagnostic::{nearest, not_in_book};

pub fn level(book: &PriceBook, flag: &str, typed: Option<&str>) -> Result<Option<Level>, Failure> {
    let ladder = book.ladder();
    let level = typed
        .map(|name| ladder.level(name).ok_or_else(|| unknown(flag, name, "level", ladder.names())));
    level.transpose()
}

/// Returns the failure for a name that the book does not have. `what` is the kind of name: "level".
pub fn unknown<'a>(
    flag: &str,
    word: &str,
    what: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Failure {
    wrong_command_line(&format!("{flag}: {}", not_in_book(what, word, known)))
}

/// Returns the failure for a word that the program does not have, such as a "finding" among its "codes".
pub fn no_such<'a>(
    flag: &str,
    (what, kind): (&str, &str),
    word: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Failure {
    let near = nearest(word, known.clone()).map(|near| format!("; did you mean {near}?"));
    let (known, near) =
        (known.collect::<Vec<_>>().join(", "), near.unwrap_or_else(|| ".".to_owned()));
    wrong_command_line(&format!(
        "{flag}: there is no {what} \"{word}\"{near} Known {kind}: {known}"
    ))
}
