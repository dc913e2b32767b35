//! Cells of a table, which know their value beside the words that they show.

use crate::number::{
    Currency, Date, Money, Quantity, Rate, Ratio, Share, Total, UnitHours, grouped,
};
use std::fmt::Display;

/// A cell of a table: the words for people, and the value for programs.
///
/// Documents draw the words, and CSV writes the value: `$1,853.21` and `1853.21`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    pub(crate) shown: String,
    pub(super) value: CellValue,
}

/// The value of a cell. Numbers are plain digits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum CellValue {
    /// No value. The cell stands in a column of figures.
    #[default]
    Empty,
    /// Words. A spreadsheet never takes them for a formula.
    Text,
    /// A place in a price book or a deal, such as `pricing.toml:41`.
    Source,
    /// Words that stand in a column of figures: "never", "month 7", "10% → 15%".
    Figure,
    /// An amount of money.
    Amount(String, Currency),
    Number(String),
    /// A day, as ISO 8601 writes it.
    Date(String),
}

impl Cell {
    pub fn text(words: impl Into<String>) -> Self {
        Self { shown: words.into(), value: CellValue::Text }
    }

    pub fn source(place: impl Display) -> Self {
        Self { shown: place.to_string(), value: CellValue::Source }
    }

    pub fn figure(words: impl Into<String>) -> Self {
        Self { shown: words.into(), value: CellValue::Figure }
    }

    /// An amount, shown with the symbol of its currency and grouped by thousands.
    pub fn money(currency: &Currency, amount: Money) -> Self {
        let value = CellValue::Amount(currency.plain(amount), currency.clone());
        Self { shown: currency.show(amount), value }
    }

    pub fn total(currency: &Currency, total: Total) -> Self {
        let value = CellValue::Amount(total.plain(currency.minor), currency.clone());
        Self { shown: currency.show_total(total), value }
    }

    const fn number(shown: String, plain: String) -> Self {
        Self { shown, value: CellValue::Number(plain) }
    }

    pub fn rate(rate: Rate) -> Self {
        Self::number(rate.to_string(), rate.plain())
    }

    pub fn share(share: Share) -> Self {
        Self::number(share.to_string(), share.plain())
    }

    pub fn ratio(ratio: Ratio) -> Self {
        Self::number(ratio.to_string(), ratio.plain())
    }

    pub fn quantity(quantity: Quantity) -> Self {
        Self::number(quantity.grouped(), quantity.to_string())
    }

    pub fn unit_hours(used: UnitHours) -> Self {
        Self::number(used.grouped(), used.to_string())
    }

    /// A number of things, shown grouped by thousands.
    pub fn count(count: impl TryInto<u64>) -> Self {
        let count = count.try_into().unwrap_or(u64::MAX).to_string();
        Self::number(grouped(&count), count)
    }

    /// A whole number that is a name, such as that of a line, shown without groups.
    pub fn ordinal(number: impl TryInto<u64>) -> Self {
        let number = number.try_into().unwrap_or(u64::MAX).to_string();
        Self::number(number.clone(), number)
    }

    pub fn date(day: Date) -> Self {
        Self { shown: day.to_string(), value: CellValue::Date(day.to_string()) }
    }

    /// Returns the cell with the same value, shown in other words: "+$20.00", "1.5x".
    pub fn shown_as(self, words: impl Into<String>) -> Self {
        Self { shown: words.into(), ..self }
    }

    /// Returns the cell with a plus sign in front, of a figure that is added to something.
    pub fn plus_if(self, is_more: bool) -> Self {
        if is_more { Self { shown: format!("+{}", self.shown), ..self } } else { self }
    }

    /// Returns the value as programs read it: plain digits, an ISO 8601 day, or the words.
    pub fn plain(&self) -> &str {
        match &self.value {
            CellValue::Empty => "",
            CellValue::Text | CellValue::Source | CellValue::Figure => &self.shown,
            CellValue::Amount(plain, _) | CellValue::Number(plain) | CellValue::Date(plain) => {
                plain
            }
        }
    }

    /// Returns whether the cell stands at the right and is never broken.
    pub const fn is_figure(&self) -> bool {
        !matches!(self.value, CellValue::Text | CellValue::Source | CellValue::Date(_))
    }

    /// Returns whether the value is words, which may come from outside.
    pub const fn is_words(&self) -> bool {
        matches!(self.value, CellValue::Text | CellValue::Source | CellValue::Figure)
    }
}
