use crate::report::{Cell, Table};

/// The table as CSV (RFC 4180, line feeds).
#[must_use]
pub fn csv(table: &Table) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every row has the header's length.
    let _ = writer.write_record(&table.header);
    for row in &table.rows {
        let _ = writer.write_record(row.cells.iter().map(cell));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// Text that a spreadsheet would take for a formula gets an apostrophe, which makes it text.
fn cell(cell: &Cell) -> String {
    let text = crate::text::clean(cell.content());
    match cell {
        Cell::Text(_)
            if text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) =>
        {
            format!("'{text}")
        }
        _ => text.into_owned(),
    }
}
