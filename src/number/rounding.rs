//! The one place where a number can lose digits.

use super::{Length, Money, PartialYear, Quantity, Rate};
use rust_decimal::{Decimal, RoundingStrategy};
use std::cmp::Ordering;
use std::fmt;

/// How a half is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Away from zero, as on paper and in a spreadsheet.
    HalfUp,
    /// To the even neighbour, as bankers do.
    HalfEven,
}

impl Rounding {
    /// The amount at `places` decimal places.
    pub fn round(self, amount: Money, places: u32) -> Money {
        let strategy = match self {
            Self::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Self::HalfEven => RoundingStrategy::MidpointNearestEven,
        };
        Money::from_decimal(amount.decimal().round_dp_with_strategy(places, strategy))
    }

    /// `dividend / divisor` as a whole number, for amounts that are whole numbers of something small:
    /// the dividend is at most 2^63.
    #[inline]
    pub fn whole(self, dividend: u64, divisor: Divisor) -> u64 {
        let (up, rest) = divisor.divide(dividend + divisor.by / 2);
        // Nothing is left of a half, which lies between two numbers; this is the upper one. Prices
        // often come to a half, and often do not: a branch would be guessed wrong.
        let is_half = u64::from(rest == 0) & u64::from(divisor.by.is_multiple_of(2));
        up - (u64::from(self == Self::HalfEven) & is_half & up)
    }

    /// The share that `part` is of `whole` in ten-thousandths, of totals that a decimal may have no
    /// room for; nothing where there is no whole. By long division, which has room enough.
    pub(super) fn share(self, part: i128, whole: i128) -> i64 {
        if whole == 0 {
            return 0;
        }
        let (sign, whole) = (part.signum() * whole.signum(), whole.abs());
        let (mut share, mut rest) = (part.abs() / whole, part.abs() % whole);
        for _ in 0..4 {
            (share, rest) = (share * 10 + rest * 10 / whole, rest * 10 % whole);
        }
        let up = match (2 * rest).cmp(&whole) {
            Ordering::Less => 0,
            Ordering::Equal if self == Self::HalfEven => share % 2,
            Ordering::Equal | Ordering::Greater => 1,
        };
        i64::try_from(sign * (share + up)).unwrap_or(i64::MAX)
    }

    /// What a part of a year costs of what a year costs, at `places` decimal places.
    pub fn part(self, year: Money, part: PartialYear, places: u32) -> Money {
        let (count, of) = (part.count(), Decimal::from(part.of()));
        Money::from_decimal(self.quotient(year.decimal(), count, of, places))
    }

    /// `times * dividend / divisor`, rounded once and exactly: the digits that a decimal division
    /// would cut off first could turn a bit more than a half into a half.
    fn quotient(self, dividend: Decimal, times: u32, divisor: Decimal, places: u32) -> Decimal {
        if divisor.is_zero() {
            return Decimal::new(0, places);
        }
        // An amount has 28 digits at most, which leaves an i128 room for the factors.
        let (dividend, divisor) = over_one_scale(dividend, divisor);
        let dividend = dividend * i128::from(times);
        let shifted = dividend.abs() * 10_i128.pow(places);
        let (down, rest) = (shifted / divisor.abs(), 2 * (shifted % divisor.abs()));
        let up = match (rest.cmp(&divisor.abs()), self) {
            (Ordering::Less, _) => 0,
            (Ordering::Equal, Self::HalfEven) => down % 2,
            _ => 1,
        };
        let sign = dividend.signum() * divisor.signum();
        Decimal::from_i128_with_scale(sign * (down + up), places)
    }
}

/// A number that is divided by a million times a second: multiplied with its reciprocal, which a
/// processor does in a fraction of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Divisor {
    by: u64,
    /// 2^64 - 1 divided by it, rounded down.
    reciprocal: u64,
}

impl Divisor {
    /// Something to divide by, from 2 to 2^63.
    pub const fn new(by: u64) -> Option<Self> {
        if by < 2 || by > 1 << 63 {
            return None;
        }
        Some(Self { by, reciprocal: u64::MAX / by })
    }

    /// What it is.
    pub const fn by(self) -> u64 {
        self.by
    }

    /// How many times it goes into a number, and what is left.
    #[inline]
    pub fn divide(self, dividend: u64) -> (u64, u64) {
        // 2^64 - reciprocal * by is at most `by`, so what is lost of the quotient,
        // dividend * (1/by - reciprocal/2^64), is at most dividend/2^64: less than one.
        let wide = u128::from(dividend) * u128::from(self.reciprocal);
        let short = (wide >> 64) as u64;
        let rest = dividend - short * self.by;
        let missing = u64::from(rest >= self.by);
        (short + missing, rest - missing * self.by)
    }
}

impl fmt::Display for Rounding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HalfUp => "half up",
            Self::HalfEven => "half to even",
        })
    }
}

/// The largest amount of `places` decimal places that is no more than this one, which is not below
/// nothing.
pub fn down(amount: Money, places: u32) -> Money {
    Money::from_decimal(amount.decimal().trunc_with_scale(places))
}

/// A total spread over a length of time, a year of it at `places` decimal places, half up: an
/// average to be shown, not a price.
pub fn average(total: Money, length: Length, places: u32) -> Money {
    let (count, of) = length.part().map_or((0, 1), |part| (part.count(), part.of()));
    let years = Decimal::from(length.years() * of + count);
    Money::from_decimal(Rounding::HalfUp.quotient(total.decimal(), of, years, places))
}

