//! Single values of a table.

use super::section::{Section, TomlValue};
use super::shape::Kind;
use super::words::suggestion;
use crate::number::{Date, Interval, IntervalError, Percentage, Quantity, Rate, RateRange};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;
use std::fmt::Arguments;
use toml::de::DeValue;

impl Section<'_> {
    /// Words that say something.
    pub fn text(&self, name: &str) -> Option<Written<String>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Text))?;
        self.words(format_args!("`{name}`"), value)
    }

    /// `what` is the key, or an entry of it.
    fn words(&self, what: Arguments<'_>, value: TomlValue<'_>) -> Option<Written<String>> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(&what.to_string(), value, "a text in quotation marks", quoted(value));
            return None;
        };
        let place = self.reading.place(value.span());
        if text.trim().is_empty() {
            let message = format!("{what} is empty");
            let fault = Diagnostic::new(Code::Empty, place, message);
            self.fault(fault.hint("write what it should say, or take it out"));
            return None;
        }
        Some(Written::new(text.to_owned(), place))
    }

    /// A list of words, each of which says something.
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

    /// One word out of a fixed list, by its place in that list.
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

    /// A whole number within the bounds of its key.
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

    /// A rate.
    pub fn rate(&self, name: &str) -> Option<Written<Rate>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Rate))?;
        let literal = self.literal(name, value, "a rate such as \"15%\"")?;
        self.report(super::rate(as_str(&literal)))
    }

    /// A share of any size.
    pub fn percentage(&self, name: &str) -> Option<Written<Percentage>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Percentage))?;
        let literal = self.literal(name, value, "a percentage such as \"288%\"")?;
        self.report(super::number::percentage(as_str(&literal)))
    }

    /// A range of rates.
    pub fn rates(&self, name: &str) -> Option<Written<RateRange>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Rates))?;
        let literal = self.literal(name, value, "a range of rates such as \"30%-35%\"")?;
        self.report(super::rates(as_str(&literal)))
    }

    /// A number of units.
    pub fn quantity(&self, name: &str) -> Option<Written<Quantity>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Quantity))?;
        let literal = self.literal(name, value, "a number such as 500")?;
        self.report(super::quantity(as_str(&literal)))
    }

    /// A number as it is written, whatever it turns out to measure.
    pub fn threshold(&self, name: &str) -> Option<Written<String>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Threshold))?;
        self.literal(name, value, "a rate, an amount or a number")
    }

    /// The digits of a number, quoted or bare, exactly as they stand in the text.
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

    /// A range of whole numbers.
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

    /// A date, bare as TOML has it or quoted.
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

    /// True or false; false where it is not said.
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

pub(super) fn as_str(written: &Written<String>) -> Written<&str> {
    Written::new(written.value.as_str(), written.place.clone())
}

/// A bare number as the text that was meant: `1` is `"1"`.
fn quoted(value: TomlValue<'_>) -> Option<String> {
    let literal = match value.get_ref() {
        DeValue::Integer(number) => number.as_str(),
        DeValue::Float(number) => number.as_str(),
        _ => return None,
    };
    Some(format!("write \"{literal}\""))
}

/// A quoted number as the bare one that was meant.
fn unquoted(value: TomlValue<'_>, is_meant: impl Fn(&str) -> bool) -> Option<String> {
    let text = value.get_ref().as_str().filter(|text| is_meant(text))?;
    Some(format!("write {text}, without quotation marks"))
}
