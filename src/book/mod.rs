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
mod condition;
mod customer;
mod discount;
mod example;
mod guardrail;
mod identity;
mod ladder;
mod load;
mod metric;
mod partner_rates;
mod payment_terms;
mod price_column;
mod rule;
mod service;
mod signed_contract;
mod term;

pub use alternative::{
    Alternative, AlternativeCostKeys, Cost, CostFrequency, CountedUnits, OwnCostKeys,
};
pub(crate) use alternative::{DraftCost, read_costs, resolve_costs};
pub use channel::{Channel, ChannelAsks, ChannelBase, ChannelTerms};
pub use clause::{Clause, ClauseClass};
pub use condition::{Condition, DealMeasure};
pub use customer::{CustomerFact, CustomerRules};
pub use discount::{
    Adjustment, Discount, DiscountBase, DiscountCondition, DiscountContext, DiscountStep,
    GrantTerms, OrderMeasure, OrderSteps, OrderedMetric, Program,
};
pub use example::{EXAMPLE, ExampleKeys};
pub use guardrail::{DealMinimum, Guardrail};
pub(crate) use guardrail::{GUARDRAIL, GuardrailKind};
pub use identity::Validity;
pub use ladder::{ApprovalLadder, ApprovalNeed, Approver, Level};
pub(crate) use load::in_each_currency;
pub use load::{SHAPE, load};
pub use metric::{
    CountLevel, LineCharges, LineShare, ListPrice, Metric, MonthHours, PriceBasis, PricePeriod,
    ShareBase, Tier, TierCharge, TierMode, UnitGroups, UnitLevels,
};
pub use partner_rates::{Incentive, PartnerRate, PartnerSale, PartnerScope};
pub use payment_terms::{
    BillingFrequency, BillingSchedule, BillingTerms, PaymentTerm, PaymentTerms, RenewalTerms,
};
pub use price_column::PriceColumn;
pub use rule::Rule;
pub use service::{BeyondIncluded, IncludedShare, Service, ServiceUnit};
pub use signed_contract::{SignedContract, SignedLine};
pub use term::{CommitmentTerms, LaterStart};

use crate::number::{Currency, Date, Interval, Rounding, TimeZone, Years};
use crate::text::diagnostic::{Checked, Code, Diagnostic, Diagnostics};

/// Largest number of terms of a book that does not say which terms it sells.
const LONGEST_TERM: u64 = 10;

/// Price books of one file, one for each currency and price column, and those of the files that follow it in time. No amount is
/// ever converted from one currency to another.
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
    /// Books of other files, in the order of their first days, each in force until the next one begins.
    later: Vec<Self>,
    /// Contracts that count with new deals of their customers.
    contracts: Vec<SignedContract>,
}

impl Books {
    fn new(mut first: PriceBook, mut others: Vec<PriceBook>) -> Self {
        let several = others.iter().any(|other| other.currency.code != first.currency.code);
        first.is_one_of_several = several;
        for other in &mut others {
            other.is_one_of_several = several;
        }
        Self { first, others, later: Vec::new(), contracts: Vec::new() }
    }

    /// Puts the books of several files in the order of their first days. Each is in force until the day before
    /// the next one begins. A book without a first day is the earliest.
    ///
    /// # Errors
    /// Returns an error where two begin on one day, or where their ladders, reviews or time zones differ: then
    /// a level of one book would mean another in the next, or a day would not say which of them holds.
    pub fn in_order_of_time(mut files: Vec<Self>) -> Checked<Option<Self>> {
        files.sort_by_key(|books| books.first.effective);
        let mut faults = Vec::new();
        for at in 1..files.len() {
            let (before, next) = (&files[at - 1].first, &files[at].first);
            faults.extend(before.fault_before(next));
            let last = next.effective.map(|first| first.minus_days(1));
            let books = &mut files[at - 1];
            for book in std::iter::once(&mut books.first).chain(&mut books.others) {
                book.until = [book.until, last].into_iter().flatten().min();
            }
        }
        if !faults.is_empty() {
            return Err(Diagnostics::sorted(faults));
        }
        let mut files = files.into_iter();
        let first = files.next();
        Ok(first.map(|first| Self { later: files.collect(), ..first }))
    }

    /// Returns the books with the contracts that customers have signed.
    #[must_use]
    pub fn with_contracts(self, contracts: Vec<SignedContract>) -> Self {
        Self { contracts, ..self }
    }

    pub fn contracts(&self) -> &[SignedContract] {
        &self.contracts
    }

    /// Returns the books for deals of a day: those that begin last of all that have begun by then. A day before
    /// all of them has the earliest, and is outside its dates.
    pub fn on(&self, day: Date) -> &Self {
        let begun = |books: &&Self| books.first.effective.is_none_or(|first| first <= day);
        self.later.iter().rev().find(begun).unwrap_or(self)
    }

    /// Returns the books of each file, in the order of their first days.
    pub fn files(&self) -> impl Iterator<Item = &Self> + Clone {
        std::iter::once(self).chain(&self.later)
    }

    /// Returns the time zone whose clocks say which day is today; `None` for that of the machine.
    pub const fn time_zone(&self) -> Option<&TimeZone> {
        self.first.time_zone.as_ref()
    }

    /// Returns the book for deals that name no currency: the only one of most files.
    pub const fn first(&self) -> &PriceBook {
        &self.first
    }

