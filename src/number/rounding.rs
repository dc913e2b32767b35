//! Rounding: the one place where a number can lose digits.

use super::{Length, Money, PartialYear, Quantity, Rate};
use rust_decimal::{Decimal, RoundingStrategy};
use std::cmp::Ordering;
use std::fmt;

/// Rounding of a half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Rounds a half away from zero, as on paper and in a spreadsheet.
    HalfUp,
    /// Rounds a half to the even neighbor, as bankers do.
    HalfEven,
}

impl Rounding {
    pub fn round(self, amount: Money, places: u32) -> Money {
        let strategy = match self {
            Self::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Self::HalfEven => RoundingStrategy::MidpointNearestEven,
        };
        Money::from_decimal(amount.decimal().round_dp_with_strategy(places, strategy))
    }

    /// Returns the price of some months of a year, at `places` decimal places. The price of the year has so few digits
    /// that those of a twelfth fit behind them.
    pub fn months(self, year: Money, months: u32, places: u32) -> Money {
        let months = year.decimal() * Decimal::from(months) / Decimal::from(12);
        self.round(Money::from_decimal(months), places)
    }

    /// Returns `dividend / divisor` as a whole number, for amounts in whole small units. The
    /// dividend is at most 2^63.
    #[inline]
    pub fn whole(self, dividend: u64, divisor: Divisor) -> u64 {
        let (up, rest) = divisor.divide(dividend + divisor.by / 2);
        // A half leaves no rest, and `up` is its upper neighbor. Half of all prices come to a half,
        // so a branch would often be mispredicted.
        let is_half = u64::from(rest == 0) & u64::from(divisor.by.is_multiple_of(2));
        up - (u64::from(self == Self::HalfEven) & is_half & up)
    }

    /// Returns the price of a part of a year from the price of a year, at `places` decimal places.
    pub fn part(self, year: Money, part: PartialYear, places: u32) -> Money {
        let (count, of) = (part.count(), Decimal::from(part.of()));
        Money::from_decimal(self.quotient(year.decimal(), count, of, places))
    }

    /// Returns the average of a total per year of a length of time, at `places` decimal places.
    pub fn average(self, total: Money, length: Length, places: u32) -> Money {
        let (count, of) = length.as_fraction();
        let years = Decimal::from(count);
        Money::from_decimal(self.quotient(total.decimal(), of, years, places))
    }

    /// Returns the average per year of a total and of the price of a year for the part of a length, before that part
    /// is rounded, at `places` decimal places.
    ///
    /// ```
    /// use dealdesk::number::{Date, Length, Money, ProrationConvention, Rounding};
    /// let [from, to] = ["2026-12-01", "2027-06-01"].map(|day| Date::parse(day).expect("a date"));
    /// let half = Length::new(Some(ProrationConvention::Actual.part(from, to)), 0);
    /// let year = Money::parse("1500000.00").expect("an amount");
    /// assert_eq!(Rounding::HalfUp.average_with_part(Money::ZERO, year, half, 2), year);
    /// ```
    pub fn average_with_part(
        self,
        total: Money,
        year: Money,
        length: Length,
        places: u32,
    ) -> Money {
        let (count, of) = length.as_fraction();
        let part = length.part().map_or(0, PartialYear::count);
        let years = Decimal::from(count);
        let (total, year) = (total.decimal(), year.decimal());
        let scale = total.scale().max(year.scale()).max(years.scale());
        let whole = |value: Decimal| value.mantissa() * 10_i128.pow(scale - value.scale());
        let paid = whole(total) * i128::from(of) + whole(year) * i128::from(part);
        Money::from_decimal(self.ratio(paid, whole(years).max(1), places))
    }

