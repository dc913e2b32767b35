//! The periods that invoices cover.

use crate::book::BillingFrequency;
use crate::deal::ContractPeriod;
use crate::number::Date;
use std::ops::Range;

pub(super) struct InvoicePeriods {
    /// The parts of the contract whose charges are shared: the part of a year before the first whole one, if
    /// there is one, then each year.
    pub parts: Range<usize>,
    /// The first and the last day that each invoice covers.
    pub days: Vec<(Date, Date)>,
    /// The weight of each invoice: the same in a whole year, the number of days in a part of one.
    pub weights: Vec<u32>,
    pub is_after: bool,
}

pub(super) fn spans(every: BillingFrequency, period: &ContractPeriod) -> Vec<InvoicePeriods> {
    let (stub, years) = (usize::from(period.length().part().is_some()), period.length().years());
    let BillingFrequency::Months { months, arrears } = every else {
        let days = vec![(period.start(), period.end())];
        let parts = 0..stub + years as usize;
        return vec![InvoicePeriods { parts, days, weights: vec![1], is_after: false }];
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
        let (at, weights) = (stub + year as usize, vec![1; count as usize]);
        spans.push(InvoicePeriods { parts: at..at + 1, days, weights, is_after: arrears });
    }
    spans
}
