//! Keys of the waterfall, of a discount, and of its steps and programs.

use super::DiscountBase;
use crate::number::{Interval, Money, Rate};
use crate::table::{
    CurrencyList, NamedTables, Section, TableList, TypedKey, WholeNumber, choices, keys,
};
use crate::text::source::Written;

pub(in crate::book) type DiscountTables<'a> = [(Written<String>, Section<'a>)];

choices! {
    /// Kind of condition that decides whether a discount is given, and which step.
    pub(in crate::book) enum ConditionKind {
        Quantity = "quantity",
        Term = "term",
        Prepay = "prepay",
        Program = "program",
        Payment = "payment",
        Always = "always",
    }
}

impl ConditionKind {
    /// Returns the key of a step that says when the step is given.
    pub const fn selector(self) -> Option<&'static str> {
        match self {
            Self::Quantity => Some(STEP.quantity.name),
            Self::Term => Some(STEP.years.name),
            Self::Prepay => Some(STEP.prepay.name),
            Self::Payment => Some(STEP.payment.name),
            Self::Program | Self::Always => None,
        }
    }

    /// Returns the selector, if it is a range.
    pub const fn range_key(self) -> Option<TypedKey<Interval>> {
        match self {
            Self::Quantity => Some(STEP.quantity),
            Self::Term => Some(STEP.years),
            Self::Prepay | Self::Program | Self::Payment | Self::Always => None,
        }
    }

    pub const fn example(self) -> &'static str {
        match self {
            Self::Quantity => "quantity = \"50-99\"",
            Self::Term => "years = \"2-3\"",
            Self::Prepay => "prepay = \"annual\"",
            Self::Payment => "payment = [\"net-60\"]",
            Self::Program | Self::Always => "",
        }
    }
}

keys! {
    pub(in crate::book) WATERFALL: WaterfallKeys = "[waterfall]",
        "The order in which discounts apply, from list to net.";

    required order: Vec<String> = "Names of the discounts, each once.";
}

keys! {
    pub(in crate::book) DISCOUNT: DiscountKeys = "a discount", "A step of the waterfall.";

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
    pub(in crate::book) STEP: StepKeys = "a discount step",
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
    optional approval: String = "The level that it needs.";
    optional review: String = "The review that it needs.";
    optional otherwise: Rate = "The rate that may be given without the approval.";
    optional billing: String = "by = \"prepay\": the billing schedule, one of [billing.ways].";
    optional min_years: WholeNumber<1, 30> = "The shortest term that it is meant for.";
    optional assumed: bool = "The figure is not from the playbook; quotes say so.";
}

keys! {
    pub(in crate::book) PROGRAM: ProgramKeys = "a program",
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
                                      program waives.";
    optional duties: Vec<String> = "The commitments that the customer makes in return.";
    optional duties_required: bool =
        "A deal without all commitments is outside policy; otherwise it only gets a warning.";
    optional limit: WholeNumber<1, 1_000_000> = "The number of customers that it is meant for.";
    optional incumbents: Vec<String> = "The incumbents whose product is replaced.";
    optional arr_above: Money = "The ARR, before the program, that a deal has to exceed.";
    optional assumed: bool =
        "The playbook does not give a figure or the approval of the program; quotes say so.";
}
