//! Getters of a section: one for each kind of key, by the name of the key.

use super::keys::FlagOrText;
use super::number::{self, Parsed};
use super::section::{Section, TomlValue};
use super::shape::{Kind, Shape};
use super::words::suggestion;
use crate::number::{Date, Interval, Percentage, Quantity, Rate, RateRange};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;
use std::fmt::Arguments;
use toml::de::{DeTable, DeValue};

impl Section<'_> {
    /// Reads a text that is not empty.
    pub fn text(&self, name: &str) -> Option<Written<String>> {
        self.words(format_args!("`{name}`"), self.written_value(name)?)
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
            self.report_at(Code::Empty, place, message, "write a value, or remove it");
            return None;
        }
        Some(Written::new(text.to_owned(), place))
    }

    /// Reads a list of texts that are not empty.
    pub fn texts(&self, name: &str) -> Vec<Written<String>> {
        let Some(value) = self.written_value(name) else { return Vec::new() };
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
        let (value, key) = self.entry(name)?;
        let Kind::Choice(words) = key.kind else { return None };
        let written = self.words(format_args!("`{name}`"), value)?;
        let found = words.iter().position(|word| *word == written.value);
        let Some(index) = found else {
            let message = format!("`{name}` cannot be \"{}\"", written.value);
            let meant = self.shape.meant(Some(name), &written.value);
            let hint = match meant {
                Some(word) if words.contains(&word) => format!("did you mean \"{word}\"?"),
                Some(place) => place.to_owned(),
                None => suggestion(&written.value, words.iter().copied()),
            };
            self.report_at(Code::UnknownChoice, written.place, message, hint);
            return None;
        };
        Some(Written::new(index, written.place))
    }

    /// Reads a whole number within the bounds of its key.
    pub fn whole(&self, name: &str) -> Option<Written<u32>> {
        let (value, key) = self.entry(name)?;
        let Kind::Whole(low, high) = key.kind else { return None };
        let Some(integer) = value.get_ref().as_integer() else {
            let text = value.get_ref().as_str().filter(|text| text.parse::<u32>().is_ok());
            let hint = text.map(|text| format!("write {text}, without quotation marks"));
            self.wrong_type(&format!("`{name}`"), value, "a whole number", hint);
            return None;
        };
        let place = self.reading.place(value.span());
        let number = Some(integer).filter(|integer| integer.radix() == 10);
        let number = number.and_then(|integer| integer.as_str().parse().ok());
        let Some(number) = number.filter(|number| (low..=high).contains(number)) else {
            let message = format!("`{name}` is a whole number from {low} to {high}");
            self.fault(Diagnostic::new(Code::BadNumber, place, message));
            return None;
        };
        Some(Written::new(number, place))
    }

    pub fn rate(&self, name: &str) -> Option<Written<Rate>> {
        self.number(name, "a rate such as \"15%\"", number::rate)
    }

    pub fn percentage(&self, name: &str) -> Option<Written<Percentage>> {
        self.number(name, "a percentage such as \"288%\"", number::percentage)
    }

    pub fn rates(&self, name: &str) -> Option<Written<RateRange>> {
        self.number(name, "a range of rates such as \"30%-35%\"", number::rates)
    }

    pub fn quantity(&self, name: &str) -> Option<Written<Quantity>> {
        self.number(name, "a number such as 500", number::quantity)
    }

    pub fn range(&self, name: &str) -> Option<Written<Interval>> {
        self.number(name, "a range such as \"3-49\"", number::interval)
    }

    /// Reads a number as written: a sibling key says whether it is a rate, an amount or years.
    pub fn threshold(&self, name: &str) -> Option<Written<String>> {
        self.number(name, "a rate, an amount or a number", |text| Ok(text.map(str::to_owned)))
    }

    fn number<T>(
        &self,
        name: &str,
        wanted: &str,
        parse: impl Fn(Written<&str>) -> Parsed<T>,
    ) -> Option<Written<T>> {
        let literal = self.literal(name, self.written_value(name)?, wanted)?;
        self.report(parse(literal))
    }

    /// Reads the digits of a number, quoted or bare, exactly as they stand in the text.
    pub(super) fn literal<'v>(
        &self,
        name: &str,
        value: TomlValue<'v>,
        wanted: &str,
    ) -> Option<Written<&'v str>> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.as_ref(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => {
                self.wrong_type(&format!("`{name}`"), value, wanted, None);
                return None;
            }
        };
        Some(Written::new(text, self.reading.place(value.span())))
    }

    /// Reads a date, bare as in TOML or quoted.
    pub fn date(&self, name: &str) -> Option<Written<Date>> {
        let value = self.written_value(name)?;
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
        self.report(number::date(Written::new(text.as_str(), place)))
    }

    /// Reads true or false; false if the key is left out.
    pub fn flag(&self, name: &str) -> bool {
        let Some(value) = self.written_value(name) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            let hint = "write true or false, without quotation marks".to_owned();
            self.wrong_type(&format!("`{name}`"), value, "true or false", Some(hint));
            false
        })
    }

    /// Reads true, false, or a text in place of true.
    pub fn flag_or_text(&self, name: &str) -> FlagOrText {
        let Some(value) = self.written_value(name) else { return FlagOrText::Off };
        match value.get_ref() {
            DeValue::Boolean(true) => FlagOrText::On,
            DeValue::Boolean(false) => FlagOrText::Off,
            DeValue::String(_) => self
                .text(name)
                .map_or(FlagOrText::Off, |text| FlagOrText::Text(text.value.trim().to_owned())),
            _ => {
                self.wrong_type(&format!("`{name}`"), value, "true, false or a text", None);
                FlagOrText::Off
            }
        }
    }
}

