//! Lines of a deal, with their years.

use crate::book::{ListPrice, Metric};
use crate::number::{Length, Money, Quantity, Rate};

/// Line of a deal: a metric, and its quantity in each year.
#[derive(Debug, Clone)]
pub struct Line<'b> {
    pub(crate) metric: &'b Metric,
    /// Edition that the deal names; the quantity decides if `None`.
    pub(crate) edition: Option<&'b str>,
    pub(crate) hosts: Option<u32>,
    pub(crate) committed: Option<Quantity>,
    /// Runs of equal years, together as long as the contract.
    pub(crate) segments: Vec<Segment<'b>>,
}

/// Run of equal years of a line.
#[derive(Debug, Clone, Copy)]
pub struct Segment<'b> {
    pub(crate) length: Length,
    /// Charged quantity: the larger of the expected and the committed one.
    pub(crate) quantity: Quantity,
    /// Expected quantity, if it is less than the committed one.
    pub(crate) expected: Option<Quantity>,
    pub(crate) list: ListPrice<'b>,
    /// Price that was negotiated; or a fee that lies outside the book's range.
    pub(crate) agreed: Option<AgreedPrice>,
    pub(crate) fee: Option<Money>,
}

/// Price that was agreed for a line in negotiation. It is charged exactly, and never computed from
/// a rounded percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    pub fn has_agreed_price(&self) -> bool {
        self.segments.iter().any(|segment| segment.agreed.is_some())
    }

    pub fn is_ramp(&self) -> bool {
        self.segments.len() > 1
    }
}

impl Segment<'_> {
    pub const fn quantity(&self) -> Quantity {
        self.quantity
    }

    /// Returns the expected quantity, which the deal file states, whatever is committed.
    pub fn expected(&self) -> Quantity {
        self.expected.unwrap_or(self.quantity)
    }

    pub fn agreed_price(&self) -> Option<Money> {
        self.agreed.map(|agreed| agreed.price(self.list.price))
    }
}
