//! Every comma, line break and quotation mark of a chunk, 64 bytes at a time.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use crate::answer::batch::row::FRONT;
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
        let bytes = &chunk[FRONT..FRONT + length];
        let count = length.div_ceil(64);
        self.words.resize(count, 0);
        self.lines.clear();
        self.lines.resize(count.div_ceil(BLOCK), 0);
        let state = words(bytes, &mut self.words, &mut self.lines);
        let is_inside = state.inside != 0;
        match bytes.last() {
            Some(last) if state.is_plain() && is_end => {
                (!is_inside && *last != b'\r').then_some(length)
            }
            Some(_) if state.is_plain() => last_line(bytes, is_inside),
            _ => None,
        }
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

/// What is carried from one word to the next.
#[derive(Debug, Clone, Copy)]
struct ScanState {
    /// All ones where a quotation mark is open.
    inside: u64,
    /// Whether the last byte ended a field, or the row before.
    ended: u64,
    /// Whether it was a mark that closes.
    closed: u64,
    /// Marks that are not where they belong.
    odd: u64,
    /// For how many words there has been an open mark at the end, and for how many at most.
    run: usize,
    longest: usize,
}

impl ScanState {
    const START: Self = Self { inside: 0, ended: 1, closed: 0, odd: 0, run: 0, longest: 0 };

    /// Whether every mark opens or closes a field, or is one of two in it.
    const fn is_plain(&self) -> bool {
        self.odd == 0 && self.longest < LONGEST
    }

    /// The ends among 64 bytes, and how many of them are line breaks. `rest` begins with the bytes.
    #[inline(always)]
    fn word(&mut self, bytes: &[u8; 64], rest: &[u8]) -> (u64, u32) {
        let (mut commas, mut newlines, mut quotes) = (0, 0, 0);
        for (index, lane) in bytes.as_chunks::<16>().0.iter().enumerate() {
            let lane = u8x16::new(*lane);
            let bits =
                |byte| u64::from(lane.simd_eq(u8x16::splat(byte)).to_bitmask()) << (16 * index);
            commas |= bits(b',');
            newlines |= bits(b'\n');
            quotes |= bits(b'"');
        }
        let ends = commas | newlines;
        let quoted = prefix(quotes) ^ self.inside;
        self.inside = 0_u64.wrapping_sub(quoted >> 63);
        // A mark opens behind the end of a field, or behind one that closes: two are one in a text.
        let (opens, closes) = (quotes & quoted, quotes & !quoted);
        let behind = (closes << 1) | self.closed;
        self.odd |= opens & !((ends << 1) | self.ended | behind);
        let strays = behind & !(ends | quotes);
        if strays != 0 && !are_carriages(rest, strays) {
            self.odd |= strays;
        }
        (self.ended, self.closed) = (ends >> 63, closes >> 63);
        self.run = (self.run + 1) * usize::from(self.inside | self.closed != 0);
        self.longest = self.run.max(self.longest);
        (ends & !quoted, (newlines & !quoted).count_ones())
    }
}

#[multiversion(targets("x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"))]
fn words(bytes: &[u8], words: &mut [u64], lines: &mut [u32]) -> ScanState {
    let mut state = ScanState::START;
    let mut rest = bytes;
    for (words, lines) in words.chunks_mut(BLOCK).zip(lines) {
        for word in words {
            let breaks;
            if let Some((bytes, behind)) = rest.split_first_chunk() {
                (*word, breaks) = state.word(bytes, rest);
                rest = behind;
            } else {
                // Behind the end there is nothing.
                let mut last = [0; 64];
                last[..rest.len()].copy_from_slice(rest);
                (*word, breaks) = state.word(&last, rest);
            }
            *lines += breaks;
        }
    }
    state
}

/// Whether there is a Windows line break at every bit, or as much of it as there is room for.
#[cold]
fn are_carriages(bytes: &[u8], mut strays: u64) -> bool {
    while strays != 0 {
        let place = strays.trailing_zeros() as usize;
        if !matches!(bytes.get(place..), Some([] | [b'\r'] | [b'\r', b'\n', ..])) {
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
