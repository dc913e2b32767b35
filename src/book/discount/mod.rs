//! Discounts: the steps of the waterfall, with their conditions and approvals.

mod adjustment;
pub(super) mod keys;
mod order;
mod program;
mod read;
mod step;

use super::customer::{CustomerFact, CustomerRules};
use super::ladder::{ApprovalNeed, ApproverNames};
use super::metric::Metric;
use super::payment_terms::PaymentSettings;
use super::rule::Rule;
use crate::number::{Currency, Interval, Money, Quantity, Rate, Years};
use crate::table::{Section, choices};
use crate::text::source::Written;
pub use adjustment::Adjustment;
pub use order::{OrderMeasure, OrderSteps, OrderedMetric};
pub(super) use read::read_all;

/// Discount: one step of the waterfall.
#[derive(Debug, Clone)]
pub struct Discount {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) base: DiscountBase,
    pub(crate) metrics: Vec<String>,
    pub(crate) condition: DiscountCondition,
    pub(crate) rule: Rule,
}

choices! {
    /// Amount that a rate applies to.
    pub enum DiscountBase {
        /// Price after the previous step.
        Running = "running",
        List = "list",
    }
}

/// Condition that decides whether a discount is given, and which step of it.
#[derive(Debug, Clone)]
pub enum DiscountCondition {
    /// Quantity of the line; the steps ascend without a gap.
    Quantity(Vec<DiscountStep>),
    /// Lines of all metrics of the discount in a contract year.
    Order(OrderSteps),
    /// Term; the steps ascend without a gap.
    Term(Vec<DiscountStep>),
    /// Year of the contract; the steps ascend without a gap.
    ContractYear(Vec<DiscountStep>),
    Prepay {
        rows: Vec<DiscountStep>,
        /// Index of the step for deals that name no way to prepay.
        standard: usize,
    },
    /// Payment term and billing of the deal: the first step with both of their names is given, or else the first
    /// step for each of them. No deal can withhold the discount and no program excludes it, for it may be an uplift.
    Payment(Vec<DiscountStep>),
    /// No condition: every deal gets the step.
    Always(DiscountStep),
    Program {
        programs: Vec<Program>,
        /// Largest number of programs in one quote.
        at_most: u32,
    },
}

/// Step of a discount: an adjustment with its condition.
#[derive(Debug, Clone)]
pub struct DiscountStep {
    /// Quantities or years that get the step.
    pub(crate) range: Option<Interval>,
    /// Names of the way to prepay, or of the payment terms and schedules, that get the step.
    pub(crate) choices: Vec<String>,
    /// Index of the billing schedule of a way to prepay.
    pub(crate) billing: Option<usize>,
    pub(crate) adjustment: Adjustment,
    /// Approval that a deal needs if it gets the step.
    pub(crate) approval: ApprovalNeed,
    /// Largest rate that a deal may take without the approval. `None` if the step always needs its
    /// approval: at a rate of zero too, and where the deal withholds the discount.
    pub(crate) rate_without_approval: Option<Rate>,
    pub(crate) min_years: Option<u32>,
    /// Whether `min_years` is for what remains of the contract from the day of the quote.
    pub(crate) remaining: bool,
    pub(crate) assumed: bool,
    pub(crate) rule: Rule,
}

/// Strategic program: a further discount, with its approval and the duties of the customer.
#[derive(Debug, Clone)]
pub struct Program {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) max_rate: Rate,
    pub(crate) rate: Option<Rate>,
    pub(crate) approval: ApprovalNeed,
    pub(crate) duties: Vec<String>,
    pub(crate) duties_required: bool,
    /// Number of customers that the program is meant for. Only people know the count so far, so a
    /// quote warns and does not refuse.
    pub(crate) limit: Option<u32>,
    pub(crate) exclusive: bool,
    pub(crate) floor: Option<Money>,
    pub(crate) quantity: Option<Interval>,
    pub(crate) years: Option<Interval>,
    pub(crate) payment: Vec<String>,
    pub(crate) includes: Vec<String>,
    pub(crate) incumbents: Vec<String>,
    pub(crate) arr_above: Option<Money>,
    /// Benefits that come with its license, in place of those of the metric.
    pub(crate) inclusions: Vec<String>,
    /// Facts of a customer of which the program is for the first: one of them is enough.
    pub(crate) first_in: Vec<CustomerFact>,
    /// Segments of customers that the program is for; all of them if there are none.
    pub(crate) segments: Vec<String>,
    /// Evidence that the customer has to show for the review or the approval.
    pub(crate) evidence: Option<String>,
    pub(crate) grant: Option<GrantTerms>,
    pub(crate) assumed: bool,
    pub(crate) rule: Rule,
}

