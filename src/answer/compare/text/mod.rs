//! One need by every metric that fits, side by side.

mod break_even;
mod chart;
mod tables;

use crate::answer::compare::{
    Candidate, CountBasis, EditionLimit, LeftOutReason, Need, NeedComparison, UnitCount, json, rows,
};
use crate::book::{Metric, PriceBook, PricePeriod};
use crate::deal::Line;
use crate::document::json::Json;
use crate::document::{Answer, Block, Chart, Document, ListItem, Table, Tone};
use crate::number::{Money, Quantity};
use crate::quote::text::book_facts;
use crate::quote::text::words::term;
use std::cmp::Ordering;

pub use chart::charts;

#[derive(Debug, Clone, Copy)]
pub struct ComparisonView<'c> {
    pub compared: &'c NeedComparison<'c, 'c>,
    pub with_charts: bool,
}

impl Answer for ComparisonView<'_> {
    fn document(&self) -> Document {
        let compared = self.compared;
        let mut blocks = vec![Block::Title("Comparison".to_owned()), facts(compared)];
        let is_one = compared.needs.len() == 1;
        for (at, need) in compared.needs.iter().enumerate() {
            let line = if is_one { String::new() } else { format!("Line {}: ", at + 1) };
            let is_for_years = need.own.metric.months.is_none();
            let over = is_for_years.then(|| format!(" over {}", compared.span.length));
            let heading = format!("{line}{}{}", needed(need), over.unwrap_or_default());
            blocks.push(Block::heading(heading));
            blocks.extend(self::need(compared, need));
        }
        if self.with_charts {
            blocks.extend(charts(compared).into_iter().map(Block::Chart));
        }
        Document { blocks }
    }

    fn rows(&self) -> Table {
        rows::table(self.compared)
    }

    fn json(&self) -> Json {
        json::to_json(self.compared)
    }

    fn charts(&self) -> Vec<Chart> {
        charts(self.compared)
    }
}

fn facts(compared: &NeedComparison<'_, '_>) -> Block {
    let deal = compared.deal;
    let book = deal.book;
    let mut facts = Vec::new();
    let mut fact = |name, value: Option<String>| facts.extend(value.map(|value| (name, value)));
    fact("Customer", Some(deal.customer().unwrap_or("not named").to_owned()));
    fact("Date", Some(deal.date.to_string()));
    fact("Term", Some(term(deal)));
    fact("Currency", book.is_one_of_several.then(|| book.currency.code.clone()));
    fact("Prepay", deal.prepay().map(str::to_owned));
    fact("Payment", deal.payment.map(|payment| payment.title.clone()));
    let length = compared.span.length;
    let beyond = format!("{length}: years after the term cost as much as its last year");
    fact("Period", (!compared.span.is_term).then_some(beyond));
    for count in &compared.question.counts {
        fact("Counted", Some(counted(book, count)));
    }
    let mut candidates = compared.needs.iter().flat_map(Need::all);
    let has_use = candidates.any(|it| it.metric.is_hourly());
    fact("Use", has_use.then(|| in_use(compared)));
    fact("Programs", Some("none: a program has to be claimed".to_owned()));
    facts.extend(book_facts(book));
    Block::facts(facts)
}

fn in_use(compared: &NeedComparison<'_, '_>) -> String {
    compared.question.utilization.map_or_else(
        || "every unit in every hour; change it with --utilization 60%".to_owned(),
        |share| format!("each unit in {share} of all hours"),
    )
}

/// "16 cores a socket", "8,000 cores".
fn counted(book: &PriceBook, count: &UnitCount) -> String {
    let metric = book.metrics().iter().find(|metric| metric.unit == count.unit);
    let many = |quantity: Quantity| metric.map_or_else(String::new, |it| it.count(quantity));
    match &count.amount {
        CountBasis::Whole(all) => many(*all),
        CountBasis::Each(each, of) => format!("{} per {of}", many(*each)),
    }
}

fn need(compared: &NeedComparison<'_, '_>, need: &Need<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Table(tables::totals(compared, need))];
    let own = need.own.pricing.totals.tcv;
    if need.asked != own {
        let show = |amount| compared.deal.book.currency.show(amount);
        blocks.push(Block::Lines(vec![format!(
            "With its programs and negotiated prices the deal costs {}, which is {} {}. The \
             prices here are without them.",
            show(need.asked),
            show(distance(need.asked, own)),
            if need.asked < own { "less" } else { "more" },
        )]));
    }
    let mut part = |title: &str, table| {
        blocks.extend([Block::heading(title), Block::Table(table)]);
    };
    part("Price per unit and per year", tables::prices(compared, need));
    if need.units.len() > 1 {
        part("Cost per year", tables::years(compared, need));
    }
    let mut section = |title: &str, items: Vec<ListItem>| {
        blocks.extend(Block::items(title, Tone::Plain, items));
    };
    section("Limits", need.all().flat_map(limits).collect());
    section("Effect on us", need.others.iter().map(|it| gains(compared, need, it)).collect());
    let turns = |need: &Need<'_>| -> Vec<_> {
        need.break_evens.iter().flat_map(|it| break_even::items(compared, need, it)).collect()
    };
    section("Break-evens", turns(need));
    for year in &need.by_year {
        let years = if year.from == year.to {
            format!("year {}", year.from)
        } else {
            format!("years {}-{}", year.from, year.to)
        };
        let heading = format!("Break-evens of {years}: {} for one year", needed(&year.need));
        section(&heading, turns(&year.need));
    }
    let left_out = need.left_out.iter().map(|(metric, reason)| left_out(need, metric, *reason));
    section("Not compared", left_out.collect());
    blocks
}

