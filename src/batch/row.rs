//! A row as it stands in the input: bytes of CSV, cut where its fields end.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::{Column, Layout};
use std::borrow::Cow;
use std::ops::Range;

/// How many bytes stand before the first row of a chunk, and mean nothing.
pub(super) const FRONT: usize = 16;

/// A row of CSV.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    /// The chunk that it is in, with some bytes before its first row and behind its last one.
    pub bytes: &'a [u8],
    /// Where the row before it ends, and where each field does: one more than the layout has columns.
    pub ends: &'a [u32],
}

/// Rows that stand one behind the other, each as wide as the header says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'a> {
    pub bytes: &'a [u8],
    /// Where the row before the first one ends, and where the fields of all of them do.
    pub ends: &'a [u32],
    pub width: usize,
}

impl<'a> Block<'a> {
    /// The rows, in their order.
    #[inline(always)]
    pub fn rows(self) -> impl Iterator<Item = Row<'a>> {
        let Self { bytes, ends, width } = self;
        // The end of a row is where the next one begins.
        let count = (ends.len() - 1) / width;
        (0..count).map(move |row| Row { bytes, ends: &ends[row * width..=(row + 1) * width] })
    }
}

impl<'a> Row<'a> {
    /// Where a field stands, with the quotation marks around it.
    #[inline(always)]
    pub fn span(&self, field: usize) -> Range<usize> {
        self.stretch(field, field)
    }

    /// The same of fields side by side, with the commas between them.
    #[inline(always)]
    pub fn stretch(&self, first: usize, last: usize) -> Range<usize> {
        let (from, to) = (self.ends[first] as usize + 1, self.ends[last + 1] as usize);
        // Lines may end as on Windows. Of a field that is empty it is the comma that is looked at.
        from..to - usize::from(self.bytes[to - 1] == b'\r')
    }

    /// Where a number stands: inside of the quotation marks, if it has any.
    #[inline(always)]
    pub fn number(&self, field: usize) -> Range<usize> {
        let span = self.span(field);
        let quotes = usize::from(self.bytes[span.start] == b'"');
        span.start + quotes..span.end - quotes
    }

    /// A field as it stands.
    pub fn raw(&self, field: usize) -> &'a [u8] {
        &self.bytes[self.span(field)]
    }

    /// What a column says, without blanks around it; an empty text, if the file does not have it.
    ///
    /// # Errors
    /// The column, if its text is not UTF-8.
    pub fn text(&self, layout: &Layout, column: Column) -> Result<Cow<'a, str>, Column> {
        let Some(field) = layout.place(column) else { return Ok(Cow::Borrowed("")) };
        let text = unquoted(self.raw(field));
        match text {
            Cow::Borrowed(bytes) => {
                std::str::from_utf8(bytes).map(|text| Cow::Borrowed(text.trim())).ok()
            }
            Cow::Owned(bytes) => {
                String::from_utf8(bytes).map(|text| Cow::Owned(text.trim().to_owned())).ok()
            }
        }
        .ok_or(column)
    }
}

/// A field without the quotation marks around it; two inside it stand for one.
pub(super) fn unquoted(raw: &[u8]) -> Cow<'_, [u8]> {
    let Some(inside) = raw.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")) else {
        return Cow::Borrowed(raw);
    };
    if memchr::memchr(b'"', inside).is_none() {
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

/// A text as a field of CSV.
pub(super) fn quoted(text: &str) -> Cow<'_, str> {
    if text.contains([',', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}