/// Terms of a payment that counts from the day of a grant.
#[derive(Debug, Clone)]
pub struct GrantTerms {
    /// Days from the start of a contract within which the grant needs no approval.
    pub(crate) within_days: u32,
    /// Approval of a later grant.
    pub(crate) approval: ApprovalNeed,
    pub(crate) assumed: bool,
    pub(crate) rule: Rule,
}

impl Discount {
    /// Returns the most digits that the steps of the discount can add to a price; zero for programs.
    pub(super) fn places(&self) -> u32 {
        let places = |row: &DiscountStep| {
            row.adjustment.places().max(row.rate_without_approval.map_or(0, Rate::places))
        };
        let mut places: Vec<u32> = self.rows().iter().map(places).collect();
        places.sort_unstable();
        // Each of two ways to pay can have a step of its own.
        let given = if matches!(self.condition, DiscountCondition::Payment(_)) { 2 } else { 1 };
        places.iter().rev().take(given).sum()
    }

    /// Whether what a deal buys of all its metrics finds the step.
    pub const fn is_by_order(&self) -> bool {
        matches!(self.condition, DiscountCondition::Order(_))
    }

    /// Returns the quantities from which on an order of a metric alone gets another step because of what it buys in all.
    pub(crate) fn order_breakpoints(&self, metric: &Metric) -> Vec<u64> {
        match &self.condition {
            DiscountCondition::Order(steps) => steps.breakpoints(metric),
            _ => Vec::new(),
        }
    }

    /// Whether a step changes the price of a line as a whole.
    pub(super) fn has_line_steps(&self) -> bool {
        self.rows().iter().any(|row| row.adjustment.is_of_line())
    }

    /// Whether the lines of all its metrics are one order: by what finds the step, or by what is taken off.
    pub(super) fn has_orders(&self) -> bool {
        let is_shared = |row: &DiscountStep| matches!(row.adjustment, Adjustment::OrderAmount(_));
        self.is_by_order() || self.rows().iter().any(is_shared)
    }

    pub fn applies_to(&self, metric: &str) -> bool {
        self.metrics.iter().any(|name| name == metric)
    }

    /// Returns whether the book gives the discount without a claim: it has steps, not programs.
    pub const fn is_automatic(&self) -> bool {
        !matches!(self.condition, DiscountCondition::Program { .. })
    }

    /// Whether a deal can have less of the discount than the book gives, or nothing. A discount for
    /// the payment follows from how the customer pays, a program is claimed, and what a step puts on the price is
    /// not given.
    pub fn can_be_withheld(&self) -> bool {
        self.is_automatic()
            && !matches!(self.condition, DiscountCondition::Payment(_))
            && !self.rows().iter().any(|row| row.adjustment.is_uplift())
    }

    /// Whether a step of the discount is no discount that a floor stops or a program excludes: it follows from how
    /// the customer pays, or it puts something on the price of a contract year.
    pub const fn is_surcharge(&self, row: &DiscountStep) -> bool {
        match self.condition {
            DiscountCondition::Payment(_) => true,
            _ => row.adjustment.is_uplift(),
        }
    }

    pub fn programs(&self) -> &[Program] {
        match &self.condition {
            DiscountCondition::Program { programs, .. } => programs,
            _ => &[],
        }
    }

    /// Returns the steps of an automatic discount.
    pub fn rows(&self) -> &[DiscountStep] {
        match &self.condition {
            DiscountCondition::Quantity(rows)
            | DiscountCondition::Term(rows)
            | DiscountCondition::ContractYear(rows)
            | DiscountCondition::Prepay { rows, .. }
            | DiscountCondition::Payment(rows) => rows,
            DiscountCondition::Order(steps) => &steps.rows,
            DiscountCondition::Always(row) => std::slice::from_ref(row),
            DiscountCondition::Program { .. } => &[],
        }
    }

