//! Tables, and the faults that are found in them.

use super::amount::AmountCurrencies;
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

/// One text being read, and everything found wrong with it so far.
#[derive(Debug)]
pub struct TomlReader {
    source: Arc<Source>,
    pub(super) amounts: AmountCurrencies,
    faults: RefCell<Vec<Diagnostic>>,
}

impl TomlReader {
    /// Reads a whole text: `make` makes a value out of its top table, and reports what is wrong.
    ///
    /// # Errors
    /// Whatever was reported, all of it. If the text is not TOML, only that.
    pub fn read<T>(
        source: &Arc<Source>,
        shape: &'static Shape,
        make: impl FnOnce(Section<'_>) -> Option<T>,
    ) -> Checked<T> {
        match Self::read_partial(source, shape, make) {
            (Some(value), faults) if faults.is_empty() => Ok(value),
            (_, faults) => Err(Diagnostics::sorted(faults)),
        }
    }

    /// The same, with what could be read beside what is wrong.
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

    /// Reads a whole text once for each of its currencies: the value of the first, and those of
    /// the others. What is wrong in every currency is reported once.
    ///
    /// `currencies` reads which they are; where it cannot, `make` gets none, and reports what else
    /// is wrong.
    ///
    /// # Errors
    /// Whatever was reported, all of it. If the text is not TOML, only that.
    pub fn read_each<T>(
        source: &Arc<Source>,
        shape: &'static Shape,
        currencies: impl FnOnce(Section<'_>) -> Option<Vec<Currency>>,
        make: impl Fn(Section<'_>, Option<&Currency>) -> Option<T>,
    ) -> Checked<(T, Vec<T>)> {
        // Read once by a process that mostly ends soon: to take the tree apart would be a part of its
        // time that can be noticed.
        let root = ManuallyDrop::new(parse(source).map_err(Diagnostics::sorted)?);
        let (all, mut faults) =
            Self::pass(source, AmountCurrencies::Unread, &root, shape, currencies);
        let Some(all) = all else {
            let make = |top: Section<'_>| make(top, None);
            faults.extend(Self::pass(source, AmountCurrencies::Unread, &root, shape, make).1);
            return Err(Diagnostics::sorted(faults));
        };
        let codes: Vec<_> = all.iter().map(|currency| currency.code.clone()).collect();
        let mut made = Vec::new();
        for (read, currency) in all.iter().enumerate() {
            let amounts = AmountCurrencies::Each { codes: codes.clone(), read };
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

    /// A place in the text.
    pub fn place(&self, span: Range<usize>) -> Place {
        Place::new(Arc::clone(&self.source), span)
    }

    /// Reports what is wrong.
    pub fn fault(&self, fault: Diagnostic) {
        self.faults.borrow_mut().push(fault);
    }

    /// How many faults have been reported.
    pub fn count(&self) -> usize {
        self.faults.borrow().len()
    }
}

/// The parser gives up on a tree with syntax errors, so its content says nothing yet.
fn parse(source: &Arc<Source>) -> Result<Spanned<DeTable<'_>>, Vec<Diagnostic>> {
    let (root, errors) = DeTable::parse_recoverable(source.text());
    if errors.is_empty() { Ok(root) } else { Err(super::syntax::faults(source, &errors)) }
}

pub(super) type TomlValue<'a> = &'a Spanned<DeValue<'a>>;

/// One table, read by its [`Shape`].
///
/// Every getter answers `None` both for a key that is not there and for one that is faulty; the
/// fault has been reported by then, and so has a missing key that is required.
#[derive(Debug, Clone, Copy)]
pub struct Section<'a> {
    pub(super) reading: &'a TomlReader,
    table: &'a DeTable<'a>,
    start: usize,
    end: usize,
    shape: &'static Shape,
    /// The list of currencies in which it holds: its own, or that of a table around it.
    pub(super) currencies: Option<TomlValue<'a>>,
}

impl<'a> Section<'a> {
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
            if section.is_missing(key.name) {
                let message = format!("{} needs `{}`", shape.what, key.name);
                section.fault(
                    Diagnostic::new(Code::MissingKey, section.place(), message).hint(format!(
                        "add `{}`: {}",
                        key.name,
                        words::inside(key.about)
                    )),
                );
            }
        }
        section
    }

    /// The same table, holding no longer than that around it.
    pub(super) fn inside(self, outer: &Self) -> Self {
        Self { currencies: self.currencies.or(outer.currencies), ..self }
    }

    fn unknown_key(&self, name: &str, span: Range<usize>) {
        let known = || self.shape.keys.iter().map(|key| key.name).collect::<Vec<_>>().join(", ");
        let hint = self.likely_key(name).map_or_else(
            || format!("known here: {}", known()),
            |near| format!("did you mean `{near}`?"),
        );
        let message = format!("{} has no key `{name}`", self.shape.what);
        self.fault(Diagnostic::new(Code::UnknownKey, self.reading.place(span), message).hint(hint));
    }

    /// The key that an unknown one is likely to be: one that is not there under its own name, or
    /// else one that is, and should have been written alike.
    fn likely_key(&self, unknown: &str) -> Option<&'static str> {
        let is_absent = |key: &&'static Key| !self.table.contains_key(key.name);
        let name = |key: &'static Key| key.name;
        let absent = self.shape.keys.iter().filter(is_absent).map(name);
        nearest(unknown, absent).or_else(|| nearest(unknown, self.shape.keys.iter().map(name)))
    }