/// A total spread over so many units, one of them at `places` decimal places, half up: an average to
/// be shown, not a price. Nothing, where there is no unit.
pub fn each(total: Money, units: Quantity, places: u32) -> Option<Money> {
    let one = || quotient(total.decimal(), units.decimal(), places);
    (!units.is_zero()).then(|| Money::from_decimal(one()))
}

/// The amount a year of which `rate` comes to `total` over a length of time, half up to `places`,
/// and whether that lost no digit; nothing where the rate is nothing.
pub fn base_of(total: Money, rate: Rate, length: Length, places: u32) -> Option<(Money, bool)> {
    if rate.is_zero() {
        return None;
    }
    let (count, of) = length.part().map_or((0, 1), |part| (part.count(), part.of()));
    let (total, divisor) =
        (total.decimal(), rate.decimal() * Decimal::from(length.years() * of + count));
    let base = Money::from_decimal(Rounding::HalfUp.quotient(total, of, divisor, places));
    Some((base, is_exact(total, of, divisor, places)))
}

/// How many times `step` goes into `total` until nothing is left, a started one counted.
pub fn steps_until(total: Money, step: Money) -> u128 {
    let (total, step) = over_one_scale(total.decimal(), step.decimal());
    total.unsigned_abs().div_ceil(step.unsigned_abs().max(1))
}

/// Whether `times * dividend / divisor` ends within so many places.
pub(super) fn is_exact(dividend: Decimal, times: u32, divisor: Decimal, places: u32) -> bool {
    let (dividend, divisor) = over_one_scale(dividend, divisor);
    divisor == 0 || dividend * i128::from(times) * 10_i128.pow(places) % divisor == 0
}

/// Both over one common power of ten, so that their ratio is a ratio of whole numbers.
fn over_one_scale(one: Decimal, other: Decimal) -> (i128, i128) {
    let scale = one.scale().max(other.scale());
    let whole = |value: Decimal| value.mantissa() * 10_i128.pow(scale - value.scale());
    (whole(one), whole(other))
}

/// What some months cost, as twelve of them would, half up at `places` decimal places: a rate to
/// be shown, not a price.
pub fn annualized(total: Money, months: u32, places: u32) -> Money {
    let months = Decimal::from(months);
    Money::from_decimal(Rounding::HalfUp.quotient(total.decimal(), 12, months, places))
}

/// `dividend / divisor` rounded half up, to be shown.
pub(super) fn quotient(dividend: Decimal, divisor: Decimal, places: u32) -> Decimal {
    Rounding::HalfUp.quotient(dividend, 1, divisor, places)
}

/// A total in parts of `places` decimal places, by weight. What is left over goes coin by coin to the parts
/// that lost most by being cut off, the earlier one first; so the parts sum to the total, which has
/// no more than `places` decimal places itself.
///
/// ```
/// use dealdesk::number::{Money, rounding::split};
/// let thirds = split(Money::parse("10.00")?, &[1, 1, 1], 2);
/// assert_eq!(thirds.map(|third| third.at_least(2)).collect::<Vec<_>>(), ["3.34", "3.33", "3.33"]);
/// # Ok::<(), dealdesk::number::NumberFault>(())
/// ```
pub fn split(total: Money, weights: &[u32], places: u32) -> impl Iterator<Item = Money> {
    let coins = coins(total, places);
    let whole: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
    // Where no part weighs anything, they are all alike.
    let alike = i128::from(whole == 0);
    let whole = whole + alike * i128::try_from(weights.len()).unwrap_or(1);
    let parts = weights.iter().map(|&weight| {
        let share = coins * (i128::from(weight) + alike);
        (share / whole, share % whole)
    });
    largest_remainder(coins, parts.collect(), places)
}

/// Exact amounts, each brought to `places` decimal places so that together they are `total`, which
/// is their sum rounded to so many.
pub fn apportion(exact: &[Money], total: Money, places: u32) -> impl Iterator<Item = Money> {
    let parts = exact.iter().map(|amount| {
        let down = amount.decimal().trunc_with_scale(places);
        let rest = (amount.decimal() - down).normalize();
        // Remainders of one scale compare as whole numbers.
        let rest = rest.mantissa() * 10_i128.pow(super::DIGITS - rest.scale());
        (coins(Money::from_decimal(down), places), rest)
    });
    largest_remainder(coins(total, places), parts.collect(), places)
}

/// An amount in the smallest coin of `places` decimal places.
fn coins(amount: Money, places: u32) -> i128 {
    let mut amount = amount.decimal();
    amount.rescale(places);
    amount.mantissa()
}

/// Parts that were cut off, with what each lost, brought up to the total.
fn largest_remainder(
    total: i128,
    mut parts: Vec<(i128, i128)>,
    places: u32,
) -> impl Iterator<Item = Money> {
    let left = total - parts.iter().map(|(part, _)| part).sum::<i128>();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse(parts[index].1));
    for index in order.into_iter().take(usize::try_from(left).unwrap_or_default()) {
        parts[index].0 += 1;
    }
    parts
        .into_iter()
        .map(move |(coins, _)| Money::from_decimal(Decimal::from_i128_with_scale(coins, places)))
}
