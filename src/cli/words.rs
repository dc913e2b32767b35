//! Words of flags that only the book knows.

use super::failure::{Failure, wrong_command_line};
use crate::book::{Ladder, Level};
use crate::diagnostic::nearest;

/// The level of `--max-approval`.
pub fn level(ladder: &Ladder, name: &str) -> Result<Level, Failure> {
    ladder.level(name).ok_or_else(|| unknown("--max-approval", name, "level", ladder.names()))
}

/// A word of a flag that the book does not know.
pub fn unknown<'a>(
    flag: &str,
    word: &str,
    what: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Failure {
    let near = nearest(word, known.clone()).map(|near| format!("; did you mean {near}?"));
    let known: Vec<_> = known.collect();
    let (known, near) = (known.join(", "), near.unwrap_or_default());
    wrong_command_line(&format!(
        "{flag}: the price book has no {what} \"{word}\": it has {known}{near}"
    ))
}
