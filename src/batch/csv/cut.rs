//! Where a chunk may be cut: behind its last whole row.

use super::{Close, close};

/// Finds where to cut.
#[derive(Debug, Default)]
pub struct Cutter {
    /// Stretches outside of quotation marks.
    outside: Vec<(usize, usize)>,
}

/// The whole rows at the front of some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Where they end.
    pub end: usize,
    /// Whether every quotation mark opens or closes a field, or is one of two in it.
    pub is_plain: bool,
}

impl Cutter {
    /// The whole rows of bytes that begin with one; nothing if there is none. At the end of the input
    /// everything that is left is whole.
    pub fn cut(&mut self, bytes: &[u8], is_end: bool) -> Option<Cut> {
        self.outside.clear();
        let mut is_plain = true;
        let mut from = 0;
        let mut at = 0;
        while let Some(next) = memchr::memchr(b'"', &bytes[at..]) {
            let open = at + next;
            if open > 0 && !matches!(bytes[open - 1], b',' | b'\n') {
                is_plain = false;
                at = open + 1;
                continue;
            }
            match close(bytes, open, is_end) {
                Close::At(mark) => {
                    self.outside.push((from, open));
                    (from, at) = (mark + 1, mark + 1);
                }
                // Its row ends with its line.
                Close::Never => {
                    is_plain = false;
                    let line = memchr::memchr(b'\n', &bytes[open..]);
                    at = line.map_or(bytes.len(), |line| open + line + 1);
                }
                Close::Later => {
                    let end = self.last_line(bytes, (from, open))?;
                    return Some(Cut { end, is_plain });
                }
            }
        }
        if is_end {
            return (!bytes.is_empty()).then_some(Cut { end: bytes.len(), is_plain });
        }
        let end = self.last_line(bytes, (from, bytes.len()))?;
        Some(Cut { end, is_plain })
    }

    /// Behind the last line break outside of quotation marks.
    fn last_line(&self, bytes: &[u8], last: (usize, usize)) -> Option<usize> {
        let stretches = self.outside.iter().copied().chain([last]).rev();
        let mut lines = stretches
            .filter_map(|(from, to)| Some(from + memchr::memrchr(b'\n', &bytes[from..to])? + 1));
        lines.next()
    }
}
