//! Blocks of rows, from the bits that a scan has found.

use super::super::row::{FRONT, FieldForm, RowBlock};
use super::scan::{BLOCK, Scan};
use super::view::MAX_FIELDS;
use multiversion::multiversion;

/// Writes down where fields end, a block of words at a time.
#[derive(Debug, Default)]
pub(in super::super) struct FieldEnds {
    ends: Vec<u32>,
}

impl FieldEnds {
    /// Hands on every row up to the first one that is not as wide as the layout says, and returns where
    /// that one begins. The bytes are those of the scan.
    #[inline]
    pub fn blocks(
        &mut self,
        bytes: &[u8],
        scan: &Scan,
        width: usize,
        mut each: impl FnMut(RowBlock<'_>),
    ) -> usize {
        // A block has no more ends than bytes, beside those of a row that it has begun.
        let most = 64 * BLOCK + 64 + width + 1 + MAX_FIELDS;
        if self.ends.len() < most {
            // In one piece from the system, which clears it as it is used.
            self.ends = vec![0; most];
        }
        let mut row_start = FRONT;
        // The first end is that of the row before.
        self.ends[0] = u32::try_from(FRONT - 1).unwrap_or_default();
        let (mut held, mut at) = (1, FRONT);
        for (words, lines) in scan.words.chunks(BLOCK).zip(&scan.lines) {
            held = spread(words, at, held, &mut self.ends);
            at += 64 * BLOCK;
            let count = (held - 1) / width;
            let mut ends = self.ends[..=count * width].iter().step_by(width).skip(1);
            if count != *lines as usize || !ends.all(|end| bytes[*end as usize] == b'\n') {
                return row_start;
            }
            each(RowBlock { bytes, ends: &self.ends, width, count, form: FieldForm::Csv });
            row_start = self.ends[count * width] as usize + 1;
            self.ends.copy_within(count * width..held, 0);
            held -= count * width;
        }
        row_start
    }
}

/// Writes the places of the bits of words behind those that are held, and returns how many are held then.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"))]
fn spread(words: &[u64], mut at: usize, mut held: usize, ends: &mut [u32]) -> usize {
    // Rows have some eight fields in as many bytes, so that a second turn is rare.
    const TURN: usize = 12;
    for word in words {
        let mut bits = *word;
        // A chunk is far smaller than the numbers that 32 bits can count.
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
