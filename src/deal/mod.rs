//! What one customer asks for, resolved against a price book.
//!
//! A [`Draft`] is what was typed or written, with its places. [`resolve()`] turns it into a
//! [`Deal`], which borrows from its book what it asks for: an unknown metric, an unsold quantity
//! or a figure too long to be exact cannot be written down any more.

mod clause;
mod door;
mod draft;
mod file;
mod partner;
mod period;
mod resolve;
mod service;
mod write;

pub use clause::{AskedClause, DraftClause};
pub use draft::{Draft, DraftLine, DraftPartner, DraftProgram, DraftYear, Take};
pub(crate) use file::take as read_take;
pub use file::{SHAPE, read};
pub use partner::{Partner, PartnerTerms};
pub use period::Period;
pub use resolve::resolve;
pub use service::{AskedService, DraftService};
pub use write::to_toml;

use crate::book::{
    Discount, Given, ListPrice, Metric, Occasion, PaymentTerm, PriceBook, Program, Way,
};
use crate::value::{Date, Length, Money, Quantity, Rate, Years};

/// A deal, resolved against a book.
#[derive(Debug, Clone)]
pub struct Deal<'b> {
    pub(crate) book: &'b PriceBook,
    pub(crate) customer: Option<String>,
    pub(crate) segment: Option<String>,
    pub(crate) opportunity: Option<String>,
    pub(crate) incumbent: Option<String>,
    pub(crate) notes: Option<String>,
    pub(crate) date: Date,
    pub(crate) term: Years,
    /// When it runs, if that is said.
    pub(crate) period: Option<Period>,
    /// Which row of the book's prepayments; none, if it is billed otherwise.
    pub(crate) prepay: Option<usize>,
    /// The payment term, if the book has any.
    pub(crate) payment: Option<&'b PaymentTerm>,
    /// A way to bill that the deal names.
    pub(crate) billing: Option<&'b Way>,
    /// At least one.
    pub(crate) lines: Vec<Line<'b>>,
    /// Discounts that the deal does not simply take as they come.
    pub(crate) takes: Vec<(&'b Discount, Take)>,
    pub(crate) claims: Vec<Claim<'b>>,
    /// The partner that it is sold through.
    pub(crate) partner: Option<Partner<'b>>,
    /// The years that a comparison looks at, where they are not the term.
    pub(crate) horizon: Option<u32>,
    pub(crate) services: Vec<AskedService<'b>>,
    pub(crate) clauses: Vec<AskedClause<'b>>,
}

impl Deal<'_> {
    /// The longest horizon of a comparison, in years.
    pub const MAX_HORIZON: u32 = 100;
}

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
    pub(crate) agreed: Option<Agreed>,
    /// The fixed fee that the deal names.
    pub(crate) fee: Option<Money>,
}

/// What was agreed for a line in negotiation. The price that follows is exact: never by way of a
/// rounded percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreed {
    /// A price of one unit or package.
    UnitPrice(Money),
    /// A share off list.
    Discount(Rate),
}

impl Agreed {
    /// The price, by what it is at list.
    #[must_use]
    pub fn price(self, list: Money) -> Money {
        match self {
            Self::UnitPrice(price) => price,
            Self::Discount(rate) => list - rate.of(list),
        }
    }
}

impl Segment<'_> {
    /// How many are charged.
    #[must_use]
    pub const fn quantity(&self) -> Quantity {
        self.quantity
    }

    /// The price that was agreed, if one was.
    #[must_use]
    pub fn agreed_price(&self) -> Option<Money> {
        self.agreed.map(|agreed| agreed.price(self.list.price))
    }
}

/// A program that the deal claims.
#[derive(Debug, Clone)]
pub struct Claim<'b> {
    pub(crate) discount: &'b Discount,
    pub(crate) program: &'b Program,
    /// The rate asked for; nothing where negotiated prices imply it.
    pub(crate) rate: Rate,
    pub(crate) reason: Option<String>,
    pub(crate) duties: Vec<String>,
    /// The customer would be the so-manieth of the program.
    pub(crate) count: Option<u32>,
}

