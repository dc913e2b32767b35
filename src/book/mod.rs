//! What may be sold, at what price, and under which rules.
//!
//! A [`PriceBook`] is in one currency, and exists only if [`load()`] found nothing wrong with its
//! text. Its tiers leave no
//! gap, its rates lie between 0 and 100%, every level it names is on its ladder, and its
//! waterfall has every discount once. Pricing relies on that and therefore cannot fail.

mod books;
mod channel;
mod clause;
mod cost;
mod discount;
mod list;
mod load;
mod metric;
mod paying;
mod policy;
mod service;
mod shape;

pub use books::Books;
pub use channel::{Channel, ChannelBase, ChannelTerms};
pub use clause::{Clause, ClauseClass};
pub use cost::{Alternative, Cost, CostFrequency, CountedUnits};
pub use discount::{
    Adjustment, Discount, DiscountBase, DiscountCondition, DiscountContext, DiscountStep, Program,
};
pub use list::{ListPrice, PriceBasis, TierCharge};
pub(crate) use load::{DraftCost, read_costs, resolve_costs};
pub use load::{in_each_currency, load};
pub use metric::{LineCharges, Metric, MonthHours, PricePeriod, Tier, TierMode};
pub use paying::{
    BillingFrequency, BillingSchedule, BillingTerms, PaymentTerm, PaymentTerms, RenewalTerms,
};
pub use policy::{
    ApprovalLadder, ApprovalNeed, Approver, CustomerLimit, Guardrail, GuardrailMeasure, Level,
    Rule, Validity,
};
pub use service::{BeyondIncluded, Service};
pub use shape::BOOK as SHAPE;
pub(crate) use shape::{ALTERNATIVE_COST, OWN_COST};

use crate::number::{Currency, Date, Interval, Rounding, Years};

/// How many terms there are at most where a book does not say which it sells.
const LONGEST_TERM: u64 = 10;

/// A price book in one currency: what it sells, the order of its waterfall, and who must agree to
/// what.
#[derive(Debug)]
pub struct PriceBook {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) sha256: String,
    pub(crate) currency: Currency,
    /// Its file has others, in other currencies.
    pub(crate) is_one_of_several: bool,
    pub(crate) effective: Option<Date>,
    pub(crate) until: Option<Date>,
    pub(crate) validity: Validity,
    /// Its dates, or its head where it has none.
    pub(crate) rule: Rule,
    pub(crate) terms: Option<(Interval, Rule)>,
    pub(crate) rounding: Rounding,
    pub(crate) rounding_rule: Rule,
    pub(crate) ladder: ApprovalLadder,
    pub(crate) reviews: Vec<Approver>,
    pub(crate) metrics: Vec<Metric>,
    /// In the order of the waterfall.
    pub(crate) discounts: Vec<Discount>,
    pub(crate) channels: Vec<Channel>,
    pub(crate) guardrails: Vec<Guardrail>,
    pub(crate) services: Vec<Service>,
    pub(crate) clauses: Vec<Clause>,
    pub(crate) alternatives: Vec<Alternative>,
    pub(crate) payment: Option<PaymentTerms>,
    pub(crate) billing: Option<BillingTerms>,
    pub(crate) renewal: Option<RenewalTerms>,
}

impl PriceBook {
    /// What the book calls itself.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version that its owner gave it.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// SHA-256 of its text, in hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The currency of every amount in it.
    pub const fn currency(&self) -> &Currency {
        &self.currency
    }

    /// How its prices are rounded.
    pub const fn rounding(&self) -> Rounding {
        self.rounding
    }

    /// The approval ladder.
    pub const fn ladder(&self) -> &ApprovalLadder {
        &self.ladder
    }

    /// What it sells, in the order of the file.
    pub fn metrics(&self) -> &[Metric] {
        &self.metrics
    }

    /// The metric of that name.
    pub fn metric(&self, name: &str) -> Option<&Metric> {
        self.metrics.iter().find(|metric| metric.name == name)
    }

    /// Its discounts in the order of the waterfall.
    pub fn discounts(&self) -> &[Discount] {
        &self.discounts
    }

    /// The discount of that name.
    pub fn discount(&self, name: &str) -> Option<&Discount> {
        self.discounts.iter().find(|discount| discount.name == name)
    }

    /// Every program, with the discount that it belongs to.
    pub fn programs(&self) -> impl Iterator<Item = (&Discount, &Program)> + Clone {
        self.discounts
            .iter()
            .flat_map(|discount| discount.programs().iter().map(move |program| (discount, program)))
    }

    /// The ways to prepay, and which of them is the standard.
    pub fn prepayments(&self) -> Option<(&[DiscountStep], usize)> {
        self.discounts.iter().find_map(|discount| match &discount.condition {
            DiscountCondition::Prepay { rows, standard } => Some((rows.as_slice(), *standard)),
            _ => None,
        })
    }

    /// The terms that it sells, shortest first. Where it does not say, from one year to the last one
    /// that a discount for a term begins or ends with, or as far as a negotiation goes.
    pub fn available_terms(&self) -> Vec<Years> {
        let range = self.terms.as_ref().map(|(range, _)| *range);
        let rows =
            self.discounts.iter().filter(|it| matches!(it.condition, DiscountCondition::Term(_)));
        let ends = rows.flat_map(Discount::rows).filter_map(DiscountStep::range);
        let last = ends.map(|range| range.to().unwrap_or(range.from())).max().unwrap_or(1);
        let (from, to) =
            range.map_or((1, last), |range| (range.from(), range.to().unwrap_or(last)));
        let longest = Years::MAX.min(from.max(1) + LONGEST_TERM - 1);
        (from..=to.max(from).min(longest.max(last))).filter_map(Years::new).collect()
    }

    /// The ways to sell through a partner, in the order of the file.
    pub fn channels(&self) -> &[Channel] {
        &self.channels
    }

    /// The services that may come with a contract, in the order of the file.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// The service of that name.
    pub fn service(&self, name: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.name == name)
    }

    /// The clauses that a contract may have, in the order of the file.
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// The clause of that name.
    pub fn clause(&self, name: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.name == name)
    }

    /// What a customer could have instead, in the order of the file.
    pub fn alternatives(&self) -> &[Alternative] {
        &self.alternatives
    }

    /// The alternative of that name.
    pub fn alternative(&self, name: &str) -> Option<&Alternative> {
        self.alternatives.iter().find(|alternative| alternative.name == name)
    }

    /// A way to bill, by its place.
    pub fn billing_schedule(&self, index: Option<usize>) -> Option<&BillingSchedule> {
        self.billing.as_ref()?.schedules.get(index?)
    }

    /// The title of a review.
    pub(crate) fn review_title<'a>(&'a self, name: &'a str) -> &'a str {
        let review = self.reviews.iter().find(|review| review.name == name);
        review.map_or(name, |review| review.title.as_str())
    }
}
