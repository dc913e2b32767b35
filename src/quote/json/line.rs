//! What is bought, and the years of a ramp.

use super::committed::CommittedJson;
use super::price::UnitPriceJson;
use crate::book::{BillingSchedule, PricePeriod};
use crate::deal::Deal;
use crate::price::{PricedLine, PricedSegment};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct LineJson<'a> {
    metric: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hosts: Option<u32>,
    per: &'static str,
    /// How long what is bought once lasts; without it, for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    billing: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    committed: Option<CommittedJson>,
    #[serde(flatten)]
    price: UnitPriceJson<'a>,
    /// One a year, where years differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    periods: Vec<LineYearJson<'a>>,
}

#[derive(Serialize)]
struct LineYearJson<'a> {
    year: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'a str>,
    #[serde(flatten)]
    price: UnitPriceJson<'a>,
}

impl<'a> LineJson<'a> {
    pub(crate) fn of(deal: &Deal<'a>, priced: &'a PricedLine<'a>) -> Self {
        let (currency, line) = (&deal.book.currency, &priced.line);
        let mut periods = Vec::new();
        if line.is_ramp() {
            for priced in &priced.segments {
                for _ in 0..priced.length.years() {
                    let mut price = UnitPriceJson::of(currency, line, priced);
                    price.of_one_year();
                    let year = u32::try_from(periods.len()).unwrap_or(u32::MAX).saturating_add(1);
                    periods.push(LineYearJson { year, edition: edition(priced), price });
                }
            }
        }
        let first = &priced.segments[0];
        let mut price = UnitPriceJson::of(currency, line, first);
        price.of_all_years(currency, priced);
        Self {
            metric: line.metric.name(),
            edition: edition(first),
            hosts: line.hosts,
            per: match line.metric.price_period {
                PricePeriod::Year => "year",
                PricePeriod::Hour { .. } => "hour",
                PricePeriod::Once { .. } => "once",
            },
            months: line.metric.months,
            billing: deal.billing_schedule(line.metric).map(BillingSchedule::name),
            committed: CommittedJson::of(deal, line),
            price,
            periods,
        }
    }
}

fn edition<'a>(priced: &'a PricedSegment<'_>) -> Option<&'a str> {
    priced.list.tier.edition.as_deref()
}
