//! Keys of discounts, their steps and their programs.

use super::DiscountBase;
use crate::number::{Interval, Money, Rate};
use crate::table::{CurrencyList, NamedTables, TableList, TypedKey, WholeNumber, choices, keys};

choices! {
    /// Kind of condition that decides whether a discount is given, and which step.
    pub(in crate::book) enum ConditionKind {
        Quantity = "quantity",
        Amount = "amount",
        Metrics = "metrics",
        Term = "term",
        Prepay = "prepay",
        ContractYear = "contract-year",
        Program = "program",
        Payment = "payment",
        Always = "always",
    }
}

impl ConditionKind {
    /// Returns the key of a step for the range that gets it.
    pub(super) const fn range_key(self) -> Option<TypedKey<Interval>> {
        match self {
            Self::Quantity => Some(STEP.quantity),
            Self::Metrics => Some(STEP.metrics),
            Self::Term => Some(STEP.years),
            Self::ContractYear => Some(STEP.contract_years),
            _ => None,
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
    optional pooled: bool =
        "by = \"quantity\": the units of all its metrics find the step together, in each contract \
         year.";
    optional standard: String = "by = \"prepay\": the default prepayment of a deal.";
    optional at_most: WholeNumber<1, 16> =
        "by = \"program\": how many programs one quote may have.";
    optional steps: TableList<StepKeys> = "The steps: how much is given under which condition.";
    optional program: NamedTables<ProgramKeys> =
        "by = \"program\": the programs that a deal may claim.";

    @guesses {
        "name" | "label" => "title";
        "type" | "kind" | "on" | "basis" => "by";
        "tiers" | "rows" | "levels" | "ranges" => "steps";
        "rate" | "amount" | "percent" | "approval" => "this stands in a step: steps = [{ ..., rate = \"10%\" }]";
        "products" | "applies_to" | "lines" => "metrics";
        "max_rate" | "max" => "the largest rate of a negotiated discount stands in its program: [discount.NAME.program.NAME]";
        "segment" | "segments" | "region" | "regions" =>
            "prices by segment or region are columns: [[price_column]]";
        by "volume" | "size" | "seats" | "units" | "tier" => "quantity";
        by "value" | "order" | "order_value" | "revenue" | "spend" | "total" | "acv" => "amount";
        by "bundle" | "product" | "products" | "metric" => "metrics";
        by "year" | "ramp" => "contract-year";
        by "years" | "commitment" | "duration" | "multi_year" => "term";
        by "prepayment" => "prepay";
        by "payment_terms" | "billing" => "payment";
        by "deal" | "strategic" | "negotiated" | "manual" | "rep" => "program";
        by "fixed" | "flat" | "all" => "always";
        by "segment" | "region" | "country" | "customer" | "industry" =>
            "prices by segment or region are columns: [[price_column]]; a program can be for a segment";
        by "partner" | "channel" | "reseller" => "what a partner gets stands in [channel.NAME]";
        by "date" | "promotion" => "prices by date are price books: `effective` and `until` in [book]";
    }
}

keys! {
    pub(in crate::book) STEP: StepKeys = "a discount step",
        "How much is given under which condition.";

    optional quantity: Interval = "by = \"quantity\": the quantities that get it.";
    optional from: Money =
        "by = \"amount\": the smallest list price for a year, of all lines of its metrics, that gets \
         it.";
    optional metrics: Interval =
        "by = \"metrics\": how many of the metrics of the discount the deal buys in a contract year.";
    optional years: Interval = "by = \"term\": the terms that get it.";
    optional contract_years: Interval =
        "by = \"contract-year\": the years of the contract that get it. A part of a year before the \
         first whole one belongs to year 1.";
    optional prepay: String = "by = \"prepay\": the prepayment that gets it.";
    optional payment: Vec<String> =
        "by = \"payment\": payment terms and billing schedules; a deal with any of them gets it.";
    optional rate: Rate = "The rate that is taken off, such as \"15%\".";
    optional uplift: Rate =
        "by = \"payment\" or \"contract-year\": the uplift, a rate that is added, in place of a \
         discount.";
    optional growth: Rate =
        "by = \"contract-year\": the growth of the price from year to year, from the first year of the \
         step on. Each year is rounded to the places of the metric, and the next one grows from it.";
    optional free_months: WholeNumber<1, 11> =
        "Months of a year that are free, in place of a rate: with 2, a year costs 10 of 12 months. The \
         price of the line is rounded once. Only for metrics that are priced per = \"year\".";
    optional amount: Money =
        "A fixed amount off in place of a rate: off the price of a unit, of a package, or of a \
         line that is priced as a whole.";
    optional order_amount: Money =
        "A fixed amount off the order of a year in place of a rate: all lines of the metrics of the \
         discount share it by their list price. Only for metrics that are priced per = \"year\" and \
         counted by deal.";
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

    @guesses {
        "discount" | "percent" | "percentage" | "off" => "rate";
        "min" | "range" | "units" | "up_to" => "quantity";
        "value" | "min_amount" | "above" | "spend" => "from";
        "year" => "contract_years";
        "term" | "term_years" => "years";
        "approver" | "approved_by" | "level" => "approval";
        "uplift_rate" | "surcharge" => "uplift";
        "months_free" => "free_months";
        "segment" | "region" => "prices by segment or region are columns: [[price_column]]";
    }
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
