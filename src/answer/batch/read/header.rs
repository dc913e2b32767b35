//! Header of a file of deals: the names of its columns.

use super::super::fast::MAX_FIELDS;
use super::super::row::{FieldForm, Row, quoted};
use super::super::{Column, ColumnLayout};
use super::csv;
use crate::text::diagnostic::{Checked, Code, Diagnostic, Diagnostics, nearest};
use crate::text::source::{Place, Source};
use std::ops::Range;
use std::sync::Arc;

/// Limit of the columns: a file with more is no file of deals, and not worth a message each.
const MAX_COLUMNS: usize = 63;

const _: () = assert!(MAX_COLUMNS < MAX_FIELDS, "a view has room for the ends of all fields");

/// First bytes of files that are no CSV, with the name of their format and advice.
const FOREIGN: [(&[u8], &str, &str); 9] = [
    (b"\x1f\x8b", "packed with gzip", "give it a name that ends in .gz, or unpack it"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", "give it a name that ends in .zst, or unpack it"),
    (b"PK\x03\x04", "an archive or a spreadsheet", "save it as CSV"),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet", "save it as CSV"),
    (b"PAR1", "Parquet", "give it a name that ends in .parquet"),
    (b"\xff\xfe", "UTF-16", "save it as UTF-8"),
    (b"\xfe\xff", "UTF-16", "save it as UTF-8"),
    (b"{", "JSON Lines", "give it a name that ends in .jsonl, or add --input-format jsonl"),
    (b"[", "JSON", "write one object per line, and add --input-format jsonl"),
];

/// Characters that other programs write between columns.
const DIVIDERS: [(char, &str); 3] = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")];

const COMMAS: &str = "write commas between the columns";

/// Reads the names of the columns, in any order, from the first line of a file. `name` is the name of the
/// file, and columns of `ignored` names are not read.
///
/// # Errors
/// Reports every column that is not known, is there twice, or is missing.
pub(super) fn of_line(name: &str, line: &[u8], ignored: &[String]) -> Checked<ColumnLayout> {
    if let Some((_, what, hint)) = FOREIGN.iter().find(|(begin, ..)| line.starts_with(begin)) {
        // The bytes of such a file are not worth showing.
        let nowhere = Place::whole(Source::file(name, ""));
        let error = Diagnostic::new(Code::Syntax, nowhere, format!("the file is {what}"));
        return Err(Diagnostics::sorted(vec![error.hint(*hint)]));
    }
    let text = String::from_utf8_lossy(line);
    let text = text.trim_end_matches(['\r', '\n']);
    // Before the line stands the line break of a row.
    let line = format!("\n{text}");
    let mut ends = Vec::new();
    csv::rows(line.as_bytes(), (1, line.len()), 0, &mut ends, |_| {});
    let row = Row { bytes: line.as_bytes(), ends: &ends, form: FieldForm::Csv };
    let spans = (0..ends.len().saturating_sub(1)).map(|field| row.span(field));
    let spans = spans.map(|span| span.start - 1..span.end - 1).collect();
    layout(name, text, spans, ignored)
}

/// Reads the names of the columns of a file that has no text. Messages show them as a line of CSV.
///
/// # Errors
/// Reports every column that is not known, is there twice, or is missing.
pub(super) fn of_names(name: &str, names: &[String], ignored: &[String]) -> Checked<ColumnLayout> {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for (at, column) in names.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        let start = text.len();
        text.push_str(&quoted(column));
        spans.push(start..text.len());
    }
    layout(name, &text, spans, ignored)
}

fn layout(
    name: &str,
    text: &str,
    spans: Vec<Range<usize>>,
    ignored: &[String],
) -> Checked<ColumnLayout> {
    let mut reader = HeaderReader { source: Source::file(name, text), spans, errors: Vec::new() };
    let columns = reader.columns(text, ignored);
    if reader.errors.is_empty() {
        Ok(ColumnLayout::new(&columns))
    } else {
        Err(Diagnostics::sorted(reader.errors))
    }
}

struct HeaderReader {
    source: Arc<Source>,
    /// Place of each name in the source.
    spans: Vec<Range<usize>>,
    errors: Vec<Diagnostic>,
}

