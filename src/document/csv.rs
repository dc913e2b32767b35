//! Tables for spreadsheets.

use crate::document::{Cell, Table};
use crate::text;

/// Writes a table as CSV (RFC 4180, with line feeds).
pub fn csv(table: &Table) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every row has the header's length.
    let _ = writer.write_record(table.header.iter().map(|name| text::cell(name).into_owned()));
    for row in &table.rows {
        let _ = writer.write_record(row.cells.iter().map(field));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// Returns the value of a cell. Words never begin a formula; a negative number does not either.
fn field(cell: &Cell) -> String {
    let plain = cell.plain();
    if cell.is_words() { text::cell(&plain).into_owned() } else { plain.into_owned() }
}
