//! What a customer could have instead, and what that costs.

use super::rule;
use crate::book::{Alternative, Cost, CostFrequency, CountedUnits, Metric};
use crate::number::{Currency, Money};
use crate::table::{Section, suggestion};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

/// A cost as it was written: no book has been asked yet what its units are.
#[derive(Debug, Clone)]
pub struct DraftCost {
    pub(crate) title: Written<String>,
    pub(crate) amount: Written<Money>,
    frequency: CostFrequency,
    per: Option<Written<CountedUnits>>,
    assumed: bool,
}

/// `currency` is that of the book, if it could be read.
pub(super) fn all(
    top: Section<'_>,
    metrics: &[Metric],
    currency: Option<&Currency>,
) -> Vec<Alternative> {
    // A metric that is not there may have a fault, or be sold in other currencies.
    let are_known = metrics.len() == top.names("metric").len();
    let tables = top.named("alternative").into_iter();
    let alternatives = tables.filter_map(|(name, table)| {
        let title = table.text("title");
        let id = format!("alternative.{}", name.value);
        let (costs, faults) = resolve(
            &read(table, "costs"),
            &id,
            are_known.then_some(metrics),
            currency.map(|currency| (currency.code.as_str(), currency.minor)),
        );
        for fault in faults {
            table.fault(fault);
        }
        let rule = rule(id, &name.place);
        Some(Alternative { name: name.value, title: title?.value, costs, rule })
    });
    alternatives.collect()
}

/// The costs under a key; `assumed` is read where the shape of the table has it.
pub fn read(table: Section<'_>, key: &str) -> Vec<DraftCost> {
    table.tables(key).into_iter().filter_map(cost).collect()
}

fn cost(table: Section<'_>) -> Option<DraftCost> {
    let (once, yearly, total) = (table.money("once"), table.money("yearly"), table.money("total"));
    let years = table.whole("years");
    let title = table.text("title");
    let per = table.text("per").and_then(|text| table.report(units(text)));
    let assumed = table.written().any(|key| key.name == "assumed") && table.flag("assumed");
    let places: Vec<_> =
        ["once", "yearly", "total"].iter().filter_map(|key| table.key_place(key)).collect();
    if let [first, second, ..] = places.as_slice() {
        let message = "a cost is paid once, yearly, or in total over some years";
        table.report_conflict(message, first.clone(), "the first amount", second.clone());
        return None;
    }
    let is_total = !table.is_missing("total");
    table.report_unless(is_total, "years", "`total`");
    if is_total {
        table.require("years", "a total", "add `years`: how many of them it is for");
    } else if table.is_missing("once") && table.is_missing("yearly") {
        let message = "a cost needs an amount";
        let hint = "add `once`, `yearly`, or `total` with `years`";
        table.fault(Diagnostic::new(Code::MissingKey, table.place(), message).hint(hint));
    }
    let (amount, often) = match (once, yearly, total, years) {
        (Some(once), ..) => (once, CostFrequency::Once),
        (_, Some(yearly), ..) => (yearly, CostFrequency::Years(1)),
        (_, _, Some(total), Some(years)) => (total, CostFrequency::Years(years.value)),
        _ => return None,
    };
    Some(DraftCost { title: title?, amount, frequency: often, per, assumed })
}

/// "socket", "16 cores".
fn units(text: Written<String>) -> Result<Written<CountedUnits>, Diagnostic> {
    let trimmed = text.value.trim();
    let (count, word) = match trimmed.split_once(' ') {
        Some((count, word)) if count.starts_with(|c: char| c.is_ascii_digit()) => (count, word),
        _ => ("1", trimmed),
    };
    let count = count.parse().ok().filter(|count| (1..=CountedUnits::MOST).contains(count));
    let (Some(count), false) = (count, word.starts_with(|c: char| c.is_ascii_digit())) else {
        let message = format!("\"{trimmed}\" is no number of units");
        return Err(Diagnostic::new(Code::BadNumber, text.place, message)
            .hint("write a unit, such as \"socket\", or so many of them, such as \"16 cores\""));
    };
    Ok(Written::new(CountedUnits { count, word: word.trim().to_owned() }, text.place))
}

/// The costs, and what is wrong with them. `metrics` are those of the book, and `coin` is the code
/// of its currency and how many decimal places that has, as far as both are known.
pub fn resolve(
    written: &[DraftCost],
    id: &str,
    metrics: Option<&[Metric]>,
    coin: Option<(&str, u32)>,
) -> (Vec<Cost>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    for (at, cost) in written.iter().enumerate() {
        let is_same = |first: &&DraftCost| {
            let per = |cost: &DraftCost| cost.per.as_ref().map(|per| per.value.clone());
            first.title.value == cost.title.value && per(first) == per(cost)
        };
        if let Some(first) = written[..at].iter().find(is_same) {
            let (place, first) = (cost.title.place.clone(), first.title.place.clone());
            let what = format_args!("the cost \"{}\"", cost.title.value);
            faults.push(Diagnostic::twice(place, first, what).hint("take one of them out"));
        }
        faults.extend(metrics.and_then(|metrics| unknown_units(cost.per.as_ref()?, metrics)));
        if let Some((code, minor)) = coin
            && cost.amount.value.decimals() > minor
        {
            let message = format!("an amount in {code} has at most {minor} decimal places");
            let fault = Diagnostic::new(Code::BadNumber, cost.amount.place.clone(), message);
            faults.push(fault.hint("what is paid is not rounded: write what it is"));
        }
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

/// A word that no metric of the book counts in.
fn unknown_units(per: &Written<CountedUnits>, metrics: &[Metric]) -> Option<Diagnostic> {
    let words = || metrics.iter().flat_map(|metric| [metric.unit(), metric.units()]);
    let word = per.value.word.as_str();
    if words().any(|known| known == word) {
        return None;
    }
    let message = format!("nothing in the book is counted in \"{word}\"");
    let mut known: Vec<_> = words().collect();
    known.sort_unstable();
    known.dedup();
    let hint = suggestion(word, known);
    Some(Diagnostic::new(Code::UnknownChoice, per.place.clone(), message).hint(hint))
}
