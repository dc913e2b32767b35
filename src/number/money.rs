//! Exact amounts, and ranges of amounts.

use super::digits::NumberError;
use super::{Years, digits};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::iter::Sum;
use std::ops::Add;

/// Exact amount in the currency of the price book: a unit price, a line, a total.
///
/// The amount carries no currency: a price book has one currency, and no amount is converted.
///
/// ```
/// use dealdesk::number::{Money, Quantity};
/// let unit = Money::parse("1853.21")?;
/// let year = unit * Quantity::parse("500")?;
/// assert_eq!(year.at_least(2), "926605.00");
/// # Ok::<(), dealdesk::number::NumberError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Money(Decimal);

impl Money {
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Most decimal places of a written amount: what one call, token or byte costs has many zeros.
    pub const PLACES: u32 = 12;

    /// Reads an amount of a book or a deal: `1500`, `1500.00`, `0.03`.
    ///
    /// # Errors
    /// Returns an error for anything but plain digits, for more than [`Self::PLACES`] decimal places, and
    /// for a trillion or more. (A contract of a billion is large in dollars, but not in yen.)
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let most = Decimal::from_i128_with_scale(10_i128.pow(24) - 1, Self::PLACES);
        digits::exact(text, (most, "999999999999.999999999999"), Self::PLACES).map(Self)
    }

    /// Returns plain digits with all decimal places of the amount, and at least `places`.
    /// [`Currency`](super::Currency) knows the decimal places of a currency.
    pub fn at_least(self, places: u32) -> String {
        digits::plain_decimal(self.0.mantissa(), self.0.scale(), places)
    }

    /// Returns the amount in units of the `places`-th decimal place, if that is a whole number of
    /// 64 bits. Hot paths calculate in these units.
    pub fn scaled(self, places: u32) -> Option<u64> {
        let value = self.0.normalize();
        let missing = places.checked_sub(value.scale())?;
        let scaled = value.mantissa().checked_mul(10_i128.checked_pow(missing)?)?;
        u64::try_from(scaled).ok()
    }

    /// Returns the whole coins of an amount that is not negative, where a coin has so many decimal places. An amount
    /// beyond 64 bits is the largest number of these.
    pub fn coins(self, places: u32) -> u64 {
        let coins = (self.0 * Decimal::from(10_u64.pow(places.min(Self::PLACES)))).floor();
        coins.to_u64().unwrap_or(u64::MAX)
    }

    /// Returns the amount of this number of units of the `places`-th decimal place.
    pub fn of_scaled(units: u64, places: u32) -> Self {
        Self::from_decimal(Decimal::from_i128_with_scale(units.into(), places))
    }

    /// Returns the digits as a whole number, and the number of digits after the point.
    pub fn digits(self) -> (i128, u32) {
        let value = self.0.normalize();
        (value.mantissa(), value.scale())
    }

    /// Returns the amount of this number of units of the `places`-th decimal place, negative ones
    /// too. Returns `None` if the amount has more than [`DIGITS`](super::DIGITS) digits.
    pub fn of_digits(units: i128, places: u32) -> Option<Self> {
        Decimal::try_from_i128_with_scale(units, places).ok().map(Self::from_decimal)
    }

    /// Returns whether the amount is at most this number of whole units of currency.
    pub fn is_within(self, limit: u64) -> bool {
        self.0 <= Decimal::from(limit)
    }

    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    pub fn is_negative(self) -> bool {
        self < Self::ZERO
    }

    /// Returns how many of the [`DIGITS`](super::DIGITS) the amount takes.
    pub fn width(self) -> u32 {
        digits::width(self.0)
    }

    /// Returns the number of digits after the point.
    pub fn decimals(self) -> u32 {
        digits::decimals(self.0)
    }

    pub(super) const fn decimal(self) -> Decimal {
        self.0
    }

    /// Returns the amount without trailing zeros; zero is never `-0`.
    pub(super) fn from_decimal(value: Decimal) -> Self {
        Self(value.normalize())
    }
}

operators! {
    Add::add(Money, Money) => |one, other| Money::from_decimal(one.0 + other.0);
    Sub::sub(Money, Money) => |one, other| Money::from_decimal(one.0 - other.0);
    Mul::mul(Money, Years) => |year, years| year * years.count();
    Mul::mul(Money, u32) => |price, times| Money::from_decimal(price.0 * Decimal::from(times));
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.reduce(Add::add).unwrap_or_default()
    }
}

/// Range of amounts, both ends included: the fixed fees that a deal may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoneyRange {
    pub(crate) least: Money,
    pub(crate) most: Money,
}

impl MoneyRange {
    /// Returns `None` for a range that ends before it starts.
    ///
    /// ```
    /// use dealdesk::number::{Money, MoneyRange};
    /// let [low, high] = ["50000.00", "100000.00"].map(|text| Money::parse(text).expect("money"));
    /// let fee = MoneyRange::new(low, high).expect("a range");
    /// assert_eq!(fee.nearest(Money::ZERO), low);
    /// assert!(MoneyRange::new(high, low).is_none());
    /// ```
    pub fn new(least: Money, most: Money) -> Option<Self> {
        (least <= most).then_some(Self { least, most })
    }

    pub fn is_one(self) -> bool {
        self.least == self.most
    }

    pub fn contains(self, amount: Money) -> bool {
        self.nearest(amount) == amount
    }

    /// Returns the amount of the range that is nearest to another amount.
    pub fn nearest(self, amount: Money) -> Money {
        amount.clamp(self.least, self.most)
    }
}
