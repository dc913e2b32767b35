//! Deals: the order of one customer, resolved against a price book.
//!
//! A [`Draft`] holds what was typed or written, with its places. [`resolve()`] turns it into a
//! [`Deal`], which borrows from its book: a deal cannot have an unknown metric, a quantity that is
//! not sold or a figure that is too long to be exact.

mod commitment;
mod companion_days;
mod companions;
mod counting;
mod customer;
mod cut;
mod dated_line;
mod draft;
mod each_day;
mod example;
mod extras;
mod facts;
mod file;
mod joined;
mod line;
mod order;
mod other_order;
pub(crate) mod parse_flags;
mod partner;
mod period;
mod plain_lines;
mod pool;
mod precision_limits;
mod program;
mod resolve;
mod signed;
mod value;
mod what_if;
mod write;

pub use commitment::YearAtList;
pub use companions::CustomerLines;
pub(crate) use customer::begins_with_words;
pub use dated_line::CompanionLine;
pub use draft::{DiscountOverride, Draft, DraftLine, DraftYear};
pub use each_day::{DaysOfYear, DealOnDays};
pub use example::{BOOK_SHAPE, Example, ExpectedFigure, ExpectedFigures, examples};
pub use extras::{DealClause, DealService, DraftClause, DraftService};
pub use facts::{
    ACCOUNT, CUSTOMER, FACTS, Fact, FactId, FactPosition, FactValue, INCUMBENT, JOINS, OPPORTUNITY,
    REGION, Record, SEGMENT, VERTICAL,
};
pub use file::{SHAPE, read};
pub use line::{AgreedPrice, CountedQuantity, Line, Segment, YearRun};
pub use partner::{DraftPartner, Partner, PartnerTerms};
pub use period::ContractPeriod;
pub use pool::PoolShare;
pub use program::{DraftProgram, Grant, ProgramClaim};
pub use resolve::{resolve, resolve_contract};
pub use signed::{CountedContract, SignedCompanion, signed_contract};
pub use value::{DealAlternative, DraftAlternative, DraftValueClaim, ValueClaim};
pub use write::to_toml;

use crate::book::{
    Alternative, BillingSchedule, Cost, Discount, DiscountCondition, DiscountContext, Metric,
    OrderedMetric, PaymentTerm, PriceBook, Rule, SignedContract,
};
use crate::number::{Date, Length, Quantity, Years, plural};

#[derive(Debug, Clone)]
pub struct Deal<'b> {
    pub(crate) book: &'b PriceBook,
    /// Plain facts: texts and dates that no price depends on.
    pub(crate) record: Record,
    /// Day of the quote.
    pub(crate) date: Date,
    /// Whether the deal only asks what a book would charge, on whatever day.
    pub(crate) is_what_if: bool,
    /// Whether the deal asks about its lines by themselves: the metrics that they require are in no line.
    pub(crate) is_apart: bool,
    pub(crate) term: Years,
    /// Months of the contract, if the deal states these in place of years.
    pub(crate) months_in_term: Option<u32>,
    /// Days of the contract, if the deal states its first.
    pub(crate) period: Option<ContractPeriod>,
    /// Index of a row of the book's prepayments; `None` if the deal is billed in another way.
    pub(crate) prepay: Option<usize>,
    /// Payment term; `None` if the book has no payment terms.
    pub(crate) payment: Option<&'b PaymentTerm>,
    /// Billing schedule that the deal names.
    pub(crate) billing: Option<&'b BillingSchedule>,
    /// Lines, at least one.
    pub(crate) lines: Vec<Line<'b>>,
    /// Lines of the customer's other deals that count with those of the deal.
    pub(crate) companions: Vec<CompanionLine<'b>>,
    /// Lines of the customer's signed contracts, of metrics that count them.
    pub(crate) signed: Vec<SignedCompanion<'b>>,
    /// The signed contract that the deal is, if it is one.
    pub(crate) signed_as: Option<&'b SignedContract>,
    /// Contracts of the customer that are dated after the quote.
    pub(crate) later_contracts: Vec<&'b SignedContract>,
    /// Contracts that the customer had signed on the day of the quote.
    pub(crate) earlier_contracts: Vec<&'b SignedContract>,
    /// Discounts of which the deal takes another share than the book gives.
    pub(crate) discount_overrides: Vec<(&'b Discount, DiscountOverride)>,
    pub(crate) claims: Vec<ProgramClaim<'b>>,
    /// Claims of 0%, which give nothing and ask for nothing: only their reasons are read.
    pub(crate) claims_of_nothing: Vec<ProgramClaim<'b>>,
    pub(crate) partner: Option<Partner<'b>>,
    pub(crate) horizon: Option<u32>,
    pub(crate) services: Vec<DealService<'b>>,
    pub(crate) clauses: Vec<DealClause<'b>>,
    pub(crate) alternatives: Vec<DealAlternative<'b>>,
    /// Costs that the customer pays besides our price.
    pub(crate) own_costs: Vec<Cost>,
    pub(crate) value_claims: Vec<ValueClaim<'b>>,
}

