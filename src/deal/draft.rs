use crate::diagnostic::Diagnostic;
use crate::source::{Place, Written};
use crate::value::{Date, Money, Quantity, Rate, Years};

/// A deal as it was written or typed: words that no book has been asked about yet.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What to point at when something is missing.
    pub place: Place,
    pub customer: Option<Written<String>>,
    pub segment: Option<Written<String>>,
    pub opportunity: Option<Written<String>>,
    pub incumbent: Option<Written<String>>,
    pub notes: Option<Written<String>>,
    pub date: Option<Written<Date>>,
    pub term: Option<Written<Years>>,
    pub prepay: Option<Written<String>>,
    pub lines: Vec<DraftLine>,
    /// How much of a discount to take, by its name.
    pub takes: Vec<(Written<String>, Take)>,
    pub programs: Vec<DraftProgram>,
    /// What was wrong with the words themselves.
    pub faults: Vec<Diagnostic>,
}

impl Draft {
    /// A draft that says nothing.
    #[must_use]
    pub const fn new(place: Place) -> Self {
        Self {
            place,
            customer: None,
            segment: None,
            opportunity: None,
            incumbent: None,
            notes: None,
            date: None,
            term: None,
            prepay: None,
            lines: Vec::new(),
            takes: Vec::new(),
            programs: Vec::new(),
            faults: Vec::new(),
        }
    }
}

/// One thing to buy.
#[derive(Debug, Clone)]
pub struct DraftLine {
    pub place: Place,
    pub metric: Option<Written<String>>,
    pub quantity: Option<Written<Quantity>>,
    pub unit_price: Option<Written<Money>>,
    pub edition: Option<Written<String>>,
    pub hosts: Option<Written<u32>>,
    /// A ramp: one for each year, in place of `quantity`.
    pub years: Vec<DraftYear>,
}

impl DraftLine {
    /// A line that says nothing.
    #[must_use]
    pub const fn new(place: Place) -> Self {
        Self {
            place,
            metric: None,
            quantity: None,
            unit_price: None,
            edition: None,
            hosts: None,
            years: Vec::new(),
        }
    }
}

/// One year of a ramp.
#[derive(Debug, Clone)]
pub struct DraftYear {
    pub place: Place,
    pub quantity: Option<Written<Quantity>>,
    pub unit_price: Option<Written<Money>>,
}

/// A strategic program to claim.
#[derive(Debug, Clone)]
pub struct DraftProgram {
    pub program: Written<String>,
    pub rate: Option<Written<Rate>>,
    pub reason: Option<Written<String>>,
    pub duties: Vec<Written<String>>,
    pub count: Option<u32>,
}

/// How much of a discount a deal takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// What the book gives.
    Auto,
    /// Nothing: it is withheld.
    Nothing,
    /// This rate.
    Rate(Rate),
}

impl Take {
    /// The words that stand for a take that is no rate.
    pub const WORDS: &'static [&'static str] = &["auto", "none"];
}
