//! Alternatives of a customer, such as VMware vSphere, and their costs.

use super::metric::Metric;
use super::rule::{Rule, rule};
use crate::number::{Currency, Money, Quantity};
use crate::table::{Keys, Section, Shape, TableList, WholeNumber, keys, not_in_coins, suggestion};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;
use std::fmt;

/// Alternative that a customer could choose instead of us.
#[derive(Debug, Clone)]
pub struct Alternative {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) costs: Vec<Cost>,
    pub(crate) rule: Rule,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    pub(crate) title: String,
    /// Amount in whole coins.
    pub(crate) amount: Money,
    pub(crate) frequency: CostFrequency,
    /// Units that the amount is for; `None` for the whole deal.
    pub(crate) per: Option<CountedUnits>,
    pub(crate) assumed: bool,
    pub(crate) rule: Rule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostFrequency {
    Once,
    /// Paid again after this number of years; each year bears its share.
    Years(u32),
}

/// Number of units that an amount is for: 16 cores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedUnits {
    pub(crate) count: u32,
    /// Unit as the file writes it, in the singular or plural: `socket`, `cores`.
    pub(crate) word: String,
}

impl CountedUnits {
    pub(crate) const MOST: u32 = 1_000_000;

    /// Returns how often a quantity contains these units; a started one counts.
    pub fn times(&self, quantity: Quantity) -> Quantity {
        quantity.packages(self.count)
    }
}

/// Writes "once", "per year" or "for 3 years".
impl fmt::Display for CostFrequency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Once => f.write_str("once"),
            Self::Years(1) => f.write_str("per year"),
            Self::Years(years) => write!(f, "for {years} years"),
        }
    }
}

/// Writes "socket" or "16 cores".
impl fmt::Display for CountedUnits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            1 => f.write_str(&self.word),
            count => write!(f, "{count} {}", self.word),
        }
    }
}

keys! {
    pub(super) ALTERNATIVE: AlternativeKeys = "an alternative",
        "A product that the customer could buy instead, with its costs.";

    required title: String = "The title that readers see, such as VMware vSphere.";
    optional costs: TableList<CostKeys> =
        "Its costs, as far as they are the same for every customer.";
}

keys! {
    pub(super) COST: CostKeys = "a cost",
        "A cost of an alternative: `once`, `yearly`, or `total` over some `years`.";

    required title: String = "The title that readers see.";
    optional once: Money =
        "The amount paid once, when a unit is first needed; at the start for a cost without units.";
    optional yearly: Money = "The amount paid per year.";
    optional total: Money =
        "The amount for all `years` together, in place of `yearly`; each year costs the same.";
    optional years: WholeNumber<2, 30> = "The years of a `total`.";
    optional per: String =
        "The units that the amount is for, such as \"socket\" or \"16 cores\". The units of the \
         deal's lines are counted, started ones too. Without it the amount is for the whole deal.";
    optional assumed: bool = "The figure is not from the playbook; answers say so.";
}

/// Keys of a cost that the customer states: its own figures are not `assumed`.
const fn stated(about: &'static str) -> Shape {
    let [keys @ .., _assumed] = CostKeys::SHAPE.keys else { return *CostKeys::SHAPE };
    Shape { what: "a cost", about, keys, guesses: CostKeys::SHAPE.guesses }
}

/// Keys of a cost of an alternative in a deal.
pub struct AlternativeCostKeys;

impl Keys for AlternativeCostKeys {
    const SHAPE: &'static Shape = &stated(
        "The customer's own figure: `once`, `yearly`, or `total` over some `years`. The customer's \
         figures replace those of the book, unless the alternative says that they add.",
    );
}

/// Keys of a cost in a deal that the customer has if it chooses us.
pub struct OwnCostKeys;

impl Keys for OwnCostKeys {
    const SHAPE: &'static Shape = &stated(
        "A cost that the customer has with others or internally when it chooses us, such as \
         migration and training: `once`, `yearly`, or `total` over some `years`.",
    );
}

/// Cost as a file writes it, before its units are looked up in the metrics of a book.
#[derive(Debug, Clone)]
pub struct DraftCost {
    pub(crate) title: Written<String>,
    pub(crate) amount: Written<Money>,
    frequency: CostFrequency,
    per: Option<Written<CountedUnits>>,
    assumed: bool,
}

/// Reads one alternative; `metrics` and `currency` are those of the book, if known.
pub(super) fn read(
    name: Written<String>,
    table: Section<'_>,
    metrics: Option<&[Metric]>,
    currency: Option<&Currency>,
) -> Option<Alternative> {
    let title = table.value(ALTERNATIVE.title);
    let id = format!("alternative.{}", name.value);
    let (costs, faults) =
        resolve_costs(&read_costs(table.get(ALTERNATIVE.costs)), &id, metrics, currency);
    for fault in faults {
        table.fault(fault);
    }
    let rule = rule(id, &name.place);
    Some(Alternative { name: name.value, title: title?, costs, rule })
}

