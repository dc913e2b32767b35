//! Discounts: the steps of the waterfall, with their conditions and approvals.

mod program;
mod read;
mod step;

use super::customer::{CustomerFact, CustomerRules};
use super::ladder::{ApprovalNeed, ApproverNames};
use super::payment_terms::PaymentSettings;
use super::rule::Rule;
use crate::number::{Interval, Money, Quantity, Rate, Years};
use crate::table::{
    CurrencyList, NamedTables, Section, TableList, TypedKey, WholeNumber, choices, keys,
};
use crate::text::source::Written;
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
    /// Term; the steps ascend without a gap.
    Term(Vec<DiscountStep>),
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adjustment {
    /// Share of the base that is taken off.
    Rate(Rate),
    /// Fixed amount off each price.
    Amount(Money),
    /// Share of the base that is put on.
    Uplift(Rate),
}

impl Adjustment {
    /// Returns the digits that the adjustment can add to a price.
    pub(crate) fn places(self) -> u32 {
        match self {
            Self::Rate(rate) => rate.places(),
            // An uplift is at most as much again.
            Self::Uplift(rate) => rate.places() + 1,
            // A difference has the places of the finer of its two terms.
            Self::Amount(amount) => amount.width(),
        }
    }

    pub fn is_nothing(self) -> bool {
        match self {
            Self::Rate(rate) | Self::Uplift(rate) => rate.is_zero(),
            Self::Amount(amount) => amount.is_zero(),
        }
    }
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

    pub fn applies_to(&self, metric: &str) -> bool {
        self.metrics.iter().any(|name| name == metric)
    }

    /// Returns whether the book gives the discount without a claim: it has steps, not programs.
    pub const fn is_automatic(&self) -> bool {
        !matches!(self.condition, DiscountCondition::Program { .. })
    }

    /// Whether a deal can have less of the discount than the book gives, or nothing. A discount for
    /// the payment follows from how the customer pays, and a program is claimed.
    pub const fn can_be_withheld(&self) -> bool {
        self.is_automatic() && !matches!(self.condition, DiscountCondition::Payment(_))
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
            | DiscountCondition::Prepay { rows, .. }
            | DiscountCondition::Payment(rows) => rows,
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
            DiscountCondition::Term(rows) => rows.get(within(rows, occasion.counted_years.into())?),
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

/// Facts of a line that decide which step of a discount is given.
#[derive(Debug, Clone, Copy)]
pub struct DiscountContext<'b> {
    pub quantity: Quantity,
    pub term: Years,
    /// Years of the term that count as a commitment.
    pub counted_years: u32,
    /// Index of the step among the prepayments of the book.
    pub prepay: Option<usize>,
    /// Names of the payment term of the deal and of the billing schedule of the line.
    pub paying: [Option<&'b str>; 2],
}

impl DiscountContext<'_> {
    /// Returns the same facts with every year of the term counted.
    pub fn of_whole_term(&self) -> Self {
        Self { counted_years: self.term.count(), ..*self }
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
}

type DiscountTables<'a> = [(Written<String>, Section<'a>)];

choices! {
    /// Kind of condition that decides whether a discount is given, and which step.
    pub(super) enum ConditionKind {
        Quantity = "quantity",
        Term = "term",
        Prepay = "prepay",
        Program = "program",
        Payment = "payment",
        Always = "always",
    }
}

impl ConditionKind {
    /// Returns the key of a step for the range that gets it.
    const fn range_key(self) -> Option<TypedKey<Interval>> {
        match self {
            Self::Quantity => Some(STEP.quantity),
            Self::Term => Some(STEP.years),
            _ => None,
        }
    }
}

keys! {
    pub(super) WATERFALL: WaterfallKeys = "[waterfall]",
        "The order in which discounts apply, from list to net.";

    required order: Vec<String> = "Names of the discounts, each once.";
}

keys! {
    pub(super) DISCOUNT: DiscountKeys = "a discount", "A step of the waterfall.";

    required title: String = "The title that readers see.";
    required by: ConditionKind =
        "The property of a deal that decides whether and how much is given.";
    required base: DiscountBase =
        "The price that a rate applies to: the price after the step before, or the list price.";
    required metrics: Vec<String> = "The metrics that it applies to.";
    optional currencies: CurrencyList =
        "The currencies in which it is given, such as [\"USD\"]. Default: all currencies of the \
         book.";
    optional standard: String = "by = \"prepay\": the default prepayment of a deal.";
    optional at_most: WholeNumber<1, 16> =
        "by = \"program\": how many programs one quote may have.";
    optional steps: TableList<StepKeys> = "The steps: how much is given under which condition.";
    optional program: NamedTables<ProgramKeys> =
        "by = \"program\": the programs that a deal may claim.";
}

