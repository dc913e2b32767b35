//! Errors in text for people.

use super::excerpt::Excerpt;
use super::{Diagnostic, Diagnostics};
use crate::text::clean;
use crate::text::source::Place;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

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
    let here = Mark { place: &fault.place, kind: AnnotationKind::Primary, label: None };
    match &fault.related {
        Some((place, label)) => {
            let there = Mark { place, kind: AnnotationKind::Context, label: Some(label) };
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

struct Mark<'a> {
    place: &'a Place,
    kind: AnnotationKind,
    label: Option<&'a str>,
}

/// Returns the lines of one source with their marks.
fn snippet(marks: &[Mark<'_>]) -> Element<'static> {
    let source = &marks[0].place.source;
    let spans: Vec<_> = marks.iter().map(|mark| &mark.place.span).collect();
    let excerpt = Excerpt::of(source, &spans);
    let annotations = marks.iter().zip(excerpt.spans).map(|(mark, span)| {
        mark.kind.span(span).label(mark.label.map(|label| clean(label).into_owned()))
    });
    Snippet::source(excerpt.text)
        .line_start(excerpt.line)
        .path(clean(source.name()).into_owned())
        .annotations(annotations)
        .into()
}
