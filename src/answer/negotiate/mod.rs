//! What to offer a customer who names a number.
//!
//! A number can be met in as many ways as levers have settings. For each combination of settings that
//! the book sells there is a chain of deals, from all that is asked for at list price down to
//! all that anybody can grant, each cheaper than the one before it; the first that meets the number is
//! the dearest that does. So nothing is sampled: every combination is decided, and the rate that meets
//! a number is found by halving. What is left is the frontier: the offers of which none is
//! at once as easy to approve, worth as much and asking as little of the customer as another.

mod chain;
mod concession;
mod edit;
mod found;
mod frontier;
mod get;
mod goal;
pub mod json;
mod ladder;
mod lever;
mod offer;
mod part;
mod payment;
pub mod rows;
mod search;
pub mod text;

pub use concession::{Concession, ConcessionKind, concessions, rounding};
pub use get::{Return, SuggestedReturn};
pub use goal::{Goal, GoalProgress};
pub use ladder::{ConcessionLadder, LadderStep};
pub use lever::{LEVERS, Lever};
pub use offer::{Commitment, Offer};
pub use search::{Certificate, Search, SearchProgress, SearchResult};

use crate::approve::{APPROVAL_RULES, ApprovalRule};
use crate::book::{Books, Level};
use crate::deal;
use crate::deal::{Deal, Draft};
use crate::number::Date;
use crate::price::price;
use crate::quote::billing;
use crate::text::diagnostic::Checked;

/// What is on the table: what the customer asks for, by a book.
#[derive(Debug)]
pub struct CustomerRequest<'b> {
    draft: Draft,
    books: &'b Books,
    date: Date,
    deal: Deal<'b>,
    rules: &'static [&'static dyn ApprovalRule],
}

impl<'b> CustomerRequest<'b> {
    /// What is on the table.
    ///
    /// # Errors
    /// What is wrong with the deal as it stands.
    pub fn new(draft: Draft, books: &'b Books, date: Date) -> Checked<Self> {
        let deal = deal::resolve(&draft, books, date)?;
        Ok(Self { draft, books, date, deal, rules: APPROVAL_RULES })
    }

    /// Judges offers by other rules than those of the program.
    pub fn with_rules(self, rules: &'static [&'static dyn ApprovalRule]) -> Self {
        Self { rules, ..self }
    }

    /// The deal as the customer asks for it.
    pub const fn deal(&self) -> &Deal<'b> {
        &self.deal
    }

    /// The same as an offer, whoever would have to grant it.
    pub fn offer(&self) -> Offer<'b> {
        Offer::judged(self.rules, self.deal.clone())
    }

    /// Whether it is known how the deal is invoiced.
    pub fn is_invoiced(&self) -> bool {
        billing::largest_year_invoiced(&self.deal, &price(&self.deal)).is_some()
    }

    /// The highest level of the ladder.
    fn top(&self) -> Level {
        self.deal.book().ladder().levels().last().map_or(Level::NONE, |(level, _)| level)
    }
}