impl<'a> Section<'a> {
    /// Reads a table with any keys, and returns the table in one line.
    pub fn any_table(&self, name: &str) -> Option<Written<String>> {
        let value = self.written_value(name)?;
        let table = self.as_table(name, value)?;
        let place = self.reading.place(value.span());
        Some(Written::new(super::words::in_one_line(table), place))
    }

    pub fn table(&self, name: &str) -> Option<Self> {
        let (value, key) = self.entry(name)?;
        let Kind::Table(shape) = key.kind else { return None };
        self.nested(name, value, shape)
    }

    /// Reads the tables of a list, in their order.
    pub fn tables(&self, name: &str) -> Vec<Self> {
        let Some((value, key)) = self.entry(name) else { return Vec::new() };
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

    /// Reads tables under names of the author's choice, in the order of the file.
    pub fn named(&self, name: &str) -> Vec<(Written<String>, Self)> {
        let Some((value, key)) = self.entry(name) else { return Vec::new() };
        let Kind::Named(shape) = key.kind else { return Vec::new() };
        let table = |(key, value): (Written<String>, _)| {
            let section = self.nested(&key.value, value, shape)?;
            Some((key, section))
        };
        self.entries(name, value).into_iter().filter_map(table).collect()
    }

    /// Reads rates or words under names of the author's choice, in the order of the file.
    pub fn named_rates(&self, name: &str) -> Vec<(Written<String>, Written<String>)> {
        let Some(value) = self.written_value(name) else { return Vec::new() };
        let rate = |(key, value): (Written<String>, _)| {
            let literal = self.literal(&key.value, value, "a rate such as \"15%\"")?;
            Some((key, literal.map(str::to_owned)))
        };
        self.entries(name, value).into_iter().filter_map(rate).collect()
    }

    /// Returns the names under a key, even of entries that are no tables.
    pub fn names(&self, name: impl AsRef<str>) -> Vec<String> {
        let table = self.written_value(name.as_ref()).and_then(|value| value.get_ref().as_table());
        table.into_iter().flatten().map(|(key, _)| key.get_ref().to_string()).collect()
    }

    /// Returns the entries of a table, in the order of the file.
    fn entries(&self, name: &str, value: TomlValue<'a>) -> Vec<(Written<String>, TomlValue<'a>)> {
        let Some(table) = self.as_table(name, value) else { return Vec::new() };
        let entries = table.iter().map(|(key, value)| {
            (Written::new(key.get_ref().to_string(), self.reading.place(key.span())), value)
        });
        let mut entries: Vec<_> = entries.collect();
        entries.sort_by_key(|(key, _)| key.place.span.start);
        entries
    }

    /// Opens a table inside this one, which holds in no more currencies than this one.
    fn nested(&self, name: &str, value: TomlValue<'a>, shape: &'static Shape) -> Option<Self> {
        let table = self.as_table(name, value)?;
        let mut inner = Self::open(self.reading, table, value.span(), shape);
        inner.currencies = inner.currencies.or(self.currencies);
        Some(inner)
    }

    fn as_table(&self, name: &str, value: TomlValue<'a>) -> Option<&'a DeTable<'a>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            let hint = matches!(value.get_ref(), DeValue::Array(_))
                .then(|| "write its header with one square bracket: [...]".to_owned());
            self.wrong_type(&format!("`{name}`"), value, "a table", hint);
        }
        table
    }
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
