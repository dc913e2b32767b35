//! What may stand after a flag.

use crate::deal::{Deal, Line};
use crate::diagnostic::{Code, Diagnostic};
use crate::reading;
use crate::source::{Place, Written};
use crate::value::{Date, Years};
use std::sync::Arc;

pub fn named(word: &Written<String>) -> Result<Written<String>, Diagnostic> {
    if word.value.trim().is_empty() {
        return Err(Diagnostic::new(Code::Empty, word.place.clone(), "this is empty"));
    }
    Ok(word.clone())
}

pub(super) fn date(word: &Written<String>) -> Result<Written<Date>, Diagnostic> {
    reading::date(Written::new(word.value.as_str(), word.place.clone()))
}

pub fn years(word: &Written<String>) -> Result<Written<Years>, Diagnostic> {
    let years = word.value.parse::<u64>().ok().and_then(Years::new).ok_or_else(|| {
        let message = format!("a term is a whole number of years from 1 to {}", Years::MAX);
        Diagnostic::new(Code::BadNumber, word.place.clone(), message)
    })?;
    Ok(Written::new(years, word.place.clone()))
}

pub fn hosts(word: &Written<String>) -> Result<Written<u32>, Diagnostic> {
    whole(word, "hosts are a whole number", Line::MAX_HOSTS)
}

pub(super) fn horizon(word: &Written<String>) -> Result<Written<u32>, Diagnostic> {
    whole(word, "a horizon is a whole number of years", Deal::MAX_HORIZON)
}

fn whole(word: &Written<String>, what: &str, most: u32) -> Result<Written<u32>, Diagnostic> {
    let number = word.value.parse::<u32>().ok().filter(|number| (1..=most).contains(number));
    let number = number.ok_or_else(|| {
        let message = format!("{what} from 1 to {most}");
        Diagnostic::new(Code::BadNumber, word.place.clone(), message)
    })?;
    Ok(Written::new(number, word.place.clone()))
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