    pub fn iter(&self) -> impl Iterator<Item = &PriceBook> + Clone {
        std::iter::once(&self.first).chain(&self.others)
    }

    pub fn currencies(&self) -> impl Iterator<Item = &str> + Clone {
        let standard = self.iter().filter(|book| book.column.is_none());
        standard.map(|book| book.currency.code.as_str())
    }

    /// Returns the book with the standard amounts in a currency.
    pub fn of(&self, currency: &str) -> Option<&PriceBook> {
        self.iter().find(|book| book.currency.code == currency)
    }

    /// Returns the price columns of the books, each once.
    pub fn columns(&self) -> impl Iterator<Item = &PriceColumn> + Clone {
        self.first.columns.iter()
    }

    /// Returns the book with the amounts of a price column, in the currency of another book.
    pub fn column<'b>(&'b self, standard: &PriceBook, name: &str) -> Option<&'b PriceBook> {
        let mut columns = self.iter().filter(|it| it.currency.code == standard.currency.code);
        columns.find(|it| it.column.as_ref().is_some_and(|column| column.name == name))
    }

    /// Returns the book with the amounts for a deal of a segment and a region: of the first price column that is for it,
    /// or else the standard ones.
    pub fn for_customer<'b>(
        &'b self,
        standard: &'b PriceBook,
        segment: Option<&str>,
        region: Option<&str>,
    ) -> &'b PriceBook {
        let mut columns = self.iter().filter(|book| book.currency.code == standard.currency.code);
        let is_for = |book: &&PriceBook| {
            book.column.as_ref().is_some_and(|column| column.is_for(segment, region))
        };
        columns.find(is_for).unwrap_or(standard)
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
    /// Price columns of the file.
    pub(crate) columns: Vec<PriceColumn>,
    /// Price column of its amounts; `None` for the standard ones.
    pub(crate) column: Option<PriceColumn>,
    pub(crate) effective: Option<Date>,
    pub(crate) until: Option<Date>,
    /// Zone whose clocks say which day is today; `None` for that of the machine.
    pub(crate) time_zone: Option<TimeZone>,
    pub(crate) validity: Validity,
    /// Line with the dates of the book, or its head if it has none.
    pub(crate) rule: Rule,
    pub(crate) terms: Option<(Interval, Rule)>,
    pub(crate) commitment: CommitmentTerms,
    pub(crate) rounding: Rounding,
    pub(crate) rounding_rule: Rule,
    pub(crate) ladder: ApprovalLadder,
    pub(crate) reviews: Vec<Approver>,
    pub(crate) customers: CustomerRules,
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
    /// Returns the reason why a book cannot follow this one.
    fn fault_before(&self, next: &Self) -> Option<Diagnostic> {
        let names = |approvers: &[Approver]| -> Vec<String> {
            approvers.iter().map(|approver| approver.name.clone()).collect()
        };
        let levels = |book: &Self| book.ladder.names().map(str::to_owned).collect::<Vec<_>>();
        let (code, message, hint) = if next.effective == self.effective {
            let message = "two price books begin on the same day";
            (Code::DateOrder, message, "give each its own `effective`: the date of a deal chooses")
        } else if levels(self) != levels(next) || names(&self.reviews) != names(&next.reviews) {
            let message = "price books that are used together need the same levels and reviews";
            (Code::Conflict, message, "write the same [[approval]] and [[review]] in both")
        } else if self.time_zone != next.time_zone {
            let message = "price books that are used together need the same time zone";
            (Code::Conflict, message, "write the same `time_zone` in both")
        } else {
            return None;
        };
        let place = |book: &Self| book.rule.source.clone();
        let fault = Diagnostic::new(code, place(next), message);
        Some(fault.related(place(self), "the other price book").hint(hint))
    }

    /// Returns whether deals of a day may have the prices of the book.
    pub fn is_in_force(&self, day: Date) -> bool {
        self.effective.is_none_or(|first| first <= day) && self.until.is_none_or(|last| day <= last)
    }

    pub const fn currency(&self) -> &Currency {
        &self.currency
    }

    /// Returns the price column of the amounts; `None` for the standard ones.
    pub const fn price_column(&self) -> Option<&PriceColumn> {
        self.column.as_ref()
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
    /// one year to the last year at which a discount by term or by contract year starts or ends, or a share of other
    /// lines starts.
    pub fn available_terms(&self) -> Vec<Years> {
        let range = self.terms.as_ref().map(|(range, _)| *range);
        let is_by_years = |discount: &&Discount| {
            let condition = &discount.condition;
            matches!(condition, DiscountCondition::Term(_) | DiscountCondition::ContractYear(_))
        };
        let rows = self.discounts.iter().filter(is_by_years).flat_map(Discount::rows);
        let ends = rows.filter_map(|step| step.range);
        let ends = ends.map(|range| range.to().unwrap_or(range.from()));
        let shares = self.metrics.iter().filter_map(|it| Some(it.share.as_ref()?.from_year.into()));
        let last = ends.chain(shares).max().unwrap_or(1);
        let (from, to) =
            range.map_or((1, last), |range| (range.from(), range.to().unwrap_or(last)));
        let longest = Years::MAX.min(from.max(1) + LONGEST_TERM - 1);
        // No contract is longer, whatever the steps of a discount are for.
        let last = last.min(Years::MAX);
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
