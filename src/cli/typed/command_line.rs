//! What was typed, with its places.

use crate::text::source::{Place, Source, Written};
use std::sync::Arc;

/// The words of the command line, as a text that messages can point into.
pub struct CommandLine {
    source: Arc<Source>,
    pub(super) words: Vec<(&'static str, Written<String>)>,
}

impl CommandLine {
    pub fn new(command: &str, words: &[(&'static str, &str)]) -> Self {
        let mut line = command.to_owned();
        let mut spans = Vec::new();
        for (flag, value) in words {
            let quote =
                if value.is_empty() || value.contains([' ', '"', '$', '*']) { "'" } else { "" };
            line.extend([" ", flag, " ", quote]);
            let start = line.len();
            // One line, whatever was typed: a place in it has to be one that can be shown.
            line.push_str(&crate::text::clean(value));
            spans.push(start..line.len());
            line.push_str(quote);
        }
        let source = Source::typed("command line", &line);
        let words = words.iter().zip(spans).map(|((flag, value), span)| {
            let place = Place::new(Arc::clone(&source), span);
            (*flag, Written::new((*value).to_owned(), place))
        });
        Self { words: words.collect(), source }
    }

    /// What was typed for a flag.
    pub fn word(&self, flag: &str) -> Option<&Written<String>> {
        self.words.iter().find(|(known, _)| *known == flag).map(|(_, word)| word)
    }

    /// All of it.
    pub fn all(&self) -> Place {
        Place::new(Arc::clone(&self.source), 0..self.source.text().len())
    }
}
