//! Conditions: the facts of a deal under which a rule of the book holds.
//!
//! A condition has only lower ends, so that more of a figure never leaves the condition. A higher band of a matrix is a
//! rule of its own, with a higher level.

use super::customer::CustomerRules;
use crate::number::{Money, Rate};
use crate::table::{self, Section, TypedKey, WholeNumber, keys};
use crate::text::diagnostic::Code;
use crate::text::source::Written;

/// Figure of a deal, with the value that the figure has to exceed; of a margin, with the value below which it has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DealMeasure {
    /// Margin of the whole quote, and of each line, which a deal has to stay below.
    Margin(Rate),
    /// Discount off list of the whole quote, and of each line.
    Discount(Rate),
    /// Average contract value per year, and the charge of each year.
    Acv(Money),
    /// Total contract value.
    Tcv(Money),
    /// Term in years.
    Term(u32),
}

/// Facts of a deal, each of which has to hold. An empty condition always holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Condition {
    pub measures: Vec<DealMeasure>,
    /// Days that the customer has to pay, which the payment term has to exceed.
    pub payment_days: Option<u32>,
    /// Metrics of which the deal has a line, and to whose lines a discount is limited; all metrics if there are none.
    pub metrics: Vec<String>,
    pub segments: Vec<String>,
    pub regions: Vec<String>,
    /// Channels through which the deal is sold; with or without a partner if there are none.
    pub channels: Vec<String>,
}

keys! {
    pub(crate) WHEN: WhenKeys = "`when`",
        "More facts of a deal for a guardrail: each has to hold.";

    optional discount_above: Rate =
        "The discount off list, of the quote or of a line, that a deal exceeds.";
    optional margin_below: Rate =
        "The margin, of the quote or of a line whose metric has a `cost`, that a deal stays below.";
    optional acv_above: Money = "The ACV, of the average or of a year, that a deal exceeds.";
    optional tcv_above: Money = "The TCV that a deal exceeds.";
    optional term_above: WholeNumber<0, 30> = "The years that a contract is longer than.";
    optional payment_days_above: WholeNumber<0, 3650> =
        "The days to pay that the payment term of a deal exceeds.";
    optional metric: Vec<String> =
        "The metrics: a deal has a line of one of them, and only their lines have the discount.";
    optional segment: Vec<String> =
        "The segments of customers. A deal that names no segment of `customers` is one of each.";
    optional region: Vec<String> =
        "The regions of customers. A deal that names no region of `customers` is in each.";
    optional channel: Vec<String> = "The channels through which a partner sells the deal.";
}

/// Names of the book that a condition refers to.
#[derive(Clone, Copy)]
pub(super) struct ConditionNames<'n> {
    /// The metrics of the file; none if they are not known.
    pub metrics: &'n [String],
    pub customers: &'n CustomerRules,
    pub channels: &'n [String],
}

impl Condition {
    pub const fn is_empty(&self) -> bool {
        self.measures.is_empty()
            && self.payment_days.is_none()
            && self.metrics.is_empty()
            && self.segments.is_empty()
            && self.regions.is_empty()
            && self.channels.is_empty()
    }

    /// Whether the condition can hold for a deal of a metric alone.
    pub fn is_for(&self, metric: &str) -> bool {
        self.metrics.is_empty() || self.metrics.iter().any(|name| name == metric)
    }

    /// Reads a condition, and reports names that the book does not have.
    pub(super) fn read(table: Section<'_>, names: ConditionNames<'_>) -> Self {
        let measures = [
            table.value(WHEN.discount_above).map(DealMeasure::Discount),
            table.value(WHEN.margin_below).map(DealMeasure::Margin),
            table.value(WHEN.acv_above).map(DealMeasure::Acv),
            table.value(WHEN.tcv_above).map(DealMeasure::Tcv),
            table.value(WHEN.term_above).map(DealMeasure::Term),
        ];
        let listed = |key: TypedKey<Vec<String>>, noun: &str, known: &[String]| {
            let named: Vec<Written<String>> = table.get(key);
            // Under a misspelled table, no metric is known.
            let is_known = |name: &Written<String>| {
                known.contains(&name.value) || noun == "metric" && known.is_empty()
            };
            for name in named.iter().filter(|name| !is_known(name)) {
                let known = known.iter().map(String::as_str);
                table.fault(table::unknown(Code::UnknownChoice, noun, name, known));
            }
            named.into_iter().map(|name| name.value).collect()
        };
        Self {
            measures: measures.into_iter().flatten().collect(),
            payment_days: table.value(WHEN.payment_days_above),
            metrics: listed(WHEN.metric, "metric", names.metrics),
            segments: names.customers.segments_of(table, WHEN.segment),
            regions: listed(WHEN.region, "region", &names.customers.regions),
            channels: listed(WHEN.channel, "channel", names.channels),
        }
    }
}
