//! Every comma, line break and quotation mark of a chunk, 64 bytes at a time.

use super::super::row::FRONT;
use multiversion::multiversion;
use wide::u8x16;

/// How many words make a block: what is looked at by its rows at once, few enough bytes that they
/// are still at hand.
pub(super) const BLOCK: usize = 256;

/// So many words inside of quotation marks are more than the longest field has.
const LONGEST: usize = super::LONGEST_FIELD / 64 - 2;

/// Some whole rows of the input, and where their fields end.
#[derive(Debug)]
pub struct Chunk {
    /// [`FRONT`] bytes that mean nothing, the rows, and bytes that can be read behind them.
    pub bytes: Vec<u8>,
    pub scan: Scan,
}

/// Where fields end in a chunk: at commas and line breaks outside of quotation marks.
#[derive(Debug, Default)]
pub struct Scan {
    /// A bit for each byte behind [`FRONT`], 64 of them in a word.
    pub(super) words: Vec<u64>,
    /// How many line breaks are among the ends of each block.
    pub(super) lines: Vec<u32>,
}

impl Scan {
    /// Finds the ends in so many bytes of a chunk, which begin with a row, and says behind which of
    /// them the last whole row ends. At the end of the input everything that is left is whole.
    ///
    /// Nothing, if a quotation mark does not stand where it belongs, if a field is very long, or if
    /// there is no whole row.
    pub fn look(&mut self, chunk: &[u8], length: usize, is_end: bool) -> Option<usize> {
        let bytes = &chunk[FRONT..];
        self.words.clear();
        self.lines.clear();
        let found = words(bytes, length, &mut self.words, &mut self.lines);
        if !found.is_plain || length == 0 {
            return None;
        }
        if is_end {
            return (!found.is_inside && bytes[length - 1] != b'\r').then_some(length);
        }
        last_line(&bytes[..length], found.is_inside)
    }

    /// Ends the last row of a chunk, where a line break has been put, and forgets what is behind it.
    pub fn end(&mut self, at: usize) {
        let at = at - FRONT;
        let (word, block, bit) = (at / 64, at / 64 / BLOCK, 1 << (at % 64));
        self.words.resize(word + 1, 0);
        self.lines.resize(block + 1, 0);
        self.lines[block] += u32::from(self.words[word] & bit == 0);
        self.words[word] = (self.words[word] | bit) & (bit | (bit - 1));
    }
}

/// What was found beside the ends.
#[derive(Debug, Clone, Copy)]
struct Found {
    /// Whether every quotation mark opens or closes a field, or is one of two in it.
    is_plain: bool,
    /// Whether one is open at the end.
    is_inside: bool,
}

#[multiversion(targets("x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"))]
fn words(bytes: &[u8], length: usize, words: &mut Vec<u64>, lines: &mut Vec<u32>) -> Found {
    // Of the word before: whether a mark is open, and whether its last byte ended a field or
    // closed a mark. Before the first row one has ended.
    let (mut inside, mut ended, mut closed) = (0_u64, 1_u64, 0_u64);
    let (mut odd, mut run, mut longest) = (0, 0, 0);
    let mut breaks = 0;
    for at in (0..length).step_by(64) {
        let (mut commas, mut newlines, mut quotes) = (0, 0, 0);
        for (index, lane) in bytes[at..at + 64].as_chunks::<16>().0.iter().enumerate() {
            let lane = u8x16::new(*lane);
            let bits =
                |byte| u64::from(lane.simd_eq(u8x16::splat(byte)).to_bitmask()) << (16 * index);
            commas |= bits(b',');
            newlines |= bits(b'\n');
            quotes |= bits(b'"');
        }
        let live = if length - at >= 64 { u64::MAX } else { (1 << (length - at)) - 1 };
        let (newlines, quotes) = (newlines & live, quotes & live);
        let ends = (commas & live) | newlines;
        let quoted = prefix(quotes) ^ inside;
        inside = 0_u64.wrapping_sub(quoted >> 63);
        // A mark opens behind the end of a field, or behind one that closes: two are one in a text.
        let (opens, closes) = (quotes & quoted, quotes & !quoted);
        let behind = (closes << 1) | closed;
        odd |= opens & !((ends << 1) | ended | behind);
        let strays = behind & live & !(ends | quotes);
        if strays != 0 && !are_carriages(&bytes[..length], at, strays) {
            odd |= strays;
        }
        (ended, closed) = (ends >> 63, closes >> 63);
        run = (run + 1) * usize::from(inside != 0 || closed != 0);
        longest = run.max(longest);
        words.push(ends & !quoted);
        breaks += (newlines & !quoted).count_ones();
        if words.len().is_multiple_of(BLOCK) {
            lines.push(std::mem::take(&mut breaks));
        }
    }
    if !words.len().is_multiple_of(BLOCK) {
        lines.push(breaks);
    }
    Found { is_plain: odd == 0 && longest < LONGEST, is_inside: inside != 0 }
}

/// Whether there is a Windows line break at every bit, or as much of it as there is room for.
#[cold]
fn are_carriages(bytes: &[u8], at: usize, mut strays: u64) -> bool {
    while strays != 0 {
        let place = at + strays.trailing_zeros() as usize;
        if !matches!(bytes[place..], [b'\r'] | [b'\r', b'\n', ..]) {
            return false;
        }
        strays &= strays - 1;
    }
    true
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

/// Behind the last line break outside of quotation marks.
fn last_line(bytes: &[u8], mut is_inside: bool) -> Option<usize> {
    let mut end = bytes.len();
    loop {
        let at = memchr::memrchr(b'\n', &bytes[..end])?;
        is_inside ^= memchr::memchr_iter(b'"', &bytes[at..end]).count() % 2 == 1;
        if !is_inside {
            return Some(at + 1);
        }
        end = at;
    }
}
