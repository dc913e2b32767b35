//! A usage file: rows of metered use in the order of time, summed by month.

use super::csv;
use super::errors::UsageErrors;
use super::header::UsageHeader;
use crate::number::{Moment, Month, UnitHours, plural};
use crate::table::number_fault;
use crate::text::diagnostic::{Checked, Code, Diagnostic};
use crate::text::source::{Place, Source};
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

#[derive(Debug, Clone)]
pub struct MeteredUsage {
    pub source: Arc<Source>,
    pub rows: u64,
    pub span: (UsageTime, UsageTime),
    /// The months in the order of time, without a gap; never empty.
    pub months: Vec<MeteredMonth>,
}

#[derive(Debug, Clone)]
pub struct MeteredMonth {
    /// The calendar month; for timestamps, in UTC.
    pub month: Month,
    pub used: UnitHours,
    pub rows: u64,
    /// The place of the first row.
    pub place: Place,
}

/// The time of a row: a whole month, or the moment at which the use began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UsageTime {
    Month(Month),
    Moment(Moment),
}

impl UsageTime {
    /// Returns the month in whose invoice the row is.
    pub const fn month(self) -> Month {
        match self {
            Self::Month(month) => month,
            Self::Moment(moment) => moment.month,
        }
    }
}

impl fmt::Display for UsageTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month(month) => month.fmt(f),
            Self::Moment(moment) => moment.fmt(f),
        }
    }
}

/// Reads a usage file whose figures stand in the column `column`, such as `core_hours`.
///
/// Memory holds one sum for each month, whatever the number of rows.
///
/// # Errors
/// Reports every error of the file with its place: the first ones are shown, and the rest is counted.
pub fn read(source: &Arc<Source>, column: &str) -> Checked<MeteredUsage> {
    let mut reader = UsageReader { found: UsageErrors::new(source), column };
    let readings = reader.read();
    reader.found.or(readings)
}

struct UsageReader<'s> {
    found: UsageErrors<'s>,
    column: &'s str,
}

#[derive(Default)]
struct UsageRows {
    count: u64,
    first: Option<UsageTime>,
    /// The latest time, and its place in the file.
    last: Option<(UsageTime, Range<usize>)>,
    months: Vec<MeteredMonth>,
    /// The months of rows that are out of order.
    late: BTreeSet<Month>,
    /// Whether the time of a row could not be read, so that the row may belong to any month.
    unread: bool,
}

/// The place of errors that concern the whole file.
const WHOLE_FILE: Range<usize> = 0..0;

