//! CSV by the kilobyte, as RFC 4180 has it: where a chunk may be cut, and where its fields end.
//!
//! A field that begins with a quotation mark ends with the next single one, and may hold commas
//! and line breaks. Anywhere else a quotation mark is a character like any other. A mark that is
//! not closed before a comma or the end of a line is a fault of its line alone: reading goes on
//! with the next one, so that a bad row hides no good one.

mod cut;
mod header;
mod marks;
mod scan;
mod strict;

pub(super) use cut::ChunkEnd;
pub use header::layout;
pub(super) use marks::FieldEnds;
pub(super) use scan::{Chunk, Scan};
pub(super) use strict::MalformedRow;

/// The longest field in quotation marks: behind that one is missing.
const LONGEST_FIELD: usize = 64 << 10;

/// Bytes that can be read behind the last row of a chunk.
pub(super) const PADDING: usize = super::row::SEEN;

/// Where a quoted field that opens at `open` is closed; nothing where that is not decided in
/// `bytes`.
enum ClosingMark {
    /// Its closing mark, with nothing between it and the end of the field.
    At(usize),
    /// It has none, or something behind it.
    Never,
    /// Not in these bytes.
    Later,
}

fn close(bytes: &[u8], open: usize, is_end: bool) -> ClosingMark {
    let far = open + LONGEST_FIELD;
    let seen = &bytes[..bytes.len().min(far)];
    let mut from = open + 1;
    while let Some(at) =
        seen.get(from..).and_then(|rest| rest.iter().position(|&byte| byte == b'"'))
    {
        let mark = from + at;
        match bytes.get(mark + 1) {
            Some(b'"') => from = mark + 2,
            Some(b',' | b'\n') => return ClosingMark::At(mark),
            Some(b'\r') if matches!(bytes.get(mark + 2), Some(b'\n')) => {
                return ClosingMark::At(mark);
            }
            Some(b'\r') if mark + 2 == bytes.len() && !is_end => return ClosingMark::Later,
            None if is_end => return ClosingMark::At(mark),
            None => return ClosingMark::Later,
            Some(_) => return ClosingMark::Never,
        }
    }
    if is_end || bytes.len() >= far { ClosingMark::Never } else { ClosingMark::Later }
}
