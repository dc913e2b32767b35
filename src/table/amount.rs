//! Amounts in one currency or in several.
//!
//! A book with several currencies is read once for each of them, and every amount in it is a table
//! with one entry per currency. Getters return the amount in the currency being read.

use super::getters::as_str;
use super::section::{Section, TomlValue};
use super::shape::Kind;
use super::words::unknown;
use crate::number::{Money, MoneyRange};
use crate::text::diagnostic::{Code, Diagnostic, nearest};
use crate::text::source::Written;
use toml::de::{DeTable, DeValue};

/// Currencies of the amounts in a text.
#[derive(Debug)]
pub(super) enum AmountCurrencies {
    /// One currency, which the text does not name: each amount is one number.
    One,
    /// Currencies with these codes, of which the one at this index is being read.
    Each { codes: Vec<String>, read: usize },
    /// Unknown currencies, because their list has an error. Amounts in several currencies are not
    /// checked.
    Unread,
}

impl<'a> Section<'a> {
    /// Reads an amount in the currency being read.
    pub fn money(&self, name: &str) -> Option<Written<Money>> {
        let is_amount = |kind| matches!(kind, Kind::Money | Kind::Threshold);
        let (value, _) = self.value(name, is_amount)?;
        let value = self.amount(name, value)?;
        let literal = self.literal(name, value, "an amount such as \"1500.00\"")?;
        self.report(super::money(as_str(&literal)))
    }

    /// Reads an amount or a range of amounts in the currency being read.
    pub fn money_range(&self, name: &str) -> Option<Written<MoneyRange>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::MoneyRange))?;
        let value = self.amount(name, value)?;
        let literal =
            self.literal(name, value, "an amount or a range such as \"500.00-900.00\"")?;
        self.report(super::money_range(as_str(&literal)))
    }

    /// Returns whether the table holds in the currency being read, by its list of currencies.
    /// Reports errors in the list.
    pub fn is_in_currency(&self, name: impl AsRef<str>) -> bool {
        let name = name.as_ref();
        let written = self.texts(name);
        let AmountCurrencies::Each { codes, read } = &self.reading.amounts else { return true };
        for (index, code) in written.iter().enumerate() {
            if !codes.contains(&code.value) {
                self.unknown_currency(code);
            } else if written[..index].iter().any(|first| first.value == code.value) {
                let message = format!("`{name}` has {} twice", code.value);
                let fault = Diagnostic::new(Code::Duplicate, code.place.clone(), message);
                self.fault(fault.hint("remove one of them"));
            }
        }
        let listed = self.listed(codes);
        if let (Some(place), Some([])) = (self.key_place(name), listed.as_deref()) {
            let message = format!("`{name}` is empty");
            let hint = "name its currencies, or remove the list";
            self.fault(Diagnostic::new(Code::Empty, place, message).hint(hint));
        }
        listed.is_none_or(|listed| listed.contains(&codes[*read].as_str()))
    }

    /// Returns the value of the amount in the currency being read.
    fn amount(&self, name: &str, value: TomlValue<'a>) -> Option<TomlValue<'a>> {
        match (&self.reading.amounts, value.get_ref()) {
            (AmountCurrencies::One, DeValue::Table(_)) => {
                let hint = "write one amount: it is in the currency of the deal".to_owned();
                self.wrong_type(&format!("`{name}`"), value, "one amount", Some(hint));
                None
            }
            (AmountCurrencies::Unread, DeValue::Table(_)) => None,
            (AmountCurrencies::Each { codes, read }, DeValue::Table(table)) => {
                self.check_entries(name, value, table, codes);
                table.get(codes[*read].as_str())
            }
            (AmountCurrencies::Each { codes, .. }, _) if codes.len() > 1 => {
                let listed = self.listed(codes).unwrap_or_default();
                let entries: Vec<_> =
                    listed.iter().map(|code| format!("{code} = \"...\"")).collect();
                let message = format!("`{name}` does not say in which currency it is");
                let place = self.reading.place(value.span());
                self.fault(Diagnostic::new(Code::WrongType, place, message).hint(format!(
                    "the book has {}: write {name} = {{ {} }}",
                    codes.join(", "),
                    entries.join(", ")
                )));
                None
            }
            _ => Some(value),
        }
    }

    /// Reports an amount in a currency in which the table does not hold, and a missing amount.
    fn check_entries(
        &self,
        name: &str,
        value: TomlValue<'_>,
        table: &DeTable<'_>,
        codes: &[String],
    ) {
        let Some(listed) = self.listed(codes) else { return };
        let mut meant = Vec::new();
        for key in table.keys() {
            let code = Written::new(key.get_ref().to_string(), self.reading.place(key.span()));
            if !codes.contains(&code.value) {
                meant.extend(nearest(&code.value, listed.iter().copied()));
                self.unknown_currency(&code);
            } else if !listed.contains(&code.value.as_str()) {
                let message = format!(
                    "`{name}` has an amount in {}, and this is for {} only",
                    code.value,
                    listed.join(", ")
                );
                let hint = format!("remove it, or add \"{}\" to `currencies`", code.value);
                self.fault(Diagnostic::new(Code::Conflict, code.place, message).hint(hint));
            }
        }
        let is_missing = |code: &&str| !table.contains_key(*code) && !meant.contains(code);
        let missing: Vec<_> = listed.into_iter().filter(is_missing).collect();
        if !missing.is_empty() {
            let message = format!("`{name}` has no amount in {}", missing.join(", "));
            let entries: Vec<_> = missing.iter().map(|code| format!("{code} = \"...\"")).collect();
            let place = self.reading.place(value.span());
            self.fault(Diagnostic::new(Code::MissingKey, place, message).hint(format!(
                "add {}: nothing is converted from another currency",
                entries.join(", ")
            )));
        }
    }

    /// Reports a currency that the book does not have.
    fn unknown_currency(&self, code: &Written<String>) {
        let AmountCurrencies::Each { codes, .. } = &self.reading.amounts else { return };
        let known = codes.iter().map(String::as_str);
        self.fault(unknown(Code::UnknownCurrency, "currency", code, known));
    }

    /// Returns the codes in which the table holds; `None` if its list cannot be read.
    fn listed<'c>(&self, codes: &'c [String]) -> Option<Vec<&'c str>> {
        let Some(list) = self.currencies else {
            return Some(codes.iter().map(String::as_str).collect());
        };
        let find = |code: &str| codes.iter().map(String::as_str).find(|known| *known == code);
        let list = list.get_ref().as_array()?;
        list.iter().map(|code| find(code.get_ref().as_str()?)).collect()
    }
}