keys! {
    pub(super) STEP: StepKeys = "a discount step",
        "How much is given under which condition.";

    optional quantity: Interval = "by = \"quantity\": the quantities that get it.";
    optional years: Interval = "by = \"term\": the terms that get it.";
    optional prepay: String = "by = \"prepay\": the prepayment that gets it.";
    optional payment: Vec<String> =
        "by = \"payment\": payment terms and billing schedules; a deal with any of them gets it.";
    optional rate: Rate = "The rate that is taken off, such as \"15%\".";
    optional uplift: Rate =
        "by = \"payment\": the uplift, a rate that is added, in place of a discount.";
    optional amount: Money =
        "A fixed amount off in place of a rate: off the price of a unit, of a package, or of a \
         line that is priced as a whole.";
    optional approval: String =
        "The level that it needs. A deal that gets the step needs it at any rate, 0% included, and \
         also if it withholds the discount.";
    optional review: String =
        "The review that it needs, at any rate and also if the deal withholds the discount.";
    optional otherwise: Rate =
        "The rate that may be given without the approval. A deal that takes no more than that rate \
         needs neither the approval nor the review.";
    optional billing: String = "by = \"prepay\": the billing schedule, one of [billing.ways].";
    optional min_years: WholeNumber<1, 30> = "The shortest term that it is meant for, in years that count as a commitment.";
    optional remaining: bool =
        "by = \"payment\": `min_years` is for what remains of the contract from the day of the \
         quote, counted in days, and not for its term. Years that do not count are taken off.";
    optional assumed: bool = "The figure is not from the playbook; quotes say so.";
}

keys! {
    pub(super) PROGRAM: ProgramKeys = "a program",
        "A program: a discount that a deal claims for a reason.";

    required title: String = "The title that readers see.";
    optional max_rate: Rate = "The largest rate that a deal may claim.";
    optional rate: Rate = "The fixed rate of the program, in place of `max_rate`.";
    required approval: String = "The level that any rate above zero needs.";
    optional review: String = "The review that any rate above zero needs.";
    optional currencies: CurrencyList =
        "The currencies in which it is given, such as [\"USD\"]. Default: the currencies of its \
         discount.";
    optional exclusive: bool = "The program excludes every other discount.";
    optional floor: Money = "The least that a line costs per year.";
    optional quantity: Interval = "The quantities of a line that it is meant for.";
    optional years: Interval = "The terms that it is meant for.";
    optional payment: Vec<String> =
        "The payment terms and billing schedules that the program requires, all of them.";
    optional includes: Vec<String> = "Payment terms and billing schedules whose uplift the \
                                      program waives for its own lines, and not for services.";
    optional duties: Vec<String> = "The commitments that the customer makes in return.";
    optional duties_required: bool =
        "A deal without all commitments is outside policy; otherwise it only gets a warning.";
    optional limit: WholeNumber<1, 1_000_000> = "The number of customers that it is meant for.";
    optional incumbents: Vec<String> = "The incumbents whose product is replaced.";
    optional arr_above: Money =
        "The ARR, before the program, that a deal has to exceed. Use that nobody commits to does not \
         count.";
    optional inclusions: Vec<String> =
        "exclusive = true: what comes with its license, in place of the inclusions of the metric; \
         quotes list it.";
    optional first_in: Vec<String> =
        "The program is for the first customer in a \"vertical\" or a \"region\" of `customers`. A \
         deal that names none of them gets a warning.";
    optional segments: Vec<String> =
        "The segments of customers that the program is for: entries of `customers`. A deal of \
         another segment, or of none, is outside policy.";
    optional evidence: String =
        "What has to be shown for the approval or the review, in the words of its reason.";
    optional grant_days: WholeNumber<0, 3650> =
        "The payment terms in `includes` count from the day of a grant, if the deal states it. A \
         grant more than so many days after the start of the contract needs `grant_approval`.";
    optional grant_approval: String = "The level that a later grant needs.";
    optional grant_assumed: bool =
        "The playbook does not give the days of a grant or their approval; quotes say so.";
    optional assumed: bool =
        "The playbook does not give a figure or the approval of the program; quotes say so.";
}
