//! `dealdesk.check/1`: a number of deals against policy. Money and rates are texts in plain
//! decimal.

use crate::answer::pipeline::{
    Check, CheckStatus, CheckedDeal, CurrencyTotals, DealTotals, JudgedDeal, SplitDeal, SplitNeed,
};
use crate::approve::{ApprovalOutcome, REFUSED};
use crate::document::json::Json;
use crate::quote::json::notice;
use crate::quote::json::price_book;
use crate::quote::json::{approvals, violations};
use crate::text::source::Place;
use serde::Serialize;

/// The answer as JSON, indented, with a line break at its end.
pub fn to_json(check: &Check<'_, '_>) -> Json {
    crate::document::json::pretty(&CheckJson::of(check))
}

#[derive(Serialize)]
struct CheckJson<'a> {
    schema: &'static str,
    date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_approval: Option<&'a str>,
    price_book: Json,
    /// Status of the worst deal.
    status: &'static str,
    /// In the order in which they were named.
    deals: Vec<CheckedDealJson<'a>>,
    splits: Vec<SplitDealJson<'a>>,
    /// Number of deals by status.
    counts: StatusCountsJson,
    tcv: Vec<CurrencyTotalJson<'a>>,
    /// The levels of the ladder, lowest first, and behind them what none grants.
    approvals: Vec<CheckOutcomeJson<'a>>,
}

impl<'a> CheckJson<'a> {
    fn of(check: &'a Check<'_, '_>) -> Self {
        let ladder = check.book.ladder();
        let approval = |outcome: ApprovalOutcome| outcome.name(check.book);
        let standings = check.standings();
        Self {
            schema: "dealdesk.check/1",
            date: check.day.to_string(),
            max_approval: check.within.map(|level| ladder.name(level)),
            price_book: price_book(check.book),
            status: status_name(check.worst_status()),
            deals: check.deals.iter().map(|deal| CheckedDealJson::of(check, deal)).collect(),
            splits: check.splits.iter().map(SplitDealJson::of).collect(),
            counts: StatusCountsJson {
                deals: check.deals.len(),
                ok: check.count(CheckStatus::Within),
                above_max_approval: check.count(CheckStatus::Above),
                outside_policy: check.count(CheckStatus::Refused),
                unreadable: check.count(CheckStatus::Unread),
            },
            tcv: CurrencyTotalJson::all(&check.deal_totals().tcv),
            approvals: standings
                .map(|(standing, worth)| CheckOutcomeJson::of(approval(standing), &worth))
                .collect(),
        }
    }
}

pub(crate) const fn status_name(status: CheckStatus) -> &'static str {
    match status {
        CheckStatus::Within => "ok",
        CheckStatus::Above => "above-max-approval",
        CheckStatus::Refused => "outside-policy",
        CheckStatus::Unread => "unreadable",
    }
}

#[derive(Serialize)]
struct CheckedDealJson<'a> {
    name: &'a str,
    status: &'static str,
    #[serde(flatten)]
    judged: Option<JudgedDealJson<'a>>,
    /// Errors of a deal that cannot be read.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    errors: &'a [String],
}

impl<'a> CheckedDealJson<'a> {
    fn of(check: &Check<'_, '_>, deal: &'a CheckedDeal<'_, '_>) -> Self {
        Self {
            name: deal.name,
            status: status_name(check.status(deal)),
            judged: deal.judged().map(JudgedDealJson::of),
            errors: deal.outcome.as_ref().err().copied().unwrap_or_default(),
        }
    }
}

/// A deal that was priced and judged.
#[derive(Serialize)]
pub(crate) struct JudgedDealJson<'a> {
    customer: &'a str,
    date: String,
    valid_until: String,
    currency: &'a str,
    list_tcv: String,
    tcv: String,
    acv: String,
    discount: String,
    approvals: Json,
    violations: Json,
    warnings: Vec<Json>,
}

impl<'a> JudgedDealJson<'a> {
    pub(crate) fn of(judged: &'a JudgedDeal<'_, '_>) -> Self {
        let (deal, totals) = (judged.deal, &judged.totals);
        let currency = deal.book().currency();
        Self {
            customer: deal.customer().unwrap_or_default(),
            date: deal.date().to_string(),
            valid_until: judged.valid_until.to_string(),
            currency: &currency.code,
            list_tcv: currency.plain(totals.list_tcv),
            tcv: currency.plain(totals.tcv),
            acv: currency.plain(totals.acv),
            discount: totals.discount.plain(),
            approvals: approvals(deal.book().ladder(), &judged.verdict),
            violations: violations(&judged.verdict),
            warnings: judged.notices.iter().map(notice).collect(),
        }
    }
}

#[derive(Serialize)]
struct SplitDealJson<'a> {
    customer: &'a str,
    deals: &'a [&'a str],
    /// Level that the deals need together, or `refused`.
    approval: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<&'a str>,
    rule: &'a str,
    message: &'a str,
    source: &'a Place,
}

impl<'a> SplitDealJson<'a> {
    fn of(split: &'a SplitDeal<'_, '_>) -> Self {
        let (approval, review) = match &split.crossing {
            SplitNeed::Needs(ask) => (split.book.ladder().name(ask.level), ask.review.as_deref()),
            SplitNeed::Refused => (REFUSED, None),
        };
        Self {
            customer: split.customer,
            deals: &split.deals,
            approval,
            review,
            rule: &split.rule.id,
            message: &split.reason,
            source: &split.rule.source,
        }
    }
}

#[derive(Serialize)]
struct StatusCountsJson {
    deals: usize,
    ok: usize,
    above_max_approval: usize,
    outside_policy: usize,
    unreadable: usize,
}

/// A sum in one currency.
#[derive(Serialize)]
pub(crate) struct CurrencyTotalJson<'a> {
    currency: &'a str,
    tcv: String,
}

impl<'a> CurrencyTotalJson<'a> {
    pub(crate) fn all(sums: &CurrencyTotals<'a>) -> Vec<Self> {
        let sums = sums.iter().map(|(currency, sum)| Self {
            currency: &currency.code,
            tcv: sum.plain(currency.minor),
        });
        sums.collect()
    }
}

#[derive(Serialize)]
struct CheckOutcomeJson<'a> {
    approval: &'a str,
    deals: usize,
    tcv: Vec<CurrencyTotalJson<'a>>,
}

impl<'a> CheckOutcomeJson<'a> {
    fn of(approval: &'a str, worth: &DealTotals<'a>) -> Self {
        Self { approval, deals: worth.deals, tcv: CurrencyTotalJson::all(&worth.tcv) }
    }
}