    /// Whether the key stands there misspelt, which has been reported.
    pub fn is_misspelled(&self, name: impl AsRef<str>) -> bool {
        let name = Some(name.as_ref());
        let unknown = self.table.keys().map(Spanned::get_ref);
        unknown.filter(|key| self.shape.key(key).is_none()).any(|key| self.likely_key(key) == name)
    }

    /// Whether the key has to be asked for: it is not there, and not misspelt either.
    pub fn is_missing(&self, name: impl AsRef<str>) -> bool {
        let name = name.as_ref();
        !self.table.contains_key(name) && !self.is_misspelled(name)
    }

    /// Reports a key that means something only in another kind of table.
    pub fn report_unless(&self, meant: bool, name: impl AsRef<str>, where_meant: &str) {
        let name = name.as_ref();
        if meant {
            return;
        }
        if let Some(place) = self.key_place(name) {
            let message = format!("`{name}` means something only with {where_meant}");
            self.fault(Diagnostic::new(Code::Conflict, place, message).hint("take it out"));
        }
    }

    /// Reports a key that this kind of table has to have.
    pub fn require(&self, name: impl AsRef<str>, what: &str, hint: &str) {
        let name = name.as_ref();
        if self.is_missing(name) {
            let message = format!("{what} needs `{name}`");
            self.fault(Diagnostic::new(Code::MissingKey, self.place(), message).hint(hint));
        }
    }

    /// Reports two keys of which a table has one. `label` is what the first is.
    pub fn report_conflict(
        &self,
        message: impl Into<String>,
        first: Place,
        label: &str,
        second: Place,
    ) {
        let fault = Diagnostic::new(Code::Conflict, second, message).related(first, label);
        self.fault(fault.hint("take one of them out"));
    }

    /// Where the table stands: its header, or itself if it is written inline.
    pub fn place(&self) -> Place {
        self.reading.place(self.start..self.end)
    }

    /// Reports what is wrong.
    pub fn fault(&self, fault: Diagnostic) {
        self.reading.fault(fault);
    }

    /// How many faults have been reported so far, in the whole text.
    pub fn fault_count(&self) -> usize {
        self.reading.count()
    }

    /// Passes a value on, or reports why there is none.
    pub fn report<T>(&self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|fault| self.fault(fault)).ok()
    }

    pub(super) fn value(
        &self,
        name: &str,
        kind: impl Fn(Kind) -> bool,
    ) -> Option<(TomlValue<'a>, &'static Key)> {
        let key = self.shape.key(name);
        debug_assert!(
            key.is_some_and(|key| kind(key.kind)),
            "`{name}` is not declared so in the shape of {}",
            self.shape.what
        );
        Some((self.table.get(name)?, key?))
    }

    /// Reports a value of another kind than `wanted`. `what` is the key, or an entry of it.
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

    /// Whether the key holds a list of nothing; nothing, if it holds no list.
    pub fn is_empty_list(&self, name: impl AsRef<str>) -> Option<bool> {
        Some(self.table.get(name.as_ref())?.get_ref().as_array()?.is_empty())
    }

    /// The keys that are written, in the order of the shape.
    pub fn written(&self) -> impl Iterator<Item = &'static Key> + use<'a> {
        let Self { table, shape, .. } = *self;
        shape.keys.iter().filter(|key| table.contains_key(key.name))
    }

    /// Whether the key is written at all, and where.
    pub fn key_place(&self, name: impl AsRef<str>) -> Option<Place> {
        let (key, _) = self.table.get_key_value(name.as_ref())?;
        Some(self.reading.place(key.span()))
    }
}
