//! The horizon: the years over which both sides are compared.

use crate::deal::{ContractPeriod, Deal, Line};
use crate::number::{Date, Length, PartialYear, Quantity};

/// The years over which both sides are compared, from the start of the contract on.
#[derive(Debug, Clone)]
pub struct Horizon {
    pub(super) period: ContractPeriod,
    /// Whether the deal gives its start; otherwise the horizon starts on the day of the quote.
    pub is_dated: bool,
    /// The length: a part of a year if the contract begins with one, then whole years.
    pub length: Length,
    /// The years in order; a part of a year comes first.
    pub(super) years: Vec<HorizonYear>,
}

/// A year of the horizon, or the part of a year before the first whole one.
#[derive(Debug, Clone, Copy)]
pub(super) struct HorizonYear {
    pub from: Date,
    /// The first day after the year.
    pub to: Date,
    pub part: Option<PartialYear>,
    /// The number of the whole year, from 0; 0 for a part of a year too.
    pub index: u32,
}

impl Horizon {
    /// Returns the horizon of a deal over `years` whole years, or over its contract if that is longer.
    pub fn of(deal: &Deal<'_>, years: u32) -> Self {
        let period = deal.days_in_force();
        let contract = period.length();
        let count = years.max(contract.years());
        let part = contract.part().map(|part| HorizonYear {
            from: period.start(),
            to: period.boundary(0),
            part: Some(part),
            index: 0,
        });
        let whole = (0..count).map(|index| HorizonYear {
            from: period.boundary(12 * index),
            to: period.boundary(12 * (index + 1)),
            part: None,
            index,
        });
        Self {
            period,
            is_dated: deal.period().is_some(),
            length: Length::new(contract.part(), count),
            years: part.into_iter().chain(whole).collect(),
        }
    }

    pub const fn start(&self) -> Date {
        self.period.start()
    }

    pub fn is_beyond(&self) -> bool {
        self.length.years() > self.period.length().years()
    }

    pub(super) fn beyond(&self) -> impl Iterator<Item = &HorizonYear> {
        let contract = self.period.length().years();
        self.years.iter().filter(move |year| year.part.is_none() && year.index >= contract)
    }

    /// Returns the ends of months within a year, and of the year, each with the days since the one before.
    pub(super) fn months(&self, year: &HorizonYear) -> Vec<(Date, u32)> {
        // Months are counted from the first day, as years are, so that a contract that starts on the
        // 31st returns to the 31st after a shorter month.
        let end = |month: u32| match self.length.part() {
            None => self.period.boundary(month),
            Some(_) => self.start().plus_months(i32::try_from(month).unwrap_or(i32::MAX)),
        };
        let inside = (1..).map(end).skip_while(|day| *day <= year.from);
        let ends = inside.take_while(|day| *day < year.to).chain([year.to]);
        let days = ends.scan(year.from, |from, to| {
            let days = from.days_to(to);
            *from = to;
            Some((to, days))
        });
        days.collect()
    }

    /// Returns the need of each year; after the contract it is that of the last year.
    pub(super) fn needed(&self, line: &Line<'_>) -> Vec<Quantity> {
        let segments = line.segments().iter().flat_map(|segment| {
            let years = segment.length.years_begun();
            (0..years).map(|_| segment.expected())
        });
        let mut needed: Vec<_> = segments.collect();
        let last = needed.last().copied();
        while let Some(last) = last.filter(|_| needed.len() < self.years.len()) {
            needed.push(last);
        }
        needed
    }
}
