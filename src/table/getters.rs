//! Getters of a section: one for each kind of key, by the name of the key.

use super::section::{Section, TomlValue};
use super::shape::{Kind, Shape};
use super::words::suggestion;
use crate::number::{Date, Interval, IntervalError, Percentage, Quantity, Rate, RateRange};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;
use std::fmt::Arguments;
use toml::de::DeValue;

impl Section<'_> {
    /// Reads a text that is not empty.
    pub fn text(&self, name: &str) -> Option<Written<String>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Text))?;
        self.words(format_args!("`{name}`"), value)
    }

    /// Reads a text that is not empty. `what` is the key, or an entry of its list.
    fn words(&self, what: Arguments<'_>, value: TomlValue<'_>) -> Option<Written<String>> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(&what.to_string(), value, "a text in quotation marks", quoted(value));
            return None;
        };
        let place = self.reading.place(value.span());
        if text.trim().is_empty() {
            let message = format!("{what} is empty");
            let fault = Diagnostic::new(Code::Empty, place, message);
            self.fault(fault.hint("write a value, or remove it"));
            return None;
        }
        Some(Written::new(text.to_owned(), place))
    }

    /// Reads a list of texts that are not empty.
    pub fn texts(&self, name: &str) -> Vec<Written<String>> {
        let is_list = |kind| matches!(kind, Kind::Texts | Kind::Currencies);
        let Some((value, _)) = self.value(name, is_list) else {
            return Vec::new();
        };
        let Some(array) = value.get_ref().as_array() else {
            let text = value.get_ref().as_str();
            let hint = text.map(|text| format!("write {name} = [\"{text}\"]"));
            self.wrong_type(&format!("`{name}`"), value, "a list of texts", hint);
            return Vec::new();
        };
        let word = |item| self.words(format_args!("an entry of `{name}`"), item);
        array.iter().filter_map(word).collect()
    }

    /// Reads one word of a fixed list, and returns its index in the list.
    pub fn choice(&self, name: &str) -> Option<Written<usize>> {
        let (value, key) = self.value(name, |kind| matches!(kind, Kind::Choice(_)))?;
        let Kind::Choice(words) = key.kind else { return None };
        let written = self.words(format_args!("`{name}`"), value)?;
        let found = words.iter().position(|word| *word == written.value);
        let Some(index) = found else {
            let message = format!("`{name}` cannot be \"{}\"", written.value);
            let hint = suggestion(&written.value, words.iter().copied());
            self.fault(Diagnostic::new(Code::UnknownChoice, written.place, message).hint(hint));
            return None;
        };
        Some(Written::new(index, written.place))
    }

    /// Reads a whole number within the bounds of its key.
    pub fn whole(&self, name: &str) -> Option<Written<u32>> {
        let (value, key) = self.value(name, |kind| matches!(kind, Kind::Whole(..)))?;
        let Kind::Whole(low, high) = key.kind else { return None };
        let Some(integer) = value.get_ref().as_integer() else {
            let hint = unquoted(value, |text| text.parse::<u32>().is_ok());
            self.wrong_type(&format!("`{name}`"), value, "a whole number", hint);
            return None;
        };
        let place = self.reading.place(value.span());
        let number = (integer.radix() == 10)
            .then(|| integer.as_str().parse::<u32>().ok())
            .flatten()
            .filter(|number| (low..=high).contains(number));
        if number.is_none() {
            let message = format!("`{name}` is a whole number from {low} to {high}");
            self.fault(Diagnostic::new(Code::BadNumber, place.clone(), message));
        }
        number.map(|number| Written::new(number, place))
    }

    pub fn rate(&self, name: &str) -> Option<Written<Rate>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Rate))?;
        let literal = self.literal(name, value, "a rate such as \"15%\"")?;
        self.report(super::rate(as_str(&literal)))
    }

    pub fn percentage(&self, name: &str) -> Option<Written<Percentage>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Percentage))?;
        let literal = self.literal(name, value, "a percentage such as \"288%\"")?;
        self.report(super::number::percentage(as_str(&literal)))
    }

    pub fn rates(&self, name: &str) -> Option<Written<RateRange>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Rates))?;
        let literal = self.literal(name, value, "a range of rates such as \"30%-35%\"")?;
        self.report(super::rates(as_str(&literal)))
    }

    pub fn quantity(&self, name: &str) -> Option<Written<Quantity>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Quantity))?;
        let literal = self.literal(name, value, "a number such as 500")?;
        self.report(super::quantity(as_str(&literal)))
    }

    /// Reads a number as written, because a sibling key says whether it is a rate, an amount or
    /// years.
    pub fn threshold(&self, name: &str) -> Option<Written<String>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Threshold))?;
        self.literal(name, value, "a rate, an amount or a number")
    }

    /// Reads the digits of a number, quoted or bare, exactly as they stand in the text.
    pub(super) fn literal(
        &self,
        name: &str,
        value: TomlValue<'_>,
        wanted: &str,
    ) -> Option<Written<String>> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.as_ref(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => {
                self.wrong_type(&format!("`{name}`"), value, wanted, None);
                return None;
            }
        };
        Some(Written::new(text.to_owned(), self.reading.place(value.span())))
    }

    pub fn range(&self, name: &str) -> Option<Written<Interval>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Range))?;
        let literal = self.literal(name, value, "a range such as \"3-49\"")?;
        match Interval::parse(&literal.value) {
            Ok(range) => Some(Written::new(range, literal.place)),
            Err(why) => {
                let (message, hint) = match why {
                    IntervalError::Form => (
                        "this is not a range of whole numbers",
                        "write \"3-49\", \"500+\" or \"2\"",
                    ),
                    IntervalError::Backwards => {
                        ("this range ends before it starts", "write the smaller number first")
                    }
                    IntervalError::TooLarge => (
                        "this range goes beyond 1000000000",
                        "a range without an end is written \"500+\"",
                    ),
                };
                self.fault(Diagnostic::new(Code::BadRange, literal.place, message).hint(hint));
                None
            }
        }
    }

    /// Reads a date, bare as in TOML or quoted.
    pub fn date(&self, name: &str) -> Option<Written<Date>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Date))?;
        let text = match value.get_ref() {
            DeValue::Datetime(stamp) => stamp.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => {
                let wanted = "a date such as 2026-11-21";
                self.wrong_type(&format!("`{name}`"), value, wanted, None);
                return None;
            }
        };
        let place = self.reading.place(value.span());
        self.report(super::date(Written::new(text.as_str(), place)))
    }

    /// Reads true or false; false if the key is left out.
    pub fn flag(&self, name: &str) -> bool {
        let Some((value, _)) = self.value(name, |kind| matches!(kind, Kind::Flag)) else {
            return false;
        };
        value.get_ref().as_bool().unwrap_or_else(|| {
            let hint = "write true or false, without quotation marks".to_owned();
            self.wrong_type(&format!("`{name}`"), value, "true or false", Some(hint));
            false
        })
    }
}

