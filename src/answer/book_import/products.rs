//! Products of a price list: the rows of each, joined to ranges without a gap.

use super::cells::{ListPeriod, ListRange};
use crate::number::{Currency, Money};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Place;

/// Row of a price list.
#[derive(Debug, Clone)]
pub(super) struct ListRow {
    pub place: Place,
    pub product: String,
    pub unit: Option<String>,
    pub range: ListRange,
    pub price: Money,
    pub currency: String,
    pub period: ListPeriod,
}

/// Product with its price list.
#[derive(Debug)]
pub(super) struct Product {
    /// Key in the book, each once.
    pub key: String,
    pub title: String,
    pub unit: Option<String>,
    pub period: ListPeriod,
    /// Currencies in which the product is sold, in the order of the list.
    pub currencies: Vec<String>,
    pub ranges: Vec<ProductRange>,
}

/// Range of a product, with its price in each currency of the product.
#[derive(Debug)]
pub(super) struct ProductRange {
    pub from: u64,
    pub to: Option<u64>,
    pub prices: Vec<Money>,
}

impl Product {
    /// Returns the most decimals of a price, if they are more than a currency of the product has.
    pub fn places(&self) -> Option<u32> {
        let prices = self.ranges.iter().flat_map(|range| &range.prices);
        let places = prices.map(|price| price.decimals()).max()?;
        let minor = |code: &String| Currency::new(code, None).map(|it| it.minor);
        let least = self.currencies.iter().filter_map(minor).min()?;
        (places > least).then_some(places)
    }
}

/// Joins the rows of each product, in the order of the list.
pub(super) fn products(
    rows: &[ListRow],
    faults: &mut Vec<Diagnostic>,
    assumptions: &mut Vec<String>,
    is_graduated: bool,
) -> Vec<Product> {
    let mut titles: Vec<&str> = Vec::new();
    for row in rows {
        if !titles.contains(&row.product.as_str()) {
            titles.push(&row.product);
        }
    }
    let mut products: Vec<Product> = Vec::new();
    for title in titles {
        let mine: Vec<&ListRow> = rows.iter().filter(|row| row.product == title).collect();
        let key = free_key(title, &products);
        if let Some(product) = product(key, title, &mine, faults) {
            if product.ranges.len() > 1 {
                let mode = if is_graduated {
                    "each unit takes the price of its own range"
                } else {
                    "all units take the price of the range that the quantity falls in"
                };
                assumptions.push(format!("{title}: {mode}"));
            }
            if let [.., last] = product.ranges.as_slice()
                && let ProductRange { from, to: None, .. } = last
                && mine.iter().any(|row| row.range.from.is_none() && row.range.to.is_none())
            {
                assumptions.push(format!("{title}: one price from {from} on"));
            }
            match product.period {
                ListPeriod::Once => assumptions.push(format!("{title}: no yearly maintenance")),
                ListPeriod::Hour => assumptions.push(format!("{title}: a month has 730 hours")),
                ListPeriod::Year | ListPeriod::Month => {}
            }
            if product.unit.is_none() {
                assumptions.push(format!("{title}: its unit is called unit"));
            }
            products.push(product);
        }
    }
    products
}

fn product(
    key: String,
    title: &str,
    rows: &[&ListRow],
    faults: &mut Vec<Diagnostic>,
) -> Option<Product> {
    let first = rows.first()?;
    let before = faults.len();
    let mut currencies: Vec<String> = Vec::new();
    for row in rows {
        if row.period != first.period {
            let message = format!(
                "{title} has prices per {} and per {}",
                first.period.name(),
                row.period.name()
            );
            let fault = Diagnostic::new(Code::Conflict, row.place.clone(), message);
            let fault = fault.related(first.place.clone(), "the first price");
            faults.push(fault.hint("give the product of each period a name of its own"));
        }
        if !currencies.contains(&row.currency) {
            currencies.push(row.currency.clone());
        }
    }
    let mut lists: Vec<Vec<ProductRange>> = Vec::new();
    for currency in &currencies {
        let mine: Vec<&ListRow> =
            rows.iter().copied().filter(|row| row.currency == *currency).collect();
        lists.push(ranges(title, &mine, faults));
    }
    if faults.len() > before {
        return None;
    }
    let mut lists = lists.into_iter();
    let mut ranges = lists.next()?;
    for (list, currency) in lists.zip(currencies.iter().skip(1)) {
        let ends =
            |list: &[ProductRange]| -> Vec<_> { list.iter().map(|it| (it.from, it.to)).collect() };
        if ends(&list) != ends(&ranges) {
            let message =
                format!("{title} has other ranges in {currency} than in {}", currencies[0]);
            let fault = Diagnostic::new(Code::Conflict, first.place.clone(), message);
            faults.push(fault.hint("write each range in every currency of the product"));
            return None;
        }
        for (range, other) in ranges.iter_mut().zip(list) {
            range.prices.extend(other.prices);
        }
    }
    let unit = rows.iter().find_map(|row| row.unit.clone());
    let title = title.to_owned();
    Some(Product { key, title, unit, period: first.period, currencies, ranges })
}

/// Returns the ranges of a product in one currency, ascending. Reports gaps and overlaps.
fn ranges(title: &str, rows: &[&ListRow], faults: &mut Vec<Diagnostic>) -> Vec<ProductRange> {
    let mut rows: Vec<&ListRow> = rows.to_vec();
    rows.sort_by_key(|row| (row.range.from.unwrap_or(0), row.range.to.unwrap_or(u64::MAX)));
    let mut ranges: Vec<ProductRange> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let next = rows.get(at + 1).and_then(|next| next.range.from);
        let expected = ranges.last().map_or(Some(1), |last| last.to.map(|to| to + 1));
        let from = row.range.from.or(expected).unwrap_or(1);
        // An empty end is the unit before the next range.
        let to = row.range.to.or_else(|| next.and_then(|next| next.checked_sub(1)));
        let begins = match expected {
            Some(expected) => expected == from || ranges.is_empty(),
            None => false,
        };
        if !begins || to.is_some_and(|to| to < from) {
            let gap = expected.filter(|expected| from > *expected && !ranges.is_empty());
            let (code, message) = match gap {
                Some(first) if first == from - 1 => {
                    (Code::RangeGap, format!("{title} has no price for {first}"))
                }
                Some(first) => {
                    (Code::RangeGap, format!("{title} has no price for {first} to {}", from - 1))
                }
                None => (Code::RangeOverlap, format!("{title} has two prices for {from}")),
            };
            let fault = Diagnostic::new(code, row.place.clone(), message);
            faults.push(fault.hint("write ranges that follow one another"));
            // The next row is compared with this one, unless both are for the same units.
            if gap.is_none() {
                continue;
            }
        }
        ranges.push(ProductRange { from, to, prices: vec![row.price] });
    }
    ranges
}

/// Returns a key for a title that no other product has.
fn free_key(title: &str, products: &[Product]) -> String {
    let mut key = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            key.push(c);
        } else if !key.is_empty() && !key.ends_with('-') {
            key.push('-');
        }
    }
    let key = key.trim_end_matches('-');
    let key = if key.is_empty() { "product" } else { key };
    let is_free = |key: &str| products.iter().all(|product| product.key != key);
    if is_free(key) {
        return key.to_owned();
    }
    let numbered = (2..).map(|number| format!("{key}-{number}"));
    numbered.into_iter().find(|key| is_free(key)).unwrap_or_default()
}
