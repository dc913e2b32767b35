//! Tables for spreadsheets.

use crate::document::{Cell, Table};
use crate::text::csv_field;
use std::borrow::Cow;

/// Writes a table as CSV (RFC 4180, with line feeds): the value of each cell, not its words.
pub fn csv(table: &Table) -> String {
    let mut text = String::new();
    line(&mut text, table.header.iter().map(|name| csv_field(name)));
    for row in &table.rows {
        line(&mut text, row.cells.iter().map(field));
    }
    text
}

fn line<'a>(text: &mut String, fields: impl Iterator<Item = Cow<'a, str>>) {
    for (at, field) in fields.enumerate() {
        text.push_str(if at > 0 { "," } else { "" });
        text.push_str(&field);
    }
    text.push('\n');
}

/// Returns the value of a cell. Only words could be taken for a formula: a negative number is none.
fn field(cell: &Cell) -> Cow<'_, str> {
    if cell.is_words() { csv_field(cell.plain()) } else { Cow::Borrowed(cell.plain()) }
}
