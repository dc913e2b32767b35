//! Bytes to be written, and the figures of a row put there digit by digit.

use super::cell::Text;
use super::number::{spread, text};

/// The most that the figures of a row take beside the id and the names of the book.
const ROOM: usize = 192;

/// Amounts from here on are written the long way, in whole units of currency.
const LONG: u64 = 100_000_000;

/// Output that grows as rows are put there. Its bytes behind the last row mean nothing yet.
#[derive(Debug, Default)]
pub(super) struct Page {
    bytes: Vec<u8>,
    length: usize,
}

impl Page {
    /// What has been put there.
    pub fn written(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    pub const fn clear(&mut self) {
        self.length = 0;
    }

    /// Makes room for a row whose texts have so many bytes.
    #[inline]
    pub fn open(&mut self, texts: usize) {
        let needed = self.length + texts + ROOM;
        if self.bytes.len() < needed {
            self.bytes.resize(2 * needed, 0);
        }
    }

    /// Any text.
    #[inline]
    pub fn put(&mut self, bytes: &[u8]) {
        self.open(bytes.len());
        self.bytes[self.length..self.length + bytes.len()].copy_from_slice(bytes);
        self.length += bytes.len();
    }

    /// A text that stands in `bytes` with others behind it: sixteen bytes are copied at once.
    #[inline]
    pub fn put_from(&mut self, bytes: &[u8], at: usize, length: usize) {
        match (bytes.get(at..at + 16), self.bytes.get_mut(self.length..self.length + 16)) {
            (Some(from), Some(to)) if length <= 16 => {
                to.copy_from_slice(from);
                self.length += length;
            }
            _ => self.put(&bytes[at..at + length]),
        }
    }

    /// A short text, for which there is room.
    #[inline]
    pub fn put_text(&mut self, text: &Text) {
        self.bytes[self.length..self.length + 16].copy_from_slice(&text.bytes);
        self.length += text.length;
    }

    /// `1853.21,`: an amount in cents, for which there is room, and what stands behind it.
    #[inline]
    pub fn put_cents(&mut self, cents: u64) {
        let whole = cents / 100;
        if whole >= LONG {
            return self.put_long(cents);
        }
        let digits = spread(whole);
        // Zeros at the front are not written, but for the last digit.
        let skipped = (digits | 1 << 56).trailing_zeros() & !7;
        self.put_word(text(digits) >> skipped, 8 - skipped as usize / 8);
        self.put_cents_of(cents - whole * 100);
    }

    #[cold]
    fn put_long(&mut self, cents: u64) {
        self.put((cents / 100).to_string().as_bytes());
        self.open(0);
        self.put_cents_of(cents % 100);
    }

    #[inline]
    fn put_cents_of(&mut self, cents: u64) {
        let digits = text(spread(cents)) >> 48;
        self.put_word(u64::from(b'.') | digits << 8 | u64::from(b',') << 24, 4);
    }

    /// `0.3823,`: a share in ten-thousandths.
    #[inline]
    pub fn put_share(&mut self, share: u64) {
        let whole = share / 10_000;
        let digits = text(spread(share - whole * 10_000)) >> 32;
        let front = u64::from(b'0') + whole | u64::from(b'.') << 8;
        self.put_word(front | digits << 16 | u64::from(b',') << 48, 7);
    }

    /// The first bytes of a word.
    #[inline]
    fn put_word(&mut self, word: u64, length: usize) {
        self.bytes[self.length..self.length + 8].copy_from_slice(&word.to_le_bytes());
        self.length += length;
    }
}