impl<'b> Deal<'b> {
    /// The book that it is priced by.
    #[must_use]
    pub const fn book(&self) -> &'b PriceBook {
        self.book
    }

    /// Who buys.
    #[must_use]
    pub fn customer(&self) -> Option<&str> {
        self.customer.as_deref()
    }

    /// The day of the quote.
    #[must_use]
    pub const fn date(&self) -> Date {
        self.date
    }

    /// How long the customer commits.
    #[must_use]
    pub const fn term(&self) -> Years {
        self.term
    }

    /// How long it is paid for.
    #[must_use]
    pub fn length(&self) -> Length {
        self.period.map_or_else(|| self.term.into(), |period| period.length())
    }

    /// When it runs, if that is said.
    #[must_use]
    pub const fn period(&self) -> Option<&Period> {
        self.period.as_ref()
    }

    /// The last day of the contract, if its first is said. What lasts for some months ends with
    /// them.
    #[must_use]
    pub fn end(&self) -> Option<Date> {
        let period = self.period.as_ref()?;
        let last = |(_, most): (u32, u32)| {
            period.start().plus_months(i32::try_from(most).unwrap_or_default()).minus_days(1)
        };
        Some(self.months().map_or_else(|| period.end(), last))
    }

    /// How the customer prepays, in the words of the book.
    #[must_use]
    pub fn prepay(&self) -> Option<&'b str> {
        let (rows, _) = self.book.prepayments()?;
        rows.get(self.prepay?)?.choices.first().map(String::as_str)
    }

    /// How a metric is billed: its own way, the one that the deal names, that of its prepayment, or
    /// the standard; nothing where the book has none.
    #[must_use]
    pub fn way(&self, metric: &Metric) -> Option<&'b Way> {
        let prepaid = || {
            let discounts = self.book.discounts.iter();
            let mut mine = discounts.filter(|discount| discount.applies_to(&metric.name));
            let found = mine.find(|discount| matches!(discount.given, Given::Prepay { .. }))?;
            found.rows().get(self.prepay?)?.billing
        };
        let standard = || Some(self.book.billing.as_ref()?.standard);
        match (metric.billing, self.billing) {
            (None, Some(named)) => Some(named),
            (own, _) => self.book.way(own.or_else(prepaid).or_else(standard)),
        }
    }

    /// What decides which rows of the book's discounts a segment gets.
    #[must_use]
    pub fn occasion(&self, metric: &Metric, quantity: Quantity) -> Occasion<'b> {
        Occasion {
            quantity,
            term: self.term,
            prepay: self.prepay,
            paying: [self.payment.map(PaymentTerm::name), self.way(metric).map(Way::name)],
        }
    }

    /// What it buys.
    #[must_use]
    pub fn lines(&self) -> &[Line<'b>] {
        &self.lines
    }

    /// How many months it lasts, where everything that it buys lasts for some months: the fewest
    /// and the most.
    #[must_use]
    pub fn months(&self) -> Option<(u32, u32)> {
        let months: Option<Vec<u32>> = self.lines.iter().map(|line| line.metric.months).collect();
        let months = months?;
        Some((*months.iter().min()?, *months.iter().max()?))
    }

    /// How much of a discount it takes.
    #[must_use]
    pub fn take(&self, discount: &Discount) -> Take {
        let found = self.takes.iter().find(|(known, _)| known.name == discount.name);
        found.map_or(Take::Auto, |(_, take)| *take)
    }

    /// A segment of one of its lines with another quantity, if the book sells it.
    #[must_use]
    pub fn segment_with(
        &self,
        line: &Line<'b>,
        segment: &Segment<'b>,
        quantity: Quantity,
    ) -> Option<Segment<'b>> {
        let list = line.metric.list(quantity, line.edition)?;
        let (list, outside) = match segment.fee {
            Some(fee) => list.at_fee(fee),
            None => (list, None),
        };
        let agreed = match segment.fee {
            Some(_) => outside.map(Agreed::UnitPrice),
            None => segment.agreed,
        };
        let segment = Segment { quantity, expected: None, list, agreed, ..*segment };
        door::segment_fits(self, line, &segment).then_some(segment)
    }

    /// The partner that it is sold through.
    #[must_use]
    pub const fn partner(&self) -> Option<&Partner<'b>> {
        self.partner.as_ref()
    }

    /// The years that a comparison looks at: the term, if the deal does not say.
    #[must_use]
    pub fn horizon(&self) -> u32 {
        self.horizon.unwrap_or(self.term.count())
    }

    /// The terms of the deal alone: what it buys, what comes with it, the programs that it claims,
    /// its clauses and its partner are left out.
    #[must_use]
    pub fn terms_alone(&self) -> Self {
        Self {
            lines: Vec::new(),
            claims: Vec::new(),
            partner: None,
            services: Vec::new(),
            clauses: Vec::new(),
            ..self.clone()
        }
    }

    /// The same terms for so much of one metric, if the book sells it at a price of its own.
    #[must_use]
    pub fn buying(&self, metric: &'b Metric, quantity: Quantity) -> Option<Self> {
        let list = metric.list(quantity, None).filter(|list| list.tier.fee.is_none())?;
        let length = self.length();
        let segment = Segment { length, quantity, expected: None, list, agreed: None, fee: None };
        let line =
            Line { metric, edition: None, hosts: None, committed: None, segments: vec![segment] };
        let deal = Self { lines: vec![line], ..self.clone() };
        door::fits(&deal).then_some(deal)
    }

    /// A segment of one of its lines with nothing but what is committed, if something is.
    #[must_use]
    pub fn committed(&self, line: &Line<'b>, segment: &Segment<'b>) -> Option<Segment<'b>> {
        self.segment_with(line, segment, line.committed?)
    }

    /// The same deal with another quantity in one segment of a line, if the book sells it.
    #[must_use]
    pub fn with_quantity(&self, line: usize, segment: usize, quantity: Quantity) -> Option<Self> {
        let written = self.lines.get(line)?;
        let changed = self.segment_with(written, written.segments.get(segment)?, quantity)?;
        let mut deal = self.clone();
        deal.lines[line].segments[segment] = changed;
        door::fits(&deal).then_some(deal)
    }

    /// How much of a metric it buys, all lines together; of a ramp its largest year.
    #[must_use]
    pub fn quantity_of(&self, metric: &Metric) -> Quantity {
        let lines = self.lines.iter().filter(|line| line.metric.name == metric.name);
        let largest = |line: &Line<'_>| line.segments.iter().map(|it| it.quantity).max();
        lines.filter_map(largest).sum()
    }

    /// The same deal with all lines of a metric written as one, where they can be: flat, at no
    /// agreed price, in no edition of their own.
    #[must_use]
    pub fn with_one_line(&self, metric: &Metric) -> Option<Self> {
        let is_mine = |line: &Line<'_>| line.metric.name == metric.name;
        let is_plain = |line: &Line<'_>| {
            line.edition.is_none()
                && line.committed.is_none()
                && matches!(
                    line.segments.as_slice(),
                    [segment] if segment.agreed.is_none() && segment.fee.is_none()
                )
        };
        let first = self.lines.iter().position(is_mine)?;
        let (before, rest) = self.lines.split_at(first + 1);
        let mine = || self.lines.iter().filter(|line| is_mine(line));
        if mine().count() < 2 || !mine().all(is_plain) {
            return None;
        }
        let others = rest.iter().filter(|line| !is_mine(line));
        let lines = before.iter().chain(others).cloned().collect();
        Self { lines, ..self.clone() }.with_quantity(first, 0, self.quantity_of(metric))
    }

    /// The same deal, taking another share of one discount.
    #[must_use]
    pub fn with_take(&self, discount: &'b Discount, take: Take) -> Self {
        let mut deal = self.clone();
        deal.takes.retain(|(known, _)| known.name != discount.name);
        deal.takes.push((discount, take));
        deal
    }
}

impl Claim<'_> {
    /// What the program asks of the customer, and the deal does not say.
    #[must_use]
    pub fn missing_duties(&self) -> Vec<&str> {
        let duties = self.program.duties.iter().filter(|duty| !self.duties.contains(duty));
        duties.map(String::as_str).collect()
    }
}

impl Segment<'_> {
    /// How many the deal expects: what it says, whatever is committed.
    #[must_use]
    pub fn expected(&self) -> Quantity {
        self.expected.unwrap_or(self.quantity)
    }
}

impl<'b> Line<'b> {
    /// What is sold.
    #[must_use]
    pub const fn metric(&self) -> &'b Metric {
        self.metric
    }

    /// Its years, with those together that are alike.
    #[must_use]
    pub fn segments(&self) -> &[Segment<'b>] {
        &self.segments
    }

    /// The place of the segment that a year of the contract lies in, counted from 1.
    #[must_use]
    pub fn segment_of_year(&self, year: u32) -> Option<usize> {
        let mut until = 0;
        self.segments.iter().position(|segment| {
            until += segment.length.years();
            (1..=until).contains(&year)
        })
    }

    /// Whether its years differ.
    #[must_use]
    pub fn is_ramp(&self) -> bool {
        self.segments.len() > 1
    }
}
