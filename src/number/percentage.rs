//! Shares of any size, and ratios that are only shown.

use super::digits::NumberError;
use super::{Money, Quantity, Rate, digits, rounding};
use rust_decimal::Decimal;
use std::fmt;

/// Share that may be above 100%, such as a return of 288%: up to 100,000%, with at most 2 decimal
/// places as a percentage.
///
/// ```
/// use dealdesk::number::{DigitLoss, Money, Percentage};
/// let claimed = Percentage::parse("288%")?;
/// assert_eq!(claimed, Percentage::parse("2.88")?);
/// let (part, whole) = (Money::parse("5.2")?, Money::parse("1.8")?);
/// // 5.2 / 1.8 = 2.888...
/// assert_eq!(claimed.is(part, whole), Some(DigitLoss::Truncated));
/// # Ok::<(), dealdesk::number::NumberError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percentage(Decimal);

/// Treatment of the digits after the last one that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DigitLoss {
    Exact,
    /// Digits were rounded half up.
    Rounded,
    /// Digits were cut off.
    Truncated,
}

impl Percentage {
    /// Largest number of decimal places of the share.
    const PLACES: u32 = 4;

    /// Reads `288%`, `12.5%` or `2.88`.
    ///
    /// # Errors
    /// Returns an error for anything but a plain number with or without a percent sign, for more
    /// than 100,000%, and for a bare whole number, which could be a percentage or a multiple.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let text = text.trim();
        let most = [(Decimal::from(100_000), "100000%"), (Decimal::from(1_000), "1000")];
        let value = digits::share(text, Self::PLACES, most)?;
        if !text.ends_with('%') && !text.contains('.') {
            return Err(NumberError::Unmarked(text.to_owned()));
        }
        Ok(Self(value))
    }

    /// Returns this share of an amount, exact.
    pub fn of(self, base: Money) -> Money {
        Money::from_decimal(base.decimal() * self.0)
    }

    /// Returns the largest amount that, with this share of itself, is at most `total`.
    pub fn base_within(self, total: Money, places: u32) -> Money {
        let all = Decimal::ONE + self.0;
        down(total.decimal(), all, places)
    }

    /// Returns how `part` over `whole` was shortened to this percentage, at the digits that the
    /// percentage is written with (two places for a whole percentage). Returns `None` for another
    /// ratio.
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

    /// Returns the plain share for programs: `2.88`.
    pub fn plain(self) -> String {
        digits::plain_decimal(self.0.mantissa(), self.0.scale(), 2)
    }
}

/// Returns `part / whole` cut off after `places` decimal places; both are above zero.
fn down(part: Decimal, whole: Decimal, places: u32) -> Money {
    let rounded = rounding::quotient(part, whole, places);
    let is_more = rounded * whole > part;
    let step = if is_more { Decimal::new(1, places) } else { Decimal::ZERO };
    Money::from_decimal(rounded - step)
}

/// Writes the percentage for people: `288%`.
impl fmt::Display for Percentage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", (self.0 * Decimal::ONE_HUNDRED).normalize())
    }
}

/// Ratio of two amounts, to be shown and never calculated with. Unlike a [`Share`](super::Share),
/// the ratio records whether it was rounded.
///
/// ```
/// use dealdesk::number::{Money, Ratio};
/// let ratio = |part, whole, places| {
///     Some(Ratio::of(Money::parse(part).ok()?, Money::parse(whole).ok()?, places)?)
/// };
/// let saved = ratio("8500", "16000", 8).expect("a whole");
/// assert_eq!((saved.to_string(), saved.is_exact()), ("53.125%".to_owned(), true));
/// let third = ratio("1", "3", 4).expect("a whole");
/// assert_eq!((third.to_string(), third.is_exact()), ("33.33%".to_owned(), false));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    value: Decimal,
    exact: bool,
}

impl Ratio {
    /// Returns `part` over `whole`, rounded half up to `places`; `None` if `whole` is zero.
    pub fn of(part: Money, whole: Money, places: u32) -> Option<Self> {
        Self::of_decimals(part.decimal(), whole.decimal(), places)
    }

    /// Returns the ratio of two quantities, like [`Ratio::of`].
    pub fn of_quantities(part: Quantity, whole: Quantity, places: u32) -> Option<Self> {
        Self::of_decimals(part.decimal(), whole.decimal(), places)
    }

    fn of_decimals(part: Decimal, whole: Decimal, places: u32) -> Option<Self> {
        if whole.is_zero() {
            return None;
        }
        let value = rounding::quotient(part, whole, places).normalize();
        Some(Self { value, exact: rounding::is_exact(part, 1, whole, places) })
    }

    pub const fn is_exact(self) -> bool {
        self.exact
    }

    pub fn is_above(self, rate: Rate) -> bool {
        self.value > rate.decimal()
    }

    /// Returns plain digits: `0.53125`, `1.752`.
    pub fn plain(self) -> String {
        self.value.to_string()
    }
}

/// Writes the ratio as a percentage for people: `53.125%`.
impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", (self.value * Decimal::ONE_HUNDRED).normalize())
    }
}
