//! Syntax errors of TOML, in the words of people who write books and deals.

use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Source};
use std::ops::Range;
use std::sync::Arc;
use toml::de::Error;

/// Messages of the TOML parser: their beginning, our message in their place, and a hint.
const TRANSLATIONS: &[[&str; 3]] = &[
    [
        "string values must be quoted",
        "this value needs quotation marks",
        "texts, rates and prices are quoted: \"USD\", \"15%\", \"1500.00\"",
    ],
    [
        "invalid basic string",
        "this text does not end",
        "close it with a quotation mark, on the same line",
    ],
    [
        "unclosed array table",
        "this header does not end",
        "close it with two square brackets: [[line]]",
    ],
    ["unclosed array", "this list does not end", "close it with a square bracket: ]"],
    ["unclosed inline table", "this row does not end", "close it with a curly bracket: }"],
    ["unclosed table", "this header does not end", "close it with a square bracket: [book]"],
    [
        "missing comma between",
        "a comma is missing before this",
        "put a comma between one entry and the next",
    ],
    [
        "invalid unquoted key",
        "a name cannot have this character",
        "write NAME = VALUE, where a name has letters, digits, - and _",
    ],
    ["key with no value", "this has no value", "write NAME = VALUE"],
    ["missing value", "this has no value", "write NAME = VALUE"],
];

const MOST: usize = 8;

/// Returns each syntax error once. Further errors in the rest of an unreadable line are left out,
/// and so is every key of a table that is given twice: neither is an error of the author.
pub(super) fn faults(source: &Arc<Source>, errors: &[Error]) -> Vec<Diagnostic> {
    let text = source.text();
    let headers = headers(text);
    let end = text.len();
    let mut errors: Vec<_> =
        errors.iter().map(|error| (error.span().unwrap_or(end..end), error.message())).collect();
    errors.sort_by_key(|(span, _)| span.start);
    let mut faults = Vec::new();
    let mut last_line = 0;
    let mut repeated = None;
    for (span, message) in errors {
        let line = source.line(span.start);
        let above = headers.partition_point(|header| header.start <= span.start);
        let header = above.checked_sub(1).map(|index| &headers[index]);
        let is_repeated = message.starts_with("duplicate key");
        if line == last_line || (is_repeated && repeated.is_some() && repeated == header) {
            continue;
        }
        last_line = line;
        let own = header.filter(|header| is_repeated && source.line(header.start) == line);
        repeated = own.or(repeated);
        faults.push(fault(source, own.cloned().unwrap_or(span), message));
    }
    // One missing bracket turns everything below it into errors, which help nobody.
    let more = faults.len().saturating_sub(MOST);
    faults.truncate(MOST);
    if let Some(last) = faults.last_mut().filter(|_| more > 0) {
        let hint = last.hint.take().map(|hint| format!("{hint}; ")).unwrap_or_default();
        let follow = format!("{hint}{more} more errors follow, which these may have caused");
        last.hint = Some(follow);
    }
    faults
}

/// Returns the places of lines that may be a `[header]`, without indentation and comments.
fn headers(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut headers = Vec::new();
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if line[indent..].starts_with('[') {
            let words = line[indent..].split('#').next().unwrap_or_default().trim_end();
            headers.push(start + indent..start + indent + words.len());
        }
        start += line.len();
    }
    headers
}

fn fault(source: &Arc<Source>, span: Range<usize>, message: &str) -> Diagnostic {
    let written = source.text().get(span.clone()).unwrap_or_default();
    let place = Place::new(Arc::clone(source), span);
    if message.starts_with("duplicate key") {
        return Diagnostic::new(Code::Duplicate, place, format!("`{written}` is given twice"))
            .hint("remove one of them, or give it another name");
    }
    if message.starts_with("invalid date") {
        return Diagnostic::new(Code::BadDate, place, format!("`{written}` is not a date"))
            .hint("write year-month-day, such as 2026-11-21");
    }
    let known = TRANSLATIONS.iter().find(|[begins, ..]| message.starts_with(begins));
    if let Some([_, message, hint]) = known {
        return Diagnostic::new(Code::Syntax, place, *message).hint(*hint);
    }
    // The parser puts the expected text on a line of its own.
    let message = message.lines().collect::<Vec<_>>().join(", ");
    Diagnostic::new(Code::Syntax, place, message)
        .hint("the file is written in TOML: see https://toml.io")
}
