//! Amounts in one currency or in several.
//!
//! A book with several currencies is read once for each of them, and every amount in it is a table
//! with one entry per currency. Getters return the amount in the currency being read.

use super::number::{self, Parsed};
use super::section::{AmountCurrencies, Section, TomlValue};
use super::words::unknown;
use crate::number::{Money, MoneyRange};
use crate::text::diagnostic::{Code, nearest};
use crate::text::source::Written;
use toml::de::{DeTable, DeValue};

/// Name of the prices for deals that no price column is for.
pub(crate) const STANDARD: &str = "standard";

/// Whether the entries of an amount are those of price columns, and not of currencies.
fn is_by_column(table: &DeTable<'_>, columns: &[String]) -> bool {
    let is_column = |key: &str| key == STANDARD || columns.iter().any(|column| column == key);
    !columns.is_empty() && table.keys().any(|key| is_column(key.get_ref()))
}

impl<'a> Section<'a> {
    /// Reads an amount in the currency being read.
    pub fn money(&self, name: &str) -> Option<Written<Money>> {
        self.number_in_currency(name, "an amount such as \"1500.00\"", number::money)
    }

    /// Reads an amount or a range of amounts in the currency being read.
    pub fn money_range(&self, name: &str) -> Option<Written<MoneyRange>> {
        let wanted = "an amount or a range such as \"500.00-900.00\"";
        self.number_in_currency(name, wanted, number::money_range)
    }

    fn number_in_currency<T>(
        &self,
        name: &str,
        wanted: &str,
        parse: impl Fn(Written<&str>) -> Parsed<T>,
    ) -> Option<Written<T>> {
        let value = self.amount(name, self.written_value(name)?)?;
        self.report(parse(self.literal(name, value, wanted)?))
    }

    /// Returns whether the table holds in the currency being read. Reports errors in its list.
    pub fn is_in_currency(&self, name: impl AsRef<str>) -> bool {
        let name = name.as_ref();
        let written = self.texts(name);
        let AmountCurrencies::Each { codes, read, .. } = &self.reading.amounts else { return true };
        for (index, code) in written.iter().enumerate() {
            if !codes.contains(&code.value) {
                self.unknown_currency(code);
            } else if written[..index].iter().any(|first| first.value == code.value) {
                let message = format!("`{name}` has {} twice", code.value);
                self.fault(code.fault(Code::Duplicate, message).hint("remove one of them"));
            }
        }
        let listed = self.listed(codes);
        if let (Some(place), Some([])) = (self.key_place(name), listed.as_deref()) {
            let message = format!("`{name}` is empty");
            let hint = "name its currencies, or remove the list";
            self.report_at(Code::Empty, place, message, hint);
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
            (AmountCurrencies::Each { columns, column, .. }, DeValue::Table(table))
                if is_by_column(table, columns) =>
            {
                let standard = self.check_columns(name, value, table, columns)?;
                let own = column.and_then(|at| table.get(columns[at].as_str()));
                self.amount(name, own.unwrap_or(standard))
            }
            (AmountCurrencies::Each { codes, read, .. }, DeValue::Table(table)) => {
                self.check_entries(name, value, table, codes);
                table.get(codes[*read].as_str())
            }
            (AmountCurrencies::Each { codes, .. }, _) if codes.len() > 1 => {
                let listed = self.listed(codes).unwrap_or_default();
                let (codes, entries) = (codes.join(", "), entries(&listed));
                let message = format!("`{name}` does not say in which currency it is");
                let hint = format!("the book has {codes}: write {name} = {{ {entries} }}");
                self.report_at(Code::WrongType, self.reading.place(value.span()), message, hint);
                None
            }
            _ => Some(value),
        }
    }

    /// Returns the name of the price column that is being read; `None` for the standard prices.
    pub fn price_column(&self) -> Option<&'a str> {
        match &self.reading.amounts {
            AmountCurrencies::Each { columns, column, .. } => {
                Some(columns.get((*column)?)?.as_str())
            }
            AmountCurrencies::One | AmountCurrencies::Unread => None,
        }
    }

    /// Returns the standard amount of a table of price columns. Reports columns that the book does not have, and a
    /// missing standard amount.
    fn check_columns(
        &self,
        name: &str,
        value: TomlValue<'_>,
        table: &'a DeTable<'a>,
        columns: &[String],
    ) -> Option<TomlValue<'a>> {
        let known = || std::iter::once(STANDARD).chain(columns.iter().map(String::as_str));
        for key in table.keys() {
            let column = Written::new(key.get_ref().to_string(), self.reading.place(key.span()));
            if known().all(|known| known != column.value) {
                self.fault(unknown(Code::UnknownChoice, "price column", &column, known()));
            }
        }
        let standard = table.get(STANDARD);
        if standard.is_none() {
            let message = format!("`{name}` has no standard amount");
            let hint = format!("add {STANDARD} = \"...\": for deals that no price column is for");
            self.report_at(Code::MissingKey, self.reading.place(value.span()), message, hint);
        }
        standard
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
                self.report_at(Code::Conflict, code.place, message, hint);
            }
        }
        let is_missing = |code: &&str| !table.contains_key(*code) && !meant.contains(code);
        let missing: Vec<_> = listed.into_iter().filter(is_missing).collect();
        if !missing.is_empty() {
            let message = format!("`{name}` has no amount in {}", missing.join(", "));
            let entries = entries(&missing);
            let hint = format!("add {entries}: nothing is converted from another currency");
            self.report_at(Code::MissingKey, self.reading.place(value.span()), message, hint);
        }
    }

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

/// Writes entries that the author of the file completes: `USD = "...", JPY = "..."`.
fn entries(codes: &[&str]) -> String {
    let entries: Vec<_> = codes.iter().map(|code| format!("{code} = \"...\"")).collect();
    entries.join(", ")
}
