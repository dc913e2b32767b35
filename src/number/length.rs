//! How long something is paid for, and how a part of a year is counted.

use super::{Date, Years};
use std::fmt;

/// How long something is paid for: whole years, and before them a part of one where a contract
/// begins between two of its anniversaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    years: u32,
    part: Option<PartialYear>,
}

/// A part of a year, as the [`Convention`] of a book counts it: 198 of 365 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartialYear {
    count: u32,
    of: u32,
    convention: ProrationConvention,
}

/// How a part of a year is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProrationConvention {
    /// Days that there are, of those of the year that the part is the end of: 365 or 366.
    Actual,
    /// Days of months that all have 30, of 360 (30E/360: the 31st counts as the 30th).
    Thirty360,
    /// Months of 12; one that has begun counts.
    Months,
}

impl ProrationConvention {
    /// The part of a year from one day to just before another, which is less than a year later.
    ///
    /// ```
    /// use dealdesk::number::{Convention, Date};
    /// let (from, to) = (Date::parse("2026-12-15")?, Date::parse("2027-07-01")?);
    /// let part = |convention: Convention| convention.part(from, to).to_string();
    /// assert_eq!(part(Convention::Actual), "198/365");
    /// assert_eq!(part(Convention::Thirty360), "196/360");
    /// assert_eq!(part(Convention::Months), "7/12");
    /// # Ok::<(), dealdesk::number::DateFault>(())
    /// ```
    pub fn part(self, from: Date, to: Date) -> PartialYear {
        let (count, of) = match self {
            Self::Actual => (from.days_to(to), to.plus_months(-12).days_to(to)),
            Self::Thirty360 => (from.days_to_30_360(to), 360),
            Self::Months => {
                let begun = (1..12).find(|&months| from.plus_months(months) >= to);
                (begun.unwrap_or(12).unsigned_abs(), 12)
            }
        };
        PartialYear { count, of, convention: self }
    }
}

impl PartialYear {
    /// How many days or months.
    pub const fn count(self) -> u32 {
        self.count
    }

    /// How many of them make a year; never zero.
    pub const fn of(self) -> u32 {
        self.of
    }

    /// "days" or "months".
    pub const fn unit(self) -> &'static str {
        match self.convention {
            ProrationConvention::Actual | ProrationConvention::Thirty360 => "days",
            ProrationConvention::Months => "months",
        }
    }

    /// How it was counted.
    pub const fn convention(self) -> ProrationConvention {
        self.convention
    }
}

/// `198/365`.
impl fmt::Display for PartialYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.count, self.of)
    }
}

impl Length {
    /// A part of a year, if there is one, and then so many whole years.
    pub const fn new(part: Option<PartialYear>, years: u32) -> Self {
        Self { years, part }
    }

    /// Its whole years.
    pub const fn years(self) -> u32 {
        self.years
    }

    /// Its years, with the part of one counted whole.
    pub const fn years_begun(self) -> u32 {
        self.years + self.part.is_some() as u32
    }

    /// The part of a year before them.
    pub const fn part(self) -> Option<PartialYear> {
        self.part
    }

    /// The same, and so many whole years more.
    pub const fn and(self, years: u32) -> Self {
        Self { years: self.years + years, ..self }
    }
}

impl From<Years> for Length {
    fn from(years: Years) -> Self {
        Self::new(None, years.count())
    }
}

/// "3 years", "198/365 of a year and 3 years".
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = if self.years == 1 { "" } else { "s" };
        match (self.part, self.years) {
            (None, years) => write!(f, "{years} year{s}"),
            (Some(part), 0) => write!(f, "{part} of a year"),
            (Some(part), years) => write!(f, "{part} of a year and {years} year{s}"),
        }
    }
}