/// Reads costs; `assumed` only where the tables can have that key.
pub(crate) fn read_costs(tables: Vec<Section<'_>>) -> Vec<DraftCost> {
    tables.into_iter().filter_map(read_cost).collect()
}

fn read_cost(table: Section<'_>) -> Option<DraftCost> {
    let (once, yearly, total) =
        (table.get(COST.once), table.get(COST.yearly), table.get(COST.total));
    let years = table.get(COST.years);
    let title = table.get(COST.title);
    let per = table.get(COST.per).and_then(|text| table.report(units(text)));
    let assumed =
        table.written().any(|key| key.name == COST.assumed.name) && table.get(COST.assumed);
    let amounts = [COST.once, COST.yearly, COST.total];
    let places: Vec<_> = amounts.iter().filter_map(|key| table.key_place(key)).collect();
    if let [first, second, ..] = places.as_slice() {
        let message = "a cost has only one of `once`, `yearly` and `total`";
        table.report_conflict(message, first.clone(), "the first amount", second.clone());
        return None;
    }
    let is_total = !table.is_missing(COST.total);
    table.report_unless(is_total, COST.years, "`total`");
    if is_total {
        let hint = "add `years`: the number of years that the total is for";
        table.require(COST.years, "a total", hint);
    } else if table.is_missing(COST.once) && table.is_missing(COST.yearly) {
        let hint = "add `once`, `yearly`, or `total` with `years`";
        table.report_missing("a cost needs an amount", hint);
    }
    let (amount, frequency) = match (once, yearly, total, years) {
        (Some(once), ..) => (once, CostFrequency::Once),
        (_, Some(yearly), ..) => (yearly, CostFrequency::Years(1)),
        (_, _, Some(total), Some(years)) => (total, CostFrequency::Years(years.value)),
        _ => return None,
    };
    Some(DraftCost { title: title?, amount, frequency, per, assumed })
}

/// Reads "socket" or "16 cores".
fn units(text: Written<String>) -> Result<Written<CountedUnits>, Diagnostic> {
    let trimmed = text.value.trim();
    let (count, word) = match trimmed.split_once(' ') {
        Some((count, word)) if count.starts_with(|c: char| c.is_ascii_digit()) => (count, word),
        _ => ("1", trimmed),
    };
    let count = count.parse().ok().filter(|count| (1..=CountedUnits::MOST).contains(count));
    let (Some(count), false) = (count, word.starts_with(|c: char| c.is_ascii_digit())) else {
        let message = format!("\"{trimmed}\" is not a number of units");
        let hint = "write a unit, such as \"socket\", or a number of units, such as \"16 cores\"";
        return Err(text.fault(Code::BadNumber, message).hint(hint));
    };
    Ok(Written::new(CountedUnits { count, word: word.trim().to_owned() }, text.place))
}

/// Returns the costs, and errors in them. Units and coins are checked as far as known.
pub(crate) fn resolve_costs(
    written: &[DraftCost],
    id: &str,
    metrics: Option<&[Metric]>,
    currency: Option<&Currency>,
) -> (Vec<Cost>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    for (at, cost) in written.iter().enumerate() {
        let is_same = |first: &&DraftCost| {
            let per = |cost: &DraftCost| cost.per.as_ref().map(|per| per.value.clone());
            first.title.value == cost.title.value && per(first) == per(cost)
        };
        if let Some(first) = written[..at].iter().find(is_same) {
            let what = format_args!("the cost \"{}\"", cost.title.value);
            faults.push(cost.title.twice(&first.title, what).hint("remove one of them"));
        }
        faults.extend(metrics.and_then(|metrics| unknown_units(cost.per.as_ref()?, metrics)));
        faults.extend(currency.and_then(|currency| not_in_coins(&cost.amount, currency)));
    }
    let costs = written.iter().map(|cost| Cost {
        title: cost.title.value.trim().to_owned(),
        amount: cost.amount.value,
        frequency: cost.frequency,
        per: cost.per.as_ref().map(|per| per.value.clone()),
        assumed: cost.assumed,
        rule: rule(id, &cost.title.place),
    });
    (costs.collect(), faults)
}

/// Returns the error for a unit of no metric of the book.
fn unknown_units(per: &Written<CountedUnits>, metrics: &[Metric]) -> Option<Diagnostic> {
    let words = || metrics.iter().flat_map(|metric| [metric.unit.as_str(), metric.units.as_str()]);
    let word = per.value.word.as_str();
    if words().any(|known| known == word) {
        return None;
    }
    let message = format!("nothing in the book is counted in \"{word}\"");
    let mut known: Vec<_> = words().collect();
    known.sort_unstable();
    known.dedup();
    let hint = suggestion(word, known);
    Some(per.fault(Code::UnknownChoice, message).hint(hint))
}
