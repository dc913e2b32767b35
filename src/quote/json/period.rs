//! When a contract runs, and when it comes up again.

use crate::deal::{ContractPeriod, Deal};
use crate::text::source::Place;
use serde::Serialize;

/// Keys of a quote that says when its contract starts.
#[derive(Serialize)]
pub(crate) struct ContractPeriodJson<'a> {
    start: String,
    end: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_part: Option<PartialYearJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    renewal: Option<RenewalJson<'a>>,
}

/// The part of a year before the first whole one.
#[derive(Serialize)]
struct PartialYearJson {
    from: String,
    to: String,
    count: u32,
    of: u32,
    unit: &'static str,
    convention: &'static str,
}

#[derive(Serialize)]
struct RenewalJson<'a> {
    /// The first day of the contract, where work would have to begin before it.
    work_from: String,
    /// None, where notice would be due before the first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    notice_by: Option<String>,
    source: &'a Place,
}

impl<'a> ContractPeriodJson<'a> {
    pub(crate) fn of(deal: &Deal<'a>) -> Option<Self> {
        let period = deal.period()?;
        let renewal = deal.book.renewal.as_ref().filter(|_| deal.months().is_none());
        let (start, end) = (period.start(), period.end());
        let renewal = renewal.map(|renewal| RenewalJson {
            work_from: renewal.start_renewal_by(start, end).unwrap_or(start).to_string(),
            notice_by: renewal.give_notice_by(start, end).map(|day| day.to_string()),
            source: &renewal.rule.source,
        });
        Some(Self {
            start: start.to_string(),
            end: deal.end()?.to_string(),
            first_part: PartialYearJson::of(period),
            renewal,
        })
    }
}

impl PartialYearJson {
    fn of(period: &ContractPeriod) -> Option<Self> {
        let part = period.length().part()?;
        Some(Self {
            from: period.start().to_string(),
            to: period.boundary(0).minus_days(1).to_string(),
            count: part.count(),
            of: part.of(),
            unit: part.unit(),
            convention: part.convention().name(),
        })
    }
}
