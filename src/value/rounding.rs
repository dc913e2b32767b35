//! The one place where a number can lose digits.

use super::{Money, Rate, Years};
use rust_decimal::{Decimal, RoundingStrategy};
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
    /// The names that a book may write, with what they mean.
    pub const NAMES: &'static [(&'static str, Self)] =
        &[("half-up", Self::HalfUp), ("half-even", Self::HalfEven)];

    /// The amount at `places` decimal places.
    #[must_use]
    pub fn round(self, amount: Money, places: u32) -> Money {
        let strategy = match self {
            Self::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Self::HalfEven => RoundingStrategy::MidpointNearestEven,
        };
        Money::from_decimal(amount.decimal().round_dp_with_strategy(places, strategy))
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

/// A total spread over years, to the cent, half up: an average to be shown, not a price.
#[must_use]
pub fn average(total: Money, years: Years) -> Money {
    Money::from_decimal(quotient(total.decimal(), Decimal::from(years.count()), 2).0)
}

/// The amount a year of which `rate` comes to `total` over so many years, half up to `places`, and
/// whether that lost no digit; nothing where the rate is nothing.
#[must_use]
pub fn base_of(total: Money, rate: Rate, years: Years, places: u32) -> Option<(Money, bool)> {
    if rate.is_zero() {
        return None;
    }
    let all_years = rate.decimal() * Decimal::from(years.count());
    let (base, exact) = quotient(total.decimal(), all_years, places);
    Some((Money::from_decimal(base), exact))
}

/// How many times `step` goes into `total` until nothing is left, a started one counted.
#[must_use]
pub fn times_until(total: Money, step: Money) -> u128 {
    let (total, step) = over_one_scale(total.decimal(), step.decimal());
    total.unsigned_abs().div_ceil(step.unsigned_abs().max(1))
}

/// `dividend / divisor` rounded half up, once and exactly, and whether that lost no digit: the
/// digits that a decimal division would cut off first could turn a bit more than a half into a
/// half.
pub(super) fn quotient(dividend: Decimal, divisor: Decimal, places: u32) -> (Decimal, bool) {
    if divisor.is_zero() {
        return (Decimal::new(0, places), true);
    }
    let (dividend, divisor) = over_one_scale(dividend, divisor);
    let shifted = dividend.abs() * 10_i128.pow(places);
    let rounded = (2 * shifted + divisor.abs()) / (2 * divisor.abs());
    let sign = dividend.signum() * divisor.signum();
    (Decimal::from_i128_with_scale(sign * rounded, places), shifted % divisor.abs() == 0)
}

/// Both over one common power of ten, so that their ratio is a ratio of whole numbers. Amounts are
/// bounded to 24 digits at the door, which leaves an i128 room for the factors.
fn over_one_scale(one: Decimal, other: Decimal) -> (i128, i128) {
    let scale = one.scale().max(other.scale());
    let whole = |value: Decimal| value.mantissa() * 10_i128.pow(scale - value.scale());
    (whole(one), whole(other))
}