    /// `times * dividend / divisor`, rounded once and exactly: the digits that a decimal division
    /// would cut off first could turn a bit more than a half into a half.
    fn quotient(self, dividend: Decimal, times: u32, divisor: Decimal, places: u32) -> Decimal {
        if divisor.is_zero() {
            return Decimal::new(0, places);
        }
        // An amount has 28 digits at most, which leaves an i128 room for the factors.
        let (dividend, divisor) = over_one_scale(dividend, divisor);
        self.ratio(dividend * i128::from(times), divisor, places)
    }

    /// Returns the quotient of two whole numbers, of which the divisor is not zero, rounded once.
    fn ratio(self, dividend: i128, divisor: i128, places: u32) -> Decimal {
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

/// Divisor of a hot path, which multiplies with the reciprocal: a fraction of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Divisor {
    by: u64,
    /// 2^64 - 1 divided by `by`, rounded down.
    reciprocal: u64,
}

impl Divisor {
    /// Returns a divisor from 2 to 2^63; `None` for others.
    pub const fn new(by: u64) -> Option<Self> {
        if by < 2 || by > 1 << 63 {
            return None;
        }
        Some(Self { by, reciprocal: u64::MAX / by })
    }

    pub const fn by(self) -> u64 {
        self.by
    }

    #[inline]
    pub fn divide(self, dividend: u64) -> (u64, u64) {
        // 2^64 - reciprocal * by is at most `by`, so the error of the quotient,
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

/// Rounds an amount, which is not below zero, down to `places` decimal places.
pub fn down(amount: Money, places: u32) -> Money {
    Money::from_decimal(amount.decimal().trunc_with_scale(places))
}

/// Returns the average of a total per unit, half up at `places` decimal places: to be shown, not a
/// price. Returns `None` for zero units.
pub fn each(total: Money, units: Quantity, places: u32) -> Option<Money> {
    let one = || quotient(total.decimal(), units.decimal(), places);
    (!units.is_zero()).then(|| Money::from_decimal(one()))
}

/// Returns the amount per year of which `rate` comes to `total` over a length of time, half up at
/// `places` decimal places, and whether no digit was lost. Returns `None` for a rate of zero.
pub fn base_of(total: Money, rate: Rate, length: Length, places: u32) -> Option<(Money, bool)> {
    if rate.is_zero() {
        return None;
    }
    let (count, of) = length.as_fraction();
    let (total, divisor) = (total.decimal(), rate.decimal() * Decimal::from(count));
    let base = Money::from_decimal(Rounding::HalfUp.quotient(total, of, divisor, places));
    Some((base, is_exact(total, of, divisor, places)))
}

/// Returns how many times `step` is needed for `total`; a started one counts.
pub fn steps_until(total: Money, step: Money) -> u128 {
    let (total, step) = over_one_scale(total.decimal(), step.decimal());
    total.unsigned_abs().div_ceil(step.unsigned_abs().max(1))
}

/// Returns so many of `of` equal parts of some units, to a whole unit, a half away from zero.
pub(super) fn parts_of(units: i128, count: u32, of: u32) -> i128 {
    to_whole(units * i128::from(count), i128::from(of.max(1)))
}

/// Returns units divided by a divisor above zero, a half away from zero.
pub(super) const fn to_whole(units: i128, divisor: i128) -> i128 {
    let (whole, rest) = (units / divisor, units % divisor);
    if 2 * rest.abs() >= divisor { whole + rest.signum() } else { whole }
}

/// Returns the share of `part` in `whole` in ten-thousandths, half up; zero if `whole` is zero. The
/// long division holds any total, where a decimal may not.
pub(super) fn share(part: i128, whole: i128) -> i64 {
    if whole == 0 {
        return 0;
    }
    let (sign, whole) = (part.signum() * whole.signum(), whole.abs());
    let (mut share, mut rest) = (part.abs() / whole, part.abs() % whole);
    for _ in 0..4 {
        (share, rest) = (share * 10 + rest * 10 / whole, rest * 10 % whole);
    }
    i64::try_from(sign * (share + i128::from(2 * rest >= whole))).unwrap_or(i64::MAX)
}

/// Returns whether `times * dividend / divisor` ends within `places` decimal places.
pub(super) fn is_exact(dividend: Decimal, times: u32, divisor: Decimal, places: u32) -> bool {
    let (dividend, divisor) = over_one_scale(dividend, divisor);
    divisor == 0 || dividend * i128::from(times) * 10_i128.pow(places) % divisor == 0
}

/// Returns both numbers over one power of ten, so that their ratio is one of whole numbers.
fn over_one_scale(one: Decimal, other: Decimal) -> (i128, i128) {
    let scale = one.scale().max(other.scale());
    let whole = |value: Decimal| value.mantissa() * 10_i128.pow(scale - value.scale());
    (whole(one), whole(other))
}

/// Returns the price of 12 months at the price of `months`, half up: to be shown.
pub fn annualized(total: Money, months: u32, places: u32) -> Money {
    let months = Decimal::from(months);
    Money::from_decimal(Rounding::HalfUp.quotient(total.decimal(), 12, months, places))
}

/// Returns `dividend / divisor` rounded half up, to be shown.
pub(super) fn quotient(dividend: Decimal, divisor: Decimal, places: u32) -> Decimal {
    Rounding::HalfUp.quotient(dividend, 1, divisor, places)
}

/// Splits a total by weights into parts of `places` decimal places. The rest goes coin by coin to
/// the parts that lost most by truncation, the earlier one first, so the parts sum to the total.
/// The total has at most `places` decimal places.
///
/// ```
/// use dealdesk::number::{Money, rounding::split};
/// let thirds = split(Money::parse("10.00")?, &[1, 1, 1], 2);
/// assert_eq!(thirds.map(|third| third.at_least(2)).collect::<Vec<_>>(), ["3.34", "3.33", "3.33"]);
/// # Ok::<(), dealdesk::number::NumberError>(())
/// ```
pub fn split(total: Money, weights: &[u32], places: u32) -> impl Iterator<Item = Money> {
    let coins = coins(total, places);
    let whole: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
    // If all weights are zero, the parts are equal.
    let alike = i128::from(whole == 0);
    let whole = whole + alike * i128::try_from(weights.len()).unwrap_or(1);
    let parts = weights.iter().map(|&weight| {
        let share = coins * (i128::from(weight) + alike);
        (share / whole, share % whole)
    });
    largest_remainder(coins, parts.collect(), places)
}

/// Returns the parts of a total that is shared by weights of any size, as [`split`] shares it. The total is not
/// below zero.
///
/// ```
/// use dealdesk::number::{Money, rounding::parts_by_weight};
/// let thirds = parts_by_weight(Money::parse("10.00")?, &[1, 1, 1], 2);
/// assert_eq!(thirds.map(|third| third.at_least(2)).collect::<Vec<_>>(), ["3.34", "3.33", "3.33"]);
/// # Ok::<(), dealdesk::number::NumberError>(())
/// ```
pub fn parts_by_weight(total: Money, weights: &[u64], places: u32) -> impl Iterator<Item = Money> {
    let coins = coins(total, places);
    let sum: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
    // If all weights are zero, the parts are equal.
    let alike = i128::from(sum == 0);
    let whole = (sum + alike * i128::try_from(weights.len()).unwrap_or(1)).max(1);
    let (each, rest) = (coins / whole, coins % whole);
    let parts = weights.iter().map(|&weight| {
        let weight = i128::from(weight) + alike;
        // An amount of 28 digits times a weight could be too long: the remainder alone is not.
        (each * weight + rest * weight / whole, rest * weight % whole)
    });
    largest_remainder(coins, parts.collect(), places)
}

/// Returns an amount in coins of `places` decimal places.
fn coins(amount: Money, places: u32) -> i128 {
    let mut amount = amount.decimal();
    amount.rescale(places);
    amount.mantissa()
}

/// Returns truncated parts, each given with its lost rest, raised so that they sum to the total.
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
