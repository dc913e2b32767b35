//! What one customer asks for, resolved against a price book.
//!
//! A [`Draft`] is what was typed or written, with its places. [`resolve()`] turns it into a
//! [`Deal`], which borrows from its book what it asks for: an unknown metric, an unsold quantity
//! or a figure too long to be exact cannot be written down any more.

mod draft;
mod extras;
mod facts;
mod file;
mod line;
pub mod parse_flags;
mod partner;
mod period;
mod precision_limits;
mod program;
mod resolve;
mod value;
mod what_if;
mod write;

pub use draft::{DiscountOverride, Draft, DraftLine, DraftYear};
pub use extras::{DealClause, DealService, DraftClause, DraftService};
pub use facts::{CUSTOMER, FACTS, Fact, FactId, FactPosition, FactValue, INCUMBENT, Record};
pub use file::{SHAPE, read};
pub use line::{AgreedPrice, Line, Segment};
pub use partner::{DraftPartner, Partner, PartnerTerms};
pub use period::ContractPeriod;
pub use program::{DraftProgram, ProgramClaim};
pub use resolve::resolve;
pub use value::{DealAlternative, DraftAlternative, DraftValueClaim, ValueClaim};
pub use write::to_toml;

use crate::book::{
    BillingSchedule, Cost, Discount, DiscountCondition, DiscountContext, Metric, PaymentTerm,
    PriceBook,
};
use crate::number::{Date, Length, Quantity, Years};

/// A deal, resolved against a book.
#[derive(Debug, Clone)]
pub struct Deal<'b> {
    pub(crate) book: &'b PriceBook,
    /// Plain facts: texts and dates that no price depends on.
    pub(crate) record: Record,
    pub(crate) date: Date,
    pub(crate) term: Years,
    /// When it runs, if that is said.
    pub(crate) period: Option<ContractPeriod>,
    /// Which row of the book's prepayments; none, if it is billed otherwise.
    pub(crate) prepay: Option<usize>,
    /// The payment term, if the book has any.
    pub(crate) payment: Option<&'b PaymentTerm>,
    /// A way to bill that the deal names.
    pub(crate) billing: Option<&'b BillingSchedule>,
    /// At least one.
    pub(crate) lines: Vec<Line<'b>>,
    /// Discounts that the deal does not simply take as they come.
    pub(crate) discount_overrides: Vec<(&'b Discount, DiscountOverride)>,
    pub(crate) claims: Vec<ProgramClaim<'b>>,
    /// The partner that it is sold through.
    pub(crate) partner: Option<Partner<'b>>,
    /// The years that a comparison looks at, where they are not the term.
    pub(crate) horizon: Option<u32>,
    pub(crate) services: Vec<DealService<'b>>,
    pub(crate) clauses: Vec<DealClause<'b>>,
    /// What the customer could have instead.
    pub(crate) alternatives: Vec<DealAlternative<'b>>,
    /// What the customer pays besides our price.
    pub(crate) own_costs: Vec<Cost>,
    /// What is said about its value.
    pub(crate) value_claims: Vec<ValueClaim<'b>>,
}

impl Deal<'_> {
    /// The longest horizon of a comparison, in years.
    pub const MAX_HORIZON: u32 = 100;
}

