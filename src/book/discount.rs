//! Discounts: when each is given, how much it is, and what it needs.

use super::policy::{ApprovalNeed, CustomerLimit, Rule};
use crate::number::{Interval, Money, Quantity, Rate, Years};

/// One step of the waterfall.
#[derive(Debug, Clone)]
pub struct Discount {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) base: DiscountBase,
    /// Names of the metrics that it applies to.
    pub(crate) metrics: Vec<String>,
    pub(crate) condition: DiscountCondition,
    pub(crate) rule: Rule,
}

/// The amount that a rate applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiscountBase {
    /// What the step before left.
    Running,
    /// The list price.
    List,
}

/// What decides whether a discount is given, and how much.
#[derive(Debug, Clone)]
pub enum DiscountCondition {
    /// The quantity of the line; rows ascend without a gap.
    Quantity(Vec<DiscountStep>),
    /// The term; rows ascend without a gap.
    Term(Vec<DiscountStep>),
    /// How the customer pays; one row a way, and the one that holds if nothing is said.
    Prepay {
        /// One for each way.
        rows: Vec<DiscountStep>,
        /// The one that holds if a deal says nothing.
        standard: usize,
    },
    /// How the customer is invoiced and pays: the first row that has one of the deal's words. No
    /// deal can withhold it, and no program excludes it: it may put something on.
    Payment(Vec<DiscountStep>),
    /// Nothing: everybody gets it.
    Always(DiscountStep),
    /// A program that the deal asks for, with a rate of its own choice.
    Program {
        /// What a deal may claim.
        programs: Vec<Program>,
        /// How many of them in one quote.
        at_most: u32,
    },
}

/// How much, under which condition.
#[derive(Debug, Clone)]
pub struct DiscountStep {
    /// Quantities or years.
    pub(crate) range: Option<Interval>,
    /// The way to prepay, or the payment terms and ways to bill.
    pub(crate) choices: Vec<String>,
    /// Which way of the book it is invoiced.
    pub(crate) billing: Option<usize>,
    pub(crate) adjustment: Adjustment,
    /// What `cut` needs, if it is more than `otherwise`.
    pub(crate) approval: ApprovalNeed,
    /// What may be given without asking.
    pub(crate) rate_without_approval: Rate,
    /// The shortest term that it is meant for.
    pub(crate) min_years: Option<u32>,
    pub(crate) assumed: bool,
    pub(crate) rule: Rule,
}

/// What a row changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adjustment {
    /// A share of the base.
    Rate(Rate),
    /// A fixed amount off each price.
    Amount(Money),
    /// A share of the base that is put on.
    Uplift(Rate),
}

impl Adjustment {
    /// Whether it changes nothing.
    pub fn is_nothing(self) -> bool {
        match self {
            Self::Rate(rate) | Self::Uplift(rate) => rate.is_zero(),
            Self::Amount(amount) => amount.is_zero(),
        }
    }
}

/// A reason to give a customer more, with who must agree and what the customer must bring.
#[derive(Debug, Clone)]
pub struct Program {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) max_rate: Rate,
    /// The rate that it gives to everybody who claims it.
    pub(crate) rate: Option<Rate>,
    pub(crate) approval: ApprovalNeed,
    pub(crate) duties: Vec<String>,
    /// Without them the program is outside policy, not only short of something.
    pub(crate) duties_required: bool,
    /// Meant for so many customers.
    pub(crate) limit: CustomerLimit,
    /// It excludes every other discount.
    pub(crate) exclusive: bool,
    /// A year of a line never costs less.
    pub(crate) floor: Option<Money>,
    /// The quantities of a line that it is meant for.
    pub(crate) quantity: Option<Interval>,
    /// The terms that it is meant for.
    pub(crate) years: Option<Interval>,
    /// Payment terms and ways to bill that it is meant for, all of them.
    pub(crate) payment: Vec<String>,
    /// Payment terms and ways to bill that cost nothing with it.
    pub(crate) includes: Vec<String>,
    /// The incumbents that it is meant to displace; any, if empty.
    pub(crate) incumbents: Vec<String>,
    /// ARR before the program that a deal has to exceed.
    pub(crate) arr_above: Option<Money>,
    /// The playbook does not give a figure of it, or who approves it.
    pub(crate) assumed: bool,
    pub(crate) rule: Rule,
}