impl<'b> Deal<'b> {
    /// Longest horizon of a comparison, in years.
    pub const MAX_HORIZON: u32 = value::MAX_HORIZON;

    pub const fn book(&self) -> &'b PriceBook {
        self.book
    }

    /// Returns what comes with a line: that of the program that excludes every other discount, or that of the
    /// metric. A license that is free at list comes with nothing.
    pub fn inclusions(&self, line: &Line<'b>) -> (&'b [String], &'b Rule) {
        let mut claims = self.claims.iter().filter(|it| it.applies_to(line.metric.name()));
        let rule = &line.metric.rule;
        match claims.find(|claim| claim.program.exclusive && !claim.rate.is_zero()) {
            Some(claim) => (&claim.program.inclusions, &claim.program.rule),
            None if line.is_free_at_list() => (&[], rule),
            None => (&line.metric.inclusions, rule),
        }
    }

    pub const fn term(&self) -> Years {
        self.term
    }

    /// Returns the length that is paid for: the term, or that of a contract with a part of a year.
    pub fn length(&self) -> Length {
        match (self.period, self.months_in_term) {
            (Some(period), _) => period.length(),
            (None, Some(months)) => Length::of_months(months),
            (None, None) => self.term.into(),
        }
    }

    /// Returns the length in words: "35 months" where the deal states months, or "3 years".
    pub fn length_words(&self) -> String {
        match self.months_in_term {
            Some(months) => format!("{months} month{}", plural(months)),
            None => self.length().to_string(),
        }
    }

    /// Returns the days of the contract that the deal states, from a day on.
    fn days_from(&self, start: Date) -> ContractPeriod {
        match self.months_in_term {
            Some(months) => ContractPeriod::months(start, months),
            None => ContractPeriod::years(start, self.term),
        }
    }

    /// Returns whether the contract lasts longer than a number of years, counted in days: by one day
    /// more, it does.
    pub fn is_longer_than(&self, years: u32) -> bool {
        let Some(period) = &self.period else { return self.length().years_begun() > years };
        let months = i32::try_from(12 * years).unwrap_or(i32::MAX);
        period.end() >= period.start().plus_months(months)
    }

    /// Returns the first day of the contract: the day of the quote, if the deal states none.
    pub fn first_day(&self) -> Date {
        self.period.map_or(self.date, |period| period.start())
    }

    /// Returns the grant from whose day a metric's payment counts, with its claim.
    pub fn grant_for(&self, metric: &Metric) -> Option<(&ProgramClaim<'b>, &Grant)> {
        let payment = self.payment?;
        let mut claims = self.claims.iter().filter(|it| it.applies_to(&metric.name));
        claims.find_map(|claim| {
            let is_included = claim.program.includes.contains(&payment.name);
            Some((claim, claim.grant.as_ref().filter(|_| is_included)?))
        })
    }

    pub const fn period(&self) -> Option<&ContractPeriod> {
        self.period.as_ref()
    }

    /// Returns the last day of the contract, if the deal states its first. A deal of metrics that
    /// last for some months ends with the longest of them.
    pub fn end(&self) -> Option<Date> {
        self.period.as_ref().map(|period| self.last_day(period))
    }

    /// Returns the last day of the contract with the days of a period.
    fn last_day(&self, period: &ContractPeriod) -> Date {
        let last = |(_, most): (u32, u32)| {
            period.start().plus_months(i32::try_from(most).unwrap_or_default()).minus_days(1)
        };
        self.months().map_or_else(|| period.end(), last)
    }

    /// Returns the book's name of the prepayment.
    pub fn prepay(&self) -> Option<&'b str> {
        let (rows, _) = self.book.prepayments()?;
        rows.get(self.prepay?)?.choices.first().map(String::as_str)
    }

    /// Returns the billing schedule of a metric: its own, the one that the deal names, that of the
    /// prepayment, or the book's standard. Returns `None` if the book has no schedules.
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

    /// Returns the facts that decide which rows of the book's discounts a segment gets.
    pub fn discount_context(&self, metric: &Metric, segment: &Segment<'b>) -> DiscountContext<'b> {
        DiscountContext {
            quantity: segment.counted,
            order: self.ordered_with(segment),
            term: self.term,
            counted_years: segment.counted_years(self.term),
            year: segment.year,
            prepay: self.prepay,
            paying: self
                .paying(metric)
                .map(|name| name.filter(|name| !self.waives_uplift_for(metric, name))),
        }
    }

    /// Returns what is ordered in the years of a segment. Lines under an exclusive program stand apart.
    fn ordered_with(&self, segment: &Segment<'b>) -> Vec<OrderedMetric<'b>> {
        let Some(order) = &segment.order else { return Vec::new() };
        let is_apart = |metric: &str| {
            let mut claims = self.claims.iter().filter(|it| it.applies_to(metric));
            claims.any(|claim| claim.program.exclusive && !claim.rate.is_zero())
        };
        order.iter().filter(|it| !is_apart(it.metric)).copied().collect()
    }

    /// Returns the names of the payment term and of the billing schedule of a metric.
    pub fn paying(&self, metric: &Metric) -> [Option<&'b str>; 2] {
        [
            self.payment.map(|term| term.name.as_str()),
            self.billing_schedule(metric).map(|schedule| schedule.name.as_str()),
        ]
    }

    /// Whether a claimed program waives the uplift of a payment term or billing schedule.
    pub fn waives_uplift_for(&self, metric: &Metric, name: &str) -> bool {
        let mut claims = self.claims.iter().filter(|it| it.applies_to(&metric.name));
        claims.any(|claim| claim.program.includes.iter().any(|included| included == name))
    }

    /// Whether the deal has a line of a metric.
    pub fn has_line_of(&self, metric: &str) -> bool {
        self.lines.iter().any(|line| line.metric.name == metric)
    }

    pub fn lines(&self) -> &[Line<'b>] {
        &self.lines
    }

    /// Returns the fewest and the most months of the lines, if all have a length in months.
    pub fn months(&self) -> Option<(u32, u32)> {
        let months: Option<Vec<u32>> = self.lines.iter().map(|line| line.metric.months).collect();
        let months = months?;
        Some((*months.iter().min()?, *months.iter().max()?))
    }

    /// Returns the claim whose program excludes every other discount of a line. Academic licenses do: their
    /// price is a share of list for everybody (playbook L913-L925).
    pub(crate) fn exclusive_claim(&self, line: &Line<'b>) -> Option<&ProgramClaim<'b>> {
        self.claims.iter().find(|claim| {
            claim.program.exclusive && !claim.rate.is_zero() && claim.applies_to(&line.metric.name)
        })
    }

    /// Returns the names of the programs that the deal claims for a metric.
    pub(super) fn programs_for(&self, metric: &Metric) -> Vec<&'b str> {
        let mine = self.claims.iter().filter(|claim| claim.is_for(&metric.name));
        mine.map(|claim| claim.program.name.as_str()).collect()
    }

    pub fn discount_override(&self, discount: &Discount) -> DiscountOverride {
        let found = self.discount_overrides.iter().find(|(known, _)| known.name == discount.name);
        found.map_or(DiscountOverride::Auto, |(_, take)| *take)
    }

    /// Whether the deal is compared with an alternative, in a table of its own or in a claim.
    pub fn names(&self, alternative: &Alternative) -> bool {
        let mut asked = self.alternatives.iter().map(|asked| asked.alternative);
        let mut claimed = self.value_claims.iter().map(|claim| claim.against);
        let is_it = |known: &Alternative| known.name == alternative.name;
        asked.any(is_it) || claimed.any(is_it)
    }

    /// Returns the days of the contract: from the day of the quote, where the deal does not say.
    pub(crate) fn days_in_force(&self) -> ContractPeriod {
        self.period.unwrap_or_else(|| self.days_from(self.date))
    }

    /// Returns the years of a comparison: those of the term, if the deal states none.
    pub fn horizon(&self) -> u32 {
        self.horizon.unwrap_or(self.term.count())
    }

    /// Returns the quantity of a metric over all lines, in the year in which it is largest.
    pub fn quantity_of(&self, metric: &Metric) -> Quantity {
        let years = self.quantities_of(metric).into_iter();
        years.map(|(_, quantity)| quantity).fold(Quantity::ZERO, Quantity::max)
    }

    /// Returns the quantity of a metric over all lines in each run of equal years.
    pub fn quantities_of(&self, metric: &Metric) -> Vec<(YearRun, Quantity)> {
        quantities(self.lines.iter(), metric)
    }

    /// Returns the lines of the customer's other deals that stand beside those of the deal.
    pub(crate) fn companion_lines(&self) -> impl Iterator<Item = &Line<'b>> + Clone {
        self.companions.iter().map(|it| &it.line)
    }

    /// Returns the quantity of a metric that a claimed program is for, in each run of equal years: that of the deal, and
    /// of the customer's other deals. Lines under an exclusive program count for that program alone.
    pub fn quantities_under(
        &self,
        claim: &ProgramClaim<'b>,
        metric: &Metric,
    ) -> Vec<(YearRun, Quantity)> {
        let counting = self.companions.iter().filter(|it| it.counts_for(claim.program));
        quantities(self.lines.iter().chain(counting.map(|it| &it.line)), metric)
    }
}

fn quantities<'a, 'b: 'a>(
    lines: impl Iterator<Item = &'a Line<'b>>,
    metric: &Metric,
) -> Vec<(YearRun, Quantity)> {
    let lines: Vec<_> = lines.filter(|line| line.metric.name == metric.name).collect();
    let runs = YearRun::of(lines.iter().copied()).into_iter().map(|run| {
        let segments = lines.iter().filter_map(|line| line.segment_in(run));
        (run, segments.map(|segment| segment.quantity).sum())
    });
    runs.collect()
}
