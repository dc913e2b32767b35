//! Ranges of whole numbers.

use super::Quantity;
use std::fmt;

/// Range of whole numbers in the notation of price lists, both ends included: "3-49", "500+", "2".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    from: u64,
    to: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntervalError {
    /// Text that is not of the form "3-49", "500+" or "2".
    Form,
    /// Range that ends before it starts: "49-3".
    Backwards,
    /// Number above [`Quantity::MAX`].
    TooLarge,
}

impl Interval {
    /// The number 1 alone.
    pub const ONE: Self = Self { from: 1, to: Some(1) };

    /// Reads "3-49", "500+" or "2".
    ///
    /// # Errors
    /// Returns an error for another form, a range that ends before it starts, or a number above a
    /// billion.
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

    /// Returns the numbers after a noun: "year 2", "years 2-3", "years 4+".
    pub fn numbered(self, noun: &str) -> String {
        let s = if self.to == Some(self.from) { "" } else { "s" };
        format!("{noun}{s} {self}")
    }

    pub const fn from(self) -> u64 {
        self.from
    }

    /// Returns the last number of the range; `None` for a range without an end.
    pub const fn to(self) -> Option<u64> {
        self.to
    }

    /// Returns the range with its unit for people: "1 year", "1-5 years".
    pub fn of(self, unit: &str) -> String {
        let plural = if self.to == Some(1) && self.from == 1 { "" } else { "s" };
        format!("{self} {unit}{plural}")
    }

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
