//! Some rows of one column, as text.

use super::kind::ColumnKind;
use super::plain;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use std::io;
use std::io::ErrorKind;

/// A column of a row group, read some rows at a time.
pub struct ColumnCells {
    kind: ColumnKind,
    reader: ColumnReader,
    /// The level of a value that is there; of a column without nulls nothing says it.
    there: i16,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl ColumnCells {
    pub fn new(kind: ColumnKind, reader: ColumnReader, there: i16) -> Self {
        Self { kind, reader, there, text: Vec::new(), ends: Vec::new() }
    }

    /// Reads the next rows.
    pub fn read(&mut self, rows: usize) -> io::Result<()> {
        let Self { kind, reader, there, text, ends } = self;
        text.clear();
        ends.clear();
        let kind = *kind;
        let whole = |signed, unsigned, text: &mut Vec<u8>| {
            kind.put_whole(signed, unsigned, text);
            Some(())
        };
        match reader {
            ColumnReader::Int32ColumnReader(reader) => each(reader, rows, *there, ends, |value| {
                whole(i64::from(*value), u64::from(value.cast_unsigned()), text)?;
                Some(text.len())
            }),
            ColumnReader::Int64ColumnReader(reader) => each(reader, rows, *there, ends, |value| {
                whole(*value, value.cast_unsigned(), text)?;
                Some(text.len())
            }),
            ColumnReader::ByteArrayColumnReader(reader) => {
                each(reader, rows, *there, ends, |value| {
                    kind.put_bytes(value.data(), text)?;
                    Some(text.len())
                })
            }
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                each(reader, rows, *there, ends, |value| {
                    kind.put_bytes(value.data(), text)?;
                    Some(text.len())
                })
            }
            _ => Err(broken("a column is not of the type that the schema says")),
        }
    }

    /// The text of a row of those; of a null it is empty.
    pub fn text(&self, row: usize) -> &[u8] {
        let end = |row: usize| self.ends.get(row).copied().unwrap_or_default();
        let start = row.checked_sub(1).map(end).unwrap_or_default();
        self.text.get(start..end(row)).unwrap_or_default()
    }
}

/// Puts every value by `put`, which answers with the end of all text so far.
fn each<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    rows: usize,
    there: i16,
    ends: &mut Vec<usize>,
    mut put: impl FnMut(&T::T) -> Option<usize>,
) -> io::Result<()> {
    let (mut levels, mut values) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    let read = reader.read_records(rows, Some(&mut levels), None, &mut values);
    if read.map_err(plain)?.0 != rows {
        return Err(broken("a column has fewer rows than the file says"));
    }
    let mut values = values.iter();
    let mut end = 0;
    for row in 0..rows {
        if there == 0 || levels.get(row) == Some(&there) {
            let value = values.next().ok_or_else(|| broken("a column lacks values"))?;
            end = put(value).ok_or_else(|| broken("a DECIMAL has more than 38 digits"))?;
        }
        ends.push(end);
    }
    Ok(())
}

fn broken(what: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what)
}
