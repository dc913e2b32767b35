//! Columns of a price list, found by the names that spreadsheets use.

use crate::text::source::{Place, Source};
use std::sync::Arc;

/// Hint with the columns that a price list needs.
pub(super) const NEEDED: &str = "a price list has a column `product`, a column `price`, and `from` and `to` or `quantity` for ranges";

const PRODUCT: &[&str] =
    &["product", "productname", "item", "itemname", "name", "plan", "service", "metric", "sku"];
const FROM: &[&str] = &[
    "from",
    "min",
    "minimum",
    "minqty",
    "minquantity",
    "minimumquantity",
    "quantityfrom",
    "qtyfrom",
    "fromquantity",
    "fromqty",
    "start",
    "lower",
];
const TO: &[&str] = &[
    "to",
    "max",
    "maximum",
    "maxqty",
    "maxquantity",
    "maximumquantity",
    "quantityto",
    "qtyto",
    "toquantity",
    "toqty",
    "end",
    "upper",
    "upto",
];
const RANGE: &[&str] = &["quantity", "qty", "range", "tier", "volume", "quantities", "units"];
const PRICE: &[&str] =
    &["price", "unitprice", "listprice", "priceperunit", "unitlistprice", "amount", "rate", "cost"];
const CURRENCY: &[&str] = &["currency", "currencycode", "curr", "ccy"];
const PERIOD: &[&str] =
    &["per", "period", "billingperiod", "priceperiod", "interval", "frequency", "billing"];
const UNIT: &[&str] = &["unit", "uom", "unitofmeasure", "measure"];

/// Place of each column in a row.
pub(super) struct Columns {
    pub product: Option<usize>,
    pub from: Option<usize>,
    pub to: Option<usize>,
    pub range: Option<usize>,
    pub price: Option<usize>,
    pub currency: Option<usize>,
    pub period: Option<usize>,
    pub unit: Option<usize>,
    names: Vec<String>,
}

impl Columns {
    pub fn find(header: &csv::StringRecord) -> Self {
        let folded: Vec<String> = header.iter().map(fold).collect();
        let find = |known: &[&str]| {
            known.iter().find_map(|name| folded.iter().position(|column| column == name))
        };
        Self {
            product: find(PRODUCT),
            from: find(FROM),
            to: find(TO),
            range: find(RANGE),
            price: find(PRICE),
            currency: find(CURRENCY),
            period: find(PERIOD),
            unit: find(UNIT),
            names: header.iter().map(str::to_owned).collect(),
        }
    }

    /// Returns the number of columns that the header names.
    pub fn width(&self) -> usize {
        self.names.len()
    }

    /// Returns the columns without which no row can be read.
    pub fn missing(&self) -> impl Iterator<Item = &'static str> {
        let needed = [(self.product, "`product`"), (self.price, "`price`")];
        needed.into_iter().filter_map(|(column, name)| column.is_none().then_some(name))
    }

    /// Returns the names of the columns that are not read.
    pub fn ignored(&self) -> impl Iterator<Item = &str> {
        let read = [
            self.product,
            self.from,
            self.to,
            self.range,
            self.price,
            self.currency,
            self.period,
            self.unit,
        ];
        let names = self.names.iter().enumerate();
        names
            .filter(move |(at, name)| !read.contains(&Some(*at)) && !name.is_empty())
            .map(|(_, name)| name.as_str())
    }
}

/// Returns a name without case, blanks and punctuation.
fn fold(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns the character that parts the columns of a header: the one that is there most often.
pub(super) fn delimiter(header: &str) -> u8 {
    let count = |delimiter: u8| header.bytes().filter(|byte| *byte == delimiter).count();
    [b';', b'\t', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

/// Returns the place of a line, which is counted from 1.
pub(super) fn line(list: &Arc<Source>, line: u64) -> Place {
    let before = usize::try_from(line.saturating_sub(1)).unwrap_or_default();
    let mut start = 0;
    for text in list.text().split_inclusive('\n').take(before) {
        start += text.len();
    }
    let length = list.text()[start..].lines().next().unwrap_or_default().len();
    Place::new(Arc::clone(list), start..start + length)
}
