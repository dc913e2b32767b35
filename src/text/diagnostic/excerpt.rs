//! Lines that a message quotes.

use crate::text::source::Source;
use crate::text::{clean, is_invisible_control};
use std::ops::Range;

/// Lines of a text that a message shows, made harmless.
pub(super) struct Excerpt {
    pub text: String,
    pub line: usize,
    /// Marked places, in bytes of `text`.
    pub spans: Vec<Range<usize>>,
}

impl Excerpt {
    /// Returns the lines from the first of these places to the last. A place is marked on its first
    /// line only: a whole table under carets helps nobody.
    pub fn of(source: &Source, places: &[&Range<usize>]) -> Self {
        let text = source.text();
        let spans: Vec<_> = places.iter().map(|span| on_one_line(span, text)).collect();
        let from = spans.iter().map(|span| span.start).min().unwrap_or_default();
        let to = spans.iter().map(|span| span.end).max().unwrap_or_default();
        let from = text[..from].rfind('\n').map_or(0, |at| at + 1);
        let to = text[to..].find('\n').map_or(text.len(), |at| to + at);
        let shown = |until: usize| shown(&text[from..until]);
        Self {
            line: source.line(from),
            spans: spans
                .iter()
                .map(|span| shown(span.start).len()..shown(span.end).len())
                .collect(),
            text: shown(to),
        }
    }
}

/// Limits a place to its first line.
fn on_one_line(span: &Range<usize>, text: &str) -> Range<usize> {
    let start = span.start.min(text.len());
    let end = span.end.clamp(start, text.len());
    let line = text[start..end].find(['\n', '\r']).map_or(end, |at| start + at);
    start..line
}

/// Makes lines harmless. Line breaks stay, and so do tabs, which are drawn as spaces.
fn shown(lines: &str) -> String {
    let lines = lines.replace("\r\n", "\n");
    let lines = lines.strip_suffix('\r').unwrap_or(&lines);
    let mut safe = String::with_capacity(lines.len());
    for part in lines.split_inclusive(is_invisible_control) {
        if part.ends_with(['\n', '\t']) {
            let (words, end) = part.split_at(part.len() - 1);
            safe.push_str(words);
            safe.push_str(end);
        } else {
            safe.push_str(&clean(part));
        }
    }
    safe
}
