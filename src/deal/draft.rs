//! Drafts: deals as they are written or typed, with the place of each value, before a book is
//! asked.

use super::extras::{DraftClause, DraftService};
use super::facts::Record;
use super::line::AgreedPrice;
use super::partner::DraftPartner;
use super::program::DraftProgram;
use super::value::{DraftAlternative, DraftValueClaim};
use crate::book::{DraftCost, UnitGroups};
use crate::number::{Date, Money, Quantity, Rate, Years};
use crate::table::{self, Choice};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Written};
use std::fmt;

/// Deal as it was written or typed. No name in it has been looked up in a book.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Place that errors about a missing value point to.
    pub place: Place,
    /// Plain facts: texts and dates that no price depends on.
    pub record: Record,
    pub date: Option<Written<Date>>,
    pub currency: Option<Written<String>>,
    pub term: Option<Written<Years>>,
    /// Months of the contract, in place of a term.
    pub months: Option<Written<u32>>,
    pub start: Option<Written<Date>>,
    pub first_year: Option<Written<Date>>,
    pub co_term_end: Option<Written<Date>>,
    pub prepay: Option<Written<String>>,
    pub payment: Option<Written<String>>,
    pub billing: Option<Written<String>>,
    pub lines: Vec<DraftLine>,
    /// Whether the lines state a need that any metric can meet, so that hosts count for the others too.
    pub is_need: bool,
    /// Shares of discounts that the deal takes, by the name of the discount.
    pub discount_overrides: Vec<(Written<String>, DiscountOverride)>,
    pub programs: Vec<DraftProgram>,
    pub partner: Option<DraftPartner>,
    pub horizon: Option<Written<u32>>,
    pub services: Vec<DraftService>,
    pub clauses: Vec<DraftClause>,
    pub alternatives: Vec<DraftAlternative>,
    pub own_costs: Vec<DraftCost>,
    pub value_claims: Vec<DraftValueClaim>,
    /// Errors in the values themselves. A value that is missing for one is not reported again.
    pub faults: Vec<Diagnostic>,
}

impl Draft {
    pub fn new(place: Place) -> Self {
        Self {
            place,
            record: Record::default(),
            date: None,
            currency: None,
            term: None,
            months: None,
            start: None,
            first_year: None,
            co_term_end: None,
            prepay: None,
            payment: None,
            billing: None,
            lines: Vec::new(),
            is_need: false,
            discount_overrides: Vec::new(),
            programs: Vec::new(),
            partner: None,
            horizon: None,
            services: Vec::new(),
            clauses: Vec::new(),
            alternatives: Vec::new(),
            own_costs: Vec::new(),
            value_claims: Vec::new(),
            faults: Vec::new(),
        }
    }
}

#[derive(Debug, Clone)]
pub struct DraftLine {
    pub place: Place,
    pub metric: Option<Written<String>>,
    pub quantity: Option<Written<Quantity>>,
    /// Units inside units from which the quantity is counted.
    pub count: Option<Written<UnitGroups>>,
    pub committed: Option<Written<Quantity>>,
    pub agreed: Option<Written<AgreedPrice>>,
    /// Fixed fee, which the book's range should contain.
    pub fee: Option<Written<Money>>,
    /// Whether a fee is written, even one that could not be read.
    pub names_fee: bool,
    pub edition: Option<Written<String>>,
    pub hosts: Option<Written<u32>>,
    pub sold_for: Option<Written<String>>,
    pub years: Vec<DraftYear>,
    /// Error for a line of a file without a quantity, which a line of another metric needs.
    pub no_quantity: Option<Diagnostic>,
    /// Whether an error about the line was reported, so that no missing value is.
    pub error_reported: bool,
}

impl DraftLine {
    pub const fn new(place: Place) -> Self {
        Self {
            place,
            metric: None,
            quantity: None,
            count: None,
            committed: None,
            agreed: None,
            fee: None,
            names_fee: false,
            edition: None,
            hosts: None,
            sold_for: None,
            years: Vec::new(),
            no_quantity: None,
            error_reported: false,
        }
    }
}

#[derive(Debug, Clone)]
pub struct DraftYear {
    pub place: Place,
    pub quantity: Option<Written<Quantity>>,
    pub agreed: Option<Written<AgreedPrice>>,
}

/// Share of a discount that a deal takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiscountOverride {
    /// Rate that the book gives.
    Auto,
    /// No discount.
    Withheld,
    /// Rate of the deal, where the book gives as much or more.
    Rate(Rate),
}

impl DiscountOverride {
    /// Parses "auto", "none" or a rate.
    pub(crate) fn parse(text: &str, place: &Place) -> Result<Self, Diagnostic> {
        if let Some(index) = Self::WORDS.iter().position(|word| *word == text) {
            return Ok(Self::VALUES[index]);
        }
        if !text.contains(|c: char| c.is_ascii_digit()) {
            let message = format!("\"{text}\" is not a rate");
            return Err(Diagnostic::new(Code::BadNumber, place.clone(), message)
                .hint("write auto, none, or a rate such as 10%"));
        }
        table::rate(Written::new(text, place.clone())).map(|rate| Self::Rate(rate.value))
    }
}

/// Words that deal files and flags can have in place of a rate.
impl Choice for DiscountOverride {
    const WORDS: &'static [&'static str] = &["auto", "none"];
    const VALUES: &'static [Self] = &[Self::Auto, Self::Withheld];
}

impl fmt::Display for DiscountOverride {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Withheld => f.write_str("none"),
            Self::Rate(rate) => rate.fmt(f),
        }
    }
}
