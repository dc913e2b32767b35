//! `dealdesk.reprice/1`: what a new book does to a portfolio. Money is a text in plain decimal.

use super::book::BookWire;
use crate::batch::REFUSED;
use crate::book::PriceBook;
use crate::reprice::{Largest, Metric, Moved, Named, Needs, Repricing, Worth};
use crate::value::Total;
use serde::Serialize;

/// The answer as JSON, indented, with a line break at its end.
#[must_use]
pub fn to_json(repricing: &Repricing<'_>) -> String {
    super::pretty(&Wire::of(repricing))
}

#[derive(Serialize)]
pub(super) struct Wire<'a> {
    schema: &'static str,
    input: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<&'a str>,
    currency: &'a str,
    old_book: BookWire<'a>,
    new_book: BookWire<'a>,
    deals: u64,
    /// Deals with a price under both books; the figures down to `metrics` are theirs.
    compared: u64,
    cost_more: u64,
    cost_less: u64,
    cost_the_same: u64,
    list_tcv: ChangeWire,
    tcv: ChangeWire,
    /// Each pair of levels that some deal has.
    approvals: Vec<MovedWire>,
    metrics: Vec<MetricWire<'a>>,
    rises: Vec<NamedWire<'a>>,
    falls: Vec<NamedWire<'a>>,
    newly_refused: GroupWire<'a>,
    no_longer_priced: GroupWire<'a>,
    newly_priced: GroupWire<'a>,
    /// Under neither book.
    unpriced: GroupWire<'a>,
    other_currencies: u64,
}

impl<'a> Wire<'a> {
    pub(super) fn of(repricing: &Repricing<'a>) -> Self {
        let (impact, currency) = (repricing.impact, repricing.old.currency());
        let minor = currency.minor;
        let list = |largest: &'a Largest| NamedWire::of(largest, minor);
        let unpriced = Worth { deals: impact.unpriced, tcv: Total::default() };
        Self {
            schema: "dealdesk.reprice/1",
            input: repricing.input,
            output: repricing.output,
            currency: &currency.code,
            old_book: BookWire::of(repricing.old),
            new_book: BookWire::of(repricing.new),
            deals: impact.deals(),
            compared: impact.both.deals,
            cost_more: impact.both.more,
            cost_less: impact.both.less,
            cost_the_same: impact.both.same(),
            list_tcv: ChangeWire::of(impact.both.list, minor),
            tcv: ChangeWire::of(impact.both.net, minor),
            approvals: impact.moved().into_iter().map(|it| MovedWire::of(repricing, it)).collect(),
            metrics: impact.metrics().iter().map(|it| MetricWire::of(it, minor)).collect(),
            rises: list(&impact.rises),
            falls: list(&impact.falls),
            newly_refused: GroupWire::of(impact.newly_refused, &impact.refused, minor),
            no_longer_priced: GroupWire::of(impact.lost, &impact.no_longer, minor),
            newly_priced: GroupWire::of(impact.gained, &impact.at_last, minor),
            unpriced: GroupWire::of(unpriced, &impact.never, minor),
            other_currencies: impact.elsewhere,
        }
    }
}

#[derive(Serialize)]
struct ChangeWire {
    old: String,
    new: String,
    change: String,
    /// Of the old one; nothing, where that is nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<String>,
}

impl ChangeWire {
    fn of([old, new]: [Total; 2], minor: u32) -> Self {
        Self {
            old: old.plain(minor),
            new: new.plain(minor),
            change: new.less(old).plain(minor),
            share: (!old.is_zero()).then(|| old.change_to(new).plain()),
        }
    }
}

#[derive(Serialize)]
struct MovedWire {
    /// `none`, `vp+legal`.
    old_approval: String,
    new_approval: String,
    deals: u64,
    old_tcv: String,
    new_tcv: String,
}

impl MovedWire {
    fn of(repricing: &Repricing<'_>, ([old, new], moved): ([Needs; 2], Moved)) -> Self {
        let name = |book: &PriceBook, needs: Needs| {
            let level = book.ladder().names().nth(needs.place).unwrap_or(REFUSED).to_owned();
            std::iter::once(level).chain(needs.reviews).collect::<Vec<_>>().join("+")
        };
        let minor = repricing.old.currency().minor;
        Self {
            old_approval: name(repricing.old, old),
            new_approval: name(repricing.new, new),
            deals: moved.deals,
            old_tcv: moved.tcv[0].plain(minor),
            new_tcv: moved.tcv[1].plain(minor),
        }
    }
}

#[derive(Serialize)]
struct MetricWire<'a> {
    /// `null` for services.
    metric: Option<&'a str>,
    deals: u64,
    #[serde(flatten)]
    tcv: ChangeWire,
}

impl<'a> MetricWire<'a> {
    fn of(metric: &'a Metric, minor: u32) -> Self {
        let tcv = ChangeWire::of(metric.tcv, minor);
        Self { metric: metric.name.as_deref(), deals: metric.deals, tcv }
    }
}

#[derive(Serialize)]
struct GroupWire<'a> {
    deals: u64,
    tcv: String,
    /// The largest of them.
    largest: Vec<NamedWire<'a>>,
}

impl<'a> GroupWire<'a> {
    fn of(worth: Worth, largest: &'a Largest, minor: u32) -> Self {
        let tcv = worth.tcv.plain(minor);
        Self { deals: worth.deals, tcv, largest: NamedWire::of(largest, minor) }
    }
}

#[derive(Serialize)]
struct NamedWire<'a> {
    id: &'a str,
    /// Its place among all deals, counted from 1, where it has no id that can be read.
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

impl<'a> NamedWire<'a> {
    fn of(largest: &'a Largest, minor: u32) -> Vec<Self> {
        let wire = |named: &'a Named| Self {
            id: &named.id,
            row: named.row,
            old_tcv: named.old.map(|tcv| tcv.plain(minor)),
            new_tcv: named.new.map(|tcv| tcv.plain(minor)),
            change: named.old.zip(named.new).map(|(old, new)| new.less(old).plain(minor)),
            error: named.error.as_deref(),
        };
        largest.iter().map(wire).collect()
    }
}
