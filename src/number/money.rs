//! Exact amounts.

use super::digits::{NumberError, NumberLimits};
use super::{Quantity, Years, digits};
use rust_decimal::Decimal;
use std::iter::Sum;
use std::ops::{Add, Mul, Sub};

/// An exact amount in the currency of the price book: a unit price, a line, a total.
///
/// Carries no currency tag: a price book has one currency and nothing here converts.
///
/// ```
/// use dealdesk::number::{Money, Quantity};
/// let unit = Money::parse("1853.21")?;
/// let year = unit * Quantity::parse("500")?;
/// assert_eq!(year.at_least(2), "926605.00");
/// # Ok::<(), dealdesk::number::NumberFault>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Money(Decimal);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Reads an amount as a book or a deal writes it: `1500`, `1500.00`, `0.03`.
    ///
    /// # Errors
    /// Anything but plain digits, more than 6 decimal places, or a trillion and more: a contract of a
    /// billion is a large one in dollars, and none in yen.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let most = Decimal::new(999_999_999_999_999_999, 6);
        let limits = NumberLimits { max: (most, "999999999999.999999"), places: 6 };
        digits::exact(text, &limits).map(Self)
    }

    /// Plain digits with at least `places` decimal places; never fewer than the amount has. How
    /// many a currency has is [`Currency`](super::Currency)'s to say.
    pub fn at_least(self, places: u32) -> String {
        digits::plain_decimal(self.0.mantissa(), self.0.scale(), places)
    }

    /// How many units of the `places`-th decimal place it is, if that is a whole number of 64 bits:
    /// what is calculated a million times a second is calculated in those.
    pub fn scaled(self, places: u32) -> Option<u64> {
        let value = self.0.normalize();
        let missing = places.checked_sub(value.scale())?;
        let scaled = value.mantissa().checked_mul(10_i128.checked_pow(missing)?)?;
        u64::try_from(scaled).ok()
    }

    /// So many units of the `places`-th decimal place.
    pub fn of_scaled(units: u64, places: u32) -> Self {
        Self::from_decimal(Decimal::from_i128_with_scale(units.into(), places))
    }

    /// Its digits as a whole number, and how many of them stand behind the point.
    pub fn digits(self) -> (i128, u32) {
        let value = self.0.normalize();
        (value.mantissa(), value.scale())
    }

    /// So many units of the `places`-th decimal place, below nothing too; nothing, where a money
    /// has no room for them.
    pub fn of_digits(units: i128, places: u32) -> Option<Self> {
        Decimal::try_from_i128_with_scale(units, places).ok().map(Self::from_decimal)
    }

    /// Whether it is at most this many whole units of currency.
    pub fn is_within(self, limit: u64) -> bool {
        self.0 <= Decimal::from(limit)
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is below nothing.
    pub fn is_negative(self) -> bool {
        self < Self::ZERO
    }

    /// How many of the [`DIGITS`](super::DIGITS) it takes.
    pub fn width(self) -> u32 {
        digits::width(self.0)
    }

    /// How many of them stand behind the point.
    pub fn decimals(self) -> u32 {
        digits::decimals(self.0)
    }

    pub(super) const fn decimal(self) -> Decimal {
        self.0
    }

    /// Without zeros at its end; zero is never written `-0`.
    pub(super) fn from_decimal(value: Decimal) -> Self {
        Self(value.normalize())
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::from_decimal(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::from_decimal(self.0 - other.0)
    }
}

impl Mul<Quantity> for Money {
    type Output = Self;
    fn mul(self, quantity: Quantity) -> Self {
        Self::from_decimal(self.0 * quantity.decimal())
    }
}

impl Mul<Years> for Money {
    type Output = Self;
    fn mul(self, years: Years) -> Self {
        Self::from_decimal(self.0 * Decimal::from(years.count()))
    }
}

impl Mul<u32> for Money {
    type Output = Self;
    fn mul(self, times: u32) -> Self {
        Self::from_decimal(self.0 * Decimal::from(times))
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.reduce(Add::add).unwrap_or_default()
    }
}
