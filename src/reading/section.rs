use super::shape::{Key, Kind, Shape};
use crate::diagnostic::{Checked, Code, Diagnostic, Faults, nearest};
use crate::source::{Place, Source, Written};
use crate::value::{Date, Interval, IntervalFault, Money, Quantity, Rate};
use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One text being read, and everything found wrong with it so far.
#[derive(Debug)]
pub struct Reading {
    source: Arc<Source>,
    faults: RefCell<Vec<Diagnostic>>,
}

impl Reading {
    /// Reads a whole text: `make` makes a value out of its top table, and reports what is wrong.
    ///
    /// # Errors
    /// Whatever was reported, all of it. If the text is not TOML, only that.
    pub fn read<T>(
        source: &Arc<Source>,
        shape: &'static Shape,
        make: impl FnOnce(Section<'_>) -> Option<T>,
    ) -> Checked<T> {
        match Self::read_some(source, shape, make) {
            (Some(value), faults) if faults.is_empty() => Ok(value),
            (_, faults) => Err(Faults::sorted(faults)),
        }
    }

    /// The same, with what could be read beside what is wrong.
    pub fn read_some<T>(
        source: &Arc<Source>,
        shape: &'static Shape,
        make: impl FnOnce(Section<'_>) -> Option<T>,
    ) -> (Option<T>, Vec<Diagnostic>) {
        let reading = Self { source: Arc::clone(source), faults: RefCell::default() };
        let (root, errors) = DeTable::parse_recoverable(source.text());
        for error in &errors {
            let end = source.text().len();
            let place = reading.place(error.span().unwrap_or(end..end));
            reading.fault(Diagnostic::new(Code::Syntax, place, one_line(error.message())));
        }
        // The parser gives up on a tree with syntax errors, so its content says nothing yet.
        let made = if errors.is_empty() {
            make(Section::open(&reading, root.get_ref(), 0..0, shape))
        } else {
            None
        };
        (made, reading.faults.into_inner())
    }

    /// A place in the text.
    #[must_use]
    pub fn place(&self, span: Range<usize>) -> Place {
        Place::new(Arc::clone(&self.source), span)
    }

    /// Reports what is wrong.
    pub fn fault(&self, fault: Diagnostic) {
        self.faults.borrow_mut().push(fault);
    }
}

/// The TOML reader puts what it expected on a line of its own.
fn one_line(message: &str) -> String {
    message.lines().collect::<Vec<_>>().join(", ")
}

type Value<'a> = &'a Spanned<DeValue<'a>>;

/// One table, read by its [`Shape`].
///
/// Every getter answers `None` both for a key that is not there and for one that is faulty; the
/// fault has been reported by then, and so has a missing key that is required.
#[derive(Debug, Clone, Copy)]
pub struct Section<'a> {
    reading: &'a Reading,
    table: &'a DeTable<'a>,
    start: usize,
    end: usize,
    shape: &'static Shape,
}

impl<'a> Section<'a> {
    fn open(
        reading: &'a Reading,
        table: &'a DeTable<'a>,
        span: Range<usize>,
        shape: &'static Shape,
    ) -> Self {
        let section = Self { reading, table, start: span.start, end: span.end, shape };
        for key in table.keys() {
            let name: &str = key.get_ref();
            if shape.key(name).is_none() {
                section.unknown_key(name, key.span());
            }
        }
        for key in shape.keys.iter().filter(|key| key.required) {
            if !table.contains_key(key.name) {
                let message = format!("{} needs `{}`", shape.what, key.name);
                section.fault(
                    Diagnostic::new(Code::MissingKey, section.place(), message)
                        .hint(format!("`{}`: {}", key.name, key.about)),
                );
            }
        }
        section
    }

