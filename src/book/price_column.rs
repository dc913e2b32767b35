//! Price columns: other amounts of a book for deals of some segments or regions.

use super::customer::CustomerRules;
use super::rule::{ANOTHER_NAME, Rule, UniqueNames, rule_of};
use crate::table::{self, STANDARD, Section, TableList, TypedKey, keys};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

/// Condition under which a deal has the amounts of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceColumn {
    pub(crate) name: String,
    /// Segments of the customers; any if there are none.
    pub(crate) segments: Vec<String>,
    /// Regions of the customers; any if there are none.
    pub(crate) regions: Vec<String>,
    pub(crate) rule: Rule,
}

keys! {
    pub(super) PRICE_COLUMN: PriceColumnKeys = "a price column",
        "Other amounts for deals of some segments or regions: price = { standard = \"100.00\", education = \
         \"50.00\" }. The first column that a deal meets holds.";

    required name: String = "The name of the column in the amounts of the book.";
    optional segment: Vec<String> = "The segments of customers that the column is for.";
    optional region: Vec<String> = "The regions of customers that the column is for.";
}

impl PriceColumn {
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether a deal of a segment and a region has the amounts of the column.
    pub fn is_for(&self, segment: Option<&str>, region: Option<&str>) -> bool {
        let is_met = |known: &[String], stated: Option<&str>| {
            known.is_empty() || stated.is_some_and(|stated| known.iter().any(|it| it == stated))
        };
        is_met(&self.segments, segment) && is_met(&self.regions, region)
    }
}

/// Returns the names of the columns of a book. Reports a name twice, and one with another meaning.
pub(super) fn names(
    top: Section<'_>,
    key: TypedKey<TableList<PriceColumnKeys>>,
    currencies: &[&str],
) -> Vec<String> {
    let mut known = UniqueNames::default();
    let named = top.get(key).into_iter().filter_map(|table| {
        let name = table.get(PRICE_COLUMN.name)?;
        if name.value == STANDARD || currencies.contains(&name.value.as_str()) {
            let message = format!("\"{}\" is no name for a price column", name.value);
            let hint = "amounts with this name have another meaning: write another name";
            let fault = Diagnostic::new(Code::Duplicate, name.place.clone(), message);
            table.fault(fault.hint(hint));
        }
        let what = format_args!("the price column \"{}\"", name.value);
        known.is_new(table, &name, what, ANOTHER_NAME);
        Some(name.value)
    });
    named.collect()
}

/// Reads all columns of a book.
pub(super) fn read_all(
    top: Section<'_>,
    key: TypedKey<TableList<PriceColumnKeys>>,
    customers: &CustomerRules,
) -> Vec<PriceColumn> {
    let columns = top.get(key).into_iter().filter_map(|table| {
        let segments = customers.segments_of(table, PRICE_COLUMN.segment);
        let named: Vec<Written<String>> = table.get(PRICE_COLUMN.region);
        for name in named.iter().filter(|name| !customers.regions.contains(&name.value)) {
            let known = customers.regions.iter().map(String::as_str);
            table.fault(table::unknown(Code::UnknownChoice, "region", name, known));
        }
        let keys = [PRICE_COLUMN.segment, PRICE_COLUMN.region];
        if keys.iter().all(|key| table.is_missing(key)) {
            let message = "a price column needs the deals that it is for";
            table.report_missing(message, "add `segment` or `region`");
        }
        let regions = named.into_iter().map(|name| name.value).collect();
        let name = table.get(PRICE_COLUMN.name)?;
        let rule = rule_of("price_column", &name);
        Some(PriceColumn { name: name.value, segments, regions, rule })
    });
    columns.collect()
}
