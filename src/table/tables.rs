//! Tables within a table.

use super::section::{Section, TomlValue};
use super::shape::{Kind, Shape};
use crate::text::source::Written;
use toml::de::DeValue;

impl<'a> Section<'a> {
    /// A table.
    pub fn table(&self, name: &str) -> Option<Self> {
        let (value, key) = self.value(name, |kind| matches!(kind, Kind::Table(_)))?;
        let Kind::Table(shape) = key.kind else { return None };
        self.nested(name, value, shape)
    }

    /// The tables of a list, in their order.
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

    /// Tables under names of the author's own, in the order of the file.
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

    /// Rates or words under names of the author's own, in the order of the file.
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

    /// The names under which the author put tables, whatever stands under them.
    pub fn names(&self, name: impl AsRef<str>) -> Vec<String> {
        let found = self.value(name.as_ref(), |kind| matches!(kind, Kind::Named(_)));
        let table = found.and_then(|(value, _)| value.get_ref().as_table());
        table.into_iter().flatten().map(|(key, _)| key.get_ref().to_string()).collect()
    }

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
