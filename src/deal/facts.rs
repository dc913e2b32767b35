//! Plain facts of a deal: one row each in [`FACTS`], and their values in a [`Record`].
//!
//! A plain fact is a text or a date that no price depends on, such as the opportunity's number in the
//! CRM. Its row is all that the program knows of it: deal files, the JSON Schema, flags, the quote's
//! head and JSON, saved deals, the quote's id and the comparison of two deals range over [`FACTS`].
//! A new row adds a fact to all of them.

use crate::number::Date;
use crate::table::{self, Key, Kind, Section};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;
use std::fmt;

/// Every plain fact, in the order of deal files and of JSON.
pub const FACTS: &[Fact] = &[
    Fact::text("customer", "Customer", "The customer's name.").flag("customer", "NAME"),
    Fact::text(
        "segment",
        "Segment",
        "The customer's segment: one of the book's [customers], where the book lists them.",
    )
    .flag("segment", "SEGMENT"),
    Fact::text(
        "vertical",
        "Vertical",
        "The customer's vertical: one of the book's [customers], for programs that are for the \
         first customer in one.",
    )
    .flag("vertical", "VERTICAL"),
    Fact::text(
        "region",
        "Region",
        "The customer's region: one of the book's [customers], for programs that are for the first \
         customer in one.",
    )
    .flag("region", "REGION"),
    Fact::text(
        "opportunity",
        "Opportunity",
        "The opportunity's number in the CRM. Deals with the same one are of one customer.",
    )
    .flag("opportunity", "NUMBER"),
    Fact::text(
        "account",
        "Account",
        "The customer's account in the CRM. Deals with the same one are of one customer.",
    )
    .flag("account", "ACCOUNT"),
    Fact::text("po_number", "PO number", "The number of the customer's purchase order.")
        .flag("po-number", "NUMBER"),
    Fact::text("owner", "Owner", "The owner of the deal on our side.").flag("owner", "NAME"),
    Fact::text("contact", "Contact", "The contact on the customer's side.").flag("contact", "NAME"),
    Fact::text("stage", "Stage", "The stage of the sale, such as negotiation.")
        .flag("stage", "STAGE"),
    Fact::date("close_date", "Close date", "The day on which the deal is expected to be signed.")
        .flag("close-date", "YYYY-MM-DD"),
    Fact::text("incumbent", "Incumbent", "The vendor whose product is replaced, such as VMware.")
        .flag("incumbent", "NAME"),
    Fact::text(
        "joins",
        "Joins",
        "The contract that this one joins, by its number or name. It ends with that contract, on \
         `co_term_end`.",
    )
    .flag("joins", "CONTRACT"),
    Fact::text("notes", "Notes", "Notes for the approver.").at_foot(),
];

pub const CUSTOMER: FactId = FactId::named("customer");

pub const ACCOUNT: FactId = FactId::named("account");

pub const OPPORTUNITY: FactId = FactId::named("opportunity");

pub const INCUMBENT: FactId = FactId::named("incumbent");

pub const JOINS: FactId = FactId::named("joins");
pub const SEGMENT: FactId = FactId::named("segment");

pub const VERTICAL: FactId = FactId::named("vertical");

pub const REGION: FactId = FactId::named("region");

#[derive(Debug)]
pub struct Fact {
    /// Key in deal files, in JSON and in the comparison of two deals.
    pub key: &'static str,
    pub title: &'static str,
    /// Meaning, as one sentence.
    pub about: &'static str,
    /// Flag that states the fact, without its dashes, and the name of the flag's value.
    pub flag: Option<(&'static str, &'static str)>,
    pub position: FactPosition,
    /// Form of the value: a text or a date.
    kind: Kind,
}

/// Place of a plain fact among everything else that a deal states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactPosition {
    /// Before dates, terms and programs.
    Head,
    /// After all of them, for a fact that can be long.
    Foot,
}

impl Fact {
    const fn text(key: &'static str, title: &'static str, about: &'static str) -> Self {
        let position = FactPosition::Head;
        Self { key, title, about, flag: None, position, kind: Kind::Text }
    }

    const fn date(key: &'static str, title: &'static str, about: &'static str) -> Self {
        Self { kind: Kind::Date, ..Self::text(key, title, about) }
    }

    const fn flag(mut self, name: &'static str, value: &'static str) -> Self {
        self.flag = Some((name, value));
        self
    }

    const fn at_foot(mut self) -> Self {
        self.position = FactPosition::Foot;
        self
    }

    pub(super) const fn key(&self) -> Key {
        Key::optional(self.key, self.kind, self.about)
    }

    fn parse(&self, typed: &Written<String>) -> Result<FactValue, Diagnostic> {
        if self.kind == Kind::Date {
            let date = table::date(Written::new(typed.value.as_str(), typed.place.clone()))?;
            return Ok(FactValue::Date(date.value));
        }
        if typed.value.trim().is_empty() {
            return Err(typed.fault(Code::Empty, "this is empty"));
        }
        Ok(FactValue::text(&typed.value))
    }

    fn read(&self, top: Section<'_>) -> Option<FactValue> {
        if self.kind == Kind::Date {
            return top.date(self.key).map(|date| FactValue::Date(date.value));
        }
        top.text(self.key).map(|text| FactValue::text(&text.value))
    }
}

/// Index of a plain fact in [`FACTS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactId(usize);

impl FactId {
    /// Finds a fact by its key. A constant of an unknown key does not compile.
    const fn named(key: &str) -> Self {
        let mut index = 0;
        while !table::is_same_word(FACTS[index].key, key) {
            index += 1;
        }
        Self(index)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactValue {
    /// Text without blanks around it.
    Text(String),
    Date(Date),
}

impl FactValue {
    /// Makes a value of a text, without the blanks around it.
    pub fn text(text: &str) -> Self {
        Self::Text(text.trim().to_owned())
    }
}

impl fmt::Display for FactValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Date(date) => date.fmt(f),
        }
    }
}

/// Plain facts that one deal states, by their index in [`FACTS`].
#[derive(Debug, Clone, Default)]
pub struct Record([Option<FactValue>; FACTS.len()]);

impl Record {
    pub(super) fn read(top: Section<'_>) -> Self {
        Self(std::array::from_fn(|index| FACTS[index].read(top)))
    }

    /// Returns a text, or `None` if the deal does not state it.
    pub const fn text(&self, fact: FactId) -> Option<&str> {
        match &self.0[fact.0] {
            Some(FactValue::Text(text)) => Some(text.as_str()),
            _ => None,
        }
    }

    /// States a fact, or takes it out, in place of what the deal stated before.
    pub fn set(&mut self, fact: FactId, value: impl Into<Option<FactValue>>) {
        self.0[fact.0] = value.into();
    }

    /// States a fact in the words of its flag.
    pub(crate) fn put(&mut self, fact: &Fact, typed: &Written<String>) -> Result<(), Diagnostic> {
        let value = fact.parse(typed)?;
        if let Some(index) = FACTS.iter().position(|known| known.key == fact.key) {
            self.0[index] = Some(value);
        }
        Ok(())
    }

    /// Iterates over the facts that the deal states, in the order of [`FACTS`].
    pub fn iter(&self) -> impl Iterator<Item = (&'static Fact, &FactValue)> {
        FACTS.iter().zip(&self.0).filter_map(|(fact, value)| Some((fact, value.as_ref()?)))
    }

    /// Iterates over those facts that are shown at a position.
    pub fn at(&self, position: FactPosition) -> impl Iterator<Item = (&'static Fact, &FactValue)> {
        self.iter().filter(move |(fact, _)| fact.position == position)
    }
}
