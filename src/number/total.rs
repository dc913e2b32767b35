//! Sums of more amounts than a decimal can hold.

use super::{Money, Share, digits, rounding};
use std::ops::AddAssign;

/// Decimal places of a total: more than any amount has.
const PLACES: u32 = 12;

/// Exact sum of any number of contract values.
///
/// A contract is worth at most 10^15, and a total can hold 10^11 of them.
///
/// ```
/// use dealdesk::number::{Money, Total};
/// let mut total = Total::default();
/// total.add(Money::parse("0.1")?);
/// total.add_scaled(2, 1);
/// assert_eq!(total.plain(2), "0.30");
/// # Ok::<(), dealdesk::number::NumberError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Total(i128);

impl Total {
    pub fn add(&mut self, amount: Money) {
        let value = amount.decimal();
        self.0 += value.mantissa() * 10_i128.pow(PLACES.saturating_sub(value.scale()));
    }

    /// Adds this number of units of the `places`-th decimal place.
    pub fn add_scaled(&mut self, units: i128, places: u32) {
        self.0 += units * 10_i128.pow(PLACES.saturating_sub(places));
    }

    /// Returns the total in units of the `places`-th decimal place, if they fit in 64 bits.
    pub fn scaled(self, places: u32) -> Option<i64> {
        let unit = 10_i128.pow(PLACES.checked_sub(places)?);
        let units = self.0 / unit;
        if units * unit == self.0 { i64::try_from(units).ok() } else { None }
    }

    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    pub const fn minus(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }

    /// Returns so many of `of` equal parts of the total, to its last place.
    #[must_use]
    pub fn parts(self, count: u32, of: u32) -> Self {
        Self(rounding::parts_of(self.0, count, of))
    }

    /// Returns the total with so many decimal places, a half away from zero.
    #[must_use]
    pub const fn rounded(self, places: u32) -> Self {
        let unit = 10_i128.pow(PLACES.saturating_sub(places));
        Self(rounding::to_whole(self.0, unit) * unit)
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Returns how far `net` lies below the total, as a share of it; zero if the total is zero.
    pub fn off(self, net: Self) -> Share {
        Share::of_ten_thousandths(rounding::share(self.0 - net.0, self.0))
    }

    /// Returns how far `other` lies above the total, as a share of it; zero if the total is zero.
    pub fn growth_to(self, other: Self) -> Share {
        Share::of_ten_thousandths(rounding::share(other.0 - self.0, self.0))
    }

    /// Returns plain digits with all decimal places of the total, and at least `places`.
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