impl Discount {
    /// The name that files use: `volume`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The words that people read.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Whether it applies to the metric of that name.
    pub fn applies_to(&self, metric: &str) -> bool {
        self.metrics.iter().any(|name| name == metric)
    }

    /// Whether the book gives it by itself: it has rows, and no programs.
    pub const fn is_automatic(&self) -> bool {
        !matches!(self.condition, DiscountCondition::Program { .. })
    }

    /// Whether a deal can have less of the discount than the book gives, or nothing. A discount for the
    /// payment follows from how the customer pays, and a program is claimed.
    pub const fn can_be_withheld(&self) -> bool {
        self.is_automatic() && !matches!(self.condition, DiscountCondition::Payment(_))
    }

    /// Its programs, if it is negotiated.
    pub fn programs(&self) -> &[Program] {
        match &self.condition {
            DiscountCondition::Program { programs, .. } => programs,
            _ => &[],
        }
    }

    /// Its rows, if it is given by itself.
    pub fn rows(&self) -> &[DiscountStep] {
        match &self.condition {
            DiscountCondition::Quantity(rows)
            | DiscountCondition::Term(rows)
            | DiscountCondition::Prepay { rows, .. }
            | DiscountCondition::Payment(rows) => rows,
            DiscountCondition::Always(row) => std::slice::from_ref(row),
            DiscountCondition::Program { .. } => &[],
        }
    }

    /// The row for what a line is and how its customer pays.
    pub fn row(&self, occasion: &DiscountContext<'_>) -> Option<&DiscountStep> {
        let within = |rows: &'_ [DiscountStep], number: u64| {
            // They ascend, so that it is the last one that begins by then, if it goes so far.
            let begun = |row: &DiscountStep| row.range.is_some_and(|range| range.from() <= number);
            let place = rows.partition_point(begun).checked_sub(1)?;
            rows[place].range.is_some_and(|range| range.contains(number)).then_some(place)
        };
        match &self.condition {
            DiscountCondition::Quantity(rows) => rows.get(within(rows, occasion.quantity.ceil())?),
            DiscountCondition::Term(rows) => rows.get(within(rows, occasion.term.count().into())?),
            DiscountCondition::Prepay { rows, .. } => rows.get(occasion.prepay?),
            DiscountCondition::Payment(rows) => {
                rows.iter().find(|row| row.is_for(&occasion.paying))
            }
            DiscountCondition::Always(row) => Some(row),
            DiscountCondition::Program { .. } => None,
        }
    }
}

/// What decides which row of a discount is given.
#[derive(Debug, Clone, Copy)]
pub struct DiscountContext<'b> {
    /// Of the line.
    pub quantity: Quantity,
    /// The commitment.
    pub term: Years,
    /// Which row of the book's prepayments.
    pub prepay: Option<usize>,
    /// The payment term of the deal and the way that the line is billed.
    pub paying: [Option<&'b str>; 2],
}

impl DiscountStep {
    /// The quantities or years that get it.
    pub const fn range(&self) -> Option<Interval> {
        self.range
    }

    /// The ways to prepay, to pay or to be billed that get it.
    pub fn choices(&self) -> &[String] {
        &self.choices
    }

    /// Whether it is for one of these payment terms and ways to bill.
    pub fn is_for(&self, paying: &[Option<&str>]) -> bool {
        paying.iter().flatten().any(|name| self.choices.iter().any(|choice| choice == name))
    }

    /// What it changes.
    pub const fn adjustment(&self) -> Adjustment {
        self.adjustment
    }
}

impl Program {
    /// The name that files use: `lighthouse`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The words that people read.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The most that anybody can grant.
    pub const fn max_rate(&self) -> Rate {
        self.max_rate
    }

    /// What the customer gives for it.
    pub fn duties(&self) -> &[String] {
        &self.duties
    }
}
