//! `dealdesk.check/1` and `dealdesk.desk/1`. Money and rates are texts in plain decimal.

use super::desk::{Pipeline, WaitingOn};
use super::{
    Check, CheckStatus, CheckedDeal, DealTotals, JudgedDeal, SharedName, SplitDeal, SplitNeed,
    SplitSubject,
};
use crate::approve::REFUSED;
use crate::document::json::{Json, object};
use crate::number::{Currency, Total};
use crate::quote::json::{approvals, notice, price_book, violations};

/// A number of deals against policy, with the status of the worst.
pub fn check(check: &Check<'_, '_>) -> Json {
    let deals = check.deals.iter().map(|deal| {
        object! {
            name: deal.name,
            status: check.status(deal).name(),
            denied: Json::list_if_any(denied(check, deal)),
            ..deal.judged().map(|it| judged(check, it)),
            errors: Json::list_if_any(deal.errors()),
        }
    });
    let approvals = check.standings().map(|(standing, totals)| {
        object! {
            approval: standing.name(check.book),
            deals: totals.deals,
            tcv: sums(&totals),
        }
    });
    object! {
        schema: "dealdesk.check/1",
        date: check.day,
        max_approval: check.within.map(|level| check.book.ladder().name(level)),
        price_book: price_book(check.book),
        price_books: price_books(check),
        status: check.worst_status().name(),
        deals: Json::list(deals),
        splits: Json::list(check.splits.iter().map(split)),
        shared_names: Json::list_if_any(check.shared_names.iter().map(shared_name)),
        counts: object! {
            deals: check.deals.len(),
            ok: check.count(CheckStatus::Within),
            denied: check.count(CheckStatus::Denied),
            above_max_approval: check.count(CheckStatus::Above),
            outside_policy: check.count(CheckStatus::Refused),
            unreadable: check.count(CheckStatus::Unread),
        },
        tcv: sums(&check.deal_totals()),
        approvals: Json::list(approvals),
    }
}

/// The codes of the notices that fail a deal, each once.
fn denied(check: &Check<'_, '_>, deal: &CheckedDeal<'_, '_>) -> Vec<&'static str> {
    let notices = deal.judged().into_iter().flat_map(|judged| check.denied_notices(judged));
    let mut codes: Vec<_> = notices.map(|notice| notice.kind.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

pub(crate) fn judged(check: &Check<'_, '_>, judged: &JudgedDeal<'_, '_>) -> Json {
    let (deal, totals) = (judged.deal, &judged.totals);
    let plain = |amount| deal.book.currency.plain(amount);
    object! {
        customer: deal.customer().unwrap_or_default(),
        date: deal.date,
        valid_until: judged.valid_until,
        currency: &deal.book.currency.code,
        price_book: (deal.book.sha256 != check.book.sha256).then(|| price_book(deal.book)),
        list_tcv: plain(totals.list_tcv),
        tcv: plain(totals.tcv),
        our_net: plain(judged.our_net().tcv),
        acv: plain(totals.acv),
        discount: totals.discount,
        approvals: approvals(deal.book.ladder(), &judged.verdict),
        violations: violations(&judged.verdict),
        warnings: Json::list(judged.notices.iter().map(notice)),
    }
}

/// The books of the deals, where the date of a deal chooses among several.
fn price_books(check: &Check<'_, '_>) -> Option<Json> {
    let books = check.books();
    let is_one = books.iter().all(|book| book.sha256 == check.book.sha256);
    (!is_one).then(|| Json::list(books.into_iter().map(price_book)))
}

/// Deals that together need the approval of a level, are `refused`, or cost more than apart.
pub(crate) fn split(split: &SplitDeal<'_, '_>) -> Json {
    let (approval, review, saving) = match &split.crossing {
        SplitNeed::Needs(ask) => {
            (Some(split.book.ladder().name(ask.level)), ask.review.as_deref(), None)
        }
        SplitNeed::Refused => (Some(REFUSED), None, None),
        SplitNeed::Pays(saving) => (None, None, Some(saving)),
    };
    let currency = &split.book.currency;
    let saving = saving.map(|saving| {
        let (units, service) = match saving.subject {
            SplitSubject::Units(metric, quantity) => (Some((metric, quantity)), None),
            SplitSubject::Service(service) => (None, Some(service.name.as_str())),
        };
        object! {
            saved: saving.saved().plain(currency.minor),
            apart: saving.apart.plain(currency.minor),
            together: saving.together.plain(currency.minor),
            currency: &currency.code,
            metric: units.map(|(metric, _)| metric.name()),
            quantity: units.map(|(_, quantity)| quantity),
            service,
        }
    });
    object! {
        customer: split.customer,
        deals: Json::list(split.deals.iter().copied()),
        approval,
        review,
        ..saving,
        rule: &split.rule.id,
        message: &split.reason,
        source: &split.rule.source,
    }
}

/// One name under several accounts.
fn shared_name(shared: &SharedName<'_>) -> Json {
    let accounts = shared.accounts.iter().map(|(account, deals)| {
        object! { account: *account, deals: Json::list(deals.iter().copied()) }
    });
    object! { customer: shared.customer, accounts: Json::list(accounts) }
}

/// The sums of each currency: what customers pay, and what reaches us of it.
fn sums(totals: &DealTotals<'_>) -> Json {
    let both = totals.tcv.iter().zip(totals.our_net.iter());
    let sum = |((currency, tcv), (_, ours)): ((&Currency, Total), (&Currency, Total))| {
        let plain = |sum: Total| sum.plain(currency.minor);
        object! { currency: &currency.code, tcv: plain(tcv), our_net: plain(ours) }
    };
    Json::list(both.map(sum))
}

/// The pipeline of a folder that is called `input`. `read` counts all deals that could be read, shown or not.
pub fn desk(pipeline: &Pipeline<'_, '_, '_>, input: &str) -> Json {
    let check = pipeline.check;
    let deals = pipeline.deals.iter().map(|deal| {
        object! {
            name: deal.name,
            days_left: Json::from(pipeline.days_left(deal)).or_null(),
            ..judged(check, deal),
        }
    });
    let queues = pipeline.queues.iter().map(|queue| {
        let (waits_for, who) = match queue.waits_for {
            WaitingOn::Customer => ("customer", None),
            WaitingOn::Level(level) => ("approval", Some(check.book.ladder().name(level))),
            WaitingOn::Review(review) => ("review", Some(review)),
            WaitingOn::Change => ("change", None),
            WaitingOn::Quote => ("quote", None),
        };
        object! {
            waits_for,
            who,
            tcv: sums(&queue.deal_totals()),
            deals: Json::list(queue.deals.iter().map(|judged| judged.name)),
        }
    });
    let is_shown = |split: &&SplitDeal<'_, '_>| {
        pipeline.deals.iter().any(|judged| split.deals.contains(&judged.name))
    };
    let unread = check.deals.iter().filter(|deal| deal.judged().is_none());
    object! {
        schema: "dealdesk.desk/1",
        input,
        date: check.day,
        price_book: price_book(check.book),
        price_books: price_books(check),
        read: check.judged().count(),
        tcv: sums(&pipeline.deal_totals()),
        deals: Json::list(deals),
        queues: Json::list(queues),
        splits: Json::list_if_any(check.splits.iter().filter(is_shown).map(split)),
        shared_names: Json::list_if_any(check.shared_names.iter().map(shared_name)),
        unreadable: Json::list(unread.map(|deal| {
            object! { name: deal.name, errors: Json::list(deal.errors()) }
        })),
    }
}
