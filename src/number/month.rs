//! Calendar months.

use super::Date;
use jiff::{ToSpan, civil};
use std::fmt;

/// A calendar month.
///
/// ```
/// use dealdesk::number::Month;
/// let february = Month::parse("2028-02").expect("a month");
/// assert_eq!((february.hours(), february.next().hours()), (696, 744));
/// assert_eq!(february.after().to_string(), "2028-03-01");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(civil::Date);

impl Month {
    /// Reads `2026-11`. Nothing for another form, a month that does not exist, or a year outside
    /// 1970 to 9000.
    pub fn parse(text: &str) -> Option<Self> {
        let date = Date::parse(&format!("{text}-01")).ok()?;
        Some(Self(date.civil()))
    }

    /// The month of a day, if its year is one of 1970 to 9000.
    pub(super) fn of(day: civil::Date) -> Option<Self> {
        (1970..=9000).contains(&day.year()).then(|| Self(day.first_of_month()))
    }

    pub(super) const fn first(self) -> civil::Date {
        self.0
    }

    /// Its hours, as the calendar has them: 672, 696, 720 or 744.
    pub fn hours(self) -> u32 {
        u32::from(self.0.days_in_month().unsigned_abs()) * 24
    }

    /// The month after it.
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1.month()))
    }

    /// The month before it.
    pub fn previous(self) -> Self {
        Self(self.0.saturating_sub(1.month()))
    }

    /// Its first day.
    pub const fn first_day(self) -> Date {
        Date::of_civil(self.0)
    }

    /// The first day after it.
    pub fn after(self) -> Date {
        Date::of_civil(self.next().0)
    }
}

/// `2026-11`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}