    /// Returns the steps that a line earns with the years that count: one at most, or one for each of the two ways
    /// to pay that a discount by payment names.
    pub fn given<'s>(
        &'s self,
        occasion: &DiscountContext<'_>,
    ) -> impl Iterator<Item = &'s DiscountStep> + use<'s> {
        let steps = match &self.condition {
            DiscountCondition::Payment(rows) => payment_steps(rows, &occasion.paying),
            _ => [self.row(occasion), None],
        };
        steps.into_iter().flatten()
    }

    /// Returns the step that a line earns of a discount that is not by payment.
    fn row(&self, occasion: &DiscountContext<'_>) -> Option<&DiscountStep> {
        let within = |rows: &'_ [DiscountStep], number: u64| {
            // The ranges ascend: only the last one that starts at or below the number can hold it.
            let begun = |row: &DiscountStep| row.range.is_some_and(|range| range.from() <= number);
            let place = rows.partition_point(begun).checked_sub(1)?;
            rows[place].range.is_some_and(|range| range.contains(number)).then_some(place)
        };
        let row = match &self.condition {
            DiscountCondition::Quantity(rows) => rows.get(within(rows, occasion.quantity.ceil())?),
            DiscountCondition::Order(steps) => steps.row(&occasion.order, &self.metrics),
            DiscountCondition::Term(rows) => rows.get(within(rows, occasion.counted_years.into())?),
            DiscountCondition::ContractYear(rows) => rows.get(within(rows, occasion.year.into())?),
            DiscountCondition::Prepay { rows, .. } => rows.get(occasion.prepay?),
            DiscountCondition::Always(row) => Some(row),
            DiscountCondition::Payment(_) | DiscountCondition::Program { .. } => None,
        };
        row.filter(|row| !row.is_lost(occasion))
    }
}

/// Returns the steps for a payment term and a billing schedule: the first that is for both, or else the first for
/// each of them. A step for one of the two says nothing of the other, which is charged for by its own step.
fn payment_steps<'s>(
    rows: &'s [DiscountStep],
    paying: &[Option<&str>; 2],
) -> [Option<&'s DiscountStep>; 2] {
    let each = paying.map(|name| rows.iter().find(|row| row.is_for(&[name])));
    let [Some(_), Some(_)] = each else { return each };
    let both = rows.iter().find(|row| paying.iter().all(|name| row.is_for(&[*name])));
    both.map_or(each, |row| [Some(row), None])
}

/// Returns the contract years, ascending and after the first, from which on some discounts give another step.
pub(super) fn year_starts<'d>(discounts: impl Iterator<Item = &'d Discount>) -> Vec<u32> {
    let by_year = discounts.filter_map(|discount| match &discount.condition {
        DiscountCondition::ContractYear(rows) => Some(rows),
        _ => None,
    });
    let starts =
        by_year.flatten().filter_map(|row| Some((row, row.range?))).flat_map(|(row, range)| {
            let last = range.to().unwrap_or(Years::MAX).min(Years::MAX);
            // Each year of growth has a price of its own.
            let each = if let Adjustment::Growth(_) = row.adjustment { last } else { range.from() };
            (range.from()..=each).chain([last + 1])
        });
    let within = starts.filter(|year| (2..=Years::MAX).contains(year));
    let mut years: Vec<u32> = within.filter_map(|year| year.try_into().ok()).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// Facts of a line that decide which step of a discount is given.
#[derive(Debug, Clone)]
pub struct DiscountContext<'b> {
    pub quantity: Quantity,
    /// Metrics that find a step together, with what the deal buys of each in the year of the line.
    pub order: Vec<OrderedMetric<'b>>,
    pub term: Years,
    /// Years of the term that count as a commitment.
    pub counted_years: u32,
    /// Year of the contract, counted from 1.
    pub year: u32,
    /// Index of the step among the prepayments of the book.
    pub prepay: Option<usize>,
    /// Names of the payment term of the deal and of the billing schedule of the line.
    pub paying: [Option<&'b str>; 2],
}

impl DiscountContext<'_> {
    /// Returns the same facts with every year of the term counted.
    pub fn of_whole_term(&self) -> Self {
        Self { counted_years: self.term.count(), ..self.clone() }
    }
}

impl DiscountStep {
    /// Returns whether enough years count as a commitment for the step.
    pub fn is_earned(&self, occasion: &DiscountContext<'_>) -> bool {
        self.min_years.is_none_or(|least| occasion.counted_years >= least)
    }

    /// Returns whether the term is long enough for the step, and the years of it that count are not.
    fn is_lost(&self, occasion: &DiscountContext<'_>) -> bool {
        !self.is_earned(occasion) && self.is_earned(&occasion.of_whole_term())
    }

    /// Returns whether a deal that gets the step needs an approval or a review at any rate.
    pub fn always_needs_approval(&self) -> bool {
        !self.approval.is_nothing() && self.rate_without_approval.is_none()
    }

    pub fn is_for(&self, paying: &[Option<&str>]) -> bool {
        paying.iter().flatten().any(|name| self.choices.iter().any(|choice| choice == name))
    }
}

impl Program {
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Names of other parts of a book, which discounts refer to.
#[derive(Clone, Copy)]
pub(super) struct BookNames<'n> {
    pub approvers: &'n ApproverNames,
    pub settings: &'n PaymentSettings,
    pub customers: &'n CustomerRules,
    /// Currency that is read; `None` where the book only reports errors.
    pub currency: Option<&'n Currency>,
}

type DiscountTables<'a> = [(Written<String>, Section<'a>)];
