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
mod ladder;
mod lever;
mod offer;
mod part;
mod payment;
mod search;

pub use concession::{Concession, Give, concessions, rounding};
pub use get::{Get, Request};
pub use goal::{Goal, Reached};
pub use ladder::{Ladder, Step};
pub use lever::{LEVERS, Lever};
pub use offer::{Commitment, Offer};
pub use search::{Certificate, Outcome, Progress, Search};

use crate::billing;
use crate::book::{Books, Level};
use crate::deal::{self, Deal, Draft};
use crate::diagnostic::Checked;
use crate::price::price;
use crate::value::Date;

/// What is on the table: what the customer asks for, by a book.
#[derive(Debug)]
pub struct Table<'b> {
    draft: Draft,
    books: &'b Books,
    date: Date,
    deal: Deal<'b>,
}

impl<'b> Table<'b> {
    /// What is on the table.
    ///
    /// # Errors
    /// What is wrong with the deal as it stands.
    pub fn new(draft: Draft, books: &'b Books, date: Date) -> Checked<Self> {
        let deal = deal::resolve(&draft, books, date)?;
        Ok(Self { draft, books, date, deal })
    }

    /// The deal as the customer asks for it.
    #[must_use]
    pub const fn deal(&self) -> &Deal<'b> {
        &self.deal
    }

    /// The same as an offer, whoever would have to grant it.
    #[must_use]
    pub fn offer(&self) -> Offer<'b> {
        Offer::judged(self.deal.clone())
    }

    /// Whether it is known how the deal is invoiced.
    #[must_use]
    pub fn is_invoiced(&self) -> bool {
        billing::dearest_year(&self.deal, &price(&self.deal)).is_some()
    }

    /// The highest level of the ladder.
    fn top(&self) -> Level {
        self.deal.book().ladder().levels().last().map_or(Level::NONE, |(level, _)| level)
    }
}
