//! Strategic programs that a deal claims.

use crate::book::{Discount, Program};
use crate::number::{Date, Rate};
use crate::table::{Section, WholeNumber, keys};
use crate::text::source::Written;

keys! {
    pub(super) PROGRAM: ProgramClaimKeys =
        "[strategic]", "A strategic program that the deal claims.";

    required program: String = "One of the book's programs.";
    optional rate: Rate = "The rate that the deal claims. Left out where negotiated prices imply \
                           it.";
    optional metrics: Vec<String> =
        "The metrics whose lines get the program. Default: all lines that its discount applies to.";
    optional reason: String = "The reason, for the approver.";
    optional duties: Vec<String> = "The commitments that the customer has agreed to.";
    optional count: WholeNumber<1, 1_000_000> =
        "The ordinal of this customer in the program, if known.";
    optional grant: Date =
        "The day of the grant from which payment counts, if the program has `grant_days`.";
    optional grant_reference: String = "The number of that grant.";
}

#[derive(Debug, Clone)]
pub struct DraftProgram {
    pub program: Written<String>,
    pub rate: Option<Written<Rate>>,
    pub metrics: Vec<Written<String>>,
    pub reason: Option<Written<String>>,
    pub duties: Vec<Written<String>>,
    pub count: Option<u32>,
    pub grant: Option<Written<Date>>,
    pub grant_reference: Option<Written<String>>,
    /// Whether a rate is written that could not be read.
    pub error_reported: bool,
}

impl DraftProgram {
    pub(crate) fn new(program: Written<String>, rate: Option<Written<Rate>>) -> Self {
        let duties = Vec::new();
        Self {
            program,
            rate,
            metrics: Vec::new(),
            reason: None,
            duties,
            count: None,
            grant: None,
            grant_reference: None,
            error_reported: false,
        }
    }
}

/// Program of the book that a deal claims.
#[derive(Debug, Clone)]
pub struct ProgramClaim<'b> {
    pub(crate) discount: &'b Discount,
    pub(crate) program: &'b Program,
    /// Rate that the deal asks for; zero where negotiated prices imply it.
    pub(crate) rate: Rate,
    /// Metrics whose lines get the program; all that its discount applies to if there are none.
    pub(crate) metrics: Vec<String>,
    pub(crate) reason: Option<String>,
    pub(crate) duties: Vec<String>,
    pub(crate) count: Option<u32>,
    pub(crate) grant: Option<Grant>,
}

/// Grant of a customer, from whose day payment counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub date: Date,
    pub reference: String,
}

impl<'b> ProgramClaim<'b> {
    /// Makes a claim of a program's highest rate, with every commitment that it asks for.
    pub(crate) fn at_max_rate(discount: &'b Discount, program: &'b Program) -> Self {
        Self {
            discount,
            program,
            rate: program.rate.unwrap_or(program.max_rate),
            metrics: Vec::new(),
            reason: None,
            duties: program.duties.clone(),
            count: None,
            grant: None,
        }
    }

    /// Whether lines of a metric get the program.
    pub(crate) fn applies_to(&self, metric: &str) -> bool {
        self.is_for(metric) && self.discount.applies_to(metric)
    }

    /// Whether the deal claims the program for a metric, whatever its discount applies to.
    pub(super) fn is_for(&self, metric: &str) -> bool {
        self.metrics.is_empty() || self.metrics.iter().any(|name| name == metric)
    }

    /// Returns the commitments that the program asks for and the deal does not state.
    pub fn missing_duties(&self) -> Vec<&str> {
        let duties = self.program.duties.iter().filter(|duty| !self.duties.contains(duty));
        duties.map(String::as_str).collect()
    }
}

pub(super) fn read(table: Section<'_>) -> Option<DraftProgram> {
    let rate = table.get(PROGRAM.rate);
    Some(DraftProgram {
        program: table.get(PROGRAM.program)?,
        error_reported: rate.is_none() && !table.is_missing(PROGRAM.rate),
        rate,
        metrics: table.get(PROGRAM.metrics),
        reason: table.get(PROGRAM.reason),
        duties: table.get(PROGRAM.duties),
        count: table.value(PROGRAM.count),
        grant: table.get(PROGRAM.grant),
        grant_reference: table.get(PROGRAM.grant_reference),
    })
}
