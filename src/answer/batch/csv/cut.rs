//! Where a chunk may be cut if it is not as plain as most are: behind its last whole row.

use super::{ClosingMark, close};

/// Finds where to cut.
#[derive(Debug, Default)]
pub struct ChunkEnd {
    /// Stretches outside of quotation marks.
    outside: Vec<(usize, usize)>,
}

impl ChunkEnd {
    /// Where the whole rows of bytes that begin with one end; nothing if there is none. At the end of the input
    /// everything that is left is whole.
    pub fn cut(&mut self, bytes: &[u8], is_end: bool) -> Option<usize> {
        self.outside.clear();
        let mut from = 0;
        let mut at = 0;
        while let Some(next) = memchr::memchr(b'"', &bytes[at..]) {
            let open = at + next;
            if open > 0 && !matches!(bytes[open - 1], b',' | b'\n') {
                at = open + 1;
                continue;
            }
            match close(bytes, open, is_end) {
                ClosingMark::At(mark) => {
                    self.outside.push((from, open));
                    (from, at) = (mark + 1, mark + 1);
                }
                // Its row ends with its line.
                ClosingMark::Never => {
                    let line = memchr::memchr(b'\n', &bytes[open..]);
                    at = line.map_or(bytes.len(), |line| open + line + 1);
                }
                ClosingMark::Later => {
                    return self.last_line(bytes, (from, open));
                }
            }
        }
        if is_end {
            return (!bytes.is_empty()).then_some(bytes.len());
        }
        self.last_line(bytes, (from, bytes.len()))
    }

    /// Behind the last line break outside of quotation marks.
    fn last_line(&self, bytes: &[u8], last: (usize, usize)) -> Option<usize> {
        let stretches = self.outside.iter().copied().chain([last]).rev();
        let mut lines = stretches
            .filter_map(|(from, to)| Some(from + memchr::memrchr(b'\n', &bytes[from..to])? + 1));
        lines.next()
    }
}
