//! Shares of any size.

use super::digits::{NumberError, NumberLimits};
use super::{Money, digits, rounding};
use rust_decimal::Decimal;
use std::fmt;

/// A share that may be more than all of it, such as a return of 288%: up to 100,000%, with at most
/// 2 decimal places as a percentage.
///
/// ```
/// use dealdesk::number::{Cut, Money, Percentage};
/// let claimed = Percentage::parse("288%")?;
/// assert_eq!(claimed, Percentage::parse("2.88")?);
/// let (part, whole) = (Money::parse("5.2")?, Money::parse("1.8")?);
/// // 5.2 / 1.8 = 2.888...
/// assert_eq!(claimed.is(part, whole), Some(Cut::Off));
/// # Ok::<(), dealdesk::number::NumberFault>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percentage(Decimal);

/// What became of the digits behind the last that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DigitLoss {
    /// There were none.
    Exact,
    /// They were rounded half up.
    Rounded,
    /// They were left off.
    Truncated,
}

impl Percentage {
    /// Most decimal places of the share.
    const PLACES: u32 = 4;

    /// Reads `288%`, `12.5%` or `2.88`.
    ///
    /// # Errors
    /// Anything but a plain number with or without a percent sign, or more than 100,000%; and a
    /// bare whole number, which could be a percentage or a multiple.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let text = text.trim();
        let as_percent = text.strip_suffix('%');
        let (most, limit) =
            if as_percent.is_some() { (100_000, "100000%") } else { (1_000, "1000") };
        let places = Self::PLACES - if as_percent.is_some() { 2 } else { 0 };
        let limits = NumberLimits { max: (Decimal::from(most), limit), places };
        let value = digits::exact(as_percent.unwrap_or(text), &limits)?;
        if as_percent.is_none() && !text.contains('.') {
            return Err(NumberError::Unmarked(text.to_owned()));
        }
        let value = if as_percent.is_some() { value / Decimal::ONE_HUNDRED } else { value };
        Ok(Self(value.normalize()))
    }

    /// This share of an amount, exact.
    pub fn of(self, base: Money) -> Money {
        Money::from_decimal(base.decimal() * self.0)
    }

    /// The largest amount of `places` decimal places that is no more than `total` together with
    /// this share of it.
    pub fn base_within(self, total: Money, places: u32) -> Money {
        let all = Decimal::ONE + self.0;
        down(total.decimal(), all, places)
    }

    /// Whether `part` over `whole` comes to it at the digits that it is written with, and what was
    /// done to get there: a whole percentage has two places.
    pub fn is(self, part: Money, whole: Money) -> Option<DigitLoss> {
        if whole <= Money::ZERO || part.is_negative() {
            return None;
        }
        let (part, whole, places) = (part.decimal(), whole.decimal(), self.0.scale().max(2));
        let rounded = rounding::quotient(part, whole, places).normalize();
        if rounded == self.0 {
            let exact = rounding::is_exact(part, 1, whole, places);
            return Some(if exact { DigitLoss::Exact } else { DigitLoss::Rounded });
        }
        (down(part, whole, places).decimal() == self.0).then_some(DigitLoss::Truncated)
    }

    /// As a plain share, for machines: `2.88`.
    pub fn plain(self) -> String {
        digits::plain_decimal(self.0.mantissa(), self.0.scale(), 2)
    }
}

/// `part / whole` without the digits behind so many places; both above nothing.
fn down(part: Decimal, whole: Decimal, places: u32) -> Money {
    let rounded = rounding::quotient(part, whole, places);
    let is_more = rounded * whole > part;
    let step = if is_more { Decimal::new(1, places) } else { Decimal::ZERO };
    Money::from_decimal(rounded - step)
}

/// As a percentage, for people: `288%`.
impl fmt::Display for Percentage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", (self.0 * Decimal::ONE_HUNDRED).normalize())
    }
}
