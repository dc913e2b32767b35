//! Tables for spreadsheets.

use crate::document::{Cell, Table};
use crate::text;

/// The table as CSV (RFC 4180, line feeds).
pub fn csv(table: &Table) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every row has the header's length.
    let _ = writer.write_record(table.header.iter().map(|name| text::cell(name).into_owned()));
    for row in &table.rows {
        let _ = writer.write_record(row.cells.iter().map(cell));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(words) => text::cell(words).into_owned(),
        Cell::Number(digits) => text::clean(digits).into_owned(),
    }
}
