//! What is wrong with a book or a deal, where, and what to do about it.

mod code;
mod excerpt;
mod nearest;
mod render;

pub use code::Code;
pub use nearest::{nearest, not_in_book};
pub use render::render;

use crate::text::source::Place;
use std::fmt;

/// One fault in something that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of fault it is.
    pub code: Code,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where the caret points.
    pub place: Place,
    /// Said at the caret.
    pub label: Option<String>,
    /// A second place that explains the first, with what is to be seen there.
    pub related: Option<(Place, String)>,
    /// What to do.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A fault without label, related place or hint.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), place, label: None, related: None, hint: None }
    }

    /// Something that is given a second time, where it may be given once. `what` is its kind and
    /// name.
    pub(crate) fn twice(place: Place, first: Place, what: impl fmt::Display) -> Self {
        Self::new(Code::Duplicate, place, format!("{what} is there twice"))
            .related(first, "first here")
    }

    /// The same fault with words at its caret.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The same fault with a second place that explains it.
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related = Some((place, label.into()));
        self
    }

    /// The same fault with what to do about it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// All of it in one line, for where there is no room for the text that it points into.
    pub fn sentence(&self) -> String {
        let hint = self.hint.as_ref().map(|hint| format!("; {hint}"));
        format!("{}: {}{}", self.place, self.message, hint.unwrap_or_default())
    }

    /// `hint`, if there is one.
    pub fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint.or(self.hint);
        self
    }
}

/// Everything that is wrong with one input; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics {
    shown: Vec<Diagnostic>,
    hidden: usize,
}

impl Diagnostics {
    /// In the order of their places, so that a file is mended from top to bottom, and each once.
    pub fn sorted(mut faults: Vec<Diagnostic>) -> Self {
        let key = |fault: &Diagnostic| {
            let Place { source, span } = &fault.place;
            (source.name().to_owned(), span.start, span.end, fault.message.clone())
        };
        faults.sort_by_cached_key(key);
        faults.dedup_by(|a, b| a.place.span == b.place.span && a.message == b.message);
        Self { shown: faults, hidden: 0 }
    }

    /// The same, and so many more that are only counted.
    pub fn and(self, hidden: usize) -> Self {
        Self { hidden: self.hidden + hidden, ..self }
    }

    /// These, and those of another input after them.
    pub fn with(mut self, other: Self) -> Self {
        self.shown.extend(other.shown);
        self.and(other.hidden)
    }

    /// Those that are shown, one after the other.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.shown.iter()
    }

    /// How many, shown or not.
    pub const fn len(&self) -> usize {
        self.shown.len() + self.hidden
    }

    /// How many are only counted.
    pub const fn hidden(&self) -> usize {
        self.hidden
    }

    /// Never: what has no fault is a value.
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

/// A value, or everything that keeps it from being one.
pub type Checked<T> = Result<T, Diagnostics>;
