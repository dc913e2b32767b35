//! Ranges of whole numbers.

use super::Quantity;
use std::fmt;

/// A range of whole numbers as a price list writes it, both ends included: "3-49", "500+", "2".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    from: u64,
    to: Option<u64>,
}

/// Why a text is not an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntervalError {
    /// Not of the form "3-49", "500+" or "2".
    Form,
    /// "49-3".
    Backwards,
    /// Above [`Quantity::MAX`].
    TooLarge,
}

impl Interval {
    /// # Errors
    /// Any other form, a range that ends before it starts, or a number above a billion.
    pub fn parse(text: &str) -> Result<Self, IntervalError> {
        let number = |part: &str| {
            let part = part.trim();
            if part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(IntervalError::Form);
            }
            match part.parse::<u64>() {
                Ok(n) if n <= Quantity::MAX => Ok(n),
                _ => Err(IntervalError::TooLarge),
            }
        };
        let (from, to) = if let Some(from) = text.trim().strip_suffix('+') {
            (number(from)?, None)
        } else if let Some((from, to)) = text.split_once('-') {
            (number(from)?, Some(number(to)?))
        } else {
            let only = number(text)?;
            (only, Some(only))
        };
        if to.is_some_and(|to| to < from) {
            return Err(IntervalError::Backwards);
        }
        Ok(Self { from, to })
    }

    /// The first number in it.
    pub const fn from(self) -> u64 {
        self.from
    }

    /// The last number in it, unless it is open.
    pub const fn to(self) -> Option<u64> {
        self.to
    }

    /// For people, with the unit that is counted: "1 year", "1-5 years".
    pub fn of(self, unit: &str) -> String {
        let plural = if self.to == Some(1) && self.from == 1 { "" } else { "s" };
        format!("{self} {unit}{plural}")
    }

    /// Whether a number lies in it, ends included.
    pub fn contains(self, number: u64) -> bool {
        number >= self.from && self.to.is_none_or(|to| number <= to)
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to {
            None => write!(f, "{}+", self.from),
            Some(to) if to == self.from => write!(f, "{to}"),
            Some(to) => write!(f, "{}-{to}", self.from),
        }
    }
}
