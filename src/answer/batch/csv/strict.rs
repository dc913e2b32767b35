//! Row by row, for what is not as plain as most files are.

use super::{ClosingMark, close};
use crate::answer::batch::row::{CsvBlock, ENDS};

/// A row that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MalformedRow<'a> {
    /// It has so many fields, and the header has another number.
    Width { found: usize, row: &'a [u8] },
    /// It is longer than any chunk.
    TooLong { row: &'a [u8] },
    /// A quotation mark is not closed before a comma or the end of the line.
    Open { row: &'a [u8] },
}

/// Every row from `start` on.
pub fn rows(
    bytes: &[u8],
    (mut start, end): (usize, usize),
    width: usize,
    ends: &mut Vec<u32>,
    mut each: impl FnMut(Result<CsvBlock<'_>, MalformedRow<'_>>),
) {
    while start < end {
        ends.clear();
        ends.push(u32::try_from(start.wrapping_sub(1)).unwrap_or(u32::MAX));
        let (line, is_open) = row(&bytes[..end], start, ends);
        let text = trimmed(&bytes[start..line]);
        if is_open {
            each(Err(MalformedRow::Open { row: text }));
        } else if ends.len() == width + 1 {
            ends.resize(width + 1 + ENDS, 0);
            each(Ok(CsvBlock { bytes, ends, width, count: 1 }));
        } else if !text.is_empty() {
            each(Err(MalformedRow::Width { found: ends.len() - 1, row: text }));
        }
        start = line + 1;
    }
}

/// Where the line break behind a row is, and whether one of its quotation marks is open.
fn row(bytes: &[u8], start: usize, ends: &mut Vec<u32>) -> (usize, bool) {
    let line_from = |at: usize| {
        bytes
            .get(at..)
            .and_then(|rest| memchr::memchr(b'\n', rest))
            .map_or(bytes.len(), |it| at + it)
    };
    let mut at = start;
    loop {
        if bytes.get(at) == Some(&b'"') {
            match close(bytes, at, true) {
                ClosingMark::At(mark) => at = mark + 1,
                ClosingMark::Never | ClosingMark::Later => return (line_from(at), true),
            }
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let end = rest.iter().position(|byte| matches!(byte, b',' | b'\n'));
        let end = at + end.unwrap_or(rest.len());
        ends.push(u32::try_from(end).unwrap_or(u32::MAX));
        match bytes.get(end) {
            Some(b',') => at = end + 1,
            _ => return (end, false),
        }
    }
}

fn trimmed(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}
