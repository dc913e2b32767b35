//! Short numbers from their digits and back, eight digits at a time.
//!
//! A text that is not read here is no error: the parsers of `number` know all forms, and say what is
//! wrong.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::view::{Field, RowView};
use wide::bytemuck::cast;
use wide::{u16x8, u32x4};

/// Digit zero in each of eight bytes.
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// Reads eight bytes from a place on, the first one lowest.
#[inline(always)]
fn word(view: RowView<'_>, at: u8) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(&view.lane(at, 0)[..8]);
    u64::from_le_bytes(word)
}

/// Reads a whole number of one to eight digits that does not begin with a zero.
#[inline(always)]
pub(super) fn whole(view: RowView<'_>, Field { at, length }: Field) -> Option<u32> {
    let word = word(view, at);
    if !(1..=8).contains(&length) || word & 0xff == ZEROS & 0xff {
        return None;
    }
    let shift = 64 - 8 * u32::from(length);
    let number = digits((word << shift) ^ (ZEROS << shift))?;
    u32::try_from(number).ok()
}

/// Reads a rate in millionths, written as `0`, or as `0.1234` with one to six decimals. No text is zero.
///
/// Many rows have a rate and many have none, so both take the same instructions: a branch here would be
/// guessed wrong every other time.
#[inline(always)]
pub(super) fn rate(view: RowView<'_>, Field { at, length }: Field) -> Option<u32> {
    // `0`, and the point behind it.
    const FRONT: u64 = 0x2e30;
    let kept = MASKS[usize::from(length.min(8))];
    let (word, front) = (word(view, at) & kept, FRONT & kept);
    // With zeros in place of the first two bytes, six decimals are as many millionths.
    let millionths = digits((word ^ ZEROS) & kept & !0xffff)?;
    let is_read = word & 0xffff == front && length != 2 && length <= 8;
    if is_read { u32::try_from(millionths).ok() } else { None }
}

/// Mask of the bytes of a word that belong to a text, by their number.
const MASKS: [u64; 9] = [
    0,
    0xff,
    0xffff,
    0x00ff_ffff,
    0xffff_ffff,
    0x00ff_ffff_ffff,
    0xffff_ffff_ffff,
    0x00ff_ffff_ffff_ffff,
    u64::MAX,
];

/// Joins eight digits, each a byte from 0 to 9, the first one lowest.
#[inline(always)]
const fn digits(word: u64) -> Option<u64> {
    const NINES: u64 = 0x7676_7676_7676_7676;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    if (word.wrapping_add(NINES) | word) & HIGH != 0 {
        return None;
    }
    // Pairs, then fours, then all eight.
    let pairs = (word.wrapping_mul(2561) >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(6_553_601) >> 16) & 0x0000_ffff_0000_ffff;
    Some(fours.wrapping_mul(42_949_672_960_001) >> 32)
}

/// Splits three numbers below 10^8 and one below 10^4 into eight digits each, a byte from 0 to 9 for each
/// digit, the first one lowest. Four numbers at once, because a row has as many figures.
#[inline(always)]
pub(super) fn spread(numbers: [u64; 3], small: u64) -> [u64; 4] {
    let [one, two, three] = numbers.map(|number| {
        let high = number / 10_000;
        high | ((number - high * 10_000) << 32)
    });
    let fours = [one, two, three, small << 32];
    let [front, back] = [[fours[0], fours[1]], [fours[2], fours[3]]].map(|fours| {
        // Numbers of 16 bits below 10^4, then below 100, then below 10.
        let fours: u16x8 = cast(fours);
        let hundreds = fours.mul_keep_high(u16x8::splat(5_243)) >> 3;
        let rest: u32x4 = cast(fours - hundreds * u16x8::splat(100));
        let pairs: u16x8 = hundreds | cast::<u32x4, u16x8>(rest << 16);
        let tens = pairs.mul_keep_high(u16x8::splat(6_554));
        let rest = pairs - tens * u16x8::splat(10);
        cast::<u16x8, [u64; 2]>(tens | (rest << 8))
    });
    [front[0], front[1], back[0], back[1]]
}

/// Turns eight digits into text.
#[inline(always)]
pub(super) const fn text(digits: u64) -> u64 {
    digits | ZEROS
}
