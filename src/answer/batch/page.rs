//! Bytes to be written, and the figures of a row put there digit by digit.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]
#![expect(clippy::cast_possible_truncation, reason = "what is cut off is nothing, or meant to be")]

use super::number::{spread, text};

/// What is made room for at once. A place of eight bits, and the longest piece that is put at one
/// (sixteen bytes), lie within it whatever the place: nothing has to be checked.
const ROOM: usize = 256 + 16;

/// Amounts from here on, in cents, have more than eight digits before the point.
pub(super) const LONG: u64 = 100 * 100_000_000;

/// A short text that is copied at once.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ShortText {
    bytes: [u8; 16],
    length: u8,
}

impl ShortText {
    /// Nothing, if it is too long for that.
    pub fn new(text: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Self { bytes, length: u8::try_from(text.len()).ok()? })
    }

    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

/// Output that grows as rows are put there. Its bytes behind the last row mean nothing yet.
#[derive(Debug, Default)]
pub(super) struct OutputBuffer {
    bytes: Vec<u8>,
    length: usize,
}

impl OutputBuffer {
    /// What has been put there.
    pub fn written(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    pub const fn clear(&mut self) {
        self.length = 0;
    }

    /// Makes room for so many bytes.
    #[inline(always)]
    fn open(&mut self, length: usize) {
        let needed = self.length + length;
        if self.bytes.len() < needed {
            self.bytes.resize(2 * needed, 0);
        }
    }

    /// Any text.
    pub fn put(&mut self, bytes: &[u8]) {
        self.open(bytes.len());
        self.bytes[self.length..self.length + bytes.len()].copy_from_slice(bytes);
        self.length += bytes.len();
    }

    /// A place for short pieces in a row, with room for them.
    #[inline(always)]
    pub fn strip(&mut self) -> Option<Slot<'_>> {
        self.open(ROOM);
        let bytes = self.bytes[self.length..].first_chunk_mut()?;
        Some(Slot { bytes, at: 0, length: &mut self.length })
    }
}

/// A place for less than 256 bytes.
pub(super) struct Slot<'p> {
    bytes: &'p mut [u8; ROOM],
    at: u8,
    /// That of the page.
    length: &'p mut usize,
}

impl Slot<'_> {
    /// Leaves on the page what has been put.
    #[inline(always)]
    pub fn end(self) {
        *self.length += usize::from(self.at);
    }

    /// As many of some bytes as belong to a text.
    #[inline(always)]
    pub fn put(&mut self, bytes: &[u8; 16], length: u8) {
        let at = usize::from(self.at);
        self.bytes[at..at + 16].copy_from_slice(bytes);
        self.at = self.at.wrapping_add(length);
    }

    #[inline(always)]
    pub fn put_text(&mut self, text: &ShortText) {
        self.put(&text.bytes, text.length);
    }

    /// The first bytes of a word.
    #[inline(always)]
    fn put_word(&mut self, word: u64, length: u8) {
        let at = usize::from(self.at);
        self.bytes[at..at + 8].copy_from_slice(&word.to_le_bytes());
        self.at = self.at.wrapping_add(length);
    }

    /// `1853.21,`, `0.3823,`: amounts in cents below [`LONG`], and behind them a share in
    /// ten-thousandths.
    #[inline(always)]
    pub fn put_figures(&mut self, cents: [u64; 3], share: u64) {
        let whole = cents.map(|cents| cents / 100);
        // No share is more than all.
        let front = u64::from(share >= 10_000);
        let digits = spread(whole, share - front * 10_000);
        for place in 0..3 {
            // Without the zeros at the front, but for the last digit.
            let skipped = (digits[place] | 1 << 56).trailing_zeros() & !7;
            self.put_word(text(digits[place]) >> skipped, 8 - (skipped / 8) as u8);
            let cents = cents[place] - whole[place] * 100;
            self.put_word(CENTS[cents as usize & 0x7f].into(), 4);
        }
        let front = (u64::from(b'0') + front) | (u64::from(b'.') << 8);
        let digits = text(digits[3]) >> 32;
        self.put_word(front | digits << 16 | u64::from(b',') << 48, 7);
    }
}

/// `.21,` by the cents. What lies behind the last of them is there for an index of seven bits.
const CENTS: [u32; 128] = {
    let mut table = [0; 128];
    let mut cents = 0;
    while cents < 100 {
        let digits = [b'.', b'0' + cents / 10, b'0' + cents % 10, b','];
        table[cents as usize] = u32::from_le_bytes(digits);
        cents += 1;
    }
    table
};
