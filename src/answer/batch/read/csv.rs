//! CSV row by row, as RFC 4180 has it, for files that are not as plain as most are.
//!
//! A field that begins with a quotation mark ends with the next single one, and may hold commas
//! and line breaks. Anywhere else a quotation mark is a character like any other. A mark that is
//! not closed before a comma or the end of a line is an error of its line alone: reading goes on
//! with the next one, so that a bad row hides no good one.

use super::super::row::{FieldForm, LONGEST_FIELD, MAX_FIELDS, RowBlock, UnreadableRow};

/// Finds the id of a row whose fields are unknown: the fields before the error may be those of the header.
pub(super) fn id_of(row: &[u8], field: usize) -> &[u8] {
    row.split(|&byte| byte == b',').nth(field).unwrap_or_default()
}

/// Hands on every row from `start` on. `width` counts the fields of the header; `id` is that of the id.
pub(super) fn rows(
    bytes: &[u8],
    (mut start, end): (usize, usize),
    (width, id): (usize, usize),
    ends: &mut Vec<u32>,
    mut each: impl FnMut(Result<RowBlock<'_>, UnreadableRow>),
) {
    while start < end {
        ends.clear();
        ends.push(u32::try_from(start.wrapping_sub(1)).unwrap_or(u32::MAX));
        let (line, is_open) = row(&bytes[..end], start, ends);
        let text = &bytes[start..line];
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let mut fail = |error| each(Err(UnreadableRow::new(id_of(text, id), error)));
        if is_open {
            let message = "row: a quotation mark is not closed before a comma or the end of the \
                           line, or the text in it is longer than 64 KiB";
            fail(message.to_owned());
        } else if ends.len() == width + 1 {
            ends.resize(width + 1 + MAX_FIELDS, 0);
            each(Ok(RowBlock { bytes, ends, width, count: 1, form: FieldForm::Csv }));
        } else if !text.is_empty() {
            let found = ends.len() - 1;
            let plural = if found == 1 { "" } else { "s" };
            fail(format!("row: it has {found} field{plural}, and the header has {width}"));
        }
        start = line + 1;
    }
}

/// Adds the ends of the fields of a row. Returns its line break, and whether a quotation mark is open.
pub(super) fn row(bytes: &[u8], start: usize, ends: &mut Vec<u32>) -> (usize, bool) {
    let mut at = start;
    loop {
        if bytes.get(at) == Some(&b'"') {
            let ClosingMark::At(mark) = close(bytes, at, true) else {
                let line = memchr::memchr(b'\n', &bytes[at..]);
                return (line.map_or(bytes.len(), |line| at + line), true);
            };
            at = mark + 1;
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

/// Returns where the last whole row of bytes that begin with a row ends: behind the last line break outside
/// of quotation marks. `None` if no row is whole. At the end of the input everything that is left is whole.
pub(super) fn cut(bytes: &[u8], is_end: bool) -> Option<usize> {
    let last_line = |from, to| Some(from + memchr::memrchr(b'\n', &bytes[from..to])? + 1);
    let (mut from, mut at, mut last) = (0, 0, None);
    while let Some(next) = memchr::memchr(b'"', &bytes[at..]) {
        let open = at + next;
        if open > 0 && !matches!(bytes[open - 1], b',' | b'\n') {
            at = open + 1;
            continue;
        }
        match close(bytes, open, is_end) {
            ClosingMark::At(mark) => {
                last = last_line(from, open).or(last);
                (from, at) = (mark + 1, mark + 1);
            }
            // The row of the mark ends with its line.
            ClosingMark::Never => {
                let line = memchr::memchr(b'\n', &bytes[open..]);
                at = line.map_or(bytes.len(), |line| open + line + 1);
            }
            ClosingMark::Later => return last_line(from, open).or(last),
        }
    }
    if is_end {
        return (!bytes.is_empty()).then_some(bytes.len());
    }
    last_line(from, bytes.len()).or(last)
}

/// Quotation mark that closes a field.
enum ClosingMark {
    /// The mark at this place, with nothing between it and the end of the field.
    At(usize),
    /// The field has no such mark, or something stands behind it.
    Never,
    /// The bytes do not decide it.
    Later,
}

/// Finds the mark that closes the quoted field which opens at `open`.
fn close(bytes: &[u8], open: usize, is_end: bool) -> ClosingMark {
    let far = open + LONGEST_FIELD;
    let seen = &bytes[..bytes.len().min(far)];
    let mut from = open + 1;
    let next = |from: usize| seen.get(from..)?.iter().position(|&byte| byte == b'"');
    while let Some(at) = next(from) {
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
