//! Deals before they are resolved: what was written or typed, with its places.

use super::AgreedPrice;
use super::extras::{DraftClause, DraftService};
use super::facts::Record;
use super::partner::DraftPartner;
use super::program::DraftProgram;
use super::value::{DraftAlternative, DraftValueClaim};
use crate::book::DraftCost;
use crate::number::{Date, Money, Quantity, Rate, Years};
use crate::table::{self, Choice};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Written};
use std::fmt;

/// A deal as it was written or typed: words that no book has been asked about yet.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What to point at when something is missing.
    pub place: Place,
    /// Plain facts: texts and dates that no price depends on.
    pub record: Record,
    /// The day of the quote.
    pub date: Option<Written<Date>>,
    /// One of the book's currencies; its first, if nothing is said.
    pub currency: Option<Written<String>>,
    /// The commitment; one year, if nothing is said.
    pub term: Option<Written<Years>>,
    /// The first day of the contract.
    pub start: Option<Written<Date>>,
    /// The day on which its first whole year begins, if that is later.
    pub first_year: Option<Written<Date>>,
    /// The last day of the contract that it joins, in place of a term.
    pub co_term_end: Option<Written<Date>>,
    /// One of the book's ways to prepay.
    pub prepay: Option<Written<String>>,
    /// One of the book's payment terms.
    pub payment: Option<Written<String>>,
    /// One of the book's ways to bill.
    pub billing: Option<Written<String>>,
    /// What is bought.
    pub lines: Vec<DraftLine>,
    /// How much of a discount to take, by its name.
    pub discount_overrides: Vec<(Written<String>, DiscountOverride)>,
    /// The programs that are claimed.
    pub programs: Vec<DraftProgram>,
    /// The partner that it is sold through.
    pub partner: Option<DraftPartner>,
    /// The years that a comparison looks at; the term, if nothing is said.
    pub horizon: Option<Written<u32>>,
    /// The services that come with the contract.
    pub services: Vec<DraftService>,
    /// The clauses that the customer wants.
    pub clauses: Vec<DraftClause>,
    /// What the customer could have instead.
    pub alternatives: Vec<DraftAlternative>,
    /// What the customer pays besides our price.
    pub own_costs: Vec<DraftCost>,
    /// What is said about its value.
    pub value_claims: Vec<DraftValueClaim>,
    /// What was wrong with the words themselves. What is missing because of it is no news.
    pub faults: Vec<Diagnostic>,
}

impl Draft {
    /// A draft that says nothing.
    pub fn new(place: Place) -> Self {
        Self {
            place,
            record: Record::default(),
            date: None,
            currency: None,
            term: None,
            start: None,
            first_year: None,
            co_term_end: None,
            prepay: None,
            payment: None,
            billing: None,
            lines: Vec::new(),
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

/// One thing to buy.
#[derive(Debug, Clone)]
pub struct DraftLine {
    /// What to point at when something is missing.
    pub place: Place,
    /// What is counted.
    pub metric: Option<Written<String>>,
    /// How many.
    pub quantity: Option<Written<Quantity>>,
    /// How many on average are paid for even if they are not used.
    pub committed: Option<Written<Quantity>>,
    /// What was agreed in negotiation.
    pub agreed: Option<Written<AgreedPrice>>,
    /// A fixed fee, inside the range that the book has.
    pub fee: Option<Written<Money>>,
    /// There is a fee, even if it could not be read.
    pub names_fee: bool,
    /// An edition, where the quantity should not decide.
    pub edition: Option<Written<String>>,
    /// The hosts that it runs on.
    pub hosts: Option<Written<u32>>,
    /// A ramp: one for each year, in place of `quantity`.
    pub years: Vec<DraftYear>,
    /// What it lacks has been told: it could not be read.
    pub error_reported: bool,
}

impl DraftLine {
    /// A line that says nothing.
    pub const fn new(place: Place) -> Self {
        Self {
            place,
            metric: None,
            quantity: None,
            committed: None,
            agreed: None,
            fee: None,
            names_fee: false,
            edition: None,
            hosts: None,
            years: Vec::new(),
            error_reported: false,
        }
    }
}

/// One year of a ramp.
#[derive(Debug, Clone)]
pub struct DraftYear {
    /// What to point at when something is missing.
    pub place: Place,
    /// How many.
    pub quantity: Option<Written<Quantity>>,
    /// What was agreed in negotiation.
    pub agreed: Option<Written<AgreedPrice>>,
}

/// How much of a discount a deal takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiscountOverride {
    /// What the book gives.
    Auto,
    /// Nothing: it is withheld.
    Withheld,
    /// This rate.
    Rate(Rate),
}

impl DiscountOverride {
    /// Parses "auto", "none" or a rate.
    ///
    /// # Errors
    /// A word that is neither, or a rate that is none.
    pub fn parse(text: &str, place: &Place) -> Result<Self, Diagnostic> {
        if let Some((_, take)) = Self::words().find(|(word, _)| *word == text) {
            return Ok(take);
        }
        if !text.contains(|c: char| c.is_ascii_digit()) {
            let message = format!("\"{text}\" is neither a rate nor a word for one");
            return Err(Diagnostic::new(Code::BadNumber, place.clone(), message)
                .hint("write auto, none, or a rate such as 10%"));
        }
        table::rate(Written::new(text, place.clone())).map(|rate| Self::Rate(rate.value))
    }

    fn words() -> impl Iterator<Item = (&'static str, Self)> {
        Self::WORDS.iter().copied().zip(Self::VALUES.iter().copied())
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
            Self::Rate(rate) => rate.fmt(f),
            word => {
                Self::words().filter(|(_, it)| it == word).try_for_each(|(it, _)| f.write_str(it))
            }
        }
    }
}
