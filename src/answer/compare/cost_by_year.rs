//! The cost of a line year by year, and the years over which costs are compared.

use crate::deal::Deal;
use crate::number::{Length, Money};
use crate::price::{Charges, PricedLine, PricedSegment};

/// The years over which costs are compared: the term of the deal, or its horizon in whole years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComparedYears {
    pub length: Length,
    /// Whether the compared years are exactly the term of the contract.
    pub is_term: bool,
}

/// The side of a price: before or after discounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListOrNet {
    List,
    Net,
}

/// The cost of a line year by year. Years after the last one are taken to cost as much as the last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CostByYear {
    pub(super) once: Money,
    /// The cost of the part of a year before the first whole year.
    stub: Money,
    years: Vec<Money>,
    beyond: Money,
}

impl ComparedYears {
    pub(super) const ONE_YEAR: Self = Self { length: Length::new(None, 1), is_term: false };

    /// Returns the horizon of a deal, or its term where it has no horizon.
    pub fn of(deal: &Deal<'_>) -> Self {
        let term = deal.length();
        let length = deal.horizon.map_or(term, |years| Length::new(None, years));
        Self { length, is_term: length == term }
    }
}

impl ListOrNet {
    /// Returns the charges of equal years, and the charge for the part of a year before them.
    fn charges(self, priced: &PricedSegment<'_>) -> (Charges, Money) {
        match self {
            Self::List => (priced.at_list, priced.stub_at_list),
            Self::Net => (priced.at_net, priced.stub),
        }
    }

    /// Returns the charges of a segment, once and for each of its years; nothing without a segment.
    pub fn of(self, priced: Option<&PricedSegment<'_>>) -> Charges {
        let nothing = Charges { once: Money::ZERO, annual: Money::ZERO };
        priced.map_or(nothing, |priced| self.charges(priced).0)
    }

    /// Returns the cost over `span` of the years of a line, the last of which continues to its end.
    pub fn cost_over(self, years: &[PricedSegment<'_>], span: ComparedYears) -> Money {
        CostByYear::of_years(years.iter(), self).cost_over(span)
    }
}

impl CostByYear {
    pub(super) fn of(lines: &[PricedLine<'_>], side: ListOrNet) -> Self {
        Self::of_years(lines.iter().flat_map(|line| &line.segments), side)
    }

    fn of_years<'p, 'b: 'p>(
        years: impl Iterator<Item = &'p PricedSegment<'b>>,
        side: ListOrNet,
    ) -> Self {
        let mut costs = Self::default();
        for segment in years {
            let (charges, stub) = side.charges(segment);
            costs.once = costs.once + charges.once;
            costs.stub = costs.stub + stub;
            costs.years.extend((0..segment.length.years()).map(|_| charges.annual));
            costs.beyond = charges.annual;
        }
        costs
    }

    /// Returns the cost of a year, counted from 1, without the one-time charges.
    pub fn year(&self, year: u32) -> Money {
        let year = usize::try_from(year).unwrap_or(usize::MAX);
        year.checked_sub(1).and_then(|at| self.years.get(at)).copied().unwrap_or(self.beyond)
    }

    pub fn first_year(&self) -> Money {
        self.once + self.year(1)
    }

    /// Returns the cost of the first `years` whole years, with the one-time charges.
    pub fn after(&self, years: u32) -> Money {
        self.once + (1..=years).map(|year| self.year(year)).sum()
    }

    /// Returns the cost over a span of years, with the one-time charges.
    pub fn cost_over(&self, span: ComparedYears) -> Money {
        let stub = if span.length.part().is_some() { self.stub } else { Money::ZERO };
        stub + self.after(span.length.years())
    }
}
