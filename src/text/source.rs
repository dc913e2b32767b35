//! Sources: files and typed words, and places in them.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Text of a file or of typed words, with a name for messages.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    /// Byte offsets at which lines start, computed on first use.
    lines: OnceLock<Vec<usize>>,
    /// Whether the source is a file, not typed words.
    pub(crate) is_file: bool,
}

/// Compares name and text, not the cached lines.
impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.text, self.is_file) == (&other.name, &other.text, other.is_file)
    }
}

impl Eq for Source {}

impl Source {
    /// Returns the source of a file. `name` is its name in messages and quotes.
    pub fn file(name: &str, text: &str) -> Arc<Self> {
        Self::new(name, text, true)
    }

    /// Returns the source of typed arguments or answers, so that a message can point into them too.
    pub fn typed(name: &str, text: &str) -> Arc<Self> {
        Self::new(name, text, false)
    }

    fn new(name: &str, text: &str, is_file: bool) -> Arc<Self> {
        let lines = OnceLock::new();
        // An editor or git may have changed the line ends: the text is one for people, and has one hash.
        let text = if text.contains("\r\n") { text.replace("\r\n", "\n") } else { text.to_owned() };
        Arc::new(Self { name: name.to_owned(), text, lines, is_file })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the line of a byte offset, counted from 1.
    pub fn line(&self, offset: usize) -> usize {
        let lines = self.lines.get_or_init(|| {
            let breaks = self.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(breaks).collect()
        });
        lines.partition_point(|&start| start <= offset)
    }
}

/// Place in a [`Source`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub source: Arc<Source>,
    pub span: Range<usize>,
}

impl Place {
    pub const fn new(source: Arc<Source>, span: Range<usize>) -> Self {
        Self { source, span }
    }

    /// Returns the place of a whole source, for errors at no particular place.
    pub const fn whole(source: Arc<Source>) -> Self {
        Self { source, span: 0..0 }
    }

    /// Returns whether the place is a whole source.
    pub const fn is_whole(&self) -> bool {
        self.span.end == 0
    }

    /// Returns the name of the file.
    pub fn file(&self) -> &str {
        self.source.name()
    }

    /// Returns the first line of the place, counted from 1.
    pub fn line(&self) -> usize {
        self.source.line(self.span.start)
    }
}

/// Writes `pricing.toml:41`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.source.name, self.line())
    }
}

/// Value with the place where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<T> {
    pub value: T,
    pub place: Place,
}

impl<T> Written<T> {
    pub const fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }

    /// Converts the value and keeps the place.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Written<U> {
        Written { value: convert(self.value), place: self.place }
    }
}