impl HeaderReader {
    fn columns(&mut self, text: &str, ignored: &[String]) -> Vec<Option<Column>> {
        let spans = std::mem::take(&mut self.spans);
        let names: Vec<_> =
            spans.iter().map(|span| text[span.clone()].trim().trim_matches('"')).collect();
        let place = |field: usize| Place::new(Arc::clone(&self.source), spans[field].clone());
        if text.matches('"').count() % 2 == 1 {
            let from = spans.last().map_or(0, |last| last.end + 1).min(text.len());
            let message = "a quotation mark is not closed before a comma or the end of the line";
            let open = Place::new(Arc::clone(&self.source), from..text.len());
            let open = Diagnostic::new(Code::Syntax, open, message);
            self.errors.push(open.hint(
                "close it: otherwise everything that follows belongs to \
                                        this column",
            ));
            return Vec::new();
        }
        let whole = || Place::new(Arc::clone(&self.source), 0..text.len());
        if names.len() > MAX_COLUMNS {
            let message = format!("the header has {} columns", names.len());
            self.errors.push(Diagnostic::new(Code::Syntax, whole(), message).hint(begin()));
            return Vec::new();
        }
        let is_ignored = |name: &str| ignored.iter().any(|known| known == name);
        let column = |name: &&str| Column::of(name).filter(|_| !is_ignored(name));
        let columns: Vec<_> = names.iter().map(column).collect();
        if columns.iter().all(Option::is_none) {
            self.errors.push(if let Some((at, dividers)) = divider(text) {
                let first = Place::new(Arc::clone(&self.source), at..at + 1);
                let message = format!("columns are separated by {dividers}");
                Diagnostic::new(Code::Syntax, first, message).hint(COMMAS)
            } else {
                let message = "the file does not begin with a header";
                Diagnostic::new(Code::MissingKey, whole(), message).hint(begin())
            });
            return Vec::new();
        }
        for (field, (name, column)) in names.iter().zip(&columns).enumerate() {
            let first = names.iter().position(|other| other == name).unwrap_or(field);
            if column.is_none() && !is_ignored(name) {
                self.errors.push(unknown(name, place(field)));
            } else if column.is_some() && first < field {
                self.errors.push(
                    Diagnostic::twice(place(field), place(first), name).hint("remove one of them"),
                );
            }
        }
        for name in ignored.iter().filter(|name| !names.contains(&name.as_str())) {
            let message = format!("the header has no `{name}` that could be ignored");
            let error = Diagnostic::new(Code::UnknownKey, whole(), message);
            let near = nearest(name, names.iter().copied());
            let near = near.map(|near| format!("did you mean `{near}`?"));
            self.errors.push(error.hint(near.unwrap_or_else(|| "remove that flag".to_owned())));
        }
        let is_misspelt = names.iter().any(|name| Column::of(name).is_none() && !is_ignored(name));
        for needed in Column::NEEDED.iter().filter(|needed| !columns.contains(&Some(**needed))) {
            // An unknown column may be the one that is missing.
            if self.errors.is_empty() || !is_misspelt {
                let message = format!("the header has no `{needed}`");
                self.errors.push(Diagnostic::new(Code::MissingKey, whole(), message).hint(begin()));
            }
        }
        columns
    }
}

fn begin() -> String {
    let names: Vec<_> = Column::ALL.iter().map(|(name, _)| *name).collect();
    format!("begin the file with columns of these, in any order: {}", names.join(","))
}

/// Finds the character that stands between the names of columns in place of commas, and its first place.
fn divider(text: &str) -> Option<(usize, &'static str)> {
    let is_header = |divider| text.split(divider).any(|name| Column::of(name.trim()).is_some());
    let mut found = DIVIDERS.iter().filter(|(divider, _)| is_header(*divider));
    found.find_map(|(divider, name)| Some((text.find(*divider)?, *name)))
}

fn unknown(name: &str, place: Place) -> Diagnostic {
    let error = |message: String| Diagnostic::new(Code::UnknownKey, place, message);
    if name.is_empty() {
        return error("this column has no name".to_owned()).hint("remove it");
    }
    let message = format!("a file of deals has no column `{name}`");
    if name.contains(DIVIDERS.map(|(divider, _)| divider)) {
        return error(message).hint(COMMAS);
    }
    let ignore = format!("--ignore-column {name} leaves it out");
    error(message).hint(match nearest(name, Column::ALL.iter().map(|(known, _)| *known)) {
        Some(near) => format!("did you mean `{near}`? {ignore}"),
        None => ignore,
    })
}
