//! The value of a key, for people and for programs.

use crate::book::{GUARDRAIL, GuardrailKind};
use crate::number::{Currency, Money, MoneyRange, Rate};
use crate::table::{FlagOrText, Key, Kind, Section, rate};
use crate::text::source::Written;
use std::fmt::Display;

#[derive(Debug, Clone)]
pub struct EntryValue {
    /// The value for people: `$1,500.00`, `15%`.
    pub shown: String,
    /// The value for programs: `1500.00`, `0.15`.
    pub plain: PlainValue,
    /// The amount and the code of its currency, for a value that is an amount.
    pub amount: Option<(Money, String)>,
    pub is_number: bool,
}

/// The value as a program reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlainValue {
    /// A text or a number.
    Text(String),
    List(Vec<String>),
    /// A flag that is true. A flag that is false is not listed.
    Flag,
}

impl EntryValue {
    pub fn has(&self, word: &str) -> bool {
        matches!(&self.plain, PlainValue::List(words) if words.iter().any(|it| it == word))
    }

    /// Returns the meaning of the value, whatever its notation, with the currency of an amount.
    pub(super) fn meaning(&self) -> (&PlainValue, Option<&str>) {
        (&self.plain, self.amount.as_ref().map(|(_, currency)| currency.as_str()))
    }

    /// Returns the amount or the number.
    pub(super) fn as_number(&self) -> Option<Money> {
        match (&self.amount, &self.plain) {
            (Some((amount, _)), _) => Some(*amount),
            (None, PlainValue::Text(text)) if self.is_number => Money::parse(text).ok(),
            _ => None,
        }
    }

    pub(super) fn as_rate(&self) -> Option<Rate> {
        match &self.plain {
            PlainValue::Text(text) if self.is_number => Rate::parse(text).ok(),
            _ => None,
        }
    }

    fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { shown: text.clone(), plain: PlainValue::Text(text), amount: None, is_number: false }
    }

    pub(super) fn list(words: Vec<String>) -> Self {
        let shown = words.join(", ");
        Self { shown, plain: PlainValue::List(words), amount: None, is_number: false }
    }

    fn number(shown: impl Display, plain: String) -> Self {
        let (shown, plain) = (shown.to_string(), PlainValue::Text(plain));
        Self { shown, plain, amount: None, is_number: true }
    }

    fn displayed(number: impl Display) -> Self {
        let shown = number.to_string();
        Self::number(&shown, shown.clone())
    }

    fn money(amount: Money, currency: &Currency) -> Self {
        let number = Self::number(currency.show(amount), currency.plain(amount));
        Self { amount: Some((amount, currency.code.clone())), ..number }
    }

    fn fee(range: MoneyRange, currency: &Currency) -> Self {
        if range.is_one() {
            return Self::money(range.least, currency);
        }
        let [least, most] = [range.least, range.most].map(|it| currency.plain(it));
        let number = Self::number(currency.show_range(range), format!("{least}-{most}"));
        Self { amount: Some((range.least, currency.code.clone())), ..number }
    }
}

/// Returns the value of a key in a currency; `None` where the key has no value in that currency.
pub(super) fn value(
    table: Section<'_>,
    key: &'static Key,
    currency: &Currency,
) -> Option<EntryValue> {
    let name = key.name;
    let value = match key.kind {
        Kind::Text => EntryValue::text(table.text(name)?.value),
        Kind::Choice(words) => EntryValue::text(words[table.choice(name)?.value]),
        Kind::Whole(..) => EntryValue::displayed(table.whole(name)?.value),
        Kind::Quantity => {
            let quantity = table.quantity(name)?.value;
            EntryValue::number(quantity.grouped(), quantity.to_string())
        }
        Kind::Money => EntryValue::money(table.money(name)?.value, currency),
        Kind::MoneyRange => EntryValue::fee(table.money_range(name)?.value, currency),
        Kind::Rate => {
            let rate = table.rate(name)?.value;
            EntryValue::number(rate, rate.plain())
        }
        Kind::Percentage => {
            let rate = table.percentage(name)?.value;
            EntryValue::number(rate, rate.plain())
        }
        Kind::Rates => EntryValue::displayed(table.rates(name)?.value),
        Kind::Threshold => threshold(table, name, currency)?,
        Kind::Range => EntryValue::text(table.range(name)?.value.to_string()),
        Kind::Date => EntryValue::text(table.date(name)?.value.to_string()),
        Kind::Flag if table.flag(name) => {
            EntryValue { plain: PlainValue::Flag, ..EntryValue::text("yes") }
        }
        Kind::FlagOrText => match table.flag_or_text(name) {
            FlagOrText::Off => return None,
            FlagOrText::On => EntryValue { plain: PlainValue::Flag, ..EntryValue::text("yes") },
            FlagOrText::Text(text) => EntryValue::text(text),
        },
        Kind::Currencies | Kind::Texts => {
            EntryValue::list(table.texts(name).into_iter().map(|word| word.value).collect())
        }
        Kind::NamedRates(_) => {
            let named = table.named_rates(name).into_iter();
            let named = named.map(|(name, rate)| format!("{} {}", name.value, rate.value));
            EntryValue::list(named.collect())
        }
        Kind::AnyTable => EntryValue::text(table.any_table(name)?.value),
        Kind::Flag | Kind::Table(_) | Kind::Tables(_) | Kind::TableOrTables(_) | Kind::Named(_) => {
            return None;
        }
    };
    Some(value)
}

/// Returns the threshold of a rule: a rate, an amount or a number of years, as the rule measures.
fn threshold(table: Section<'_>, name: &str, currency: &Currency) -> Option<EntryValue> {
    match table.get(GUARDRAIL.measure)?.value {
        GuardrailKind::Discount | GuardrailKind::Margin => {
            let text = table.threshold(name)?;
            let rate = table.report(rate(Written::new(text.value.as_str(), text.place)))?.value;
            Some(EntryValue::number(rate, rate.plain()))
        }
        GuardrailKind::Acv | GuardrailKind::Tcv => {
            table.money(name).map(|it| EntryValue::money(it.value, currency))
        }
        GuardrailKind::Term => Some(EntryValue::displayed(table.threshold(name)?.value)),
    }
}