impl<'a> Section<'a> {
    pub fn table(&self, name: &str) -> Option<Self> {
        let (value, key) = self.value(name, |kind| matches!(kind, Kind::Table(_)))?;
        let Kind::Table(shape) = key.kind else { return None };
        self.nested(name, value, shape)
    }

    /// Reads the tables of a list, in their order.
    pub fn tables(&self, name: &str) -> Vec<Self> {
        let is_list = |kind| matches!(kind, Kind::Tables(_) | Kind::TableOrTables(_));
        let Some((value, key)) = self.value(name, is_list) else {
            return Vec::new();
        };
        match (key.kind, value.get_ref()) {
            (Kind::TableOrTables(shape), DeValue::Table(_)) => {
                self.nested(name, value, shape).into_iter().collect()
            }
            (Kind::Tables(shape) | Kind::TableOrTables(shape), DeValue::Array(array)) => {
                array.iter().filter_map(|item| self.nested(name, item, shape)).collect()
            }
            _ => {
                let hint = matches!(value.get_ref(), DeValue::Table(_))
                    .then(|| "write its header with two square brackets: [[...]]".to_owned());
                self.wrong_type(&format!("`{name}`"), value, "a list of tables", hint);
                Vec::new()
            }
        }
    }

    /// Reads tables under names that the author of the file chooses, in the order of the file.
    pub fn named(&self, name: &str) -> Vec<(Written<String>, Self)> {
        let Some((value, key)) = self.value(name, |kind| matches!(kind, Kind::Named(_))) else {
            return Vec::new();
        };
        let Kind::Named(shape) = key.kind else { return Vec::new() };
        self.entries(name, value)
            .into_iter()
            .filter_map(|(key, value)| {
                let section = self.nested(&key.value, value, shape)?;
                Some((key, section))
            })
            .collect()
    }

