//! The deal that a customer asks for, which offers are changed from.

use super::offer::Offer;
use crate::approve::{APPROVAL_RULES, ApprovalRule};
use crate::book::{Books, Level};
use crate::deal::{self, Deal, Draft};
use crate::number::Date;
use crate::price::price;
use crate::quote::billing;
use crate::text::diagnostic::Checked;

/// A customer's request: the deal as it is written, and as a book resolves it.
#[derive(Debug)]
pub struct CustomerRequest<'b> {
    pub(super) draft: Draft,
    pub(super) books: &'b Books,
    pub(super) date: Date,
    pub(super) deal: Deal<'b>,
    pub(super) rules: &'static [&'static dyn ApprovalRule],
}

impl<'b> CustomerRequest<'b> {
    /// Resolves a draft against the books on a day.
    ///
    /// # Errors
    /// Returns every error of the draft.
    pub fn new(draft: Draft, books: &'b Books, date: Date) -> Checked<Self> {
        let deal = deal::resolve(&draft, books, date)?;
        Ok(Self { draft, books, date, deal, rules: APPROVAL_RULES })
    }

    /// Replaces the rules that judge offers, which a test of the contract does.
    pub fn with_rules(self, rules: &'static [&'static dyn ApprovalRule]) -> Self {
        Self { rules, ..self }
    }

    pub const fn deal(&self) -> &Deal<'b> {
        &self.deal
    }

    /// The requested deal as an offer, even if no level can grant the deal.
    pub fn offer(&self) -> Offer<'b> {
        Offer::new(self.rules, self.deal.clone())
    }

    /// Whether the deal's invoices are known, which a budget for a year needs.
    pub fn is_invoiced(&self) -> bool {
        billing::largest_year_invoiced(&self.deal, &price(&self.deal)).is_some()
    }

    pub(super) fn highest_level(&self) -> Level {
        self.deal.book.ladder().levels().last().map_or(Level::NONE, |(level, _)| level)
    }
}
