//! Keys of the waterfall, of a discount, and of its steps and programs.

use super::DiscountBase;
use crate::number::{Interval, Money, Rate};
use crate::table::{
    CurrencyList, NamedTables, Section, TableList, TypedKey, WholeNumber, choices, keys,
};
use crate::text::source::Written;

/// Tables of discounts with their names.
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

    /// Returns a selector as a book could write it.
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
    /// Keys of `[waterfall]`.
    pub(in crate::book) WATERFALL: WaterfallKeys = "[waterfall]",
        "The order in which discounts apply, from list to net.";

    required order: Vec<String> = "Names of the discounts, each once.";
}

keys! {
    /// Keys of a discount.
    pub(in crate::book) DISCOUNT: DiscountKeys = "a discount", "A step of the waterfall.";

    required title: String = "The words that people read.";
    required by: ConditionKind =
        "What decides whether it is given, and how much.";
    required base: DiscountBase =
        "What a rate applies to: the price that the step before left, or the list price.";
    required metrics: Vec<String> = "The metrics that it applies to.";
    optional currencies: CurrencyList =
        "The currencies in which it is given, such as [\"USD\"]; all of the book's, if it is left out.";
    optional standard: String = "by = \"prepay\": the way to pay if a deal says nothing.";
    optional at_most: WholeNumber<1, 16> =
        "by = \"program\": how many programs one quote may have.";
    optional steps: TableList<StepKeys> = "How much, under which condition.";
    optional program: NamedTables<ProgramKeys> =
        "by = \"program\": the programs that a deal may ask for.";
}

keys! {
    /// Keys of a discount step.
    pub(in crate::book) STEP: StepKeys = "a discount step", "How much is given, under which condition.";

    optional quantity: Interval = "by = \"quantity\": the quantities that get it.";
    optional years: Interval = "by = \"term\": the terms that get it.";
    optional prepay: String = "by = \"prepay\": the way to pay that gets it.";
    optional payment: Vec<String> =
        "by = \"payment\": payment terms and ways to bill; a deal with any of them gets it.";
    optional rate: Rate = "The share that is taken off, such as \"15%\".";
    optional uplift: Rate =
        "by = \"payment\": the share that is put on, in place of a rate that is taken off.";
    optional amount: Money =
        "A fixed amount in place of a rate, off each price: that of a unit, of a package, or of a line that is priced as a whole.";
    optional approval: String = "The level that it needs.";
    optional review: String = "The review that it needs.";
    optional otherwise: Rate = "The rate that may be given without the approval.";
    optional billing: String = "by = \"prepay\": how it is invoiced: one of [billing.ways].";
    optional min_years: WholeNumber<1, 30> = "The shortest term that it is meant for.";
    optional assumed: bool = "The figure is not from the playbook; quotes say so.";
}

keys! {
    /// Keys of a program.
    pub(in crate::book) PROGRAM: ProgramKeys = "a program", "A reason to give a customer more.";

    required title: String = "The words that people read.";
    optional max_rate: Rate = "The most that anybody can grant of a rate that deals ask for.";
    optional rate: Rate = "The rate that it gives to everybody, in place of `max_rate`.";
    required approval: String = "The level that any rate above zero needs.";
    optional review: String = "The review that any rate above zero needs.";
    optional currencies: CurrencyList =
        "The currencies in which it is given, such as [\"USD\"]; all those of its discount, if it is left out.";
    optional exclusive: bool = "It excludes every other discount.";
    optional floor: Money = "A year of a line never costs less.";
    optional quantity: Interval = "The quantities of a line that it is meant for.";
    optional years: Interval = "The terms that it is meant for.";
    optional payment: Vec<String> =
        "The payment terms and ways to bill that it is meant for, all of them.";
    optional includes: Vec<String> = "Payment terms and ways to bill that cost nothing with it.";
    optional duties: Vec<String> = "What the customer gives for it.";
    optional duties_required: bool =
        "A deal that does not state all duties is outside policy, not only warned.";
    optional limit: WholeNumber<1, 1_000_000> = "The number of customers that it is meant for.";
    optional incumbents: Vec<String> = "The incumbents that it is meant to displace.";
    optional arr_above: Money = "ARR before the program that a deal has to exceed.";
    optional assumed: bool =
        "The playbook does not give a figure of it, or who approves it; quotes say so.";
}