    fn unknown_key(&self, name: &str, span: Range<usize>) {
        let known = self.shape.keys.iter().map(|key| key.name);
        let hint = nearest(name, known.clone()).map_or_else(
            || format!("known here: {}", known.collect::<Vec<_>>().join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        let message = format!("{} has no key `{name}`", self.shape.what);
        self.fault(Diagnostic::new(Code::UnknownKey, self.reading.place(span), message).hint(hint));
    }

    /// Where the table stands: its header, or itself if it is written inline.
    #[must_use]
    pub fn place(&self) -> Place {
        self.reading.place(self.start..self.end)
    }

    /// Reports what is wrong.
    pub fn fault(&self, fault: Diagnostic) {
        self.reading.fault(fault);
    }

    /// Passes a value on, or reports why there is none.
    pub fn report<T>(&self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|fault| self.fault(fault)).ok()
    }

    fn value(&self, name: &str, kind: impl Fn(Kind) -> bool) -> Option<(Value<'a>, &'static Key)> {
        let key = self.shape.key(name);
        debug_assert!(
            key.is_some_and(|key| kind(key.kind)),
            "`{name}` is not declared so in the shape of {}",
            self.shape.what
        );
        Some((self.table.get(name)?, key?))
    }

    fn wrong_type(&self, name: &str, value: Value<'_>, wanted: &str) {
        let found = value.get_ref().type_str();
        let message = format!("`{name}` is {wanted}, not {}", with_article(found));
        self.fault(Diagnostic::new(Code::WrongType, self.reading.place(value.span()), message));
    }

    /// Whether the key is written at all, and where.
    #[must_use]
    pub fn key_place(&self, name: &str) -> Option<Place> {
        let (key, _) = self.table.get_key_value(name)?;
        Some(self.reading.place(key.span()))
    }

    /// Reports a key that means something only in another kind of table.
    pub fn only_if(&self, meant: bool, name: &str, where_meant: &str) {
        if let Some(place) = self.key_place(name).filter(|_| !meant) {
            let message = format!("`{name}` means something only with {where_meant}");
            self.fault(Diagnostic::new(Code::Conflict, place, message).hint("take it out"));
        }
    }

    /// Reports a key that this kind of table has to have.
    pub fn needs(&self, name: &str, what: &str, hint: &str) {
        if !self.table.contains_key(name) {
            let message = format!("{what} needs `{name}`");
            self.fault(Diagnostic::new(Code::MissingKey, self.place(), message).hint(hint));
        }
    }

    /// Words that say something.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<Written<String>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Text))?;
        self.words(name, value)
    }

    fn words(&self, name: &str, value: Value<'_>) -> Option<Written<String>> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(name, value, "a text in quotes");
            return None;
        };
        let place = self.reading.place(value.span());
        if text.trim().is_empty() {
            self.fault(Diagnostic::new(Code::Empty, place, format!("`{name}` is empty")));
            return None;
        }
        Some(Written::new(text.to_owned(), place))
    }

