//! JSON Lines: an object in each, read into the row of CSV that says the same.

use super::csv::PADDING;
use super::row::{CsvBlock, ENDS, FRONT, quoted};
use super::{Column, ColumnLayout};
use crate::text::diagnostic::nearest;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// The row of a line, in the order of [`Column::ALL`].
#[derive(Debug, Default)]
pub(crate) struct JsonRow {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl JsonRow {
    /// The row of a line.
    ///
    /// # Errors
    /// What is wrong with it, beside its id.
    pub fn read(
        &mut self,
        text: &[u8],
        layout: &ColumnLayout,
    ) -> Result<CsvBlock<'_>, (String, String)> {
        let mut fields = JsonFields { texts: Default::default(), layout };
        let mut json = serde_json::Deserializer::from_slice(text);
        let read = json.deserialize_map(&mut fields).and_then(|()| json.end());
        let id = || fields.texts[Column::Id as usize].as_deref().unwrap_or_default().to_owned();
        if let Err(error) = read {
            // Every line is line 1, so only the column says something.
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            let place = if error.is_data() {
                String::new()
            } else {
                format!(" at column {}", error.column())
            };
            return Err((id(), format!("row: {message}{place}")));
        }
        self.bytes.clear();
        self.bytes.resize(FRONT, b'\n');
        self.ends.clear();
        self.ends.push(u32::try_from(FRONT - 1).unwrap_or_default());
        for field in &fields.texts {
            self.bytes.extend(quoted(field.as_deref().unwrap_or_default()).as_bytes());
            self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
            self.bytes.push(b',');
        }
        self.bytes.resize(self.bytes.len() + PADDING, 0);
        self.ends.resize(Column::ALL.len() + 1 + ENDS, 0);
        Ok(CsvBlock { bytes: &self.bytes, ends: &self.ends, width: Column::ALL.len(), count: 1 })
    }
}

/// The texts of an object by column. Numbers are taken digit by digit, as they are written.
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
