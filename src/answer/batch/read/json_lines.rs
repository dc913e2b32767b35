//! JSON Lines: an object in each line, whose values become the fields of a row.

use super::super::column::{Column, ColumnLayout};
use super::super::row::{RowBlock, UnreadableRow, ValueRows};
use crate::text::diagnostic::nearest;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// Reads a line, an object of known columns with texts and numbers, in the order of [`Column::ALL`].
pub(super) fn read<'r>(
    row: &'r mut ValueRows,
    text: &[u8],
    layout: &ColumnLayout,
) -> Result<RowBlock<'r>, UnreadableRow> {
    let mut fields = JsonFields { texts: Default::default(), layout };
    let mut json = serde_json::Deserializer::from_slice(text);
    let read = json.deserialize_map(&mut fields).and_then(|()| json.end());
    if let Err(error) = read {
        // Every line is line 1, so only the column says something.
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        let column = Some(error.column()).filter(|_| !error.is_data());
        let place = column.map(|column| format!(" at column {column}")).unwrap_or_default();
        let id = fields.texts[Column::Id as usize].as_deref().unwrap_or_default().to_owned();
        return Err(UnreadableRow { id, error: format!("row: {message}{place}") });
    }
    row.clear();
    // A line is no longer than a chunk, and its values are no longer than the line.
    row.push(fields.texts.iter().map(|text| text.as_deref().unwrap_or_default().as_bytes()));
    row.finish();
    Ok(row.rows_from(0, Column::ALL.len()))
}

/// Texts of an object by column. Numbers are taken digit by digit, as they are written.
struct JsonFields<'a> {
    texts: [Option<Cow<'a, str>>; Column::ALL.len()],
    layout: &'a ColumnLayout,
}

impl<'a> Visitor<'a> for &mut JsonFields<'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with the columns of a deal")
    }

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<Cow<'a, str>>()? {
            if self.layout.ignores(&key) {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let Some(column) = Column::of(&key) else {
                let near = nearest(&key, Column::ALL.iter().map(|(known, _)| *known));
                let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                return Err(M::Error::custom(format!("there is no column `{key}`{near}")));
            };
            let value: &RawValue = map.next_value()?;
            let text = match value.get() {
                "null" => None,
                quoted if quoted.starts_with('"') => {
                    Some(serde_json::from_str::<String>(quoted).map_err(M::Error::custom)?.into())
                }
                number if number.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
                    Some(Cow::Borrowed(number))
                }
                _ => {
                    return Err(M::Error::custom(format!("{column}: write a text or a number")));
                }
            };
            if self.texts[column as usize].is_some() {
                return Err(M::Error::custom(format!("{column}: this column is given twice")));
            }
            self.texts[column as usize] = text;
        }
        Ok(())
    }
}
