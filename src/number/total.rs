//! Sums of more amounts than a decimal has room for.

use super::rounding::Rounding;
use super::{Money, Share, digits};
use std::ops::AddAssign;

/// Decimal places that a total is kept in: more than any amount has.
const PLACES: u32 = 12;

/// The exact sum of any number of contract values.
///
/// A contract is worth at most 10^15, and a total has room for 10^11 of those.
///
/// ```
/// use dealdesk::number::{Money, Total};
/// let mut total = Total::default();
/// total.add(Money::parse("0.1")?);
/// total.add_scaled(2, 1);
/// assert_eq!(total.plain(2), "0.30");
/// # Ok::<(), dealdesk::number::NumberFault>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Total(i128);

impl Total {
    /// One amount more.
    pub fn add(&mut self, amount: Money) {
        let value = amount.decimal();
        self.0 += value.mantissa() * 10_i128.pow(PLACES.saturating_sub(value.scale()));
    }

    /// So many units of the `places`-th decimal place more.
    pub fn add_scaled(&mut self, units: i128, places: u32) {
        self.0 += units * 10_i128.pow(PLACES.saturating_sub(places));
    }

    /// How many units of the `places`-th decimal place it is, if that is a whole number of 64 bits.
    pub fn scaled(self, places: u32) -> Option<i64> {
        let unit = 10_i128.pow(PLACES.checked_sub(places)?);
        let units = self.0 / unit;
        if units * unit == self.0 { i64::try_from(units).ok() } else { None }
    }

    /// How far it is from another.
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Whether it is below nothing.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// How far `net` lies below it; nothing where it is nothing.
    pub fn off(self, net: Self) -> Share {
        Share::of_ten_thousandths(Rounding::HalfUp.share(self.0 - net.0, self.0))
    }

    /// How far `other` lies above it, as a share of it; nothing where it is nothing.
    pub fn growth_to(self, other: Self) -> Share {
        Share::of_ten_thousandths(Rounding::HalfUp.share(other.0 - self.0, self.0))
    }

    /// Plain digits with at least so many decimal places; never fewer than it has.
    pub fn plain(self, places: u32) -> String {
        digits::plain_decimal(self.0, PLACES, places)
    }
}

impl From<Money> for Total {
    fn from(amount: Money) -> Self {
        let mut total = Self::default();
        total.add(amount);
        total
    }
}

impl AddAssign for Total {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}