/// Says what the customer saves by a metric, or pays more.
fn gains(compared: &NeedComparison<'_, '_>, need: &Need<'_>, by: &Candidate<'_>) -> ListItem {
    let difference = by.difference_from(&need.own, compared.span);
    let amount = compared.deal.book.currency.show(distance(difference.amount, Money::ZERO));
    let share = difference.share().map_or_else(String::new, |share| {
        format!(" ({})", share.to_string().trim_start_matches('-'))
    });
    let within = within(by).map_or_else(String::new, |limit| format!(", within {limit}"));
    let limits = by.limits();
    let is_broken = limits.iter().any(|limit| limit.is_kept == Some(false));
    let is_known = limits.iter().all(|limit| limit.is_kept.is_some());
    let (badge, text) = match difference.amount.cmp(&Money::ZERO) {
        Ordering::Less if is_broken => (
            "outside policy",
            format!("the customer would save {amount}{share}{within}, which the deal exceeds"),
        ),
        Ordering::Less => (
            if is_known { "loss" } else { "possible loss" },
            format!("the customer pays {amount}{share} less{within}"),
        ),
        Ordering::Equal => ("no change", "it costs the same".to_owned()),
        Ordering::Greater => {
            let than = self::within(&need.own).map(|it| format!(" than within {it}"));
            let than = than.unwrap_or_default();
            ("gain", format!("the customer pays {amount}{share} more{than}"))
        }
    };
    item(badge, format!("{}, {}: {text}", by.metric.title, sold(by)))
}

fn item(badge: &str, text: String) -> ListItem {
    ListItem::new(Tone::Plain, badge, text)
}

/// "the limit of Community: up to 3 hosts": what a price holds for alone.
fn within(it: &Candidate<'_>) -> Option<String> {
    let limits = it.limits().into_iter();
    let limits =
        limits.map(|limit| format!("{}: {}", edition(&limit), limit.description(it.metric)));
    let limits: Vec<_> = limits.collect();
    (!limits.is_empty()).then(|| format!("the limit of {}", limits.join(", and of ")))
}

/// Returns the limit of each edition at a low price, and whether the deal keeps to it.
fn limits(it: &Candidate<'_>) -> Vec<ListItem> {
    let items = it.limits().into_iter().map(|limit| {
        let (edition, limited) = (edition(&limit), limit.description(it.metric));
        let kept = match limit.is_kept {
            Some(true) => "",
            Some(false) => ", and the deal has more",
            None => ", and the deal does not state its hosts: add --hosts",
        };
        let text = format!("{edition} is for {limited}{kept}");
        item(&it.metric.title, text).at(&limit.tier.rule.source)
    });
    items.collect()
}

/// "Community", or "what is free".
fn edition<'a>(limit: &EditionLimit<'a>) -> &'a str {
    limit.tier.edition.as_deref().unwrap_or("the free tier")
}

fn left_out(need: &Need<'_>, metric: &Metric, reason: LeftOutReason) -> ListItem {
    let text = match reason {
        LeftOutReason::NoCount => {
            let (from, to) = (need.own.metric.unit.as_str(), metric.unit.as_str());
            format!(
                "the number of {} is not known: add --units {to}=N, or {to}=N/{from}",
                metric.units
            )
        }
        LeftOutReason::NotSold(quantity) => {
            format!("the price book does not sell {}", metric.count(quantity))
        }
        LeftOutReason::TooMany => format!("more {} than dealdesk can count", metric.units),
        LeftOutReason::Package => "a package cannot replace another metric".to_owned(),
        LeftOutReason::Share => "its price is a share of other lines".to_owned(),
        LeftOutReason::Once => "it is bought once, but the years of this line differ".to_owned(),
    };
    item(&metric.title, text)
}

/// "100 sockets", "50 / 200 / 500 sockets".
fn needed(need: &Need<'_>) -> String {
    counts(need.own.metric, need.units.iter().map(|(_, units)| *units))
}

/// Returns the quantity bought of a metric, and whether it is an average.
fn sold(candidate: &Candidate<'_>) -> String {
    let lines = candidate.deal.lines().iter();
    let quantities = lines.flat_map(Line::quantities);
    let count = counts(candidate.metric, quantities);
    match candidate.metric.price_period() {
        PricePeriod::Hour { .. } => format!("{count} on average"),
        PricePeriod::Use => format!("{count} per month"),
        _ => count,
    }
}

fn counts(metric: &Metric, quantities: impl Iterator<Item = Quantity>) -> String {
    let mut quantities: Vec<_> = quantities.collect();
    let last = quantities.pop().unwrap_or(Quantity::ONE);
    let before = quantities.iter().map(|it| format!("{} / ", it.grouped()));
    format!("{}{}", before.collect::<String>(), metric.count(last))
}

fn distance(one: Money, other: Money) -> Money {
    if one > other { one - other } else { other - one }
}