impl UsageReader<'_> {
    fn read(&mut self) -> Option<MeteredUsage> {
        let source = self.found.source;
        let mut lines = csv::lines(source.text());
        let header = self.header(lines.next())?;
        let mut rows = UsageRows::default();
        let mut fields = Vec::new();
        for (start, line) in lines {
            rows.count += 1;
            if let Err(open) = csv::split(line, start, &mut fields) {
                rows.unread = true;
                self.open_quote(&open);
            } else if fields.len() == header.width {
                self.row(&header, &fields, &mut rows);
            } else {
                rows.unread = true;
                self.wrong_width(header.width, fields.len(), &(start..start + line.len()));
            }
        }
        if rows.count == 0 {
            self.found.report(&WHOLE_FILE, |place| {
                Diagnostic::new(Code::Empty, place, "the usage file has no rows")
                    .hint("write a row for each month, with 0 where nothing was used")
            });
        }
        self.gaps(&rows);
        Some(MeteredUsage {
            source: Arc::clone(source),
            rows: rows.count,
            span: (rows.first?, rows.last?.0),
            months: rows.months,
        })
    }

    fn header(&mut self, line: Option<(usize, &str)>) -> Option<UsageHeader> {
        let Some((start, line)) = line else {
            let hint = format!("begin it with the line month,{}", self.column);
            self.found.report(&WHOLE_FILE, |place| {
                Diagnostic::new(Code::Empty, place, "the usage file is empty").hint(hint)
            });
            return None;
        };
        let mut fields = Vec::new();
        if let Err(open) = csv::split(line, start, &mut fields) {
            self.open_quote(&open);
            return None;
        }
        UsageHeader::read(&fields, self.column, &mut self.found)
    }

    fn row(&mut self, header: &UsageHeader, fields: &[Range<usize>], rows: &mut UsageRows) {
        let used = self.used(&fields[header.used]);
        let span = &fields[header.when];
        let Some(when) = self.when(header, span) else {
            rows.unread = true;
            return;
        };
        if let Some((last, before)) = &rows.last
            && when <= *last
        {
            rows.late.insert(when.month());
            let before = Place::new(Arc::clone(self.found.source), before.clone());
            self.found.report(span, |place| {
                if when == *last {
                    return Diagnostic::twice(place, before, when)
                        .hint("combine both rows, or remove one of them");
                }
                Diagnostic::new(Code::DateOrder, place, format!("{when} comes after {last}"))
                    .related(before, "later row")
                    .hint("sort the rows by time, each time once")
            });
            return;
        }
        rows.first.get_or_insert(when);
        let used = used.unwrap_or_default();
        match rows.months.last_mut() {
            Some(metered) if metered.month == when.month() => {
                metered.used = metered.used + used;
                metered.rows += 1;
            }
            _ => {
                let place = Place::new(Arc::clone(self.found.source), span.clone());
                rows.months.push(MeteredMonth { month: when.month(), used, rows: 1, place });
            }
        }
        rows.last = Some((when, span.clone()));
    }

    fn used(&mut self, span: &Range<usize>) -> Option<UnitHours> {
        let text = &self.found.source.text()[span.clone()];
        let used = UnitHours::parse(text);
        if let Err(fault) = &used {
            self.found.report(span, |place| {
                if text.is_empty() {
                    let message = "this cell has no number";
                    return Diagnostic::new(Code::BadNumber, place, message)
                        .hint("write 0 if nothing was used");
                }
                number_fault(fault, place)
            });
        }
        used.ok()
    }

    fn when(&mut self, header: &UsageHeader, span: &Range<usize>) -> Option<UsageTime> {
        let text = &self.found.source.text()[span.clone()];
        let (when, what, hint) = if header.timed {
            let hint = "write 2026-11-21T13:00:00Z, or an offset such as +01:00 in place of the Z";
            (Moment::parse(text).map(UsageTime::Moment), "time", hint)
        } else {
            let hint = "write year and month, such as 2026-11";
            (Month::parse(text).map(UsageTime::Month), "month", hint)
        };
        if when.is_none() {
            self.found.report(span, |place| {
                let message = format!("`{text}` is not a {what}");
                Diagnostic::new(Code::BadDate, place, message).hint(hint)
            });
        }
        when
    }

    fn open_quote(&mut self, open: &Range<usize>) {
        self.found.report(open, |place| {
            let message = "this quotation mark is not closed before the next comma";
            Diagnostic::new(Code::Syntax, place, message).hint("dates and numbers need none")
        });
    }

    fn wrong_width(&mut self, width: usize, found: usize, row: &Range<usize>) {
        self.found.report(row, |place| {
            let s = plural(found);
            let message = format!("this row has {found} field{s}, and the header has {width}");
            let hint = if found > width {
                "a comma stands only between fields: write 1234.5 for 1,234.5"
            } else {
                "write a field for every column"
            };
            Diagnostic::new(Code::Syntax, place, message).hint(hint)
        });
    }

    fn gaps(&mut self, rows: &UsageRows) {
        if rows.unread {
            return;
        }
        for pair in rows.months.windows(2) {
            let [before, after] = pair else { continue };
            let between = std::iter::successors(Some(before.month.next()), |it| Some(it.next()));
            let between = between.take_while(|month| *month < after.month);
            let missing: Vec<_> = between.filter(|month| !rows.late.contains(month)).collect();
            let (Some(from), Some(to)) = (missing.first(), missing.last()) else { continue };
            let months = if from == to { from.to_string() } else { format!("{from} to {to}") };
            let column = self.column;
            self.found.report(&after.place.span, |place| {
                Diagnostic::new(Code::RangeGap, place, format!("there is no row for {months}"))
                    .hint(format!("where nothing was used, write a row with {column} 0"))
            });
        }
    }
}
