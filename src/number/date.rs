//! Civil dates, calendar months, time zones and points in time.

use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan, civil, tz};
use std::fmt;
use std::time::SystemTime;

/// Days from the first on, to the day before the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    pub from: Date,
    pub until: Date,
}

/// Civil date, without clock and time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(civil::Date);

/// Error for a text that is no date: `2026-02-30`, `21.11.2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateError;

impl Date {
    /// The first day of the calendar.
    pub const FIRST: Self = Self(civil::Date::MIN);

    /// The last day of the calendar: that of what has no end.
    pub const LAST: Self = Self(civil::Date::MAX);

    /// Reads `2026-11-21`.
    ///
    /// # Errors
    /// Returns an error for another form, a day that does not exist, or a year outside 1970 to
    /// 9000.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let is_in_place =
            |(at, b): (usize, u8)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() };
        if text.len() != 10 || !text.bytes().enumerate().all(is_in_place) {
            return Err(DateError);
        }
        let date: civil::Date = text.parse().map_err(|_| DateError)?;
        (1970..=9000).contains(&date.year()).then_some(Self(date)).ok_or(DateError)
    }

    /// Returns the day that a clock shows in a time zone.
    ///
    /// ```
    /// use dealdesk::number::{Date, TimeZone};
    /// use std::time::{Duration, SystemTime};
    /// // 2027-01-01 01:00 in UTC
    /// let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_798_765_200);
    /// let day = |zone| Date::of_clock(now, &TimeZone::named(zone).expect("a zone")).to_string();
    /// assert_eq!(day("UTC"), "2027-01-01");
    /// assert_eq!(day("America/Los_Angeles"), "2026-12-31");
    /// ```
    pub fn of_clock(now: SystemTime, zone: &TimeZone) -> Self {
        let now = Timestamp::try_from(now).unwrap_or_default();
        Self(zone.0.to_datetime(now).date().max(civil::date(1970, 1, 1)))
    }

    pub fn quarter_end(self) -> Self {
        let month = (self.0.month() + 2) / 3 * 3;
        let first = civil::Date::new(self.0.year(), month, 1).unwrap_or(self.0);
        Self(first.last_of_month())
    }

    pub fn plus_days(self, days: u32) -> Self {
        Self(self.0.saturating_add(i64::from(days).days()))
    }

    pub fn minus_days(self, days: u32) -> Self {
        Self(self.0.saturating_sub(i64::from(days).days()))
    }

    /// Returns the same day this number of months later, or earlier for a negative number; the last
    /// day of a month without such a day. Count from one day, not from month to month: one month
    /// after 31 January is 28 February, and two months after it is 31 March.
    pub fn plus_months(self, months: i32) -> Self {
        Self(self.0.saturating_add(months.months()))
    }

    /// Returns the days to a later date; 0 for an earlier one.
    pub fn days_to(self, later: Self) -> u32 {
        let days = (self.0.until(later.0)).map_or(0, |span| span.get_days());
        u32::try_from(days).unwrap_or_default()
    }

    /// Returns the days to a later date by 30E/360: months of 30 days, the 31st as the 30th.
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

/// Time zone, by whose clocks a moment has its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeZone(tz::TimeZone);

impl TimeZone {
    /// Returns the zone of a name of the IANA database, such as `America/Los_Angeles`. The database is in the
    /// program, so that a name means the same on every machine.
    pub fn named(name: &str) -> Option<Self> {
        tz::TimeZone::get(name).ok().map(Self)
    }

    /// Returns the zone that the machine is set to, by `TZ` or by its system; UTC where neither says. Only the
    /// command line may ask: it reads the environment and files.
    pub(crate) fn of_machine() -> Self {
        Self(tz::TimeZone::system())
    }
}

/// Calendar month.
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
    /// Reads `2026-11`, from 1970 to 9000.
    pub fn parse(text: &str) -> Option<Self> {
        Date::parse(&format!("{text}-01")).ok().map(|first| Self(first.0))
    }

    /// Returns the hours of the month: 672, 696, 720 or 744.
    pub fn hours(self) -> u32 {
        u32::from(self.0.days_in_month().unsigned_abs()) * 24
    }

    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1.month()))
    }

    pub const fn first_day(self) -> Date {
        Date(self.0)
    }

    pub fn after(self) -> Date {
        Date(self.next().0)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

/// Point in time, the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    at: Timestamp,
    /// Month of the moment, in UTC.
    pub month: Month,
}

impl Moment {
    /// Reads a time in the form of RFC 3339: `2026-11-21T13:00:00Z`, or with an offset such as
    /// `+01:00`. A time without `Z` and offset is in UTC. Returns `None` for another form, a time
    /// that does not exist, or a year outside 1970 to 9000.
    ///
    /// ```
    /// use dealdesk::number::Moment;
    /// let moment = Moment::parse("2026-12-01T00:30:00+01:00").expect("a moment");
    /// assert_eq!(moment.month.to_string(), "2026-11");
    /// assert_eq!(Some(moment), Moment::parse("2026-11-30T23:30:00"));
    /// assert_eq!(Moment::parse("2027-02-29T00:00:00Z"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (day, rest) = text.split_at_checked(10)?;
        let (clock, rest) = rest.split_at_checked(9)?;
        let day = Date::parse(day).ok()?.0;
        let (nanoseconds, rest) = fraction(rest)?;
        let local = civil::DateTime::from_parts(day, time(clock, nanoseconds)?);
        let at = offset(rest)?.to_timestamp(local).ok()?;
        let day = Offset::UTC.to_datetime(at).date();
        // An offset can lead to another year.
        (1970..=9000).contains(&day.year()).then(|| Self { at, month: Month(day.first_of_month()) })
    }

    /// Returns whether the moment is the first of its month, in UTC.
    pub fn begins_its_month(self) -> bool {
        let first = self.month.0.to_datetime(civil::Time::midnight());
        Offset::UTC.to_timestamp(first).is_ok_and(|first| first == self.at)
    }
}

/// Writes `2026-11-21T13:00:00Z`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.at)
    }
}

/// Reads `T13:00:00`.
fn time(text: &str, nanoseconds: i32) -> Option<civil::Time> {
    let mut parts = text.strip_prefix(['T', 't'])?.split(':').map(two_digits);
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    civil::Time::new(hour, minute, second, nanoseconds).ok()
}

/// Reads a fraction such as `.125`, or none, as nanoseconds. Returns the rest of the text too.
fn fraction(text: &str) -> Option<(i32, &str)> {
    let Some(digits) = text.strip_prefix('.') else { return Some((0, text)) };
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = digits.split_at(count);
    let nanoseconds = (1..=9).contains(&count).then(|| format!("{digits:0<9}"))?;
    Some((nanoseconds.parse().ok()?, rest))
}

/// Reads `Z`, `+01:00`, or an empty text, which stands for UTC.
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
