//! The programs that a deal claims.

use crate::book::{Discount, Program};
use crate::number::Rate;

/// A program that the deal claims.
#[derive(Debug, Clone)]
pub struct ProgramClaim<'b> {
    pub(crate) discount: &'b Discount,
    pub(crate) program: &'b Program,
    /// The rate asked for; nothing where negotiated prices imply it.
    pub(crate) rate: Rate,
    pub(crate) reason: Option<String>,
    pub(crate) duties: Vec<String>,
    /// The customer would be the so-manieth of the program.
    pub(crate) count: Option<u32>,
}

impl<'b> ProgramClaim<'b> {
    /// All that a program gives, with everything promised that it asks for.
    pub(crate) fn at_max_rate(discount: &'b Discount, program: &'b Program) -> Self {
        Self {
            discount,
            program,
            rate: program.rate.unwrap_or(program.max_rate),
            reason: None,
            duties: program.duties.clone(),
            count: None,
        }
    }
}

impl ProgramClaim<'_> {
    /// What the program asks of the customer, and the deal does not say.
    pub fn missing_duties(&self) -> Vec<&str> {
        let duties = self.program.duties.iter().filter(|duty| !self.duties.contains(duty));
        duties.map(String::as_str).collect()
    }
}
