//! What may stand after a flag.

use crate::deal::{Deal, parse_flags};
use crate::number::Date;
use crate::table;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Written};
use std::sync::Arc;

pub fn named(word: &Written<String>) -> Result<Written<String>, Diagnostic> {
    if word.value.trim().is_empty() {
        return Err(Diagnostic::new(Code::Empty, word.place.clone(), "this is empty"));
    }
    Ok(word.clone())
}

pub(super) fn date(word: &Written<String>) -> Result<Written<Date>, Diagnostic> {
    table::date(Written::new(word.value.as_str(), word.place.clone()))
}

/// A day that a command is about, where no deal is laid out for a message to point into.
pub fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|_| "a date is written 2026-11-21".to_owned())
}

pub(super) fn horizon(word: &Written<String>) -> Result<Written<u32>, Diagnostic> {
    let what = "a horizon is a whole number of years";
    parse_flags::whole(&word.value, &word.place, what, Deal::MAX_HORIZON)
}

/// The two sides of `lighthouse=10%`, each with its place.
pub(super) fn pair(
    word: &Written<String>,
) -> Result<(Written<String>, Written<String>), Diagnostic> {
    let Some((name, rate)) = word.value.split_once('=') else {
        let message = "this needs a name and a rate";
        return Err(Diagnostic::new(Code::BadNumber, word.place.clone(), message)
            .hint(format!("write {}=10%", word.value)));
    };
    let start = word.place.span.start;
    // Escapes of hostile characters make the shown text longer than the typed one.
    let shown = crate::text::clean(name).len();
    let place = |span| Place::new(Arc::clone(&word.place.source), span);
    Ok((
        Written::new(name.trim().to_owned(), place(start..start + shown)),
        Written::new(rate.trim().to_owned(), place(start + shown + 1..word.place.span.end)),
    ))
}
