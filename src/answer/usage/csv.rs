//! Rows of CSV with the place of every field, so that an error can point at the field.

use std::ops::Range;

/// Returns the lines of a text that are not blank, without line breaks, each with its offset.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        let start = next;
        next += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    });
    lines.filter(|(_, line)| !line.trim().is_empty())
}

/// Splits a line that starts at `start` into `fields`, without the blanks around a field and without
/// its quotation marks.
///
/// # Errors
/// Returns the place of a quotation mark that is not closed before a comma or the end of the line.
pub(super) fn split(
    line: &str,
    start: usize,
    fields: &mut Vec<Range<usize>>,
) -> Result<(), Range<usize>> {
    fields.clear();
    let mut rest = Some(0);
    while let Some(at) = rest {
        let at = at + blanks(&line[at..]);
        let text = &line[at..];
        let (field, end) = if let Some(quoted) = text.strip_prefix('"') {
            let Some(length) = closed(quoted) else {
                return Err(start + at..start + line.len());
            };
            let end = at + length + 2;
            (at + 1..at + 1 + length, end + blanks(&line[end..]))
        } else {
            let end = at + text.find(',').unwrap_or(text.len());
            (at..at + line[at..end].trim_end().len(), end)
        };
        fields.push(start + field.start..start + field.end);
        rest = (end < line.len()).then_some(end + 1);
    }
    Ok(())
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

/// Returns the length of a quoted field. Only blanks may stand between its closing mark and a comma.
fn closed(quoted: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + quoted[from..].find('"')?;
        // Two quotation marks stand for one.
        if quoted[at + 1..].starts_with('"') {
            from = at + 2;
            continue;
        }
        let after = quoted[at + 1..].trim_start_matches([' ', '\t']);
        return (after.is_empty() || after.starts_with(',')).then_some(at);
    }
}
