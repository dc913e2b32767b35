//! What a deal buys, year by year.

use crate::book::{ListPrice, Metric};
use crate::number::{Length, Money, Quantity, Rate};

/// One thing that a deal buys.
#[derive(Debug, Clone)]
pub struct Line<'b> {
    pub(crate) metric: &'b Metric,
    /// An edition that the deal names; without one the quantity decides.
    pub(crate) edition: Option<&'b str>,
    pub(crate) hosts: Option<u32>,
    /// How many on average are paid for even if they are not used.
    pub(crate) committed: Option<Quantity>,
    /// Together as long as the contract; more than one where years differ.
    pub(crate) segments: Vec<Segment<'b>>,
}

/// Years of a line that are alike.
#[derive(Debug, Clone, Copy)]
pub struct Segment<'b> {
    pub(crate) length: Length,
    /// What is charged: the larger of what is expected and what is committed.
    pub(crate) quantity: Quantity,
    /// What the deal expects, where less than what is committed.
    pub(crate) expected: Option<Quantity>,
    pub(crate) list: ListPrice<'b>,
    /// What was agreed in negotiation; or the fee that the deal names, if it lies outside the range
    /// of the book.
    pub(crate) agreed: Option<AgreedPrice>,
    /// The fixed fee that the deal names.
    pub(crate) fee: Option<Money>,
}

/// What was agreed for a line in negotiation. The price that follows is exact: never by way of a
/// rounded percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgreedPrice {
    /// A price of one unit or package.
    UnitPrice(Money),
    /// A share off list.
    Discount(Rate),
}

impl AgreedPrice {
    /// The price, by what it is at list.
    pub fn price(self, list: Money) -> Money {
        match self {
            Self::UnitPrice(price) => price,
            Self::Discount(rate) => list - rate.of(list),
        }
    }
}

impl<'b> Line<'b> {
    /// The most hosts that one runs on.
    pub const MAX_HOSTS: u32 = 1_000_000;

    /// What is sold.
    pub const fn metric(&self) -> &'b Metric {
        self.metric
    }

    /// Its years, with those together that are alike.
    pub fn segments(&self) -> &[Segment<'b>] {
        &self.segments
    }

    /// The place of the segment that a year of the contract lies in, counted from 1.
    pub fn segment_of_year(&self, year: u32) -> Option<usize> {
        let mut until = 0;
        self.segments.iter().position(|segment| {
            until += segment.length.years();
            (1..=until).contains(&year)
        })
    }

    /// Whether a price was agreed for any of its years.
    pub fn has_agreed_price(&self) -> bool {
        self.segments.iter().any(|segment| segment.agreed.is_some())
    }

    /// Whether its years differ.
    pub fn is_ramp(&self) -> bool {
        self.segments.len() > 1
    }
}

impl Segment<'_> {
    /// How many are charged.
    pub const fn quantity(&self) -> Quantity {
        self.quantity
    }

    /// How many the deal expects: what it says, whatever is committed.
    pub fn expected(&self) -> Quantity {
        self.expected.unwrap_or(self.quantity)
    }

    /// The price that was agreed, if one was.
    pub fn agreed_price(&self) -> Option<Money> {
        self.agreed.map(|agreed| agreed.price(self.list.price))
    }
}
