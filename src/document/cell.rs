//! Cells of a table, which know their value beside the words that they show.

use crate::number::{
    Currency, Date, Money, Quantity, Rate, Ratio, Share, Total, UnitHours, grouped,
};
use std::borrow::Cow;
use std::fmt::Display;

/// A cell of a table: the words for people, and the value for programs.
///
/// Documents draw the words, and CSV writes the value: `$1,853.21` and `1853.21`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    shown: String,
    value: CellValue,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum CellValue {
    /// No value. The cell stands in a column of figures.
    #[default]
    Empty,
    /// Words. A spreadsheet never takes them for a formula.
    Text,
    /// A place in a price book or a deal, such as `pricing.toml:41`.
    Source,
    /// Words that stand in a column of figures: "never", "month 7", "10% → 15%".
    Figure,
    Money(Money, CellCurrency),
    Total(Total, CellCurrency),
    Rate(Rate),
    Share(Share),
    Ratio(Ratio),
    Quantity(Quantity),
    UnitHours(UnitHours),
    Count(u64),
    Date(Date),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellCurrency {
    pub code: String,
    pub symbol: String,
    pub minor: u32,
}

impl From<&Currency> for CellCurrency {
    fn from(currency: &Currency) -> Self {
        let Currency { code, symbol, minor } = currency.clone();
        Self { code, symbol, minor }
    }
}

impl Cell {
    pub fn text(words: impl Into<String>) -> Self {
        Self { shown: words.into(), value: CellValue::Text }
    }

    /// The place behind a figure, such as a line of the price book.
    pub fn source(place: impl Display) -> Self {
        Self { shown: place.to_string(), value: CellValue::Source }
    }

    pub fn figure(words: impl Into<String>) -> Self {
        Self { shown: words.into(), value: CellValue::Figure }
    }

    /// An amount, shown with the symbol of its currency and grouped by thousands.
    pub fn money(currency: &Currency, amount: Money) -> Self {
        let value = CellValue::Money(amount, currency.into());
        Self { shown: currency.show(amount), value }
    }

    pub fn total(currency: &Currency, total: Total) -> Self {
        let value = CellValue::Total(total, currency.into());
        Self { shown: currency.show_total(total), value }
    }

    pub fn rate(rate: Rate) -> Self {
        Self { shown: rate.to_string(), value: CellValue::Rate(rate) }
    }

    pub fn share(share: Share) -> Self {
        Self { shown: share.to_string(), value: CellValue::Share(share) }
    }

    pub fn ratio(ratio: Ratio) -> Self {
        Self { shown: ratio.to_string(), value: CellValue::Ratio(ratio) }
    }

    pub fn quantity(quantity: Quantity) -> Self {
        Self { shown: quantity.grouped(), value: CellValue::Quantity(quantity) }
    }

    pub fn unit_hours(used: UnitHours) -> Self {
        Self { shown: used.grouped(), value: CellValue::UnitHours(used) }
    }

    /// A number of things, shown grouped by thousands.
    pub fn count(count: impl TryInto<u64>) -> Self {
        let count = count.try_into().unwrap_or(u64::MAX);
        Self { shown: grouped(&count.to_string()), value: CellValue::Count(count) }
    }

    /// A whole number that is a name, such as that of a line, shown without groups.
    pub fn ordinal(number: impl TryInto<u64>) -> Self {
        let number = number.try_into().unwrap_or(u64::MAX);
        Self { shown: number.to_string(), value: CellValue::Count(number) }
    }

    pub fn date(day: Date) -> Self {
        Self { shown: day.to_string(), value: CellValue::Date(day) }
    }

    /// Returns the cell with the same value, shown in other words: "+$20.00", "1.5x".
    pub fn shown_as(self, words: impl Into<String>) -> Self {
        Self { shown: words.into(), ..self }
    }

    /// Returns the cell with a plus sign in front, of a figure that is added to something.
    pub fn plus_if(self, is_more: bool) -> Self {
        if is_more { Self { shown: format!("+{}", self.shown), ..self } } else { self }
    }

    pub fn shown(&self) -> &str {
        &self.shown
    }

    pub const fn value(&self) -> &CellValue {
        &self.value
    }

    /// Returns the value as programs read it: plain digits, an ISO 8601 day, or the words.
    pub fn plain(&self) -> Cow<'_, str> {
        Cow::Owned(match &self.value {
            CellValue::Empty => return Cow::Borrowed(""),
            CellValue::Text | CellValue::Source | CellValue::Figure => {
                return Cow::Borrowed(&self.shown);
            }
            CellValue::Money(amount, currency) => amount.at_least(currency.minor),
            CellValue::Total(total, currency) => total.plain(currency.minor),
            CellValue::Rate(rate) => rate.plain(),
            CellValue::Share(share) => share.plain(),
            CellValue::Ratio(ratio) => ratio.plain(),
            CellValue::Quantity(quantity) => quantity.to_string(),
            CellValue::UnitHours(used) => used.to_string(),
            CellValue::Count(count) => count.to_string(),
            CellValue::Date(day) => day.to_string(),
        })
    }

    /// Returns whether the cell stands at the right and is never broken: everything but words,
    /// places and days.
    pub const fn is_figure(&self) -> bool {
        !matches!(self.value, CellValue::Text | CellValue::Source | CellValue::Date(_))
    }

    /// Returns whether the value is words, which may come from outside.
    pub const fn is_words(&self) -> bool {
        matches!(self.value, CellValue::Text | CellValue::Source | CellValue::Figure)
    }
}
