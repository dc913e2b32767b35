//! What is bought, and the years of a ramp.

use super::committed::CommittedWire;
use super::price::PriceWire;
use crate::book::{Per, Way};
use crate::deal::{Deal, Line};
use crate::price::{PricedLine, PricedSegment};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct LineWire<'a> {
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
    committed: Option<CommittedWire>,
    #[serde(flatten)]
    price: PriceWire<'a>,
    /// One a year, where years differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    periods: Vec<YearWire<'a>>,
}

#[derive(Serialize)]
struct YearWire<'a> {
    year: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'a str>,
    #[serde(flatten)]
    price: PriceWire<'a>,
}

impl<'a> LineWire<'a> {
    pub(super) fn of(deal: &Deal<'a>, line: &Line<'a>, priced: &'a PricedLine<'_>) -> Self {
        let currency = &deal.book.currency;
        let segments = line.segments.iter().zip(&priced.segments);
        let mut periods = Vec::new();
        if line.is_ramp() {
            for (segment, priced) in segments.clone() {
                for _ in 0..priced.length.years() {
                    let mut price = PriceWire::of(currency, line, segment, priced);
                    price.of_one_year();
                    let year = u32::try_from(periods.len()).unwrap_or(u32::MAX).saturating_add(1);
                    periods.push(YearWire { year, edition: edition(priced), price });
                }
            }
        }
        let (segment, first) = (&line.segments[0], &priced.segments[0]);
        let mut price = PriceWire::of(currency, line, segment, first);
        price.of_all_years(currency, priced);
        Self {
            metric: line.metric.name(),
            edition: edition(first),
            hosts: line.hosts,
            per: match line.metric.per {
                Per::Year => "year",
                Per::Hour { .. } => "hour",
                Per::Once { .. } => "once",
            },
            months: line.metric.months,
            billing: deal.way(line.metric).map(Way::name),
            committed: CommittedWire::of(deal, line),
            price,
            periods,
        }
    }
}

fn edition<'a>(priced: &'a PricedSegment<'_>) -> Option<&'a str> {
    priced.list.tier.edition.as_deref()
}
