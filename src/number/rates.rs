//! Ranges of rates.

use super::{NumberError, Rate};
use std::fmt;

/// A range of rates as a partner agreement writes it, both ends included: "30%-35%", "30%".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateRange {
    from: Rate,
    to: Rate,
}

/// Why a text is not a range of rates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RateRangeError {
    /// Not of the form "30%-35%" or "30%".
    Form,
    /// "30-35%": one end of it could be anything.
    OnePercentSign,
    /// One of its ends is not a rate.
    Rate(NumberError),
    /// "35%-30%".
    Backwards,
}

impl RateRange {
    /// Reads `30%-35%`, `0.30-0.35` or `30%`.
    ///
    /// # Errors
    /// An end that is not a rate, or a range that ends before it starts.
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

    /// The lowest rate in it.
    pub const fn from(self) -> Rate {
        self.from
    }

    /// Whether a rate lies in it, ends included.
    pub fn contains(self, rate: Rate) -> bool {
        (self.from..=self.to).contains(&rate)
    }
}

/// For people: "30%-35%".
impl fmt::Display for RateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to {
            write!(f, "{}", self.from)
        } else {
            write!(f, "{}-{}", self.from, self.to)
        }
    }
}
