//! Tables of a TOML text, and the errors found in them.

use super::shape::{Key, Kind, Shape};
use super::words;
use crate::number::Currency;
use crate::text::diagnostic::{Checked, Code, Diagnostic, Diagnostics, nearest};
use crate::text::source::{Place, Source};
use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Currencies of the amounts in a text.
#[derive(Debug)]
pub(super) enum AmountCurrencies {
    /// One currency, which the text does not name: each amount is one number.
    One,
    /// Currencies with these codes, of which the one at this index is being read, in one of the price columns with
    /// these names, or in the standard one.
    Each { codes: Vec<String>, read: usize, columns: Vec<String>, column: Option<usize> },
    /// Unknown currencies: their list has an error. Amounts in several are not checked.
    Unread,
}

#[derive(Debug)]
pub struct TomlReader {
    source: Arc<Source>,
    pub(super) amounts: AmountCurrencies,
    faults: RefCell<Vec<Diagnostic>>,
}

impl TomlReader {
    /// Reads a whole text: `make` makes a value of its top table, and reports errors. Returns the
    /// value even if there are errors; not if the text is not TOML.
    pub fn read_partial<T>(
        source: &Arc<Source>,
        shape: &'static Shape,
        make: impl FnOnce(Section<'_>) -> Option<T>,
    ) -> (Option<T>, Vec<Diagnostic>) {
        match parse(source) {
            Ok(root) => Self::pass(source, AmountCurrencies::One, &root, shape, make),
            Err(faults) => (None, faults),
        }
    }

    /// Reads a whole text once for each of its currencies, and in each once for the standard prices and once for every
    /// price column. Returns the value of the first currency, and the values of the others. An error in every currency
    /// is reported once. If `currencies` fails, `make` gets no currency, and only reports the other errors.
    pub(crate) fn read_each<T>(
        source: &Arc<Source>,
        shape: &'static Shape,
        currencies: impl FnOnce(Section<'_>) -> Option<(Vec<Currency>, Vec<String>)>,
        make: impl Fn(Section<'_>, Option<&Currency>) -> Option<T>,
    ) -> Checked<(T, Vec<T>)> {
        // The process reads one book and mostly ends soon after; dropping the tree would take a
        // noticeable part of its time.
        let root = ManuallyDrop::new(parse(source).map_err(Diagnostics::sorted)?);
        let (all, mut faults) =
            Self::pass(source, AmountCurrencies::Unread, &root, shape, currencies);
        let Some((all, columns)) = all else {
            let make = |top: Section<'_>| make(top, None);
            faults.extend(Self::pass(source, AmountCurrencies::Unread, &root, shape, make).1);
            return Err(Diagnostics::sorted(faults));
        };
        let codes: Vec<_> = all.iter().map(|currency| currency.code.clone()).collect();
        let mut made = Vec::new();
        let places = std::iter::once(None).chain((0..columns.len()).map(Some));
        let each =
            all.iter().enumerate().flat_map(|it| places.clone().map(move |place| (it, place)));
        for ((read, currency), column) in each {
            let (codes, columns) = (codes.clone(), columns.clone());
            let amounts = AmountCurrencies::Each { codes, read, columns, column };
            let make = |top: Section<'_>| make(top, Some(currency));
            let (value, found) = Self::pass(source, amounts, &root, shape, make);
            made.extend(value);
            faults.extend(found);
        }
        let mut made = made.into_iter();
        match made.next() {
            Some(first) if faults.is_empty() => Ok((first, made.collect())),
            _ => Err(Diagnostics::sorted(faults)),
        }
    }

    fn pass<T>(
        source: &Arc<Source>,
        amounts: AmountCurrencies,
        root: &Spanned<DeTable<'_>>,
        shape: &'static Shape,
        make: impl FnOnce(Section<'_>) -> Option<T>,
    ) -> (Option<T>, Vec<Diagnostic>) {
        let reading = Self { source: Arc::clone(source), amounts, faults: RefCell::default() };
        let whole = Place::whole(Arc::clone(source)).span;
        let made = make(Section::open(&reading, root.get_ref(), whole, shape));
        (made, reading.faults.into_inner())
    }

    pub(super) fn place(&self, span: Range<usize>) -> Place {
        Place::new(Arc::clone(&self.source), span)
    }
}

/// Parses a text. One with syntax errors has no tree, so only these are reported.
fn parse(source: &Arc<Source>) -> Result<Spanned<DeTable<'_>>, Vec<Diagnostic>> {
    let (root, errors) = DeTable::parse_recoverable(source.text());
    if errors.is_empty() { Ok(root) } else { Err(super::syntax::faults(source, &errors)) }
}

pub(super) type TomlValue<'a> = &'a Spanned<DeValue<'a>>;

/// One table, read by its [`Shape`].
///
/// Every getter returns `None` both for a missing key and for a key with an error. The error has
/// been reported then, and so has a missing key that is required.
#[derive(Debug, Clone, Copy)]
pub struct Section<'a> {
    pub(super) reading: &'a TomlReader,
    table: &'a DeTable<'a>,
    start: usize,
    end: usize,
    pub(super) shape: &'static Shape,
    /// List of currencies in which the table holds: its own, or that of a table around it.
    pub(super) currencies: Option<TomlValue<'a>>,
}

impl<'a> Section<'a> {
    /// Opens a table, and reports unknown keys and missing ones.
    pub(super) fn open(
        reading: &'a TomlReader,
        table: &'a DeTable<'a>,
        span: Range<usize>,
        shape: &'static Shape,
    ) -> Self {
        let currencies = shape.keys.iter().find(|key| matches!(key.kind, Kind::Currencies));
        let currencies = currencies.and_then(|key| table.get(key.name));
        let section = Self { reading, table, start: span.start, end: span.end, shape, currencies };
        for key in table.keys() {
            let name: &str = key.get_ref();
            if shape.key(name).is_none() {
                section.unknown_key(name, key.span());
            }
        }
        for key in shape.keys.iter().filter(|key| key.required) {
            section.require_key(key.name);
        }
        section
    }

    /// Reports the key of the shape if it is missing, as if every table of the shape required it.
    pub fn require_key(&self, name: impl AsRef<str>) {
        let Some(key) = self.shape.key(name.as_ref()).filter(|key| self.is_missing(key.name))
        else {
            return;
        };
        let hint = format!("add `{}`: {}", key.name, words::inside(key.about));
        self.report_missing(format!("{} needs `{}`", self.shape.what, key.name), hint);
    }

    fn unknown_key(&self, name: &str, span: Range<usize>) {
        let known = || self.shape.keys.iter().map(|key| key.name).collect::<Vec<_>>().join(", ");
        let hint = match (self.likely_key(name), self.shape.meant(None, name)) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, Some(place)) => place.to_owned(),
            (None, None) => format!("known keys: {}", known()),
        };
        let message = format!("{} has no key `{name}`", self.shape.what);
        self.report_at(Code::UnknownKey, self.reading.place(span), message, hint);
    }

