//! Price books: metrics with their price lists, discounts, programs, channels and approval rules.
//!
//! Each file or folder holds one kind of table: its type, its keys and its reader with all checks.
//! [`load()`] reads them in order. A [`PriceBook`] is in one currency, and exists only if
//! [`load()`] found no error in the text: the tiers leave no gap, the rates lie between 0 and
//! 100%, every level that a rule names is on the ladder, and the waterfall has every discount
//! once. Pricing relies on that and therefore cannot fail.

mod alternative;
mod channel;
mod clause;
mod customer;
mod discount;
mod guardrail;
mod identity;
mod ladder;
mod load;
mod metric;
mod payment_terms;
mod rule;
mod service;

pub use alternative::{
    Alternative, AlternativeCostKeys, Cost, CostFrequency, CountedUnits, OwnCostKeys,
};
pub(crate) use alternative::{DraftCost, read_costs, resolve_costs};
pub use channel::{Channel, ChannelBase, ChannelTerms};
pub use clause::{Clause, ClauseClass};
pub use customer::{CustomerFact, CustomerLists};
pub use discount::{
    Adjustment, Discount, DiscountBase, DiscountCondition, DiscountContext, DiscountStep,
    GrantTerms, Program,
};
pub use guardrail::{DealMinimum, Guardrail, GuardrailMeasure};
pub(crate) use guardrail::{GUARDRAIL, GuardrailKind};
pub use identity::Validity;
pub use ladder::{ApprovalLadder, ApprovalNeed, Approver, Level};
pub(crate) use load::in_each_currency;
pub use load::{SHAPE, load};
pub use metric::{
    LineCharges, ListPrice, Metric, MonthHours, PriceBasis, PricePeriod, Tier, TierCharge, TierMode,
};
pub use payment_terms::{
    BillingFrequency, BillingSchedule, BillingTerms, PaymentTerm, PaymentTerms, RenewalTerms,
};
pub use rule::Rule;
pub use service::{BeyondIncluded, IncludedShare, Service, ServiceUnit};

use crate::number::{Currency, Date, Interval, Rounding, Years};

/// Largest number of terms of a book that does not say which terms it sells.
const LONGEST_TERM: u64 = 10;

/// Price books of one file, one for each currency. No amount is ever converted from one currency to
/// another.
///
/// ```
/// use dealdesk::{book, text::source::Source};
/// let text = include_str!("../../examples/currencies/pricing.toml");
/// let books = book::load(&Source::file("pricing.toml", text))?;
/// assert_eq!(books.currencies().collect::<Vec<_>>(), ["USD", "EUR", "JPY", "BHD"]);
/// assert_eq!(books.of("JPY").map(|book| book.currency().symbol.as_str()), Some("¥"));
/// # Ok::<(), dealdesk::text::diagnostic::Diagnostics>(())
/// ```
#[derive(Debug)]
pub struct Books {
    first: PriceBook,
    others: Vec<PriceBook>,
}

impl Books {
    fn new(mut first: PriceBook, mut others: Vec<PriceBook>) -> Self {
        let several = !others.is_empty();
        first.is_one_of_several = several;
        for other in &mut others {
            other.is_one_of_several = several;
        }
        Self { first, others }
    }

    /// Returns the book for deals that name no currency: the only one of most files.
    pub const fn first(&self) -> &PriceBook {
        &self.first
    }

    pub fn iter(&self) -> impl Iterator<Item = &PriceBook> + Clone {
        std::iter::once(&self.first).chain(&self.others)
    }

    pub fn currencies(&self) -> impl Iterator<Item = &str> + Clone {
        self.iter().map(|book| book.currency.code.as_str())
    }

    pub fn of(&self, currency: &str) -> Option<&PriceBook> {
        self.iter().find(|book| book.currency.code == currency)
    }
}

