//! Lines of a deal, with their years.

use super::pool::PoolShare;
use crate::book::{ListPrice, Metric, OrderedMetric, UnitGroups};
use crate::number::{Length, Money, Quantity, Rate};
use std::sync::Arc;

/// Line of a deal: a metric, and its quantity in each year.
#[derive(Debug, Clone)]
pub struct Line<'b> {
    pub(crate) metric: &'b Metric,
    /// Edition that the deal names; the quantity decides if `None`.
    pub(crate) edition: Option<&'b str>,
    pub(crate) hosts: Option<u32>,
    /// Words of the metric for what may be sold by it, if the line confirms them.
    pub(crate) sold_for: Option<&'b str>,
    pub(crate) committed: Option<Quantity>,
    /// Units from which the quantity of a flat line was counted.
    pub(crate) count: Option<Arc<CountedQuantity>>,
    /// Runs of equal years, together as long as the contract.
    pub(crate) segments: Vec<Segment<'b>>,
}

/// Quantity that was counted from units inside units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedQuantity {
    pub groups: UnitGroups,
    pub quantity: Quantity,
}

/// Run of equal years of a line.
#[derive(Debug, Clone)]
pub struct Segment<'b> {
    pub(crate) length: Length,
    /// First of its years in the contract, counted from 1.
    pub(crate) year: u32,
    /// Charged quantity: the larger of the expected and the committed one.
    pub(crate) quantity: Quantity,
    /// Expected quantity, if it is less than the committed one.
    pub(crate) expected: Option<Quantity>,
    /// Quantity that finds the tier and the volume step: that of all lines which count together.
    pub(crate) counted: Quantity,
    /// List price: of a unit, with the quantity of the line; or of all lines of the pool as one.
    pub(crate) list: ListPrice<'b>,
    /// Price that was negotiated; or a fee that lies outside the book's range.
    pub(crate) agreed: Option<AgreedPrice>,
    pub(crate) fee: Option<Money>,
    /// Years of the contract that earn no discount for the commitment: the same in all segments.
    pub(crate) uncounted_years: u32,
    /// Other lines that are priced as one with this line, if there are any.
    pub(crate) pool: Option<PoolShare>,
    /// Metrics that find the step of a discount together, with what the deal buys of each; `None` for a metric without
    /// such a discount.
    pub(crate) order: Option<OrderedYear<'b>>,
}

impl<'b> Segment<'b> {
    /// Returns years of a quantity at the price of the book. Returns `None` if the book does not sell the quantity.
    pub(super) fn at_list(
        metric: &'b Metric,
        length: Length,
        quantity: Quantity,
        edition: Option<&str>,
    ) -> Option<Self> {
        Some(Self {
            length,
            year: 1,
            quantity,
            expected: None,
            counted: quantity,
            list: metric.list(quantity, edition)?,
            agreed: None,
            fee: None,
            uncounted_years: 0,
            pool: None,
            order: None,
        })
    }
}

/// Metrics that a deal buys in a contract year, those alone that find a step together with others.
pub(crate) type OrderedYear<'b> = Arc<[OrderedMetric<'b>]>;

/// Price that was agreed for a line in negotiation. It is charged exactly, and never computed from
/// a rounded percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgreedPrice {
    UnitPrice(Money),
    Discount(Rate),
}

impl AgreedPrice {
    /// Returns the agreed price, exactly, for a list price.
    pub fn price(self, list: Money) -> Money {
        match self {
            Self::UnitPrice(price) => price,
            Self::Discount(rate) => list - rate.of(list),
        }
    }
}

impl<'b> Line<'b> {
    pub const MAX_HOSTS: u32 = 1_000_000;

    /// Returns the groups of units from which the quantity was counted, unless the line has another quantity by now.
    pub fn count(&self) -> Option<&UnitGroups> {
        let count = self.count.as_ref()?;
        let is_it = self.segments.iter().all(|it| it.expected() == count.quantity);
        is_it.then_some(&count.groups)
    }

