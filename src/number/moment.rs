//! Points in time.

use super::{Date, Month};
use jiff::tz::Offset;
use jiff::{Timestamp, civil};
use std::fmt;

/// A point in time, the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    at: Timestamp,
    month: Month,
}

impl Moment {
    /// Reads a time as RFC 3339 writes it, `2026-11-21T13:00:00Z` or with an offset such as
    /// `+01:00`. Without either it is in UTC. Nothing for another form, a time that does not
    /// exist, or a year outside 1970 to 9000.
    ///
    /// ```
    /// use dealdesk::number::Moment;
    /// let moment = Moment::parse("2026-12-01T00:30:00+01:00").expect("a moment");
    /// assert_eq!(moment.month().to_string(), "2026-11");
    /// assert_eq!(Some(moment), Moment::parse("2026-11-30T23:30:00"));
    /// assert_eq!(Moment::parse("2027-02-29T00:00:00Z"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (day, rest) = text.split_at_checked(10)?;
        let (clock, rest) = rest.split_at_checked(9)?;
        let day = Date::parse(day).ok()?.civil();
        let (nanoseconds, rest) = fraction(rest)?;
        let local = civil::DateTime::from_parts(day, time(clock, nanoseconds)?);
        let at = offset(rest)?.to_timestamp(local).ok()?;
        let month = Month::of(Offset::UTC.to_datetime(at).date())?;
        Some(Self { at, month })
    }

    /// Whether it is the first moment of its month, in UTC.
    pub fn begins_its_month(self) -> bool {
        let first = self.month.first().to_datetime(civil::Time::midnight());
        Offset::UTC.to_timestamp(first).is_ok_and(|first| first == self.at)
    }

    /// The month that it lies in, in UTC.
    pub const fn month(self) -> Month {
        self.month
    }
}

/// `2026-11-21T13:00:00Z`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.at)
    }
}

/// `T13:00:00`.
fn time(text: &str, nanoseconds: i32) -> Option<civil::Time> {
    let mut parts = text.strip_prefix(['T', 't'])?.split(':').map(two_digits);
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    civil::Time::new(hour, minute, second, nanoseconds).ok()
}

/// The nanoseconds of `.125`, if there is a fraction, and what follows it.
fn fraction(text: &str) -> Option<(i32, &str)> {
    let Some(digits) = text.strip_prefix('.') else { return Some((0, text)) };
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = digits.split_at(count);
    let nanoseconds = (1..=9).contains(&count).then(|| format!("{digits:0<9}"))?;
    Some((nanoseconds.parse().ok()?, rest))
}

/// `Z`, `+01:00`, or nothing, which is UTC.
fn offset(text: &str) -> Option<Offset> {
    if matches!(text, "" | "Z" | "z") {
        return Some(Offset::UTC);
    }
    let (sign, text) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    let seconds = (i32::from(hours) * 60 + i32::from(minutes)) * 60;
    let exists = hours < 24 && minutes < 60;
    exists.then(|| Offset::from_seconds(sign * seconds).ok()).flatten()
}

fn two_digits(text: &str) -> Option<i8> {
    let is_two = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_two.then(|| text.parse().ok()).flatten()
}
