//! `dealdesk.check/1`: a number of deals against policy. Money and rates are texts in plain decimal.

use super::approvals::{ApprovalsWire, ViolationWire};
use super::book::BookWire;
use super::notice::NoticeWire;
use crate::batch::{REFUSED, Standing};
use crate::check::{Check, Checked, Crossing, Judged, Split, Status, Sums, Worth};
use crate::source::Place;
use serde::Serialize;

/// The answer as JSON, indented, with a line break at its end.
#[must_use]
pub fn to_json(check: &Check<'_, '_>) -> String {
    super::pretty(&Wire::of(check))
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_approval: Option<&'a str>,
    price_book: BookWire<'a>,
    /// That of the worst deal.
    status: &'static str,
    /// In the order in which they were named.
    deals: Vec<CheckedWire<'a>>,
    splits: Vec<SplitWire<'a>>,
    /// How many stand how.
    counts: CountsWire,
    tcv: Vec<SumWire<'a>>,
    /// The levels of the ladder, lowest first, and behind them what none grants.
    approvals: Vec<StandingWire<'a>>,
}

impl<'a> Wire<'a> {
    fn of(check: &'a Check<'_, '_>) -> Self {
        let ladder = check.book.ladder();
        let approval = |standing| match standing {
            Standing::Needs(level) => ladder.name(level),
            Standing::Refused => REFUSED,
        };
        let standings = check.standings();
        Self {
            schema: "dealdesk.check/1",
            date: check.day.to_string(),
            max_approval: check.within.map(|level| ladder.name(level)),
            price_book: BookWire::of(check.book),
            status: name(check.worst()),
            deals: check.deals.iter().map(|deal| CheckedWire::of(check, deal)).collect(),
            splits: check.splits.iter().map(SplitWire::of).collect(),
            counts: CountsWire {
                deals: check.deals.len(),
                ok: check.count(Status::Within),
                above_max_approval: check.count(Status::Above),
                outside_policy: check.count(Status::Refused),
                unreadable: check.count(Status::Unread),
            },
            tcv: SumWire::all(&check.worth().tcv),
            approvals: standings
                .map(|(standing, worth)| StandingWire::of(approval(standing), &worth))
                .collect(),
        }
    }
}

const fn name(status: Status) -> &'static str {
    match status {
        Status::Within => "ok",
        Status::Above => "above-max-approval",
        Status::Refused => "outside-policy",
        Status::Unread => "unreadable",
    }
}

#[derive(Serialize)]
struct CheckedWire<'a> {
    name: &'a str,
    status: &'static str,
    #[serde(flatten)]
    judged: Option<JudgedWire<'a>>,
    /// What is wrong with a deal that cannot be read.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    errors: &'a [String],
}

impl<'a> CheckedWire<'a> {
    fn of(check: &Check<'_, '_>, deal: &'a Checked<'_, '_>) -> Self {
        Self {
            name: deal.name,
            status: name(check.status(deal)),
            judged: deal.judged().map(JudgedWire::of),
            errors: deal.outcome.as_ref().err().copied().unwrap_or_default(),
        }
    }
}

/// A deal that was priced and judged.
#[derive(Serialize)]
pub(super) struct JudgedWire<'a> {
    customer: &'a str,
    date: String,
    valid_until: String,
    currency: &'a str,
    list_tcv: String,
    tcv: String,
    acv: String,
    discount: String,
    approvals: ApprovalsWire<'a>,
    violations: Vec<ViolationWire<'a>>,
    warnings: Vec<NoticeWire<'a>>,
}

impl<'a> JudgedWire<'a> {
    pub(super) fn of(judged: &'a Judged<'_, '_>) -> Self {
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
            approvals: ApprovalsWire::of(deal.book().ladder(), &judged.verdict),
            violations: ViolationWire::all(&judged.verdict),
            warnings: judged.notices.iter().map(NoticeWire::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct SplitWire<'a> {
    customer: &'a str,
    deals: &'a [&'a str],
    /// What they need together, or `refused`.
    approval: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<&'a str>,
    rule: &'a str,
    message: &'a str,
    source: &'a Place,
}

impl<'a> SplitWire<'a> {
    fn of(split: &'a Split<'_, '_>) -> Self {
        let (approval, review) = match &split.crossing {
            Crossing::Needs(ask) => (split.book.ladder().name(ask.level), ask.review.as_deref()),
            Crossing::Refused => (REFUSED, None),
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
struct CountsWire {
    deals: usize,
    ok: usize,
    above_max_approval: usize,
    outside_policy: usize,
    unreadable: usize,
}

/// A sum in one currency.
#[derive(Serialize)]
pub(super) struct SumWire<'a> {
    currency: &'a str,
    tcv: String,
}

impl<'a> SumWire<'a> {
    pub(super) fn all(sums: &Sums<'a>) -> Vec<Self> {
        let sums = sums.iter().map(|(currency, sum)| Self {
            currency: &currency.code,
            tcv: sum.plain(currency.minor),
        });
        sums.collect()
    }
}

#[derive(Serialize)]
struct StandingWire<'a> {
    approval: &'a str,
    deals: usize,
    tcv: Vec<SumWire<'a>>,
}

impl<'a> StandingWire<'a> {
    fn of(approval: &'a str, worth: &Worth<'a>) -> Self {
        Self { approval, deals: worth.deals, tcv: SumWire::all(&worth.tcv) }
    }
}
