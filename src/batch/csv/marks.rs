//! Where fields end, found 64 bytes at a time.

use super::PADDING;
use super::strict::{self, Broken};
use crate::batch::row::{Block, ENDS};
use multiversion::multiversion;
use wide::u8x16;

/// Bytes that are searched before their rows are looked at: few enough that what was found is
/// still at hand.
const BLOCK: usize = 16 << 10;

/// Finds rows in a chunk.
#[derive(Debug, Default)]
pub struct Marks {
    /// Where fields end: at commas and line breaks outside of quotation marks.
    ends: Vec<u32>,
    strict: Vec<u32>,
}

impl Marks {
    /// Every row of a chunk of whole rows that ends with a line break at `end`, and has
    /// [`PADDING`] bytes behind it.
    #[inline]
    pub fn rows(
        &mut self,
        bytes: &[u8],
        (start, end): (usize, usize),
        is_plain: bool,
        width: usize,
        mut each: impl FnMut(Result<Block<'_>, Broken<'_>>),
    ) {
        debug_assert!(end + PADDING <= bytes.len());
        let mut row_start = start;
        if is_plain {
            row_start = self.quick(bytes, (start, end), width, &mut each);
        }
        strict::rows(bytes, (row_start, end), width, &mut self.strict, each);
    }

    /// The rows up to the first one that is not as wide as the header says, and where that starts.
    #[inline]
    fn quick(
        &mut self,
        bytes: &[u8],
        (start, end): (usize, usize),
        width: usize,
        each: &mut impl FnMut(Result<Block<'_>, Broken<'_>>),
    ) -> usize {
        // A block has no more ends than bytes, beside those of a row that it has begun.
        self.ends.resize(BLOCK + PADDING + width + 1 + ENDS, 0);
        let (mut at, mut row_start) = (start, start);
        // The first of them is where the row before ended.
        self.ends[0] = u32::try_from(start - 1).unwrap_or(u32::MAX);
        let (mut held, mut inside) = (1, 0);
        while at < end {
            let stop = (at + BLOCK).min(end);
            let block = Searched { at, stop, held, inside };
            let lines;
            (held, lines, inside) = search(bytes, block, &mut self.ends);
            at = stop;
            let whole = (held - 1) / width;
            let mut ends = self.ends[..=whole * width].iter().step_by(width).skip(1);
            if whole != lines || !ends.all(|end| bytes[*end as usize] == b'\n') {
                return row_start;
            }
            each(Ok(Block { bytes, ends: &self.ends, width, count: whole }));
            row_start = self.ends[whole * width] as usize + 1;
            self.ends.copy_within(whole * width..held, 0);
            held -= whole * width;
        }
        row_start
    }
}

/// Bytes to be searched.
#[derive(Clone, Copy)]
struct Searched {
    at: usize,
    stop: usize,
    /// How many ends have been written down before.
    held: usize,
    /// All ones if a quotation mark is open.
    inside: u64,
}

/// Writes down where fields end. Says how many ends there are then, how many of them are line breaks,
/// and whether a quotation mark is open behind them.
#[multiversion(targets("x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"))]
fn search(bytes: &[u8], searched: Searched, ends: &mut [u32]) -> (usize, usize, u64) {
    let Searched { mut at, stop, mut held, mut inside } = searched;
    let mut breaks = 0;
    while at < stop {
        let (mut commas, mut lines, mut quotes) = (0, 0, 0);
        for (index, lane) in bytes[at..at + 64].as_chunks::<16>().0.iter().enumerate() {
            let lane = u8x16::new(*lane);
            let bits =
                |byte| u64::from(lane.simd_eq(u8x16::splat(byte)).to_bitmask()) << (16 * index);
            commas |= bits(b',');
            lines |= bits(b'\n');
            quotes |= bits(b'"');
        }
        let live = if stop - at >= 64 { u64::MAX } else { (1 << (stop - at)) - 1 };
        let quoted = prefix(quotes & live) ^ inside;
        inside = if quoted >> 63 == 1 { u64::MAX } else { 0 };
        let outside = !quoted & live;
        breaks += (lines & outside).count_ones() as usize;
        held += spread((commas | lines) & outside, at, &mut ends[held..]);
        at += 64;
    }
    (held, breaks, inside)
}

/// Each bit the sum of all bits up to it: one between an opening mark and its closing one.
#[inline]
const fn prefix(mut bits: u64) -> u64 {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^ (bits << 32)
}

/// Writes down the places of bits, and says how many they are.
#[inline(always)]
fn spread(mut bits: u64, at: usize, places: &mut [u32]) -> usize {
    // Rows have some eight fields in as many bytes, so that a second turn is rare.
    const TURN: usize = 12;
    let count = bits.count_ones() as usize;
    // A chunk is far smaller than what 32 bits can count.
    let at = u32::try_from(at).unwrap_or(u32::MAX);
    for turn in places[..64 + TURN].chunks_exact_mut(TURN) {
        for place in turn {
            *place = at.wrapping_add(bits.trailing_zeros());
            bits &= bits.wrapping_sub(1);
        }
        if bits == 0 {
            break;
        }
    }
    count
}
