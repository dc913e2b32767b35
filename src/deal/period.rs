//! Days of a contract.

use crate::number::{Date, Length, ProrationConvention, Years};

/// Days of a contract: from its first day to the day before an anniversary. A contract that begins
/// between two anniversaries has a part of a year first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContractPeriod {
    start: Date,
    /// Day from which anniversaries are counted, and the months from it to the first whole year.
    /// All are counted from one day, so that the 31st is not lost after a shorter month.
    anchor: Date,
    lead: i32,
    length: Length,
}

impl ContractPeriod {
    /// Makes a contract of whole years from a day on.
    pub fn years(start: Date, years: Years) -> Self {
        Self { start, anchor: start, lead: 0, length: years.into() }
    }

    /// Makes a contract of whole years from `anchor` on, and of the part of a year before them
    /// from `start`, which is less than a year before `anchor`.
    pub fn led(start: Date, anchor: Date, years: Years, convention: ProrationConvention) -> Self {
        let part = (start < anchor).then(|| convention.part(start, anchor));
        Self { start, anchor, lead: 0, length: Length::new(part, years.count()) }
    }

    /// Makes a contract from a day to the last day of another one: whole years, counted back from
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

    pub fn is_co_termed(&self) -> bool {
        self.anchor > self.end()
    }

    pub const fn start(&self) -> Date {
        self.start
    }

    pub fn end(&self) -> Date {
        self.boundary(12 * self.length.years()).minus_days(1)
    }

    pub const fn length(&self) -> Length {
        self.length
    }

    /// Returns the day that is a number of months after the beginning of the first whole year.
    pub fn boundary(&self, months: u32) -> Date {
        self.anchor.plus_months(self.lead + i32::try_from(months).unwrap_or_default())
    }

    /// Returns the days on which a period of a number of months begins within the part of a year
    /// before the first whole year: the first day of the contract, and the days that lead in whole
    /// steps to that year.
    pub fn beginnings(&self, months: u32) -> Vec<Date> {
        let step = i32::try_from(months).unwrap_or(12);
        let back = (1..=12).map(|count| self.anchor.plus_months(self.lead - step * count));
        let mut days: Vec<_> = back.take_while(|day| *day > self.start).collect();
        days.push(self.start);
        days.reverse();
        days
    }
}
