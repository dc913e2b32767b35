//! The one place where a number can lose digits.

use super::{Money, Years};
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
    Money::from_decimal(quotient(total.decimal(), Decimal::from(years.count()), 2))
}

/// What some months cost, as twelve of them would, half up at `places` decimal places: a rate to
/// be shown, not a price.
#[must_use]
pub fn annualised(total: Money, months: u32, places: u32) -> Money {
    let year = total.decimal() * Decimal::from(12);
    Money::from_decimal(quotient(year, Decimal::from(months), places))
}

/// `dividend / divisor` rounded half up, once and exactly: the digits that a decimal division
/// would cut off first could turn a bit more than a half into a half.
pub(super) fn quotient(dividend: Decimal, divisor: Decimal, places: u32) -> Decimal {
    if divisor.is_zero() {
        return Decimal::new(0, places);
    }
    // Both over one common power of ten, so that their ratio is a ratio of whole numbers. Amounts
    // are bounded to 24 digits at the door, which leaves an i128 room for the factors.
    let scale = dividend.scale().max(divisor.scale());
    let whole = |value: Decimal| value.mantissa() * 10_i128.pow(scale - value.scale());
    let (dividend, divisor) = (whole(dividend), whole(divisor));
    let shifted = dividend.abs() * 10_i128.pow(places);
    let rounded = (2 * shifted + divisor.abs()) / (2 * divisor.abs());
    let sign = dividend.signum() * divisor.signum();
    Decimal::from_i128_with_scale(sign * rounded, places)
}