    /// Returns the likely meaning of an unknown name: a missing key, or else a present one.
    fn likely_key(&self, unknown: &str) -> Option<&'static str> {
        if let Some(meant) = self.shape.meant(None, unknown) {
            return self.shape.key(meant).map(|key| key.name);
        }
        let is_absent = |key: &&'static Key| !self.table.contains_key(key.name);
        let name = |key: &'static Key| key.name;
        let absent = self.shape.keys.iter().filter(is_absent).map(name);
        nearest(unknown, absent).or_else(|| nearest(unknown, self.shape.keys.iter().map(name)))
    }

    /// Returns whether an unknown name, which has been reported, probably means this key.
    pub fn is_misspelled(&self, name: impl AsRef<str>) -> bool {
        let name = Some(name.as_ref());
        let unknown = self.table.keys().map(Spanned::get_ref);
        unknown.filter(|key| self.shape.key(key).is_none()).any(|key| self.likely_key(key) == name)
    }

    /// Returns whether the key is missing, and not only misspelled.
    pub fn is_missing(&self, name: impl AsRef<str>) -> bool {
        let name = name.as_ref();
        !self.table.contains_key(name) && !self.is_misspelled(name)
    }

    /// Reports a key that has a meaning only in another kind of table, unless `meant`.
    pub fn report_unless(&self, meant: bool, name: impl AsRef<str>, where_meant: &str) {
        let name = name.as_ref();
        if let Some(place) = self.key_place(name).filter(|_| !meant) {
            let message = format!("`{name}` is only used with {where_meant}");
            self.report_at(Code::Conflict, place, message, "remove it");
        }
    }

    /// Reports a missing key that this kind of table needs.
    pub fn require(&self, name: impl AsRef<str>, what: &str, hint: &str) {
        let name = name.as_ref();
        if self.is_missing(name) {
            self.report_missing(format!("{what} needs `{name}`"), hint);
        }
    }

    pub fn report_missing(&self, message: impl Into<String>, hint: impl Into<String>) {
        self.report_at(Code::MissingKey, self.place(), message, hint);
    }

    /// Reports two keys of which a table may have only one. `label` describes the first.
    pub fn report_conflict(
        &self,
        message: impl Into<String>,
        first: Place,
        label: &str,
        second: Place,
    ) {
        let fault = Diagnostic::new(Code::Conflict, second, message).related(first, label);
        self.fault(fault.hint("remove one of them"));
    }

    /// Returns the place of the table: its header, or the table itself if it is inline.
    pub fn place(&self) -> Place {
        self.reading.place(self.start..self.end)
    }

    pub fn fault(&self, fault: Diagnostic) {
        self.reading.faults.borrow_mut().push(fault);
    }

    pub fn report_at(
        &self,
        code: Code,
        place: Place,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.fault(Diagnostic::new(code, place, message).hint(hint));
    }

    /// Returns the number of errors reported so far in the whole text.
    pub fn fault_count(&self) -> usize {
        self.reading.faults.borrow().len()
    }

    pub fn report<T>(&self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|fault| self.fault(fault)).ok()
    }

    /// Returns the value of a key. The shape must declare the key.
    pub(super) fn written_value(&self, name: &str) -> Option<TomlValue<'a>> {
        debug_assert!(self.shape.key(name).is_some(), "`{name}` is no key of {}", self.shape.what);
        self.table.get(name)
    }

    /// Returns the value of a key with its declaration.
    pub(super) fn entry(&self, name: &str) -> Option<(TomlValue<'a>, &'static Key)> {
        Some((self.written_value(name)?, self.shape.key(name)?))
    }

    /// Reports a value of another kind than `wanted`. `what` is the key, or an entry of its list.
    pub(super) fn wrong_type(
        &self,
        what: &str,
        value: TomlValue<'_>,
        wanted: &str,
        hint: Option<String>,
    ) {
        let found = words::kind(value.get_ref());
        let message = format!("{what} is {wanted}, not {found}");
        let place = self.reading.place(value.span());
        self.fault(Diagnostic::new(Code::WrongType, place, message).maybe_hint(hint));
    }

    /// Returns whether the key has an empty list; `None` if it has no list.
    pub fn is_empty_list(&self, name: impl AsRef<str>) -> Option<bool> {
        Some(self.table.get(name.as_ref())?.get_ref().as_array()?.is_empty())
    }

    /// Returns the keys that are present, in the order of the shape.
    pub fn written(&self) -> impl Iterator<Item = &'static Key> + use<'a> {
        let Self { table, shape, .. } = *self;
        shape.keys.iter().filter(|key| table.contains_key(key.name))
    }

    pub fn key_place(&self, name: impl AsRef<str>) -> Option<Place> {
        let (key, _) = self.table.get_key_value(name.as_ref())?;
        Some(self.reading.place(key.span()))
    }
}
