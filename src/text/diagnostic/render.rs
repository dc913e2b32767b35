//! Errors in text for people.

use super::{Diagnostic, Diagnostics};
use crate::text::source::Place;
use crate::text::{clean, is_invisible_control};
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use std::ops::Range;

/// Renders errors for people: file, line and column, the line with a caret, and a hint.
///
/// Every quoted text is made harmless, because it may come from anywhere.
pub fn render(faults: &Diagnostics, colored: bool, width: usize) -> String {
    let renderer = if colored { Renderer::styled() } else { Renderer::plain() }.term_width(width);
    let mut text = String::new();
    for fault in faults.iter() {
        text.push_str(&renderer.render(&[group(fault)]));
        text.push_str("\n\n");
    }
    text
}

fn group(fault: &Diagnostic) -> Group<'_> {
    let mut elements: Vec<Element<'_>> = Vec::new();
    let here = (&fault.place, AnnotationKind::Primary, None);
    match &fault.related {
        Some((place, label)) => {
            let there = (place, AnnotationKind::Context, Some(label.as_str()));
            if place.source == fault.place.source {
                elements.push(snippet(&[here, there]));
            } else {
                elements.extend([snippet(&[here]), snippet(&[there])]);
            }
        }
        None if fault.place.is_whole() => {
            elements.push(Origin::path(clean(fault.place.source.name())).into());
        }
        None => elements.push(snippet(&[here])),
    }
    if let Some(hint) = &fault.hint {
        elements.push(Level::HELP.with_name("hint").message(clean(hint)).into());
    }
    Level::ERROR.primary_title(clean(&fault.message)).id(fault.code.name()).elements(elements)
}

type Mark<'a> = (&'a Place, AnnotationKind, Option<&'a str>);

/// Returns the lines of one source from the first mark to the last. A place is marked on its first
/// line only: a whole table under carets helps nobody.
fn snippet(marks: &[Mark<'_>]) -> Element<'static> {
    let source = &marks[0].0.source;
    let text = source.text();
    let spans: Vec<_> = marks.iter().map(|(place, ..)| on_one_line(&place.span, text)).collect();
    let from = spans.iter().map(|span| span.start).min().unwrap_or_default();
    let to = spans.iter().map(|span| span.end).max().unwrap_or_default();
    let from = text[..from].rfind('\n').map_or(0, |at| at + 1);
    let to = text[to..].find('\n').map_or(text.len(), |at| to + at);
    let shown = |until: usize| shown(&text[from..until]);
    let annotations = marks.iter().zip(&spans).map(|((_, kind, label), span)| {
        let span = shown(span.start).len()..shown(span.end).len();
        kind.span(span).label(label.map(|label| clean(label).into_owned()))
    });
    Snippet::source(shown(to))
        .line_start(source.line(from))
        .path(clean(source.name()).into_owned())
        .annotations(annotations)
        .into()
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
