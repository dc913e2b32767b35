//! A row as it stands in the input: bytes of CSV, cut where its fields end.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::{Column, ColumnLayout};
use std::borrow::Cow;
use std::ops::Range;

/// How many bytes stand before the first row of a chunk, and mean nothing.
pub(super) const FRONT: usize = 16;

/// A row of CSV.
#[derive(Debug, Clone, Copy)]
pub(super) struct CsvRow<'a> {
    /// The chunk that it is in, with some bytes before its first row and behind its last one.
    pub bytes: &'a [u8],
    /// Where the row before it ends, and where each field does: one more than the layout has columns.
    pub ends: &'a [u32],
}

/// Rows that stand one behind the other, each as wide as the header says.
#[derive(Debug, Clone, Copy)]
pub(super) struct CsvBlock<'a> {
    pub bytes: &'a [u8],
    /// Where the row before the first one ends, and where the fields of all of them do; behind that
    /// [`ENDS`] numbers that mean nothing.
    pub ends: &'a [u32],
    pub width: usize,
    pub count: usize,
}

impl<'a> CsvBlock<'a> {
    /// The row of a place.
    pub fn row(self, place: usize) -> CsvRow<'a> {
        // The end of a row is where the next one begins.
        let ends = &self.ends[place * self.width..=(place + 1) * self.width];
        CsvRow { bytes: self.bytes, ends }
    }

    /// The same, if it is short.
    #[inline(always)]
    pub fn view(self, place: usize) -> Option<RowView<'a>> {
        let ends = self.ends[place * self.width..].first_chunk()?;
        let length = ends[self.width % ENDS] - ends[0];
        let bytes = self.bytes[ends[0] as usize..].first_chunk()?;
        (length < 256).then_some(RowView { bytes, ends })
    }
}

/// How many bytes a view has: a place in a row of less than 256, and eight lanes from there on.
pub(super) const SEEN: usize = 256 + 128;

/// More than a row has fields: a place among them has eight bits.
pub(super) const ENDS: usize = 256;

/// A row of less than 256 bytes, seen as a whole. A place in it has eight bits, and whatever is read
/// from there on lies in view: nothing has to be checked.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowView<'a> {
    /// From the end of the row before on.
    pub bytes: &'a [u8; SEEN],
    ends: &'a [u32; ENDS],
}

/// Fields side by side, by their places in a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct FieldSpan {
    first: u8,
    /// That of the field behind them.
    end: u8,
    /// Whether a line ends with them, where it may end as on Windows.
    is_last: bool,
}

impl FieldSpan {
    /// From one field of a row to another one; nothing, if no row has so many.
    pub fn new(first: usize, last: usize, width: usize) -> Option<Self> {
        let place = |field: usize| u8::try_from(field).ok();
        Some(Self { first: place(first)?, end: place(last + 1)?, is_last: last + 1 == width })
    }

    /// The field of a column, if the file has it.
    pub fn of(layout: &ColumnLayout, column: Column) -> Option<Self> {
        let field = layout.place(column)?;
        Self::new(field, field, layout.width())
    }

    /// The first of them.
    pub fn first(self) -> usize {
        self.first.into()
    }
}

/// Where something stands in a view.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub at: u8,
    pub length: u8,
}

#[expect(clippy::cast_possible_truncation, reason = "a place in a view has eight bits")]
impl<'a> RowView<'a> {
    /// Where it begins in its chunk.
    #[inline(always)]
    pub const fn start(self) -> u32 {
        self.ends[0]
    }

    /// Fields side by side, with the quotation marks and commas that they have.
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "a copy is put together, then taken apart"
    )]
    #[inline(always)]
    pub fn fields(self, span: &FieldSpan) -> Field {
        let place = |end: u8| self.ends[usize::from(end)].wrapping_sub(self.ends[0]) as u8;
        let (at, to) = (place(span.first).wrapping_add(1), place(span.end));
        // Of a field that is empty it is the comma that is looked at.
        let before = || self.bytes[usize::from(to.wrapping_sub(1))];
        let carriage = u8::from(span.is_last && before() == b'\r');
        Field { at, length: to.wrapping_sub(at).wrapping_sub(carriage) }
    }

    /// Sixteen bytes from a place on.
    #[inline(always)]
    pub fn lane(self, at: u8, index: usize) -> &'a [u8; 16] {
        self.bytes[usize::from(at)..][16 * (index % 8)..].first_chunk().unwrap_or(&[0; 16])
    }

    /// What stands somewhere.
    pub fn text(self, field: Field) -> &'a [u8] {
        &self.bytes[usize::from(field.at)..][..usize::from(field.length)]
    }
}

impl<'a> CsvRow<'a> {
    /// Where a field stands, with the quotation marks around it.
    pub fn span(&self, field: usize) -> Range<usize> {
        let (from, to) = (self.ends[field] as usize + 1, self.ends[field + 1] as usize);
        from..to - usize::from(self.bytes[to - 1] == b'\r')
    }

    /// A field as it stands.
    pub fn raw(&self, field: usize) -> &'a [u8] {
        &self.bytes[self.span(field)]
    }

    /// What a column says, without blanks around it; an empty text, if the file does not have it.
    ///
    /// # Errors
    /// The column, if its text is not UTF-8.
    pub fn text(&self, layout: &ColumnLayout, column: Column) -> Result<Cow<'a, str>, Column> {
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

/// A text as a field of CSV.
pub(super) fn quoted(text: &str) -> Cow<'_, str> {
    if text.contains([',', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}
