//! Where something was written: a file or the command line, and the place in it.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A text that somebody wrote, with a name to show for it.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    /// Byte offsets at which lines start, once somebody asks for a line.
    lines: OnceLock<Vec<usize>>,
    is_file: bool,
}

/// What was written, and not what has been found out about it since.
impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.text, self.is_file) == (&other.name, &other.text, other.is_file)
    }
}

impl Eq for Source {}

impl Source {
    /// A file's text. `name` is what messages and quotes call it.
    pub fn file(name: &str, text: &str) -> Arc<Self> {
        Self::new(name, text, true)
    }

    /// Words typed as arguments or answers, so that a message can point into them too.
    pub fn typed(name: &str, text: &str) -> Arc<Self> {
        Self::new(name, text, false)
    }

    fn new(name: &str, text: &str, is_file: bool) -> Arc<Self> {
        let lines = OnceLock::new();
        Arc::new(Self { name: name.to_owned(), text: text.to_owned(), lines, is_file })
    }

    /// What messages and quotes call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Everything that was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is a file, not something typed.
    pub const fn is_file(&self) -> bool {
        self.is_file
    }

    /// The line that a byte offset lies in, counted from 1.
    pub fn line(&self, offset: usize) -> usize {
        let lines = self.lines.get_or_init(|| {
            let breaks = self.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(breaks).collect()
        });
        lines.partition_point(|&start| start <= offset)
    }
}

/// A stretch of a [`Source`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The text that it is in.
    pub source: Arc<Source>,
    /// Bytes of it.
    pub span: Range<usize>,
}

impl Place {
    /// A stretch of a source.
    pub const fn new(source: Arc<Source>, span: Range<usize>) -> Self {
        Self { source, span }
    }

    /// A text as a whole, for what is wrong with it nowhere in particular.
    pub const fn whole(source: Arc<Source>) -> Self {
        Self { source, span: 0..0 }
    }

    /// Whether it is a text as a whole.
    pub const fn is_whole(&self) -> bool {
        self.span.end == 0
    }

    /// The line that it starts in, counted from 1.
    pub fn line(&self) -> usize {
        self.source.line(self.span.start)
    }
}

/// `pricing.toml:41`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.source.name, self.line())
    }
}

/// A value together with the place where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub place: Place,
}

impl<T> Written<T> {
    /// A value with its place.
    pub const fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }

    /// The same place with another value.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Written<U> {
        Written { value: convert(self.value), place: self.place }
    }
}