    /// Reads rates or words under names that the author of the file chooses, in the order of the
    /// file.
    pub fn named_rates(&self, name: &str) -> Vec<(Written<String>, Written<String>)> {
        let Some((value, _)) = self.value(name, |kind| matches!(kind, Kind::NamedRates(_))) else {
            return Vec::new();
        };
        self.entries(name, value)
            .into_iter()
            .filter_map(|(key, value)| {
                let literal = self.literal(&key.value, value, "a rate such as \"15%\"")?;
                Some((key, literal))
            })
            .collect()
    }

    /// Returns the names under a key, even of entries that are no tables.
    pub fn names(&self, name: impl AsRef<str>) -> Vec<String> {
        let found = self.value(name.as_ref(), |kind| matches!(kind, Kind::Named(_)));
        let table = found.and_then(|(value, _)| value.get_ref().as_table());
        table.into_iter().flatten().map(|(key, _)| key.get_ref().to_string()).collect()
    }

    /// Returns the entries of a table, in the order of the file.
    fn entries(&self, name: &str, value: TomlValue<'a>) -> Vec<(Written<String>, TomlValue<'a>)> {
        let Some(table) = value.get_ref().as_table() else {
            let hint = matches!(value.get_ref(), DeValue::Array(_))
                .then(|| "write its header with one square bracket: [...]".to_owned());
            self.wrong_type(&format!("`{name}`"), value, "a table", hint);
            return Vec::new();
        };
        let mut entries: Vec<_> = table
            .iter()
            .map(|(key, value)| {
                let place = self.reading.place(key.span());
                (Written::new(key.get_ref().to_string(), place), value)
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.place.span.start);
        entries
    }

    /// Opens a table inside this one.
    fn nested(&self, name: &str, value: TomlValue<'a>, shape: &'static Shape) -> Option<Self> {
        let Some(table) = value.get_ref().as_table() else {
            let hint = matches!(value.get_ref(), DeValue::Array(_))
                .then(|| "write its header with one square bracket: [...]".to_owned());
            self.wrong_type(&format!("`{name}`"), value, "a table", hint);
            return None;
        };
        Some(Self::open(self.reading, table, value.span(), shape).inside(self))
    }
}

/// Borrows the text.
pub(super) fn as_str(written: &Written<String>) -> Written<&str> {
    Written::new(written.value.as_str(), written.place.clone())
}

/// Returns the hint to quote a bare number: `1` as `"1"`.
fn quoted(value: TomlValue<'_>) -> Option<String> {
    let literal = match value.get_ref() {
        DeValue::Integer(number) => number.as_str(),
        DeValue::Float(number) => number.as_str(),
        _ => return None,
    };
    Some(format!("write \"{literal}\""))
}

/// Returns the hint to write a quoted number without its quotation marks.
fn unquoted(value: TomlValue<'_>, is_meant: impl Fn(&str) -> bool) -> Option<String> {
    let text = value.get_ref().as_str().filter(|text| is_meant(text))?;
    Some(format!("write {text}, without quotation marks"))
}
