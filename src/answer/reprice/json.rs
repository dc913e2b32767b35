//! `dealdesk.reprice/1`: the effect of a new book on a portfolio. Money is a text in plain decimal.

use super::{DealGroup, Repricing};
use crate::document::json::{Json, object};
use crate::number::Total;
use crate::quote::json::price_book;

/// A repricing.
pub fn to_json(repricing: &Repricing<'_>) -> Json {
    object! {
        schema: "dealdesk.reprice/1",
        input: repricing.input,
        output: repricing.output,
        ..figures(repricing),
    }
}

/// The figures of a repricing. Those from `compared` to `falls` are of deals with a price under both books. The name of
/// services is `null`.
pub(crate) fn figures(repricing: &Repricing<'_>) -> Json {
    let (impact, currency) = (repricing.impact, &repricing.old.currency);
    let minor = currency.minor;
    let approvals = impact.moved.iter().map(|([old, new], moved)| {
        object! {
            old_approval: old.name(repricing.old),
            new_approval: new.name(repricing.new),
            deals: moved.deals,
            old_tcv: moved.tcv[0].plain(minor),
            new_tcv: moved.tcv[1].plain(minor),
        }
    });
    let metrics = impact.metrics().map(|(name, totals)| {
        object! {
            metric: Json::from(name).or_null(),
            deals: totals.deals,
            ..change(totals.tcv, minor),
        }
    });
    object! {
        currency: &currency.code,
        date: repricing.date,
        old_book: price_book(repricing.old),
        new_book: price_book(repricing.new),
        deals: impact.deals(),
        compared: impact.both.deals,
        cost_more: impact.rises.deals,
        cost_less: impact.falls.deals,
        cost_the_same: impact.unchanged(),
        list_tcv: change(impact.list, minor),
        tcv: change(impact.both.tcv, minor),
        our_net: change(impact.our_net, minor),
        approvals: Json::list(approvals),
        metrics: Json::list(metrics),
        rises: largest(&impact.rises, minor),
        falls: largest(&impact.falls, minor),
        newly_refused: group(&impact.newly_refused, minor),
        no_longer_priced: group(&impact.lost, minor),
        newly_priced: group(&impact.gained, minor),
        unpriced: group(&impact.unpriced, minor),
        other_currencies: impact.elsewhere,
    }
}

/// Two totals with the change from one to the other. An old total of 0 has no share.
fn change([old, new]: [Total; 2], minor: u32) -> Json {
    object! {
        old: old.plain(minor),
        new: new.plain(minor),
        change: new.minus(old).plain(minor),
        share: (!old.is_zero()).then(|| old.growth_to(new)),
    }
}

fn group(group: &DealGroup, minor: u32) -> Json {
    object! {
        deals: group.deals,
        tcv: group.total.plain(minor),
        largest: largest(group, minor),
    }
}

fn largest(group: &DealGroup, minor: u32) -> Json {
    let plain = |tcv: Total| tcv.plain(minor);
    Json::list(group.largest().map(|named| {
        object! {
            id: &named.id,
            row: named.row,
            old_tcv: named.old.map(plain),
            new_tcv: named.new.map(plain),
            change: named.old.zip(named.new).map(|(old, new)| plain(new.minus(old))),
            error: named.error.as_ref(),
        }
    }))
}
