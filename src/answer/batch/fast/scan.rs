//! Commas, line breaks and quotation marks of a chunk, 64 bytes at a time, and the blocks of rows between
//! them.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::super::row::{FRONT, FieldForm, LONGEST_FIELD, MAX_FIELDS, RowBlock};
use multiversion::multiversion;
use wide::u8x16;

/// Words of a block, whose rows are priced together: few enough to stay in the cache of the processor.
const BLOCK: usize = 256;

/// Limit of the words in a row inside of quotation marks: longer fields are left to the careful reader.
const MAX_WORDS: usize = LONGEST_FIELD / 64 - 2;

/// Ends of the fields of a chunk: commas and line breaks outside of quotation marks.
#[derive(Debug, Default)]
pub(in super::super) struct Scan {
    /// A bit for each byte behind [`FRONT`], 64 of them in a word.
    words: Vec<u64>,
    /// Line breaks among the ends of each block.
    lines: Vec<u32>,
}

impl Scan {
    /// Finds the ends in the first `length` bytes of a chunk, which begin with a row, and returns where its
    /// last whole row ends. At the end of the input everything that is left is whole.
    ///
    /// Returns `None` if a quotation mark does not stand where it belongs, if a field is very long, or if
    /// there is no whole row.
    pub fn find(&mut self, chunk: &[u8], length: usize, is_end: bool) -> Option<usize> {
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

    /// Ends the last row of a chunk at a line break that has been put there, and removes the ends behind it.
    pub fn end(&mut self, at: usize) {
        let at = at - FRONT;
        let (word, block, bit) = (at / 64, at / 64 / BLOCK, 1 << (at % 64));
        self.words.resize(word + 1, 0);
        self.lines.resize(block + 1, 0);
        self.lines[block] += u32::from(self.words[word] & bit == 0);
        self.words[word] = (self.words[word] | bit) & (bit | (bit - 1));
    }
}

/// State that is carried from one word to the next.
struct ScanState {
    /// All ones where a quotation mark is open.
    inside: u64,
    /// Whether the last byte ended a field, or the row before.
    ended: u64,
    /// Whether the last byte was a quotation mark that closes.
    closed: u64,
    /// Quotation marks that are not where they belong.
    odd: u64,
    /// Number of words so far that end inside of quotation marks, and the largest such number.
    run: usize,
    longest: usize,
}

impl ScanState {
    const START: Self = Self { inside: 0, ended: 1, closed: 0, odd: 0, run: 0, longest: 0 };

    /// Says whether every quotation mark opens or closes a field, or is one of two in it.
    const fn is_plain(&self) -> bool {
        self.odd == 0 && self.longest < MAX_WORDS
    }

    /// Finds the ends among 64 bytes, and counts the line breaks among them. `rest` begins with the bytes.
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
                // The last word is filled with zeros.
                let mut last = [0; 64];
                last[..rest.len()].copy_from_slice(rest);
                (*word, breaks) = state.word(&last, rest);
            }
            *lines += breaks;
        }
    }
    state
}

/// Says whether there is a Windows line break at every bit, or as much of it as there is room for.
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

/// Adds up all bits up to each bit: the sum is one between an opening mark and its closing one.
#[inline]
const fn prefix(mut bits: u64) -> u64 {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^ (bits << 32)
}

/// Finds the end of the last line whose line break stands outside of quotation marks.
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
            held = spread_bits(words, at, held, &mut self.ends);
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
fn spread_bits(words: &[u64], mut at: usize, mut held: usize, ends: &mut [u32]) -> usize {
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
