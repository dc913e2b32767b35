//! When a contract runs.

use crate::number::{Date, Length, ProrationConvention, Years};

/// When a contract runs: from a day to just before an anniversary, with a part of a year first if
/// it begins between two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContractPeriod {
    start: Date,
    /// The day of the month that years begin on, and how many months before it the first does.
    /// Anniversaries are counted from one day, so that the 31st is not lost on the way.
    anchor: Date,
    lead: i32,
    length: Length,
}

impl ContractPeriod {
    /// So many years from a day on.
    pub fn years(start: Date, years: Years) -> Self {
        Self { start, anchor: start, lead: 0, length: years.into() }
    }

    /// So many years from `anchor` on, and before them the part of a year from `start`, which lies
    /// less than a year before.
    pub fn led(start: Date, anchor: Date, years: Years, convention: ProrationConvention) -> Self {
        let part = (start < anchor).then(|| convention.part(start, anchor));
        Self { start, anchor, lead: 0, length: Length::new(part, years.count()) }
    }

    /// From a day to the last day of another contract: as many whole years as there are, back from
    /// that end, and before them the part of a year that is left.
    pub fn co_term(start: Date, last: Date, convention: ProrationConvention) -> Self {
        let anchor = last.plus_days(1);
        let mut years = 0;
        while anchor.plus_months(-12 * (years + 1)) >= start {
            years += 1;
        }
        let lead = -12 * years;
        let first = anchor.plus_months(lead);
        let part = (start < first).then(|| convention.part(start, first));
        Self { start, anchor, lead, length: Length::new(part, years.unsigned_abs()) }
    }

    /// Whether it ends with another contract.
    pub fn is_co_termed(&self) -> bool {
        self.anchor > self.end()
    }

    /// Its first day.
    pub const fn start(&self) -> Date {
        self.start
    }

    /// Its last day.
    pub fn end(&self) -> Date {
        self.boundary(12 * self.length.years()).minus_days(1)
    }

    /// How long it is.
    pub const fn length(&self) -> Length {
        self.length
    }

    /// The day so many months after its first whole year begins.
    pub fn boundary(&self, months: u32) -> Date {
        self.anchor.plus_months(self.lead + i32::try_from(months).unwrap_or_default())
    }

    /// The days on which a period of so many months begins within the part of a year before the
    /// first whole one: its own first day, and those that lead in whole steps up to that year.
    pub fn beginnings(&self, months: u32) -> Vec<Date> {
        let step = i32::try_from(months).unwrap_or(12);
        let back = (1..=12).map(|count| self.anchor.plus_months(self.lead - step * count));
        let mut days: Vec<_> = back.take_while(|day| *day > self.start).collect();
        days.push(self.start);
        days.reverse();
        days
    }
}
