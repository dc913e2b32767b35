//! The header of a usage file: its columns, in any order.

use super::errors::UsageErrors;
use crate::number::{Moment, Month};
use crate::text::diagnostic::{Code, Diagnostic, nearest};
use crate::text::source::Place;
use std::ops::Range;
use std::sync::Arc;

pub(super) struct UsageHeader {
    pub width: usize,
    pub when: usize,
    /// Whether the time is a timestamp; otherwise it is a month.
    pub timed: bool,
    pub used: usize,
}

const MONTH: &str = "month";
const TIMESTAMP: &str = "timestamp";

/// The most columns that get an error each. A file with more is no usage file.
const MOST: usize = 16;

impl UsageHeader {
    pub(super) fn read(
        fields: &[Range<usize>],
        column: &str,
        found: &mut UsageErrors<'_>,
    ) -> Option<Self> {
        let source = found.source;
        let known = [MONTH, TIMESTAMP, column];
        let place = |span: &Range<usize>| Place::new(Arc::clone(source), span.clone());
        let names: Vec<_> = fields.iter().map(|span| &source.text()[span.clone()]).collect();
        let line = fields.first()?.start..fields.last()?.end;
        let begin = format!("begin the file with the line month,{column} or timestamp,{column}");
        let is_time = |name: &&str| Month::parse(name).is_some() || Moment::parse(name).is_some();
        if names.len() > MOST {
            let message = format!("the header has {} columns", names.len());
            found.report(&fields[0], |at| Diagnostic::new(Code::Syntax, at, message).hint(begin));
            return None;
        }
        let missing = |found: &mut UsageErrors<'_>, message: &str| {
            found.report(&line, |at| Diagnostic::new(Code::MissingKey, at, message).hint(&begin));
        };
        if names.iter().any(is_time) {
            missing(found, "the file has no header: it begins with a row of figures");
            return None;
        }
        for (name, span) in names.iter().zip(fields) {
            let first = names.iter().position(|other| other == name).map(|at| &fields[at]);
            if !known.contains(name) {
                found.report(span, |at| unknown(name, at, &known));
            } else if let Some(first) = first.filter(|first| *first != span) {
                found.report(span, |at| {
                    Diagnostic::twice(at, place(first), name).hint("remove one of them")
                });
            }
        }
        let at = |wanted: &str| names.iter().position(|name| *name == wanted);
        let (month, timestamp, used) = (at(MONTH), at(TIMESTAMP), at(column));
        if let (Some(month), Some(timestamp)) = (month, timestamp) {
            let message = "a row has a month or a timestamp, not both";
            found.report(&fields[timestamp], |at| {
                Diagnostic::new(Code::Conflict, at, message)
                    .related(place(&fields[month]), "the month")
                    .hint("remove one of the columns")
            });
        }
        // An unknown column may be a missing one, misspelled.
        if names.iter().all(|name| known.contains(name)) {
            if month.or(timestamp).is_none() {
                missing(found, "the header has neither `month` nor `timestamp`");
            }
            if used.is_none() {
                missing(found, &format!("the header has no `{column}`"));
            }
        }
        if !found.is_empty() {
            return None;
        }
        let (width, timed) = (fields.len(), timestamp.is_some());
        Some(Self { width, when: timestamp.or(month)?, timed, used: used? })
    }
}

fn unknown(name: &str, place: Place, known: &[&str]) -> Diagnostic {
    let fault = |message: String| Diagnostic::new(Code::UnknownKey, place, message);
    if name.is_empty() {
        return fault("this column has no name".to_owned()).hint("remove it");
    }
    let message = format!("a usage file has no column `{name}`");
    if name.contains([';', '\t', '|']) {
        return fault(message).hint("write commas between the columns");
    }
    let hint = nearest(name, known.iter().copied()).map_or_else(
        || format!("its columns are month or timestamp, and {}", known[known.len() - 1]),
        |near| format!("did you mean `{near}`?"),
    );
    fault(message).hint(hint)
}
