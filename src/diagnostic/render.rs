use super::{Diagnostic, Faults};
use crate::text::clean;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};

/// Faults as a person reads them: file, line and column, the line with a caret, and a hint.
///
/// The source line is made harmless by the library, everything else by [`clean`].
#[must_use]
pub fn render(faults: &Faults, coloured: bool, width: usize) -> String {
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() }.term_width(width);
    let mut text = String::new();
    for fault in faults.iter() {
        text.push_str(&renderer.render(&[group(fault)]));
        text.push_str("\n\n");
    }
    text
}

fn group(fault: &Diagnostic) -> Group<'_> {
    let caret = visible(&fault.place.span, fault.place.source.text());
    let mut annotation = AnnotationKind::Primary.span(caret);
    if let Some(label) = &fault.label {
        annotation = annotation.label(clean(label));
    }
    let mut elements: Vec<Element<'_>> = Vec::new();
    let mut snippet = Snippet::source(fault.place.source.text())
        .path(clean(fault.place.source.name()))
        .annotation(annotation);
    if let Some((place, label)) = &fault.related {
        let mark = AnnotationKind::Context
            .span(visible(&place.span, place.source.text()))
            .label(clean(label));
        if place.source == fault.place.source {
            snippet = snippet.annotation(mark);
            elements.push(snippet.into());
        } else {
            elements.push(snippet.into());
            let other = Snippet::source(place.source.text())
                .path(clean(place.source.name()))
                .annotation(mark);
            elements.push(other.into());
        }
    } else {
        elements.push(snippet.into());
    }
    if let Some(hint) = &fault.hint {
        elements.push(Level::HELP.with_name("hint").message(clean(hint)).into());
    }
    Level::ERROR.primary_title(clean(&fault.message)).id(fault.code.name()).elements(elements)
}

/// One line at most, and inside the text: a whole multi-line table under carets helps nobody.
fn visible(span: &std::ops::Range<usize>, text: &str) -> std::ops::Range<usize> {
    let start = span.start.min(text.len());
    let end = span.end.clamp(start, text.len());
    let line = text[start..end].find(['\n', '\r']).map_or(end, |at| start + at);
    start..line
}
