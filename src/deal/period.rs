//! Days of a contract.

use crate::number::{Date, Length, Month, ProrationConvention, Years};

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
    is_co_termed: bool,
}

impl ContractPeriod {
    /// Makes a contract of whole years from a day on.
    pub fn years(start: Date, years: Years) -> Self {
        let length = years.into();
        Self { start, anchor: start, lead: 0, length, is_co_termed: false }
    }

    /// Makes a contract of some months from a day on: those beyond whole years come first.
    pub fn months(start: Date, months: u32) -> Self {
        let length = Length::of_months(months);
        let lead = i32::try_from(months % 12).unwrap_or_default();
        Self { start, anchor: start, lead, length, is_co_termed: false }
    }

    /// Makes a contract of whole years from `anchor` on, and of the part of a year before them
    /// from `start`, which is less than a year before `anchor`.
    pub fn led(start: Date, anchor: Date, years: Years, convention: ProrationConvention) -> Self {
        let years = years.count();
        let end = anchor.plus_months(i32::try_from(12 * years).unwrap_or_default());
        let part = (start < anchor).then(|| convention.part_before(start, anchor, (years, end)));
        let length = Length::new(part, years);
        Self { start, anchor, lead: 0, length, is_co_termed: false }
    }

    /// Makes a contract from a day to the last day of another one: as many whole years as fit, counted back
    /// from that end, and before them the part of a year that is left. Without such a part it is the contract
    /// of these years from its first day on: back from 28 February there would be no year from the 29th on.
    pub fn co_term(start: Date, last: Date, convention: ProrationConvention) -> Self {
        let after = last.plus_days(1);
        let mut years = 0;
        while start.plus_months(12 * (years + 1)) <= after {
            years += 1;
        }
        let whole = Length::new(None, years.unsigned_abs());
        if start.plus_months(12 * years) == after {
            return Self { start, anchor: start, lead: 0, length: whole, is_co_termed: true };
        }
        let lead = -12 * years;
        let back = Self { start, anchor: after, lead, length: whole, is_co_termed: true };
        let part = convention.part_before(start, back.boundary(0), (whole.years(), after));
        Self { length: Length::new(Some(part), whole.years()), ..back }
    }

    pub const fn is_co_termed(&self) -> bool {
        self.is_co_termed
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

    /// Returns the day that is a number of months after the beginning of the first whole year. Back from the
    /// 29th of February a year begins on the 1st of March: from the 28th on it would be more than a year.
    pub fn boundary(&self, months: u32) -> Date {
        let months = self.lead + i32::try_from(months).unwrap_or_default();
        let day = self.anchor.plus_months(months);
        let is_early = months < 0 && months % 12 == 0 && day.plus_months(-months) < self.anchor;
        if is_early { day.plus_days(1) } else { day }
    }

    /// Returns the years of the contract that have days of a month, counted from 1. A part of a year before the first
    /// whole one belongs to the first.
    pub fn years_of(&self, month: Month) -> Vec<u32> {
        let year = |year: &u32| {
            let from = if *year == 1 { self.start } else { self.boundary(12 * (year - 1)) };
            month.first_day() < self.boundary(12 * year) && from < month.after()
        };
        (1..=self.length.years()).filter(year).collect()
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
