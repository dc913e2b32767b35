//! What something costs as the years go by.

use crate::deal::Deal;
use crate::number::{Length, Money};
use crate::price::{Charges, PricedLine, PricedSegment};

/// The years that are compared: those of the deal, or so many whole ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComparedYears {
    length: Length,
    is_term: bool,
}

/// Before discounts, or after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListOrNet {
    /// Before them.
    List,
    /// After them.
    Net,
}

/// What a line costs, year by year. Years beyond the last one are taken to cost what that does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostByYear {
    once: Money,
    /// The part of a year before the first whole one.
    stub: Money,
    years: Vec<Money>,
    beyond: Money,
}

impl ComparedYears {
    /// A year by itself.
    pub(super) const A_YEAR: Self = Self { length: Length::new(None, 1), is_term: false };

    /// The horizon of a deal, or its term.
    pub fn of(deal: &Deal<'_>) -> Self {
        let term = deal.length();
        let length = deal.horizon.map_or(term, |years| Length::new(None, years));
        Self { length, is_term: length == term }
    }

    /// How long it is.
    pub const fn length(self) -> Length {
        self.length
    }

    /// Whether it is as long as the contract.
    pub const fn is_term(self) -> bool {
        self.is_term
    }
}

impl ListOrNet {
    /// The charges of years that are alike, and that for a part of one before them.
    fn charges(self, priced: &PricedSegment<'_>) -> (Charges, Money) {
        match self {
            Self::List => (priced.at_list, priced.stub_at_list),
            Self::Net => (priced.at_net, priced.stub),
        }
    }

    /// What a year of them costs, and what is paid once.
    pub fn of(self, priced: &PricedSegment<'_>) -> Charges {
        self.charges(priced).0
    }

    /// What years that are alike cost over a span.
    pub fn cost_over(self, priced: &PricedSegment<'_>, span: ComparedYears) -> Money {
        let (charges, stub) = self.charges(priced);
        let stub = if span.length.part().is_some() { stub } else { Money::ZERO };
        charges.over(span.length, stub)
    }
}

impl CostByYear {
    pub(super) fn of(lines: &[PricedLine<'_>], side: ListOrNet) -> Self {
        let mut course =
            Self { once: Money::ZERO, stub: Money::ZERO, years: Vec::new(), beyond: Money::ZERO };
        for segment in lines.iter().flat_map(|line| &line.segments) {
            let (charges, stub) = side.charges(segment);
            course.once = course.once + charges.once;
            course.stub = course.stub + stub;
            course.years.extend((0..segment.length.years()).map(|_| charges.annual));
            course.beyond = charges.annual;
        }
        course
    }

    /// What is paid once.
    pub const fn once(&self) -> Money {
        self.once
    }

    /// What a year of it costs, counted from 1, beside what is paid once.
    pub fn year(&self, year: u32) -> Money {
        let year = usize::try_from(year).unwrap_or(usize::MAX);
        year.checked_sub(1).and_then(|at| self.years.get(at)).copied().unwrap_or(self.beyond)
    }

    /// What the first year costs, with what is paid once.
    pub fn first_year(&self) -> Money {
        self.once + self.year(1)
    }

    /// What it has cost after so many whole years.
    pub fn after(&self, years: u32) -> Money {
        self.once + (1..=years).map(|year| self.year(year)).sum()
    }

    /// What it costs over a span.
    pub fn cost_over(&self, span: ComparedYears) -> Money {
        let stub = if span.length.part().is_some() { self.stub } else { Money::ZERO };
        stub + self.after(span.length.years())
    }
}
