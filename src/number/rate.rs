//! Discounts, and shares that are only shown.

use super::digits::{NumberError, NumberLimits};
use super::{Divisor, Money, Rounding, digits};
use rust_decimal::Decimal;
use std::fmt;
use std::ops::Sub;

/// A discount: a share between nothing and all of it, with at most 6 decimal places.
///
/// ```
/// use dealdesk::number::{Money, Rate};
/// let rate = Rate::parse("15%")?;
/// assert_eq!(rate, Rate::parse("0.15")?);
/// assert_eq!(rate.of(Money::parse("3000")?), Money::parse("450")?);
/// # Ok::<(), dealdesk::number::NumberFault>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Rate(Decimal);

impl Rate {
    /// Nothing off.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Most decimal places of a rate: 0.000001, which is 0.0001%.
    pub const PLACES: u32 = 6;

    /// Reads `15%`, `2.5%` or `0.15`.
    ///
    /// # Errors
    /// Anything but a plain number with or without a percent sign, or more than 100%.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let text = text.trim();
        let as_percent = text.strip_suffix('%');
        let shift = if as_percent.is_some() { 2 } else { 0 };
        let limits = NumberLimits {
            max: (Decimal::from(1_000_000_u32), "100%"),
            places: Self::PLACES - shift,
        };
        let mut value =
            digits::exact(as_percent.unwrap_or(text), &limits).map_err(|e| match e {
                NumberError::TooLarge(_) => NumberError::AboveOne(None),
                other => other,
            })?;
        if as_percent.is_some() {
            value /= Decimal::ONE_HUNDRED;
        }
        if text == "1" {
            return Err(NumberError::OneOrAll);
        }
        if value > Decimal::ONE {
            let meant = as_percent.is_none() && value <= Decimal::ONE_HUNDRED;
            return Err(NumberError::AboveOne(meant.then(|| format!("{text}%"))));
        }
        Ok(Self(value.normalize()))
    }

    /// This share of an amount, exact.
    pub fn of(self, base: Money) -> Money {
        Money::from_decimal(base.decimal() * self.0)
    }

    /// Whether it takes nothing off.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// What is left of all.
    pub fn complement(self) -> Self {
        Self((Decimal::ONE - self.0).normalize())
    }

    pub(super) const fn decimal(self) -> Decimal {
        self.0
    }

    /// Decimal places of the share (not of the percentage).
    pub fn places(self) -> u32 {
        // No rate has zeros at its end.
        self.0.scale()
    }

    /// As a whole number of the smallest rate there is, 0.000001.
    pub fn millionths(self) -> u32 {
        // A rate is at most one, and has no more than six decimal places.
        let mut value = self.0;
        value.rescale(Self::PLACES);
        u32::try_from(value.mantissa()).unwrap_or(1_000_000)
    }

    /// So many of the smallest rate there is; no more than all.
    pub fn of_millionths(millionths: u32) -> Self {
        Self(Decimal::new(millionths.min(1_000_000).into(), Self::PLACES).normalize())
    }

    /// As a plain share, for machines: `0.15`. All of it is `1.00`, for `1` alone could be 1%.
    pub fn plain(self) -> String {
        if self.0 == Decimal::ONE { "1.00".to_owned() } else { self.0.to_string() }
    }
}

/// As a percentage, for people: `15%`, `2.5%`.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", (self.0 * Decimal::ONE_HUNDRED).normalize())
    }
}

/// A ratio of two amounts, rounded half up to 4 places, to be shown and never calculated with.
///
/// ```
/// use dealdesk::number::{Money, Share};
/// let off = Share::off(Money::parse("4500000")?, Money::parse("2779815")?);
/// assert_eq!((off.plain(), off.to_string()), ("0.3823".to_owned(), "38.23%".to_owned()));
/// # Ok::<(), dealdesk::number::NumberFault>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Share(Decimal);

impl Share {
    /// How far `net` lies below `list`; nothing where there is no list price.
    pub fn off(list: Money, net: Money) -> Self {
        Self(super::rounding::quotient((list - net).decimal(), list.decimal(), 4))
    }

    /// The share that is `off` the whole of it, in ten-thousandths, where both are whole numbers of
    /// something small.
    #[inline]
    pub fn off_scaled(off: u64, whole: Divisor) -> u64 {
        Rounding::HalfUp.whole(off * 10_000, whole)
    }

    /// A share in ten-thousandths.
    pub fn of_ten_thousandths(share: i64) -> Self {
        Self(Decimal::new(share, 4))
    }

    /// Returns the share as a number of ten-thousandths.
    pub fn ten_thousandths(self) -> i64 {
        let mut value = self.0;
        value.rescale(4);
        i64::try_from(value.mantissa()).unwrap_or(i64::MAX)
    }

    /// The share that an amount is of another; nothing where that is nothing.
    pub fn of(part: Money, whole: Money) -> Self {
        Self::of_whole(part.decimal(), whole.decimal())
    }

    /// The share that `part` is of `whole`; nothing where there is no whole.
    pub(super) fn of_whole(part: Decimal, whole: Decimal) -> Self {
        Self(super::rounding::quotient(part, whole, 4))
    }

    /// Whether it is nothing, or rounds to it.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// As a plain share with 4 places: `0.3823`.
    pub fn plain(self) -> String {
        self.0.to_string()
    }
}

/// By how many points a share is more than another one.
impl Sub for Share {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

/// As a percentage with 2 places: `38.23%`.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut percent = self.0 * Decimal::ONE_HUNDRED;
        percent.rescale(2);
        write!(f, "{percent}%")
    }
}
