//! Rows from what a scan has found.

use super::scan::{BLOCK, Chunk};
use super::strict;
use super::strict::MalformedRow;
use crate::answer::batch::row::{CsvBlock, ENDS, FRONT};
use multiversion::multiversion;

/// Finds rows in a chunk.
#[derive(Debug, Default)]
pub struct FieldEnds {
    /// Where fields end.
    ends: Vec<u32>,
    strict: Vec<u32>,
}

impl FieldEnds {
    /// Every row of a chunk of whole rows that ends with a line break at `end`. A scan is of use if
    /// the chunk `is_plain`.
    #[inline]
    pub fn rows(
        &mut self,
        chunk: &Chunk,
        (end, is_plain): (usize, bool),
        width: usize,
        mut each: impl FnMut(Result<CsvBlock<'_>, MalformedRow<'_>>),
    ) {
        let mut row_start = FRONT;
        if is_plain {
            row_start = self.quick(chunk, width, &mut each);
        }
        strict::rows(&chunk.bytes, (row_start, end), width, &mut self.strict, each);
    }

    /// The rows up to the first one that is not as wide as the header says, and where that starts.
    #[inline]
    fn quick(
        &mut self,
        Chunk { bytes, scan }: &Chunk,
        width: usize,
        each: &mut impl FnMut(Result<CsvBlock<'_>, MalformedRow<'_>>),
    ) -> usize {
        // A block has no more ends than bytes, beside those of a row that it has begun.
        let most = 64 * BLOCK + 64 + width + 1 + ENDS;
        if self.ends.len() < most {
            // In one piece from the system, which clears it as it is used.
            self.ends = vec![0; most];
        }
        let mut row_start = FRONT;
        // The first of them is where the row before ended.
        self.ends[0] = u32::try_from(FRONT - 1).unwrap_or_default();
        let (mut held, mut at) = (1, FRONT);
        for (words, lines) in scan.words.chunks(BLOCK).zip(&scan.lines) {
            held = spread(words, at, held, &mut self.ends);
            at += 64 * BLOCK;
            let whole = (held - 1) / width;
            let mut ends = self.ends[..=whole * width].iter().step_by(width).skip(1);
            if whole != *lines as usize || !ends.all(|end| bytes[*end as usize] == b'\n') {
                return row_start;
            }
            each(Ok(CsvBlock { bytes, ends: &self.ends, width, count: whole }));
            row_start = self.ends[whole * width] as usize + 1;
            self.ends.copy_within(whole * width..held, 0);
            held -= whole * width;
        }
        row_start
    }
}

/// Writes down the places of the bits of words behind those that are there, and says how many there
/// are then.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"))]
fn spread(words: &[u64], mut at: usize, mut held: usize, ends: &mut [u32]) -> usize {
    // Rows have some eight fields in as many bytes, so that a second turn is rare.
    const TURN: usize = 12;
    for word in words {
        let mut bits = *word;
        // A chunk is far smaller than what 32 bits can count.
        let from = u32::try_from(at).unwrap_or(u32::MAX);
        for turn in ends[held..held + 64 + TURN].chunks_exact_mut(TURN) {
            for place in turn {
                *place = from.wrapping_add(bits.trailing_zeros());
                bits &= bits.wrapping_sub(1);
            }
            if bits == 0 {
                break;
            }
        }
        held += word.count_ones() as usize;
        at += 64;
    }
    held
}