    /// A list of words, each of which says something.
    #[must_use]
    pub fn texts(&self, name: &str) -> Vec<Written<String>> {
        let Some((value, _)) = self.value(name, |kind| matches!(kind, Kind::Texts)) else {
            return Vec::new();
        };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(name, value, "a list of texts");
            return Vec::new();
        };
        array.iter().filter_map(|item| self.words(name, item)).collect()
    }

    /// One word out of a fixed list, by its place in that list.
    #[must_use]
    pub fn choice(&self, name: &str) -> Option<Written<usize>> {
        let (value, key) = self.value(name, |kind| matches!(kind, Kind::Choice(_)))?;
        let Kind::Choice(words) = key.kind else { return None };
        let written = self.words(name, value)?;
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
    #[must_use]
    pub fn whole(&self, name: &str) -> Option<Written<u32>> {
        let (value, key) = self.value(name, |kind| matches!(kind, Kind::Whole(..)))?;
        let Kind::Whole(low, high) = key.kind else { return None };
        let Some(integer) = value.get_ref().as_integer() else {
            self.wrong_type(name, value, "a whole number");
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

    /// An exact amount.
    #[must_use]
    pub fn money(&self, name: &str) -> Option<Written<Money>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Money))?;
        let literal = self.literal(name, value, "an amount such as \"1500.00\"")?;
        self.report(super::money(as_str(&literal)))
    }

    /// A rate.
    #[must_use]
    pub fn rate(&self, name: &str) -> Option<Written<Rate>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Rate))?;
        let literal = self.literal(name, value, "a rate such as \"15%\"")?;
        self.report(super::rate(as_str(&literal)))
    }

    /// A number of units.
    #[must_use]
    pub fn quantity(&self, name: &str) -> Option<Written<Quantity>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Quantity))?;
        let literal = self.literal(name, value, "a number such as 500")?;
        self.report(super::quantity(as_str(&literal)))
    }

    /// A number as it is written, whatever it turns out to measure.
    #[must_use]
    pub fn threshold(&self, name: &str) -> Option<Written<String>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Threshold))?;
        self.literal(name, value, "a rate, an amount or a number")
    }

    /// The digits of a number, quoted or bare, exactly as they stand in the text.
    fn literal(&self, name: &str, value: Value<'_>, wanted: &str) -> Option<Written<String>> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.as_ref(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => {
                self.wrong_type(name, value, wanted);
                return None;
            }
        };
        Some(Written::new(text.to_owned(), self.reading.place(value.span())))
    }

    /// A range of whole numbers.
    #[must_use]
    pub fn range(&self, name: &str) -> Option<Written<Interval>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Range))?;
        let literal = self.literal(name, value, "a range such as \"3-49\"")?;
        match Interval::parse(&literal.value) {
            Ok(range) => Some(Written::new(range, literal.place)),
            Err(why) => {
                let message = match why {
                    IntervalFault::Form => "this is not a range of whole numbers",
                    IntervalFault::Backwards => "this range ends before it starts",
                    IntervalFault::TooLarge => "this range goes beyond 1000000000",
                };
                self.fault(
                    Diagnostic::new(Code::BadRange, literal.place, message)
                        .hint("write \"3-49\", \"500+\" or \"2\""),
                );
                None
            }
        }
    }

    /// A date, bare as TOML has it or quoted.
    #[must_use]
    pub fn date(&self, name: &str) -> Option<Written<Date>> {
        let (value, _) = self.value(name, |kind| matches!(kind, Kind::Date))?;
        let text = match value.get_ref() {
            DeValue::Datetime(stamp) => stamp.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => {
                self.wrong_type(name, value, "a date such as 2026-11-21");
                return None;
            }
        };
        let place = self.reading.place(value.span());
        let date = Date::parse(&text).map_err(|_| {
            Diagnostic::new(Code::BadDate, place.clone(), format!("`{text}` is not a date"))
                .hint("write year-month-day, such as 2026-11-21")
        });
        self.report(date).map(|date| Written::new(date, place))
    }

    /// True or false; false where it is not said.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        let Some((value, _)) = self.value(name, |kind| matches!(kind, Kind::Flag)) else {
            return false;
        };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong_type(name, value, "true or false");
            false
        })
    }

    /// A table.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<Self> {
        let (value, key) = self.value(name, |kind| matches!(kind, Kind::Table(_)))?;
        let Kind::Table(shape) = key.kind else { return None };
        self.nested(name, value, shape)
    }

    /// The tables of a list, in their order.
    #[must_use]
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
                self.wrong_type(name, value, "a list of tables");
                Vec::new()
            }
        }
    }

    /// Tables under names of the author's own, in the order of the file.
    #[must_use]
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
    #[must_use]
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

    fn entries(&self, name: &str, value: Value<'a>) -> Vec<(Written<String>, Value<'a>)> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(name, value, "a table");
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

    fn nested(&self, name: &str, value: Value<'a>, shape: &'static Shape) -> Option<Self> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(name, value, "a table");
            return None;
        };
        Some(Self::open(self.reading, table, value.span(), shape))
    }
}

fn as_str(written: &Written<String>) -> Written<&str> {
    Written::new(written.value.as_str(), written.place.clone())
}

/// "did you mean" where one word is near, else all of them.
pub(crate) fn suggestion<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> String {
    nearest(word, known.clone()).map_or_else(
        || format!("one of: {}", known.into_iter().collect::<Vec<_>>().join(", ")),
        |near| format!("did you mean \"{near}\"?"),
    )
}

fn with_article(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {kind}")
}
