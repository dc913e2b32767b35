//! The first line of a file of deals: which column is what.

use super::strict;
use crate::answer::batch::row::{CsvRow, ENDS};
use crate::answer::batch::{Column, ColumnLayout};
use crate::text::diagnostic::{Checked, Code, Diagnostic, Diagnostics, nearest};
use crate::text::source::{Place, Source};
use std::sync::Arc;

/// More columns than this are no file of deals, and not worth a message each.
const MOST: usize = 63;

const _: () = assert!(MOST < ENDS, "a view has room for the ends of all fields");

/// How files begin that are no text in CSV, with what they are and what to do about it.
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

/// What may stand between columns in other programs.
const DIVIDERS: [(char, &str); 3] = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")];

const COMMAS: &str = "write commas between the columns";

/// Reads the names of the columns, in any order. `name` is what the file is called, and columns of
/// `ignored` names say nothing.
///
/// # Errors
/// Every column that is not known, is there twice, or is missing.
pub fn layout(name: &str, line: &[u8], ignored: &[String]) -> Checked<ColumnLayout> {
    if let Some((_, what, hint)) = FOREIGN.iter().find(|(begin, ..)| line.starts_with(begin)) {
        // Nobody would read its bytes.
        let nowhere = Place::whole(Source::file(name, ""));
        let fault = Diagnostic::new(Code::Syntax, nowhere, format!("the file is {what}"));
        return Err(Diagnostics::sorted(vec![fault.hint(*hint)]));
    }
    let text = String::from_utf8_lossy(line);
    let text = text.trim_end_matches(['\r', '\n']);
    let source = Source::file(name, text);
    let mut reader = HeaderReader { source, faults: Vec::new() };
    let columns = reader.columns(text, ignored);
    if reader.faults.is_empty() {
        Ok(ColumnLayout::new(&columns))
    } else {
        Err(Diagnostics::sorted(reader.faults))
    }
}

struct HeaderReader {
    source: Arc<Source>,
    faults: Vec<Diagnostic>,
}

impl HeaderReader {
    fn columns(&mut self, text: &str, ignored: &[String]) -> Vec<Option<Column>> {
        // The line break before it is that of a row.
        let line = format!("\n{text}");
        let mut ends = Vec::new();
        strict::rows(line.as_bytes(), (1, line.len()), 0, &mut ends, |_| {});
        let row = CsvRow { bytes: line.as_bytes(), ends: &ends };
        let spans = (0..ends.len().saturating_sub(1)).map(|field| row.span(field));
        let spans: Vec<_> = spans.map(|span| span.start - 1..span.end - 1).collect();
        let names: Vec<_> =
            spans.iter().map(|span| text[span.clone()].trim().trim_matches('"')).collect();
        let place = |field: usize| Place::new(Arc::clone(&self.source), spans[field].clone());
        if text.matches('"').count() % 2 == 1 {
            let from = spans.last().map_or(0, |last| last.end + 1).min(text.len());
            let message = "a quotation mark is not closed before a comma or the end of the line";
            let open = Place::new(Arc::clone(&self.source), from..text.len());
            let open = Diagnostic::new(Code::Syntax, open, message);
            self.faults.push(
                open.hint("close it: otherwise everything that follows belongs to this column"),
            );
            return Vec::new();
        }
        let whole = || Place::new(Arc::clone(&self.source), 0..text.len());
        if names.len() > MOST {
            let message = format!("the header has {} columns", names.len());
            self.faults.push(Diagnostic::new(Code::Syntax, whole(), message).hint(begin()));
            return Vec::new();
        }
        let is_ignored = |name: &str| ignored.iter().any(|known| known == name);
        let column = |name: &&str| Column::of(name).filter(|_| !is_ignored(name));
        let columns: Vec<_> = names.iter().map(column).collect();
        if columns.iter().all(Option::is_none) {
            self.faults.push(if let Some((at, dividers)) = divider(text) {
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
                self.faults.push(unknown(name, place(field)));
            } else if column.is_some() && first < field {
                self.faults.push(
                    Diagnostic::twice(place(field), place(first), name).hint("remove one of them"),
                );
            }
        }
        for name in ignored.iter().filter(|name| !names.contains(&name.as_str())) {
            let message = format!("the header has no `{name}` that could be ignored");
            let fault = Diagnostic::new(Code::UnknownKey, whole(), message);
            let near = nearest(name, names.iter().copied());
            let near = near.map(|near| format!("did you mean `{near}`?"));
            self.faults.push(fault.hint(near.unwrap_or_else(|| "remove that flag".to_owned())));
        }
        let is_misspelt = names.iter().any(|name| Column::of(name).is_none() && !is_ignored(name));
        for needed in Column::NEEDED.iter().filter(|needed| !columns.contains(&Some(**needed))) {
            // An unknown column may be the one that is missing.
            if self.faults.is_empty() || !is_misspelt {
                let message = format!("the header has no `{needed}`");
                self.faults.push(Diagnostic::new(Code::MissingKey, whole(), message).hint(begin()));
            }
        }
        columns
    }
}

fn begin() -> String {
    let names: Vec<_> = Column::ALL.iter().map(|(name, _)| *name).collect();
    format!("begin the file with columns of these, in any order: {}", names.join(","))
}

/// What stands between the names of columns in place of commas, and where first.
fn divider(text: &str) -> Option<(usize, &'static str)> {
    let is_header = |divider| text.split(divider).any(|name| Column::of(name.trim()).is_some());
    let mut found = DIVIDERS.iter().filter(|(divider, _)| is_header(*divider));
    found.find_map(|(divider, name)| Some((text.find(*divider)?, *name)))
}

fn unknown(name: &str, place: Place) -> Diagnostic {
    let fault = |message: String| Diagnostic::new(Code::UnknownKey, place, message);
    if name.is_empty() {
        return fault("this column has no name".to_owned()).hint("remove it");
    }
    let message = format!("a file of deals has no column `{name}`");
    if name.contains(DIVIDERS.map(|(divider, _)| divider)) {
        return fault(message).hint(COMMAS);
    }
    let ignore = format!("--ignore-column {name} leaves it out");
    fault(message).hint(match nearest(name, Column::ALL.iter().map(|(known, _)| *known)) {
        Some(near) => format!("did you mean `{near}`? {ignore}"),
        None => ignore,
    })
}
