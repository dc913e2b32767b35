//! The years that both sides are looked at over.

use crate::deal::{ContractPeriod, Deal, Line};
use crate::number::{Date, Length, PartialYear, Quantity};

/// The years that both sides are looked at over, from the start of the contract on.
#[derive(Debug, Clone)]
pub struct Horizon {
    period: ContractPeriod,
    /// Whether the deal says when it starts; else it is looked at as if on the day of the quote.
    pub is_dated: bool,
    /// A part of a year if the contract begins with one, and then whole years.
    pub length: Length,
    /// One by one.
    pub(super) years: Vec<HorizonYear>,
}

/// A year, or the part of one before the first.
#[derive(Debug, Clone, Copy)]
pub(super) struct HorizonYear {
    pub from: Date,
    /// The first day after it.
    pub to: Date,
    pub part: Option<PartialYear>,
    /// Which whole year it is, from 0; that of a part is 0 too.
    pub index: u32,
}

impl Horizon {
    /// The horizon of a deal over so many whole years, or over its contract if that is longer.
    pub fn of(deal: &Deal<'_>, years: u32) -> Self {
        let stated = deal.period().copied();
        let period = stated.unwrap_or_else(|| ContractPeriod::years(deal.date(), deal.term()));
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
            is_dated: stated.is_some(),
            length: Length::new(contract.part(), count),
            years: part.into_iter().chain(whole).collect(),
        }
    }

    /// The first day.
    pub const fn start(&self) -> Date {
        self.period.start()
    }

    /// When the contract runs.
    pub(super) const fn period(&self) -> &ContractPeriod {
        &self.period
    }

    /// Whether it goes beyond the contract.
    pub fn is_beyond(&self) -> bool {
        self.length.years() > self.period.length().years()
    }

    /// The years after the contract.
    pub(super) fn beyond(&self) -> impl Iterator<Item = &HorizonYear> {
        let contract = self.period.length().years();
        self.years.iter().filter(move |year| year.part.is_none() && year.index >= contract)
    }

    /// The days on which the months of the contract end within a year, and its own end, each with the
    /// days that it ends.
    pub(super) fn months(&self, year: &HorizonYear) -> Vec<(Date, u32)> {
        // Counted from one day, as the years are, so that the 31st is not lost on the way.
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

    /// How much of a line is needed in each year; after the contract as much as in its last.
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
