//! Header of a file of deals: the names of its columns.

use super::super::column::{Column, ColumnLayout};
use super::super::row::{FieldForm, MAX_FIELDS, Row};
use super::csv;
use crate::text::diagnostic::{Checked, Code, Diagnostic, Diagnostics, nearest};
use crate::text::quoted;
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
/// file, and columns of `ignored` names are not read. Reports every column that is not known, is there
/// twice, or is missing.
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
    let mut ends = vec![0];
    if !text.is_empty() {
        csv::row(line.as_bytes(), 1, &mut ends);
    }
    let row = Row { bytes: line.as_bytes(), ends: &ends, form: FieldForm::Csv };
    let spans = (0..ends.len() - 1).map(|field| row.span(field));
    let spans = spans.map(|span| span.start - 1..span.end - 1).collect();
    layout(name, text, spans, ignored)
}

/// Reads the names of the columns of a file that has no text. Messages show them as a line of CSV.
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
    let names = spans.iter().map(|span| text[span.clone()].trim().trim_matches('"')).collect();
    let header = Header { source: Source::file(name, text), text, spans, names, ignored };
    let columns =
        header.names.iter().map(|name| Column::of(name).filter(|_| !header.ignores(name)));
    let columns: Vec<_> = columns.collect();
    let errors = header.refusal(&columns).map_or_else(|| header.errors(&columns), |it| vec![it]);
    if errors.is_empty() {
        Ok(ColumnLayout::new(&columns))
    } else {
        Err(Diagnostics::sorted(errors))
    }
}

struct Header<'a> {
    source: Arc<Source>,
    text: &'a str,
    /// Place of each name in the text.
    spans: Vec<Range<usize>>,
    names: Vec<&'a str>,
    ignored: &'a [String],
}

impl Header<'_> {
    fn ignores(&self, name: &str) -> bool {
        self.ignored.iter().any(|known| known == name)
    }

    fn place(&self, span: Range<usize>) -> Place {
        Place::new(Arc::clone(&self.source), span)
    }

    fn error(&self, code: Code, span: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.place(span), message)
    }

    /// Refuses a line that is no header at all: its columns are not worth a message each.
    fn refusal(&self, columns: &[Option<Column>]) -> Option<Diagnostic> {
        let whole = 0..self.text.len();
        if self.text.matches('"').count() % 2 == 1 {
            let from = self.spans.last().map_or(0, |last| last.end + 1).min(whole.end);
            let message = "a quotation mark is not closed before a comma or the end of the line";
            let hint = "close it: otherwise everything that follows belongs to this column";
            return Some(self.error(Code::Syntax, from..whole.end, message).hint(hint));
        }
        if self.names.len() > MAX_COLUMNS {
            let message = format!("the header has {} columns", self.names.len());
            return Some(self.error(Code::Syntax, whole, message).hint(begin()));
        }
        if columns.iter().any(Option::is_some) {
            return None;
        }
        if let Some((at, dividers)) = divider(self.text) {
            let message = format!("columns are separated by {dividers}");
            return Some(self.error(Code::Syntax, at..at + 1, message).hint(COMMAS));
        }
        let message = "the file does not begin with a header";
        Some(self.error(Code::MissingKey, whole, message).hint(begin()))
    }

    fn errors(&self, columns: &[Option<Column>]) -> Vec<Diagnostic> {
        let whole = 0..self.text.len();
        let place = |field: usize| self.place(self.spans[field].clone());
        let mut errors = Vec::new();
        for (field, (name, column)) in self.names.iter().zip(columns).enumerate() {
            let first = self.names.iter().position(|other| other == name).unwrap_or(field);
            if column.is_none() && !self.ignores(name) {
                errors.push(unknown(name, place(field)));
            } else if column.is_some() && first < field {
                let twice = Diagnostic::twice(place(field), place(first), name);
                errors.push(twice.hint("remove one of them"));
            }
        }
        for name in self.ignored.iter().filter(|name| !self.names.contains(&name.as_str())) {
            let message = format!("the header has no `{name}` that could be ignored");
            let near = nearest(name, self.names.iter().copied());
            let near = near.map(|near| format!("did you mean `{near}`?"));
            let error = self.error(Code::UnknownKey, whole.clone(), message);
            errors.push(error.hint(near.unwrap_or_else(|| "remove that flag".to_owned())));
        }
        let mut names = self.names.iter();
        let is_misspelt = names.any(|name| Column::of(name).is_none() && !self.ignores(name));
        for needed in Column::NEEDED.iter().filter(|needed| !columns.contains(&Some(**needed))) {
            // An unknown column may be the one that is missing.
            if errors.is_empty() || !is_misspelt {
                let message = format!("the header has no `{needed}`");
                errors.push(self.error(Code::MissingKey, whole.clone(), message).hint(begin()));
            }
        }
        errors
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