impl<'b> Deal<'b> {
    /// The book that it is priced by.
    pub const fn book(&self) -> &'b PriceBook {
        self.book
    }

    /// Returns the customer's name, if the deal states it.
    pub const fn customer(&self) -> Option<&str> {
        self.record.text(CUSTOMER)
    }

    /// Returns the product that the deal replaces, if the deal states it.
    pub const fn incumbent(&self) -> Option<&str> {
        self.record.text(INCUMBENT)
    }

    /// The day of the quote.
    pub const fn date(&self) -> Date {
        self.date
    }

    /// How long the customer commits.
    pub const fn term(&self) -> Years {
        self.term
    }

    /// How long it is paid for.
    pub fn length(&self) -> Length {
        self.period.map_or_else(|| self.term.into(), |period| period.length())
    }

    /// When it runs, if that is said.
    pub const fn period(&self) -> Option<&ContractPeriod> {
        self.period.as_ref()
    }

    /// The last day of the contract, if its first is said. What lasts for some months ends with
    /// them.
    pub fn end(&self) -> Option<Date> {
        let period = self.period.as_ref()?;
        let last = |(_, most): (u32, u32)| {
            period.start().plus_months(i32::try_from(most).unwrap_or_default()).minus_days(1)
        };
        Some(self.months().map_or_else(|| period.end(), last))
    }

    /// How the customer prepays, in the words of the book.
    pub fn prepay(&self) -> Option<&'b str> {
        let (rows, _) = self.book.prepayments()?;
        rows.get(self.prepay?)?.choices.first().map(String::as_str)
    }

    /// How a metric is billed: its own way, the one that the deal names, that of its prepayment, or
    /// the standard; nothing where the book has none.
    pub fn billing_schedule(&self, metric: &Metric) -> Option<&'b BillingSchedule> {
        let prepaid = || {
            let mut discounts = self.book.discounts.iter();
            let is_mine = |discount: &&Discount| {
                matches!(discount.condition, DiscountCondition::Prepay { .. })
                    && discount.applies_to(&metric.name)
            };
            discounts.find(is_mine)?.rows().get(self.prepay?)?.billing
        };
        let standard = || Some(self.book.billing.as_ref()?.standard);
        match (metric.billing, self.billing) {
            (None, Some(named)) => Some(named),
            (own, _) => self.book.billing_schedule(own.or_else(prepaid).or_else(standard)),
        }
    }

    /// What decides which rows of the book's discounts a segment gets.
    pub fn discount_context(&self, metric: &Metric, quantity: Quantity) -> DiscountContext<'b> {
        DiscountContext {
            quantity,
            term: self.term,
            prepay: self.prepay,
            paying: self
                .paying(metric)
                .map(|name| name.filter(|name| !self.waives_uplift_for(metric, name))),
        }
    }

    /// The payment term, and the way that a metric is billed.
    pub fn paying(&self, metric: &Metric) -> [Option<&'b str>; 2] {
        [
            self.payment.map(PaymentTerm::name),
            self.billing_schedule(metric).map(BillingSchedule::name),
        ]
    }

    /// Whether a program that the deal claims for a metric includes a payment term or a way to bill,
    /// which then costs nothing.
    pub fn waives_uplift_for(&self, metric: &Metric, name: &str) -> bool {
        let mut claims = self.claims.iter().filter(|it| it.discount.applies_to(&metric.name));
        claims.any(|claim| claim.program.includes.iter().any(|included| included == name))
    }

    /// What it buys.
    pub fn lines(&self) -> &[Line<'b>] {
        &self.lines
    }

    /// How many months it lasts, where everything that it buys lasts for some months: the fewest
    /// and the most.
    pub fn months(&self) -> Option<(u32, u32)> {
        let months: Option<Vec<u32>> = self.lines.iter().map(|line| line.metric.months).collect();
        let months = months?;
        Some((*months.iter().min()?, *months.iter().max()?))
    }

    /// How much of a discount it takes.
    pub fn discount_override(&self, discount: &Discount) -> DiscountOverride {
        let found = self.discount_overrides.iter().find(|(known, _)| known.name == discount.name);
        found.map_or(DiscountOverride::Auto, |(_, take)| *take)
    }

    /// The partner that it is sold through.
    pub const fn partner(&self) -> Option<&Partner<'b>> {
        self.partner.as_ref()
    }

    /// The years that a comparison looks at: the term, if the deal does not say.
    pub fn horizon(&self) -> u32 {
        self.horizon.unwrap_or(self.term.count())
    }

    /// How much of a metric it buys, all lines together; of a ramp its largest year.
    pub fn quantity_of(&self, metric: &Metric) -> Quantity {
        let lines = self.lines.iter().filter(|line| line.metric.name == metric.name);
        let largest = |line: &Line<'_>| line.segments.iter().map(|it| it.quantity).max();
        lines.filter_map(largest).sum()
    }
}
