//! Output that is written in whole words: a row of CSV takes some twenty of them.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]
#![expect(
    clippy::cast_possible_truncation,
    reason = "lengths of a slot have eight bits, and an index of cents seven"
)]

use super::number::{spread, text};

/// Bytes that are made room for at once. A place of eight bits, and the longest piece that is put there
/// (sixteen bytes), lie within them whatever the place is, so that the compiler removes every check.
const ROOM: usize = 256 + 16;

/// Smallest amount, in cents, that has more than eight digits before the point.
pub(in super::super) const TOO_LARGE: u64 = 100 * 100_000_000;

/// A text of at most sixteen bytes, which is copied at once.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct ShortText {
    bytes: [u8; 16],
    length: u8,
}

impl ShortText {
    /// Returns `None` for a longer text.
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

/// Output that grows as rows are put there. Its bytes behind the last row have no meaning yet.
#[derive(Debug, Default)]
pub(in super::super) struct OutputBuffer {
    bytes: Vec<u8>,
    length: usize,
}

impl OutputBuffer {
    pub fn written(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    pub const fn clear(&mut self) {
        self.length = 0;
    }

    #[inline(always)]
    fn open(&mut self, length: usize) {
        let needed = self.length + length;
        if self.bytes.len() < needed {
            self.bytes.resize(2 * needed, 0);
        }
    }

    pub fn put(&mut self, bytes: &[u8]) {
        self.open(bytes.len());
        self.bytes[self.length..self.length + bytes.len()].copy_from_slice(bytes);
        self.length += bytes.len();
    }

    /// Puts a row of CSV: a plain id of at most sixteen bytes, the list price between its commas, three
    /// amounts in cents below [`TOO_LARGE`], a share in ten-thousandths, and the end of the row.
    #[inline(always)]
    pub fn put_row(
        &mut self,
        (id, length): (&[u8; 16], u8),
        list: &ShortText,
        (cents, share): ([u64; 3], u64),
        ending: &ShortText,
    ) -> bool {
        self.open(ROOM);
        let Some(bytes) = self.bytes[self.length..].first_chunk_mut() else { return false };
        let mut slot = Slot { bytes, at: 0 };
        slot.put(id, length);
        slot.put(&list.bytes, list.length);
        slot.put_figures(cents, share);
        slot.put(&ending.bytes, ending.length);
        self.length += usize::from(slot.at);
        true
    }
}

/// Place for less than 256 bytes at the end of a buffer.
struct Slot<'b> {
    bytes: &'b mut [u8; ROOM],
    at: u8,
}

impl Slot<'_> {
    /// Puts the first bytes of a lane.
    #[inline(always)]
    fn put(&mut self, bytes: &[u8; 16], length: u8) {
        let at = usize::from(self.at);
        self.bytes[at..at + 16].copy_from_slice(bytes);
        self.at = self.at.wrapping_add(length);
    }

    /// Puts the first bytes of a word.
    #[inline(always)]
    fn put_word(&mut self, word: u64, length: u8) {
        let at = usize::from(self.at);
        self.bytes[at..at + 8].copy_from_slice(&word.to_le_bytes());
        self.at = self.at.wrapping_add(length);
    }

    /// Puts amounts such as `1853.21,` and behind them a share such as `0.3823,`.
    #[inline(always)]
    fn put_figures(&mut self, cents: [u64; 3], share: u64) {
        let whole = cents.map(|cents| cents / 100);
        // No share is above one.
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

/// Texts such as `.21,` by the cents. An index of seven bits needs no check, and those behind the last
/// cent are not used.
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
