//! The periods that invoices cover.

use crate::book::BillingFrequency;
use crate::deal::ContractPeriod;
use crate::number::Date;
use std::ops::Range;

/// Invoices that share an amount between them.
pub(super) struct InvoicePeriods {
    /// The parts of the contract whose charges are shared: the part of a year before the first whole one, if
    /// there is one, then each year.
    pub parts: Range<u32>,
    /// The first and the last day that each invoice covers.
    pub days: Vec<(Date, Date)>,
    /// The weight of each invoice: the same in a whole year, the number of days in a part of one.
    pub weights: Vec<u32>,
    /// Whether the invoices are sent after those days, in arrears.
    pub is_after: bool,
}

pub(super) fn spans(every: BillingFrequency, period: &ContractPeriod) -> Vec<InvoicePeriods> {
    let stub = u32::from(period.length().part().is_some());
    let years = period.length().years();
    let BillingFrequency::Months { months, arrears } = every else {
        let days = vec![(period.start(), period.end())];
        return vec![InvoicePeriods {
            parts: 0..stub + years,
            days,
            weights: vec![1],
            is_after: false,
        }];
    };
    let mut spans = Vec::new();
    if stub == 1 {
        let begin = period.beginnings(months);
        let ends = begin.iter().skip(1).copied().chain([period.boundary(0)]);
        let days: Vec<_> = begin.iter().copied().zip(ends.map(|end| end.minus_days(1))).collect();
        let weights = days.iter().map(|(from, to)| from.days_to(*to) + 1).collect();
        spans.push(InvoicePeriods { parts: 0..1, days, weights, is_after: arrears });
    }
    for year in 0..years {
        let from = |part: u32| period.boundary(12 * year + months * part);
        let count = 12 / months;
        let days = (0..count).map(|part| (from(part), from(part + 1).minus_days(1))).collect();
        let weights = (0..count).map(|_| 1).collect();
        let parts = stub + year..stub + year + 1;
        spans.push(InvoicePeriods { parts, days, weights, is_after: arrears });
    }
    spans
}
