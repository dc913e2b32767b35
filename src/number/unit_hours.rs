//! Usage over time.

use super::digits::NumberError;
use super::{Money, Quantity, Share, digits, grouped};
use rust_decimal::Decimal;
use std::fmt;
use std::iter::Sum;
use std::ops::Add;

/// Usage in units times hours, such as core-hours, exact to 3 decimal places.
///
/// ```
/// use dealdesk::number::{Quantity, UnitHours};
/// let used = UnitHours::parse("7300000.5")?;
/// assert_eq!(used.units(730), Quantity::whole(10_001));
/// assert!(used > UnitHours::of(Quantity::parse("10000")?, 730));
/// # Ok::<(), dealdesk::number::NumberError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct UnitHours {
    thousandths: u128,
}

impl UnitHours {
    pub const ZERO: Self = Self { thousandths: 0 };

    /// Reads `7300000` or `83.125`. Unlike in a quantity, `83.000` cannot mean thousands: meters
    /// write it.
    ///
    /// # Errors
    /// Returns an error for anything but plain digits, for more than 3 decimal places, and for more
    /// than a billion.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let most = (Decimal::from(Quantity::MAX), "1000000000");
        digits::exact(text, most, 3).map(Self::of_decimal)
    }

    pub fn of(units: Quantity, hours: u32) -> Self {
        let units = Self::of_decimal(units.decimal());
        Self { thousandths: units.thousandths * u128::from(hours) }
    }

    /// Returns the units that cause this usage in this number of hours, rounded up to whole units:
    /// a fraction between two ranges belongs to the upper one. Returns `None` for more than
    /// [`Quantity::MAX`].
    pub fn units(self, hours: u32) -> Option<Quantity> {
        let units = self.thousandths.div_ceil(u128::from(hours.max(1)) * 1000);
        Quantity::whole(u64::try_from(units).ok()?)
    }

    /// Returns the usage as a quantity, where units count without hours. Returns `None` for more than
    /// [`Quantity::MAX`].
    pub fn quantity(self) -> Option<Quantity> {
        let most = u128::from(Quantity::MAX) * 1000;
        (self.thousandths <= most).then(|| Quantity::of_decimal(self.decimal()))
    }

    /// Returns the units that cause this usage in this number of hours, rounded half up to 3
    /// places: an average to be shown, and never calculated with.
    pub fn average(self, hours: u32) -> Quantity {
        let hours = u128::from(hours.max(1));
        let average = Self { thousandths: (2 * self.thousandths + hours) / (2 * hours) };
        Quantity::of_decimal(average.decimal())
    }

    /// Returns the share of this usage in another; zero if that is zero.
    pub fn share_of(self, others: Self) -> Share {
        Share::of_whole(self.decimal(), others.decimal())
    }

    /// Returns the usage for people, grouped by thousands: `7,300,000.5`.
    pub fn grouped(self) -> String {
        grouped(&self)
    }

    pub const fn is_zero(self) -> bool {
        self.thousandths == 0
    }

    /// Returns the usage of a decimal with at most 3 decimal places, not below zero.
    fn of_decimal(value: Decimal) -> Self {
        let value = value.normalize();
        let missing = 10_u128.pow(3_u32.saturating_sub(value.scale()));
        Self { thousandths: value.mantissa().unsigned_abs() * missing }
    }

    fn decimal(self) -> Decimal {
        // Sums of billions: far from what an i128 holds.
        let thousandths = i128::try_from(self.thousandths).unwrap_or(i128::MAX);
        Decimal::try_from_i128_with_scale(thousandths, 3).unwrap_or(Decimal::MAX).normalize()
    }
}

operators! {
    Add::add(UnitHours, UnitHours) => |one, other| {
        UnitHours { thousandths: one.thousandths + other.thousandths }
    };
    // The difference is never below zero.
    Sub::sub(UnitHours, UnitHours) => |one, other| {
        UnitHours { thousandths: one.thousandths.saturating_sub(other.thousandths) }
    };
    Mul::mul(Money, UnitHours) => |price, hours| {
        Money::from_decimal(price.decimal() * hours.decimal())
    };
}

impl Sum for UnitHours {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// Writes plain digits: `7300000.5`.
impl fmt::Display for UnitHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.decimal())
    }
}
