//! Short rows, seen as a whole: places in them need no checks.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::super::column::{Column, ColumnLayout};
use super::super::row::{MAX_FIELDS, PADDING, RowBlock};

/// A row of less than 256 bytes. A place in it has eight bits, and whatever is read from there on lies
/// in view, so that the compiler removes every check of an index.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct RowView<'a> {
    /// Bytes from the end of the row before on.
    pub bytes: &'a [u8; PADDING],
    ends: &'a [u32; MAX_FIELDS],
}

/// Fields side by side, by their places in a row.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct FieldSpan {
    pub first: u8,
    /// Place of the field behind them.
    end: u8,
    /// Whether they end the line, which may end as on Windows.
    is_last: bool,
}

impl FieldSpan {
    /// Spans the fields from one to another; `None` if no row has so many.
    pub fn new(first: usize, last: usize, width: usize) -> Option<Self> {
        let place = |field: usize| u8::try_from(field).ok();
        Some(Self { first: place(first)?, end: place(last + 1)?, is_last: last + 1 == width })
    }

    /// Spans the field of a column; `None` if the file does not have the column.
    pub fn of(layout: &ColumnLayout, column: Column) -> Option<Self> {
        let field = layout.field(column)?;
        Self::new(field, field, layout.width)
    }
}

/// Place of a text in a view.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Field {
    pub at: u8,
    pub length: u8,
}

impl<'a> RowBlock<'a> {
    /// Returns a view of a row, counted from 0; `None` if the row is not short.
    #[inline(always)]
    pub fn view(self, index: usize) -> Option<RowView<'a>> {
        let ends = self.ends[index * self.width..].first_chunk()?;
        let length = ends[self.width % MAX_FIELDS] - ends[0];
        let bytes = self.bytes[ends[0] as usize..].first_chunk()?;
        (length < 256).then_some(RowView { bytes, ends })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a place in a view has eight bits")]
impl<'a> RowView<'a> {
    /// Returns where the row begins in its chunk.
    #[inline(always)]
    pub const fn start(self) -> u32 {
        self.ends[0]
    }

    /// Finds fields side by side, with the quotation marks and commas that they have.
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "a copy is put together, then taken apart"
    )]
    #[inline(always)]
    pub fn fields(self, span: &FieldSpan) -> Field {
        let place = |end: u8| self.ends[usize::from(end)].wrapping_sub(self.ends[0]) as u8;
        let (at, to) = (place(span.first).wrapping_add(1), place(span.end));
        // Before the end of an empty field stands the comma of the field before it.
        let before = || self.bytes[usize::from(to.wrapping_sub(1))];
        let carriage = u8::from(span.is_last && before() == b'\r');
        Field { at, length: to.wrapping_sub(at).wrapping_sub(carriage) }
    }

    #[inline(always)]
    pub fn lane(self, at: u8, index: usize) -> &'a [u8; 16] {
        self.bytes[usize::from(at)..][16 * (index % 8)..].first_chunk().unwrap_or(&[0; 16])
    }
}
