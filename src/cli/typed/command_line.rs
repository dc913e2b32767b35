//! Typed values with their places in the command line.

use crate::number::Date;
use crate::text::clean;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Source, Written};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::sync::Arc;

/// Command line as a text that messages can point into.
pub struct CommandLine {
    source: Arc<Source>,
    words: Vec<(&'static str, Written<String>)>,
}

impl CommandLine {
    /// Writes out a command with its flags, each with the value that was typed for it.
    pub fn new<'v>(
        command: &str,
        words: impl IntoIterator<Item = (&'static str, &'v str)> + Clone,
    ) -> Self {
        let mut line = command.to_owned();
        let mut spans = Vec::new();
        for (flag, value) in words.clone() {
            let quote =
                if value.is_empty() || value.contains([' ', '"', '$', '*']) { "'" } else { "" };
            line.extend([" --", flag, " ", quote]);
            let start = line.len();
            // Cleaned, the value stays on one line, so that a place in it can be shown.
            line.push_str(&clean(value));
            spans.push(start..line.len());
            line.push_str(quote);
        }
        let source = Source::typed("command line", &line);
        let words = words.into_iter().zip(spans).map(|((flag, value), span)| {
            let place = Place::new(Arc::clone(&source), span);
            (flag, Written::new(value.to_owned(), place))
        });
        Self { words: words.collect(), source }
    }

    pub fn values(&self) -> impl Iterator<Item = &Written<String>> {
        self.words.iter().map(|(_, word)| word)
    }

    /// Returns the first value that was typed for a flag, which is named without its dashes.
    pub fn word(&self, flag: &str) -> Option<&Written<String>> {
        self.words.iter().find(|(known, _)| *known == flag).map(|(_, word)| word)
    }

    pub fn all(&self) -> Place {
        Place::new(Arc::clone(&self.source), 0..self.source.text().len())
    }
}

pub fn named(word: &Written<String>) -> Result<Written<String>, Diagnostic> {
    if word.value.trim().is_empty() {
        return Err(Diagnostic::new(Code::Empty, word.place.clone(), "this is empty"));
    }
    Ok(word.clone())
}

/// Reads the two sides of `lighthouse=10%`, each with its place.
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
    let shown = clean(name).len();
    let place = |span| Place::new(Arc::clone(&word.place.source), span);
    Ok((
        Written::new(name.trim().to_owned(), place(start..start + shown)),
        Written::new(rate.trim().to_owned(), place(start + shown + 1..word.place.span.end)),
    ))
}

pub(super) fn name_and_rate(
    word: &Written<String>,
) -> Result<(Written<String>, Option<Written<String>>), Diagnostic> {
    if word.value.contains('=') {
        pair(word).map(|(name, rate)| (name, Some(rate)))
    } else {
        Ok((named(word)?, None))
    }
}

/// Reads one of these words, each given with its help, as its value.
pub fn one_of<T: Copy + Send + Sync + 'static>(
    words: impl IntoIterator<Item = (&'static str, &'static str, T)>,
) -> impl TypedValueParser<Value = T> {
    let words: Vec<_> = words.into_iter().collect();
    let names: Vec<_> =
        words.iter().map(|(name, help, _)| PossibleValue::new(*name).help(*help)).collect();
    PossibleValuesParser::new(names).try_map(move |typed| {
        let found = words.iter().find(|(name, ..)| *name == typed);
        found.map(|(.., value)| *value).ok_or("there is no such word")
    })
}

/// Parses the day of a command that has no deal for a message to point into.
pub fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|_| "a date is written 2026-11-21".to_owned())
}
