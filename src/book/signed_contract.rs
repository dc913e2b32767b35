//! Contracts that customers have signed: the units that count with those of a new deal, where a metric has
//! `counted = "customer"`.

use crate::number::{Date, Days, Quantity};
use crate::text::NameKey;

/// Signed contract of a customer, with what it commits to. It belongs to no price book: a contract can be older
/// than the book that prices the next deal, so metrics, editions and programs are names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedContract {
    /// The name of its file.
    pub name: String,
    /// Text that is equal for equal contracts only. It is a part of the quote's id.
    pub identity: String,
    /// The day on which it was signed. It counts for no quote of an earlier day.
    pub date: Date,
    pub customer: Option<NameKey>,
    pub account: Option<String>,
    pub opportunity: Option<String>,
    pub lines: Vec<SignedLine>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedLine {
    pub metric: String,
    pub edition: Option<String>,
    pub hosts: Option<u32>,
    /// Programs that the contract claims.
    pub programs: Vec<String>,
    /// Program that excludes every other discount of the line.
    pub exclusive: Option<String>,
    /// Quantities with the days on which the customer has them, in their order.
    pub runs: Vec<(Days, Quantity)>,
}

impl SignedContract {
    /// Whether two files say the same of one customer: they are one contract.
    pub fn is_same(&self, other: &Self) -> bool {
        self.identity == other.identity
    }

    /// Whether a customer with these marks has signed the contract: one mark that agrees is enough.
    pub fn is_of(
        &self,
        customer: Option<&NameKey>,
        account: Option<&str>,
        opportunity: Option<&str>,
    ) -> bool {
        let agree = |one: Option<&str>, other: Option<&str>| one.is_some() && one == other;
        agree(self.account.as_deref(), account)
            || agree(self.opportunity.as_deref(), opportunity)
            || (self.customer.is_some() && self.customer.as_ref() == customer)
    }
}
