//! Terms in whole years, and lengths of time with a part of a year.

use super::{Date, plural};
use std::fmt;

/// Length of time that is paid for: whole years, and before them a part of a year if a contract
/// starts between two of its anniversaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    years: u32,
    part: Option<PartialYear>,
}

/// Part of a year, counted by the [`ProrationConvention`] of a book: 198 of 365 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartialYear {
    count: u32,
    of: u32,
    pub(crate) convention: ProrationConvention,
}

/// Convention for the count of a part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProrationConvention {
    /// Actual days, of the 365 or 366 days of the year that the part ends.
    Actual,
    /// Days of months that all have 30 days, of 360 (30E/360: the 31st counts as the 30th).
    Thirty360,
    /// Months, of 12; a started month counts.
    Months,
    /// All days of the contract, of 365 a year: those beyond whole years of 365 are the part.
    Actual365,
}

impl ProrationConvention {
    /// Returns the part of a year from one day to the day before another, less than a year later.
    ///
    /// ```
    /// use dealdesk::number::{Date, ProrationConvention};
    /// let (from, to) = (Date::parse("2026-12-15")?, Date::parse("2027-07-01")?);
    /// let part = |convention: ProrationConvention| convention.part(from, to).to_string();
    /// assert_eq!(part(ProrationConvention::Actual), "198/365");
    /// assert_eq!(part(ProrationConvention::Thirty360), "196/360");
    /// assert_eq!(part(ProrationConvention::Months), "7/12");
    /// assert_eq!(part(ProrationConvention::Actual365), "198/365");
    /// # Ok::<(), dealdesk::number::DateError>(())
    /// ```
    pub fn part(self, from: Date, to: Date) -> PartialYear {
        let (count, of) = match self {
            Self::Actual => (from.days_to(to), to.plus_months(-12).days_to(to)),
            Self::Actual365 => (from.days_to(to), 365),
            Self::Thirty360 => (from.days_to_30_360(to), 360),
            Self::Months => {
                let begun = (1..12).find(|&months| from.plus_months(months) >= to);
                (begun.unwrap_or(12).unsigned_abs(), 12)
            }
        };
        PartialYear { count, of, convention: self }
    }

    /// Returns the part of a year from one day to the day before another, before whole years that end at `end`. Where
    /// all days of the contract count, those of leap years count with the part, which is no more than a year: a day more
    /// must not cost less.
    pub fn part_before(self, from: Date, to: Date, (years, end): (u32, Date)) -> PartialYear {
        let part = self.part(from, to);
        match self {
            Self::Actual365 => {
                let count = from.days_to(end).saturating_sub(365 * years);
                PartialYear { count: count.min(365), ..part }
            }
            _ => part,
        }
    }
}

/// Most months of a contract: those of [`Years::MAX`] years.
pub const MOST_MONTHS: u32 = 360;

impl PartialYear {
    pub const fn count(self) -> u32 {
        self.count
    }

    /// Returns how many of them make a year; never zero.
    pub const fn of(self) -> u32 {
        self.of
    }

    pub const fn unit(self) -> &'static str {
        match self.convention {
            ProrationConvention::Actual
            | ProrationConvention::Actual365
            | ProrationConvention::Thirty360 => "days",
            ProrationConvention::Months => "months",
        }
    }
}

impl fmt::Display for PartialYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.count, self.of)
    }
}

impl Length {
    pub const fn new(part: Option<PartialYear>, years: u32) -> Self {
        Self { years, part }
    }

    /// Returns the length of some months: those beyond whole years are twelfths of one.
    pub const fn of_months(months: u32) -> Self {
        let (years, count) = (months / 12, months % 12);
        let part = PartialYear { count, of: 12, convention: ProrationConvention::Months };
        Self { years, part: if count > 0 { Some(part) } else { None } }
    }

    pub const fn years(self) -> u32 {
        self.years
    }

    /// Returns the years as a fraction: 293 days of 365, or 3 years of one.
    pub(super) fn as_fraction(self) -> (u32, u32) {
        let (count, of) = self.part.map_or((0, 1), |part| (part.count, part.of));
        (self.years * of + count, of)
    }

    /// Returns the years, with the part counted as a whole year.
    pub const fn years_begun(self) -> u32 {
        self.years + self.part.is_some() as u32
    }

    pub const fn part(self) -> Option<PartialYear> {
        self.part
    }

    pub const fn and(self, years: u32) -> Self {
        Self { years: self.years + years, ..self }
    }
}

impl From<Years> for Length {
    fn from(years: Years) -> Self {
        Self::new(None, years.count())
    }
}

/// Writes "3 years" or "198/365 of a year and 3 years".
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = plural(self.years);
        match (self.part, self.years) {
            (None, years) => write!(f, "{years} year{s}"),
            (Some(part), 0) => write!(f, "{part} of a year"),
            (Some(part), years) => write!(f, "{part} of a year and {years} year{s}"),
        }
    }
}

/// Term in whole years, 1 to [`Years::MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Years(u8);

impl Years {
    pub const ONE: Self = Self(1);

    /// Longest term that a file can have; the book says which terms are sold.
    pub const MAX: u64 = 30;

    pub fn new(count: u64) -> Option<Self> {
        u8::try_from(count).ok().filter(|_| (1..=Self::MAX).contains(&count)).map(Self)
    }

    pub fn count(self) -> u32 {
        u32::from(self.0)
    }
}

impl fmt::Display for Years {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} year{}", self.0, if self.0 == 1 { "" } else { "s" })
    }
}
