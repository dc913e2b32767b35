//! Diagnostics: errors in a book or a deal, with place and hint.

mod code;
mod nearest;
mod render;

pub use code::Code;
pub use nearest::{nearest, not_in_book};
pub use render::render;

use crate::text::source::{Place, Written};
use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    /// Message, in one sentence without a full stop.
    pub message: String,
    pub place: Place,
    /// Second place that explains the first, with its label.
    pub related: Option<(Place, String)>,
    pub hint: Option<String>,
}

impl Diagnostic {
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), place, related: None, hint: None }
    }

    /// Creates the error for a thing that is given twice. `what` describes and names it.
    pub(crate) fn twice(place: Place, first: Place, what: impl fmt::Display) -> Self {
        Self::new(Code::Duplicate, place, format!("{what} is given twice"))
            .related(first, "first here")
    }

    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related = Some((place, label.into()));
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Returns place, message and hint in one line, for outputs without room for the quoted text.
    pub fn sentence(&self) -> String {
        let hint = self.hint.as_ref().map(|hint| format!("; {hint}"));
        format!("{}: {}{}", self.place, self.message, hint.unwrap_or_default())
    }

    pub fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint.or(self.hint);
        self
    }
}

impl<T> Written<T> {
    pub(crate) fn fault(&self, code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.place.clone(), message)
    }

    pub(crate) fn twice(&self, first: &Self, what: impl fmt::Display) -> Diagnostic {
        Diagnostic::twice(self.place.clone(), first.place.clone(), what)
    }
}

/// Errors of one input; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics {
    shown: Vec<Diagnostic>,
    hidden: usize,
}

impl Diagnostics {
    /// Sorts errors by place: a file is corrected from top to bottom. Removes repetitions.
    pub fn sorted(mut faults: Vec<Diagnostic>) -> Self {
        let key = |fault: &Diagnostic| {
            let Place { source, span } = &fault.place;
            (source.name().to_owned(), span.start, span.end, fault.message.clone())
        };
        faults.sort_by_cached_key(key);
        faults.dedup_by(|a, b| a.place.span == b.place.span && a.message == b.message);
        Self { shown: faults, hidden: 0 }
    }

    /// Adds errors that are only counted.
    pub fn and(self, hidden: usize) -> Self {
        Self { hidden: self.hidden + hidden, ..self }
    }

    pub fn with(mut self, other: Self) -> Self {
        self.shown.extend(other.shown);
        self.and(other.hidden)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.shown.iter()
    }

    /// Returns the number of errors, shown or not.
    pub const fn len(&self) -> usize {
        self.shown.len() + self.hidden
    }

    pub const fn hidden(&self) -> usize {
        self.hidden
    }

    /// Returns whether there is no error; never true, for an input without errors is a value.
    pub const fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.shown.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n" };
            write!(f, "{gap}{}: {}", fault.place, fault.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

/// Value, or the errors that prevent it.
pub type Checked<T> = Result<T, Diagnostics>;
