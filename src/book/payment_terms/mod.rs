//! Payment terms, billing schedules and renewal dates.

mod keys;
mod read;

use super::rule::Rule;
use crate::number::{Date, ProrationConvention};
pub(super) use keys::{BillingKeys, PaymentKeys, RenewalKeys};
pub(super) use read::PaymentSettings;

#[derive(Debug, Clone)]
pub struct PaymentTerms {
    /// Terms in the order of the file; never empty.
    pub(crate) terms: Vec<PaymentTerm>,
    /// Index of the term for deals that name none.
    pub(crate) standard: usize,
}

/// Number of days that a customer has to pay an invoice.
#[derive(Debug, Clone)]
pub struct PaymentTerm {
    pub(crate) name: String,
    pub(crate) title: String,
    /// Days from the date of the invoice.
    pub(crate) days: u32,
    /// Whether the term is outside policy: nobody can grant it.
    pub(crate) refuse: bool,
    pub(crate) rule: Rule,
}

#[derive(Debug, Clone)]
pub struct BillingTerms {
    /// Schedules in the order of the file; never empty.
    pub(crate) schedules: Vec<BillingSchedule>,
    /// Index of the schedule for lines whose metric, deal and prepayment name none.
    pub(crate) standard: usize,
    /// Convention that counts a part of a year; without one, no part of a year can be sold.
    pub(crate) proration: Option<(ProrationConvention, Rule)>,
}

#[derive(Debug, Clone)]
pub struct BillingSchedule {
    pub(crate) name: String,
    /// Title in words that follow "billed".
    pub(crate) title: String,
    pub(crate) frequency: BillingFrequency,
    pub(crate) rule: Rule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BillingFrequency {
    /// One invoice for this number of months, before them or in arrears.
    Months {
        /// Months that an invoice covers: a divisor of 12.
        months: u32,
        arrears: bool,
    },
    /// One invoice for the whole term, at its start.
    Term,
}

/// Days of a renewal, counted back from the end of the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenewalTerms {
    /// Days before the end at which work on the renewal starts.
    pub(crate) work_days: u32,
    /// Days before the end by which either side gives notice.
    pub(crate) notice_days: u32,
    pub(crate) rule: Rule,
}

impl RenewalTerms {
    /// Returns the day on which work on the renewal starts, for a contract with this first and last
    /// day. Returns `None` if that day lies before the contract.
    pub fn start_renewal_by(&self, start: Date, end: Date) -> Option<Date> {
        Some(end.minus_days(self.work_days)).filter(|day| *day >= start)
    }

    /// Returns the last day for notice, for a contract with this first and last day. Returns `None`
    /// if that day lies before the contract.
    pub fn give_notice_by(&self, start: Date, end: Date) -> Option<Date> {
        Some(end.minus_days(self.notice_days)).filter(|day| *day >= start)
    }
}

impl PaymentTerm {
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl BillingSchedule {
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn title(&self) -> &str {
        &self.title
    }
}
