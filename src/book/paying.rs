//! When a customer is invoiced, how long it has to pay, and when the contract comes up again.

use super::Rule;
use crate::number::{Date, ProrationConvention};

/// How long a customer has to pay an invoice.
#[derive(Debug, Clone)]
pub struct PaymentTerms {
    /// In the order of the file; never empty.
    pub(crate) terms: Vec<PaymentTerm>,
    /// The one that holds if a deal says nothing.
    pub(crate) standard: usize,
}

/// So many days to pay.
#[derive(Debug, Clone)]
pub struct PaymentTerm {
    pub(crate) name: String,
    pub(crate) title: String,
    /// From the date of the invoice.
    pub(crate) days: u32,
    /// Nobody can grant it.
    pub(crate) refuse: bool,
    pub(crate) rule: Rule,
}

/// When invoices are sent.
#[derive(Debug, Clone)]
pub struct BillingTerms {
    /// In the order of the file; never empty.
    pub(crate) schedules: Vec<BillingSchedule>,
    /// The one that holds if neither the metric, the deal nor its prepayment says another.
    pub(crate) standard: usize,
    /// How a part of a year is counted; without it, none can be sold.
    pub(crate) proration: Option<(ProrationConvention, Rule)>,
}

/// One way to send invoices.
#[derive(Debug, Clone)]
pub struct BillingSchedule {
    pub(crate) name: String,
    /// In words that follow "billed".
    pub(crate) title: String,
    pub(crate) frequency: BillingFrequency,
    pub(crate) rule: Rule,
}

/// How often an invoice is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BillingFrequency {
    /// So many months, at their beginning, or at their end: in arrears.
    Months {
        /// A divisor of 12.
        months: u32,
        /// At their end.
        arrears: bool,
    },
    /// The whole term at its beginning.
    Term,
}

/// When a contract comes up again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenewalTerms {
    /// Days before the end on which work on the renewal begins.
    pub(crate) work_days: u32,
    /// Days before the end by which either side gives notice.
    pub(crate) notice_days: u32,
    pub(crate) rule: Rule,
}

impl RenewalTerms {
    /// The day on which work on the renewal of a contract begins, by its first and last day;
    /// nothing where that would be before its first.
    pub fn start_renewal_by(&self, start: Date, end: Date) -> Option<Date> {
        Some(end.minus_days(self.work_days)).filter(|day| *day >= start)
    }

    /// The last day for notice, by the first and last day of the contract; nothing where that
    /// would be before its first.
    pub fn give_notice_by(&self, start: Date, end: Date) -> Option<Date> {
        Some(end.minus_days(self.notice_days)).filter(|day| *day >= start)
    }
}

impl PaymentTerm {
    /// The name that files use: `net-30`.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl BillingSchedule {
    /// The name that files use: `quarterly`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The words that follow "billed".
    pub fn title(&self) -> &str {
        &self.title
    }
}
