//! Tables for spreadsheets.

use crate::report::{Cell, Table};
use crate::text::clean;

/// The table as CSV (RFC 4180, line feeds).
#[must_use]
pub fn csv(table: &Table) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every row has the header's length.
    let _ = writer.write_record(table.header.iter().map(|name| words(name)));
    for row in &table.rows {
        let _ = writer.write_record(row.cells.iter().map(cell));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => words(text),
        Cell::Number(digits) => clean(digits).into_owned(),
    }
}

/// Text that a spreadsheet would take for a formula gets an apostrophe, which makes it text.
fn words(text: &str) -> String {
    let text = clean(text);
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula { format!("'{text}") } else { text.into_owned() }
}
