//! `dealdesk.reprice/1`: what a new book does to a portfolio. Money is a text in plain decimal.

use crate::answer::reprice::rows_summary::needs;
use crate::answer::reprice::{
    ApprovalMove, ApprovalsNeeded, LargestDeals, MetricImpact, PortfolioTotals, RankedDeal,
    Repricing,
};
use crate::document::json::Json;
use crate::number::Total;
use crate::quote::json::price_book;
use serde::Serialize;

/// The answer as JSON, indented, with a line break at its end.
pub fn to_json(repricing: &Repricing<'_>) -> Json {
    crate::document::json::pretty(&RepriceJson::of(repricing))
}

#[derive(Serialize)]
pub(crate) struct RepriceJson<'a> {
    schema: &'static str,
    input: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<&'a str>,
    currency: &'a str,
    old_book: Json,
    new_book: Json,
    deals: u64,
    /// Deals with a price under both books; the figures down to `metrics` are theirs.
    compared: u64,
    cost_more: u64,
    cost_less: u64,
    cost_the_same: u64,
    list_tcv: OldNewTotalJson,
    tcv: OldNewTotalJson,
    /// Each pair of levels that some deal has.
    approvals: Vec<ApprovalMoveJson>,
    metrics: Vec<MetricImpactJson<'a>>,
    rises: Vec<RankedDealJson<'a>>,
    falls: Vec<RankedDealJson<'a>>,
    newly_refused: DealGroupJson<'a>,
    no_longer_priced: DealGroupJson<'a>,
    newly_priced: DealGroupJson<'a>,
    /// Under neither book.
    unpriced: DealGroupJson<'a>,
    other_currencies: u64,
}

impl<'a> RepriceJson<'a> {
    pub(crate) fn of(repricing: &Repricing<'a>) -> Self {
        let (impact, currency) = (repricing.impact, repricing.old.currency());
        let minor = currency.minor;
        let list = |largest: &'a LargestDeals| RankedDealJson::of(largest, minor);
        let unpriced = PortfolioTotals { deals: impact.unpriced, tcv: Total::default() };
        Self {
            schema: "dealdesk.reprice/1",
            input: repricing.input,
            output: repricing.output,
            currency: &currency.code,
            old_book: price_book(repricing.old),
            new_book: price_book(repricing.new),
            deals: impact.deals(),
            compared: impact.both.deals,
            cost_more: impact.both.more,
            cost_less: impact.both.less,
            cost_the_same: impact.both.same(),
            list_tcv: OldNewTotalJson::of(impact.both.list, minor),
            tcv: OldNewTotalJson::of(impact.both.net, minor),
            approvals: impact
                .moved()
                .into_iter()
                .map(|it| ApprovalMoveJson::of(repricing, it))
                .collect(),
            metrics: impact.metrics().iter().map(|it| MetricImpactJson::of(it, minor)).collect(),
            rises: list(&impact.rises),
            falls: list(&impact.falls),
            newly_refused: DealGroupJson::of(impact.newly_refused, &impact.refused, minor),
            no_longer_priced: DealGroupJson::of(impact.lost, &impact.no_longer, minor),
            newly_priced: DealGroupJson::of(impact.gained, &impact.at_last, minor),
            unpriced: DealGroupJson::of(unpriced, &impact.never, minor),
            other_currencies: impact.elsewhere,
        }
    }
}

#[derive(Serialize)]
struct OldNewTotalJson {
    old: String,
    new: String,
    change: String,
    /// Difference as a share of the old amount; `None` where that is 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<String>,
}

impl OldNewTotalJson {
    fn of([old, new]: [Total; 2], minor: u32) -> Self {
        Self {
            old: old.plain(minor),
            new: new.plain(minor),
            change: new.minus(old).plain(minor),
            share: (!old.is_zero()).then(|| old.growth_to(new).plain()),
        }
    }
}

#[derive(Serialize)]
struct ApprovalMoveJson {
    /// `none`, `vp+legal`.
    old_approval: String,
    new_approval: String,
    deals: u64,
    old_tcv: String,
    new_tcv: String,
}

impl ApprovalMoveJson {
    fn of(
        repricing: &Repricing<'_>,
        ([old, new], moved): ([ApprovalsNeeded; 2], ApprovalMove),
    ) -> Self {
        let minor = repricing.old.currency().minor;
        Self {
            old_approval: needs(repricing.old, &old),
            new_approval: needs(repricing.new, &new),
            deals: moved.deals,
            old_tcv: moved.tcv[0].plain(minor),
            new_tcv: moved.tcv[1].plain(minor),
        }
    }
}

#[derive(Serialize)]
struct MetricImpactJson<'a> {
    /// `null` for services.
    metric: Option<&'a str>,
    deals: u64,
    #[serde(flatten)]
    tcv: OldNewTotalJson,
}

impl<'a> MetricImpactJson<'a> {
    fn of(metric: &'a MetricImpact, minor: u32) -> Self {
        let tcv = OldNewTotalJson::of(metric.tcv, minor);
        Self { metric: metric.name.as_deref(), deals: metric.deals, tcv }
    }
}

#[derive(Serialize)]
struct DealGroupJson<'a> {
    deals: u64,
    tcv: String,
    /// The largest of them.
    largest: Vec<RankedDealJson<'a>>,
}

impl<'a> DealGroupJson<'a> {
    fn of(worth: PortfolioTotals, largest: &'a LargestDeals, minor: u32) -> Self {
        let tcv = worth.tcv.plain(minor);
        Self { deals: worth.deals, tcv, largest: RankedDealJson::of(largest, minor) }
    }
}

#[derive(Serialize)]
struct RankedDealJson<'a> {
    id: &'a str,
    /// Place among all deals, counted from 1, of a deal without a readable id.
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_tcv: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_tcv: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

impl<'a> RankedDealJson<'a> {
    fn of(largest: &'a LargestDeals, minor: u32) -> Vec<Self> {
        let wire = |named: &'a RankedDeal| Self {
            id: &named.id,
            row: named.row,
            old_tcv: named.old.map(|tcv| tcv.plain(minor)),
            new_tcv: named.new.map(|tcv| tcv.plain(minor)),
            change: named.old.zip(named.new).map(|(old, new)| new.minus(old).plain(minor)),
            error: named.error.as_deref(),
        };
        largest.iter().map(wire).collect()
    }
}
