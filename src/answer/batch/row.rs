//! Rows of deals as the reader hands them on: the bytes of every field, and where each field ends.

use super::column::{Column, ColumnLayout};
use std::borrow::Cow;
use std::ops::Range;

/// Bytes before the first row of a chunk, which belong to no row.
pub(super) const FRONT: usize = 16;

/// Longest row in bytes. It is also how many bytes of a text a thread takes at once.
pub(super) const MAX_ROW: usize = 512 << 10;

/// Longest field in quotation marks: behind it a mark is taken for missing.
pub(super) const LONGEST_FIELD: usize = 64 << 10;

/// Bytes that can be read from the start of a row: a place in a row of less than 256 bytes, and eight
/// lanes of sixteen bytes from there on.
pub(super) const PADDING: usize = 256 + 128;

/// Limit of the fields of a row: a place among them has eight bits.
pub(super) const MAX_FIELDS: usize = 256;

/// Byte between two values: no UTF-8 text contains it, so that two rows whose fields differ also
/// differ in the bytes from one field to another.
const SEPARATOR: u8 = 0xff;

/// How the fields of a row are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldForm {
    /// As a CSV file has them, with their quotation marks.
    Csv,
    /// As the values that they are.
    Value,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    /// Bytes of the chunk, with some before its first row and behind its last one.
    pub bytes: &'a [u8],
    /// End of the row before, and the end of each field: one more than the layout has fields.
    pub ends: &'a [u32],
    pub form: FieldForm,
}

/// Rows that stand one behind the other, each as wide as the layout says.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowBlock<'a> {
    pub bytes: &'a [u8],
    /// End of the row before the first one, and the ends of the fields of every row. Behind them stand
    /// [`MAX_FIELDS`] numbers without a meaning.
    pub ends: &'a [u32],
    pub width: usize,
    pub count: usize,
    pub form: FieldForm,
}

impl<'a> RowBlock<'a> {
    pub fn row(self, index: usize) -> Row<'a> {
        // The end of a row is where the next one begins.
        let ends = &self.ends[index * self.width..=(index + 1) * self.width];
        Row { bytes: self.bytes, ends, form: self.form }
    }
}

impl<'a> Row<'a> {
    /// Returns where a field stands, with the quotation marks around it.
    pub fn span(&self, field: usize) -> Range<usize> {
        let (from, to) = (self.ends[field] as usize + 1, self.ends[field + 1] as usize);
        from..to - usize::from(self.bytes[to - 1] == b'\r')
    }

    /// Returns the bytes of a field without quotation marks around it.
    pub fn value(&self, field: usize) -> Cow<'a, [u8]> {
        let raw = &self.bytes[self.span(field)];
        match self.form {
            FieldForm::Csv => unquoted(raw),
            FieldForm::Value => Cow::Borrowed(raw),
        }
    }

    /// Returns the text of a column without blanks around it; empty if the file does not have the column.
    /// Returns `None` if the text is not UTF-8.
    pub fn text(&self, layout: &ColumnLayout, column: Column) -> Option<Cow<'a, str>> {
        let Some(field) = layout.field(column) else { return Some(Cow::Borrowed("")) };
        Some(match self.value(field) {
            Cow::Borrowed(bytes) => Cow::Borrowed(std::str::from_utf8(bytes).ok()?.trim()),
            Cow::Owned(bytes) => Cow::Owned(std::str::from_utf8(&bytes).ok()?.trim().to_owned()),
        })
    }
}

/// A row that has no price.
pub(super) struct UnreadableRow {
    /// As much of the id as can be read.
    pub id: String,
    pub error: String,
}

impl UnreadableRow {
    /// Reports a row that has no fields, by the beginning of its id.
    pub fn new(id: &[u8], error: String) -> Self {
        Self { id: String::from_utf8_lossy(id).trim().chars().take(64).collect(), error }
    }

    pub fn too_long(id: &[u8]) -> Self {
        Self::new(id, format!("row: it is longer than {} KiB", MAX_ROW >> 10))
    }
}

/// Removes the quotation marks around a field of CSV; two inside it stand for one.
fn unquoted(raw: &[u8]) -> Cow<'_, [u8]> {
    let Some(inside) = raw.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")) else {
        return Cow::Borrowed(raw);
    };
    if !inside.contains(&b'"') {
        return Cow::Borrowed(inside);
    }
    let mut text = Vec::with_capacity(inside.len());
    let mut bytes = inside.iter();
    while let Some(&byte) = bytes.next() {
        text.push(byte);
        if byte == b'"' {
            bytes.next();
        }
    }
    Cow::Owned(text)
}

/// Rows that are read as values: from JSON Lines, or from a source of columns such as Parquet.
#[derive(Debug, Default)]
pub struct ValueRows {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    pub(crate) count: usize,
    /// Rows beyond [`MAX_ROW`], of which only the beginning of each field is kept.
    too_long: Vec<usize>,
}

impl ValueRows {
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.bytes.push(SEPARATOR);
        self.ends.clear();
        self.ends.push(0);
        self.count = 0;
        self.too_long.clear();
    }

    pub const fn length(&self) -> usize {
        self.bytes.len()
    }

    /// Adds a row: the text of every field, in the order of the layout. Numbers are plain digits.
    pub fn push<'f>(&mut self, fields: impl Iterator<Item = &'f [u8]> + Clone) {
        // More than an id shows where a row is reported.
        const BEGINNING: usize = 256;
        let length: usize = fields.clone().map(<[u8]>::len).sum();
        let mut kept = usize::MAX;
        if length > MAX_ROW {
            self.too_long.push(self.count);
            kept = BEGINNING;
        }
        for field in fields {
            self.bytes.extend_from_slice(&field[..field.len().min(kept)]);
            self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
            self.bytes.push(SEPARATOR);
        }
        self.count += 1;
    }

    /// Makes room for what the fast reader looks at behind the last row.
    pub(super) fn finish(&mut self) {
        self.bytes.resize(self.bytes.len() + PADDING, 0);
        self.ends.resize(self.ends.len() + MAX_FIELDS, 0);
    }

    /// Returns all rows from one on, counted from 0. [`Self::finish`] has been called.
    pub(super) fn rows_from(&self, at: usize, width: usize) -> RowBlock<'_> {
        let (ends, count) = (&self.ends[at * width..], self.count - at);
        RowBlock { bytes: &self.bytes, ends, width, count, form: FieldForm::Value }
    }

    /// Returns the next row from one on that is too long.
    pub(super) fn next_too_long(&self, at: usize) -> Option<usize> {
        self.too_long.iter().find(|it| **it >= at).copied()
    }
}

/// Rate of a row, as far as pricing tells rows apart by it. An absent rate is not a rate of zero: a
/// program may have a rate of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum RateInput {
    Absent,
    Zero,
    Positive,
}