    pub const fn metric(&self) -> &'b Metric {
        self.metric
    }

    pub fn segments(&self) -> &[Segment<'b>] {
        &self.segments
    }

    /// Returns whether the line costs nothing at list in all its years. An order of included units alone is
    /// free, whatever a package costs.
    pub fn is_free_at_list(&self) -> bool {
        let lists = self.segments.iter().map(|segment| segment.list);
        lists.into_iter().all(|list| list.price.is_zero() || list.times.is_zero())
    }

    /// Returns the index of the segment with a year of the contract, which is counted from 1.
    pub fn segment_of_year(&self, year: u32) -> Option<usize> {
        let mut until = 0;
        self.segments.iter().position(|segment| {
            until += segment.length.years();
            (1..=until).contains(&year)
        })
    }

    /// Numbers the years of the segments.
    pub(super) fn number_years(&mut self) {
        let mut year = 1;
        for segment in &mut self.segments {
            segment.year = year;
            year += segment.length.years();
        }
    }

    /// Returns the last year of each segment, counted from 1.
    pub(super) fn year_ends(&self) -> impl Iterator<Item = u32> {
        self.segments.iter().scan(0, |until, segment| {
            *until += segment.length.years();
            Some(*until)
        })
    }

    /// Returns the index of the segment that holds the end of a year.
    pub(super) fn segment_until(&self, year: u32) -> Option<usize> {
        self.year_ends().position(|until| until >= year)
    }

    /// Returns the place of the segment that holds a run of years.
    pub(crate) fn place_in(&self, run: YearRun) -> Option<usize> {
        self.segment_until(run.until)
    }

    /// Returns the segment that holds a run of years.
    pub(crate) fn segment_in(&self, run: YearRun) -> Option<&Segment<'b>> {
        self.segments.get(self.place_in(run)?)
    }

    pub fn has_agreed_price(&self) -> bool {
        self.segments.iter().any(|segment| segment.agreed.is_some())
    }

    /// Whether the years have different prices: by their own quantities, by those of other lines, or by the steps of a
    /// discount for years of the contract.
    pub const fn has_years(&self) -> bool {
        self.segments.len() > 1
    }

    /// Whether the years have different prices by their own quantities or those of other lines.
    pub fn is_ramp(&self) -> bool {
        self.has_years() && !self.differs_by_steps()
    }

    /// Whether the line is flat, and its years differ only by the steps of a discount for years of the contract.
    pub fn differs_by_steps(&self) -> bool {
        let counted = |it: &Segment<'_>| (it.counted, it.list.price);
        let first = self.segments.first().map(counted);
        self.has_years()
            && !self.metric.year_starts.is_empty()
            && !self.differs_by_year()
            && self.segments.iter().all(|it| Some(counted(it)) == first)
    }

    /// Returns the quantity of each run of years with another quantity or another price; one alone of a line whose years
    /// differ by steps.
    pub fn quantities(&self) -> impl Iterator<Item = Quantity> {
        let stated = if self.differs_by_steps() { 1 } else { self.segments.len() };
        self.segments.iter().take(stated).map(Segment::quantity)
    }

    /// Whether the deal states different years.
    pub(super) fn differs_by_year(&self) -> bool {
        let stated = |it: &Segment<'_>| (it.quantity, it.expected, it.agreed, it.fee);
        let first = self.segments.first().map(stated);
        self.segments.iter().any(|it| Some(stated(it)) != first)
    }
}

/// Years in which none of some lines changes. A limit over several lines is judged for each run: the largest
/// year of one line need not be that of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearRun {
    /// The first and the last year, counted from 1. A contract can be shorter than a year.
    first: u32,
    until: u32,
    /// Whether it holds all years of the lines.
    is_all: bool,
}

impl YearRun {
    /// Returns the runs of years of some lines, ascending.
    pub(crate) fn of<'l, 'b: 'l>(lines: impl Iterator<Item = &'l Line<'b>>) -> Vec<Self> {
        let mut ends: Vec<u32> = lines.flat_map(Line::year_ends).collect();
        ends.sort_unstable();
        ends.dedup();
        let is_all = ends.len() == 1;
        let firsts = std::iter::once(0).chain(ends.clone()).map(|before| before + 1);
        let runs = firsts.zip(ends);
        runs.map(|(first, until)| Self { first, until, is_all }).collect()
    }

    /// Returns the first year, counted from 1.
    pub(crate) const fn first(self) -> u32 {
        self.first
    }

    /// Returns the last year, counted from 1.
    pub(crate) const fn last(self) -> u32 {
        self.until
    }

    /// Returns " in year 2", or " in years 2 to 3", after what is said of one of several runs.
    pub(crate) fn words(self) -> String {
        match (self.is_all, self.until <= self.first) {
            (true, _) => String::new(),
            (false, true) => format!(" in year {}", self.until),
            (false, false) => format!(" in years {} to {}", self.first, self.until),
        }
    }
}

impl<'b> Segment<'b> {
    pub const fn quantity(&self) -> Quantity {
        self.quantity
    }

    /// Returns the quantity of all lines that count together, if there are others.
    pub fn counted_with_others(&self) -> Option<Quantity> {
        (self.counted != self.quantity).then_some(self.counted)
    }

    /// Returns the list price of all lines that are priced as one.
    pub(crate) fn pooled_list(&self) -> ListPrice<'b> {
        self.pool.as_ref().map_or(self.list, |pool| pool.list(self.list))
    }

    /// Returns the expected quantity, which the deal file states, whatever is committed.
    pub fn expected(&self) -> Quantity {
        self.expected.unwrap_or(self.quantity)
    }

    pub fn agreed_price(&self) -> Option<Money> {
        self.agreed.map(|agreed| agreed.price(self.list.price))
    }
}