#[derive(Debug)]
pub struct PriceBook {
    pub(crate) name: String,
    pub(crate) version: String,
    /// SHA-256 hash of the text, in hexadecimal.
    pub(crate) sha256: String,
    pub(crate) currency: Currency,
    /// Whether the file has books in other currencies.
    pub(crate) is_one_of_several: bool,
    pub(crate) effective: Option<Date>,
    pub(crate) until: Option<Date>,
    pub(crate) validity: Validity,
    /// Line with the dates of the book, or its head if it has none.
    pub(crate) rule: Rule,
    pub(crate) terms: Option<(Interval, Rule)>,
    pub(crate) rounding: Rounding,
    pub(crate) rounding_rule: Rule,
    pub(crate) ladder: ApprovalLadder,
    pub(crate) reviews: Vec<Approver>,
    pub(crate) customers: CustomerLists,
    pub(crate) metrics: Vec<Metric>,
    /// Discounts in the order of the waterfall.
    pub(crate) discounts: Vec<Discount>,
    pub(crate) channels: Vec<Channel>,
    pub(crate) guardrails: Vec<Guardrail>,
    pub(crate) minimums: Vec<DealMinimum>,
    pub(crate) services: Vec<Service>,
    pub(crate) clauses: Vec<Clause>,
    pub(crate) alternatives: Vec<Alternative>,
    pub(crate) payment: Option<PaymentTerms>,
    pub(crate) billing: Option<BillingTerms>,
    pub(crate) renewal: Option<RenewalTerms>,
}

impl PriceBook {
    pub const fn currency(&self) -> &Currency {
        &self.currency
    }

    pub const fn ladder(&self) -> &ApprovalLadder {
        &self.ladder
    }

    pub fn metrics(&self) -> &[Metric] {
        &self.metrics
    }

    /// Returns whether another metric is sold in the same unit for the same kind of period, so that
    /// "10 seats" alone does not name the product.
    pub fn shares_unit(&self, metric: &Metric) -> bool {
        let kind = |it: &Metric| std::mem::discriminant(&it.price_period);
        let mut others = self.metrics().iter().filter(|it| it.name != metric.name);
        others.any(|it| it.unit == metric.unit && kind(it) == kind(metric))
    }

    pub fn metric(&self, name: &str) -> Option<&Metric> {
        self.metrics.iter().find(|metric| metric.name == name)
    }

    pub fn discount(&self, name: &str) -> Option<&Discount> {
        self.discounts.iter().find(|discount| discount.name == name)
    }

    /// Returns every program, each with its discount.
    pub fn programs(&self) -> impl Iterator<Item = (&Discount, &Program)> + Clone {
        self.discounts
            .iter()
            .flat_map(|discount| discount.programs().iter().map(move |program| (discount, program)))
    }

    /// Returns the ways to prepay, and the index of the standard one.
    pub fn prepayments(&self) -> Option<(&[DiscountStep], usize)> {
        self.discounts.iter().find_map(|discount| match &discount.condition {
            DiscountCondition::Prepay { rows, standard } => Some((rows.as_slice(), *standard)),
            _ => None,
        })
    }

    /// Returns the terms that the book sells, shortest first. A book that does not say sells from
    /// one year to the last year at which a discount by term starts or ends.
    pub fn available_terms(&self) -> Vec<Years> {
        let range = self.terms.as_ref().map(|(range, _)| *range);
        let rows =
            self.discounts.iter().filter(|it| matches!(it.condition, DiscountCondition::Term(_)));
        let ends = rows.flat_map(Discount::rows).filter_map(|step| step.range);
        let last = ends.map(|range| range.to().unwrap_or(range.from())).max().unwrap_or(1);
        let (from, to) =
            range.map_or((1, last), |range| (range.from(), range.to().unwrap_or(last)));
        let longest = Years::MAX.min(from.max(1) + LONGEST_TERM - 1);
        (from..=to.max(from).min(longest.max(last))).filter_map(Years::new).collect()
    }

    pub fn alternative(&self, name: &str) -> Option<&Alternative> {
        self.alternatives.iter().find(|alternative| alternative.name == name)
    }

    /// Returns the payment term for deals that name none.
    pub fn standard_payment(&self) -> Option<&PaymentTerm> {
        let payment = self.payment.as_ref()?;
        payment.terms.get(payment.standard)
    }

    /// Returns the billing schedule for lines whose metric, deal and prepayment name none.
    pub fn standard_billing(&self) -> Option<&BillingSchedule> {
        let billing = self.billing.as_ref()?;
        billing.schedules.get(billing.standard)
    }

    pub fn billing_schedule(&self, index: Option<usize>) -> Option<&BillingSchedule> {
        self.billing.as_ref()?.schedules.get(index?)
    }

    /// Returns the title of a review, or its name if the book has no such review.
    pub(crate) fn review_title<'a>(&'a self, name: &'a str) -> &'a str {
        let review = self.reviews.iter().find(|review| review.name == name);
        review.map_or(name, |review| review.title.as_str())
    }
}
