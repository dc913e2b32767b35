//! Rates, ranges of rates, and shares that are only shown.

use super::digits::NumberError;
use super::{Money, digits};
use rust_decimal::Decimal;
use std::fmt;

/// Discount rate: a share from 0 to 1, with at most 6 decimal places.
///
/// ```
/// use dealdesk::number::{Money, Rate};
/// let rate = Rate::parse("15%")?;
/// assert_eq!(rate, Rate::parse("0.15")?);
/// assert_eq!(rate.of(Money::parse("3000")?), Money::parse("450")?);
/// # Ok::<(), dealdesk::number::NumberError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Rate(Decimal);

impl Rate {
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// All of it: 100%.
    pub const ONE: Self = Self(Decimal::ONE);

    /// Largest number of decimal places of a rate: 0.000001 is 0.0001%.
    pub const PLACES: u32 = 6;

    /// Reads `15%`, `2.5%` or `0.15`.
    ///
    /// # Errors
    /// Returns an error for anything but a plain number with or without a percent sign, for more
    /// than 100%, and for a bare `1`, which could be 1% or 100%.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let text = text.trim();
        let most = (Decimal::from(1_000_000), "100%");
        let value = digits::share(text, Self::PLACES, [most, most]).map_err(|why| match why {
            NumberError::TooLarge(_) => NumberError::AboveOne(None),
            other => other,
        })?;
        if text == "1" {
            return Err(NumberError::OneOrAll);
        }
        if value > Decimal::ONE {
            let meant = !text.ends_with('%') && value <= Decimal::ONE_HUNDRED;
            return Err(NumberError::AboveOne(meant.then(|| format!("{text}%"))));
        }
        Ok(Self(value))
    }

    /// Returns this share of an amount, exact.
    pub fn of(self, base: Money) -> Money {
        Money::from_decimal(base.decimal() * self.0)
    }

    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Returns the rest to 100%.
    pub fn complement(self) -> Self {
        Self((Decimal::ONE - self.0).normalize())
    }

    pub(super) const fn decimal(self) -> Decimal {
        self.0
    }

    /// Returns the decimal places of the share (not of the percentage).
    pub fn places(self) -> u32 {
        // A rate has no trailing zeros.
        self.0.scale()
    }

    /// Returns the rate in millionths, the smallest rate.
    pub fn millionths(self) -> u32 {
        // A rate is at most one, and has no more than six decimal places.
        let mut value = self.0;
        value.rescale(Self::PLACES);
        u32::try_from(value.mantissa()).unwrap_or(1_000_000)
    }

    /// Returns the rate of this number of millionths, at most 100%.
    pub fn of_millionths(millionths: u32) -> Self {
        Self(Decimal::new(millionths.min(1_000_000).into(), Self::PLACES).normalize())
    }

    /// Returns the plain share for programs: `0.15`. 100% is `1.00`, for a bare `1` could mean 1%.
    pub fn plain(self) -> String {
        if self.0 == Decimal::ONE { "1.00".to_owned() } else { self.0.to_string() }
    }
}

/// Writes the percentage for people: `15%`, `2.5%`.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", (self.0 * Decimal::ONE_HUNDRED).normalize())
    }
}

/// Range of rates in the notation of partner agreements, both ends included: "30%-35%", "30%".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateRange {
    pub(crate) from: Rate,
    pub(crate) to: Rate,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RateRangeError {
    /// Text that is not of the form "30%-35%" or "30%".
    Form,
    /// Range with one percent sign, "30-35%": the meaning of the other end is unclear.
    OnePercentSign,
    Rate(NumberError),
    /// Range that ends before it starts: "35%-30%".
    Backwards,
}

impl RateRange {
    /// Reads `30%-35%`, `0.30-0.35` or `30%`.
    ///
    /// # Errors
    /// Returns an error for an end that is no rate, and for a range that ends before it starts.
    pub fn parse(text: &str) -> Result<Self, RateRangeError> {
        let rate = |text: &str| {
            Rate::parse(text).map_err(|why| match why {
                NumberError::NotANumber | NumberError::Separator(_) => RateRangeError::Form,
                why => RateRangeError::Rate(why),
            })
        };
        let (from, to) = text.split_once('-').unwrap_or((text, text));
        if from.trim().ends_with('%') != to.trim().ends_with('%') {
            return Err(RateRangeError::OnePercentSign);
        }
        let (from, to) = (rate(from)?, rate(to)?);
        if to < from {
            return Err(RateRangeError::Backwards);
        }
        Ok(Self { from, to })
    }

    /// Returns the largest rate of the range.
    pub const fn most(self) -> Rate {
        self.to
    }

    pub fn contains(self, rate: Rate) -> bool {
        (self.from..=self.to).contains(&rate)
    }
}

impl fmt::Display for RateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to {
            write!(f, "{}", self.from)
        } else {
            write!(f, "{}-{}", self.from, self.to)
        }
    }
}
