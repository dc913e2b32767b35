//! Civil dates.

use jiff::{ToSpan, civil};
use std::fmt;

/// A civil date: no clock, no time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(civil::Date);

/// A text that is no date: `2026-02-30`, `21.11.2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateError;

impl Date {
    /// Reads `2026-11-21`.
    ///
    /// # Errors
    /// Another form, a day that does not exist, or a year outside 1970 to 9000.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let shape = text.len() == 10
            && text
                .bytes()
                .enumerate()
                .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
        if !shape {
            return Err(DateError);
        }
        let date: civil::Date = text.parse().map_err(|_| DateError)?;
        (1970..=9000).contains(&date.year()).then_some(Self(date)).ok_or(DateError)
    }

    /// The day that a clock shows, in UTC: the same everywhere at one moment.
    pub fn of_clock(now: std::time::SystemTime) -> Self {
        let since = now.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let days = i64::try_from(since.as_secs() / 86_400).unwrap_or_default();
        Self(civil::date(1970, 1, 1).saturating_add(days.days()))
    }

    pub(super) const fn of_civil(day: civil::Date) -> Self {
        Self(day)
    }

    pub(super) const fn civil(self) -> civil::Date {
        self.0
    }

    /// The last day of the date's calendar quarter.
    pub fn quarter_end(self) -> Self {
        let month = (self.0.month() + 2) / 3 * 3;
        let first = civil::Date::new(self.0.year(), month, 1).unwrap_or(self.0);
        Self(first.last_of_month())
    }

    /// So many days later.
    pub fn plus_days(self, days: u32) -> Self {
        Self(self.0.saturating_add(i64::from(days).days()))
    }

    /// So many days earlier.
    pub fn minus_days(self, days: u32) -> Self {
        Self(self.0.saturating_sub(i64::from(days).days()))
    }

    /// The same day so many months later, or earlier where the number is below zero; the last of
    /// a month that has no such day. Count from one day, not from month to month: a month after
    /// 31 January is 28 February, and two months after it is 31 March.
    pub fn plus_months(self, months: i32) -> Self {
        Self(self.0.saturating_add(months.months()))
    }

    /// The days from this one to another that is not before it.
    pub fn days_to(self, later: Self) -> u32 {
        let days = (self.0.until(later.0)).map_or(0, |span| span.get_days());
        u32::try_from(days).unwrap_or_default()
    }

    /// The days from this one to a later one if every month had 30; the 31st is a 30th.
    pub(super) fn days_to_30_360(self, later: Self) -> u32 {
        let count = |date: civil::Date| {
            (i32::from(date.year()) * 12 + i32::from(date.month())) * 30
                + i32::from(date.day().min(30))
        };
        u32::try_from(count(later.0) - count(self.0)).unwrap_or_default()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
