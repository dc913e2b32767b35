//! Editions and metrics: what may be sold to whom.
//!
//! An edition belongs to a range of quantities (playbook L1714-L1717: Professional from 3 sockets, Enterprise
//! from 50, Enterprise+ from 500), and its price holds for that range alone. A deal that names an
//! edition outside its range would take a price that its quantity does not have, so no level can grant it.
//! The Community edition is free for up to 3 hosts (L1714), which have no more sockets than a host can have: the
//! book says how many, because the playbook does not. It is the edition of a customer that runs nothing else, so
//! that paid sockets do not stand beside it in the same year of a contract. Perpetual licenses
//! are offered only if a customer insists (L1870); the book asks for an approval to sell them.

use crate::approve::{ApprovalRule, Direction, PricedDeal, Promise, VerdictSink};
use crate::book::{Metric, PriceBook, Tier};
use crate::deal::{Deal, Line, Segment, YearRun};
use crate::number::Quantity;

/// Asks for the approval of a metric that is sold only with one, and refuses an edition outside its range.
#[derive(Debug)]
pub struct EditionRule;

impl ApprovalRule for EditionRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        for line in &case.deal.lines {
            let metric = line.metric;
            let reason = format_args!("{} is sold only with approval", metric.title);
            sink.require(&metric.approval, &metric.rule, reason);
            for segment in &line.segments {
                if let Some((tier, message)) = misfit(line, segment) {
                    sink.refuse(&tier.rule, format_args!("{message}"));
                }
            }
        }
        if case.deal.lines.len() > 1 || case.deal.companion_lines().next().is_some() {
            hosts_of_all_lines(case, sink);
            exclusive_editions(case, sink);
        }
        units_on_hosts(case, sink);
    }

    fn promises<'b>(&self, book: &'b PriceBook, metric: &Metric) -> Vec<Promise<'b>> {
        // The metric of the book, whose lines live as long as the book.
        let sold = book.metric(metric.name()).into_iter();
        let tiers = sold.clone().flat_map(Metric::tiers).filter(|tier| tier.edition.is_some());
        let editions = tiers.map(|tier| {
            let beyond_hosts = tier.max_hosts.map(|most| u64::from(most) + 1);
            let range = Some(tier.quantity);
            let mut promise =
                Promise::constant(&tier.rule).quantity_range(range).quantities(beyond_hosts);
            if tier.units_per_host.is_some() {
                // The hosts of the deal say from which quantity on.
                promise.quantity.between = Direction::Rises;
            }
            promise
        });
        sold.map(|metric| Promise::constant(&metric.rule)).chain(editions).collect()
    }
}

/// Refuses more units than the hosts of the lines can have. The limit of hosts would limit nothing if a host
/// had any number of units. Lines without a word on their hosts have a host for each unit.
fn units_on_hosts<'b>(case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
    for metric in case.deal.book.metrics() {
        for tier in &metric.tiers {
            let Some(each) = tier.units_per_host else { continue };
            let lines = case.deal.lines.iter().filter(|line| line.hosts.is_some());
            let mine: Vec<_> = lines.filter(|line| takes(line, tier)).collect();
            if mine.is_empty() {
                continue;
            }
            let hosts: u64 = mine.iter().filter_map(|line| line.hosts).map(u64::from).sum();
            let of_years = |run: YearRun| -> Quantity {
                let segments = mine.iter().filter_map(|line| line.segment_in(run));
                segments.filter(|it| is_of(it, tier)).map(|it| it.quantity).sum()
            };
            let runs = YearRun::of(mine.iter().copied()).into_iter();
            let units = runs.map(of_years).fold(Quantity::ZERO, Quantity::max);
            if units.ceil() > hosts * u64::from(each) {
                let edition = tier.edition.as_deref().unwrap_or_default();
                let units = metric.count(units);
                let s = if hosts == 1 { "" } else { "s" };
                let message = format_args!(
                    "{edition}: a host has up to {each} {}, and this deal has {units} on {hosts} \
                     host{s}",
                    metric.units
                );
                sink.refuse(&tier.rule, message);
            }
        }
    }
}

/// Refuses units of other tiers beside an edition that stands alone, once for each of its tiers. They are looked
/// at year by year: a customer that begins with the edition and grows out of it changes its tier, and has
/// units of both in no year.
fn exclusive_editions<'b>(case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
    for metric in case.deal.book.metrics() {
        for tier in metric.tiers.iter().filter(|tier| tier.exclusive) {
            let beside = |run: YearRun| {
                let all = case.deal.lines.iter().chain(case.deal.companion_lines());
                let lines = all.filter(|line| line.metric.name == metric.name);
                let segments = lines.filter_map(|line| line.segment_in(run));
                let mut segments = segments.filter(|it| !it.quantity.is_zero());
                // The first of the price list, whatever the order of the lines.
                let is_other = |other: &&Tier| {
                    !std::ptr::eq(*other, tier) && segments.clone().any(|it| is_of(it, other))
                };
                let other = metric.tiers.iter().find(is_other)?;
                segments.any(|it| is_of(it, tier)).then_some(other)
            };
            let mut runs = YearRun::of(case.deal.lines.iter()).into_iter();
            let Some(other) = runs.find_map(beside) else { continue };
            let edition = tier.edition.as_deref().unwrap_or_default();
            let other = other.edition.as_deref().unwrap_or(&metric.units);
            let message = format_args!(
                "{edition} stands alone, and this deal has {other} beside it in the same year"
            );
            sink.refuse(&tier.rule, message);
        }
    }
}

fn takes(line: &Line<'_>, tier: &Tier) -> bool {
    line.segments.iter().any(|segment| is_of(segment, tier))
}

fn is_of(segment: &Segment<'_>, tier: &Tier) -> bool {
    std::ptr::eq(segment.list.tier, tier)
}

/// Refuses lines that together exceed a limit of hosts in a year: the limit is for the customer, not for each
/// line.
fn hosts_of_all_lines<'b>(case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
    let runs = YearRun::of(case.deal.lines.iter());
    for tier in case.deal.book.metrics().iter().flat_map(Metric::tiers) {
        let Some(most) = tier.max_hosts else { continue };
        let too_many = |run: &YearRun| {
            let hosts = hosts_in_all(case.deal, tier, *run)?;
            (hosts > u64::from(most)).then_some((run.words(), hosts))
        };
        if let Some((years, all)) = runs.iter().find_map(too_many) {
            let edition = tier.edition.as_deref().unwrap_or_default();
            let message = format_args!(
                "{edition} is for up to {most} hosts in all, and these lines can have {all}{years}"
            );
            sink.refuse(&tier.rule, message);
        }
    }
}

/// Returns the hosts that several lines in a range can have together in a run of years. Returns `None` for one
/// line, and for lines that are judged for their quantity together.
fn hosts_in_all(deal: &Deal<'_>, tier: &Tier, run: YearRun) -> Option<u64> {
    let hosts = |(at, line): (usize, &Line<'_>)| {
        let segment = line.segment_in(run).filter(|it| it.list.tier.rule == tier.rule)?;
        // A unit has no more than one host.
        let hosts = line.hosts.and_then(|hosts| Quantity::whole(hosts.into()));
        Some((at, hosts.unwrap_or(segment.quantity)))
    };
    let lines: Vec<_> = deal.lines.iter().enumerate().filter_map(hosts).collect();
    // The customer's other deals, as far as they state their hosts.
    let others = deal.companion_lines().enumerate().filter(|(_, line)| line.hosts.is_some());
    let others: Vec<_> = others.filter_map(hosts).collect();
    let all = lines.iter().chain(&others).map(|(_, hosts)| *hosts).sum::<Quantity>().ceil();
    let is_several = lines.len() > 1 && !are_judged_as_one(deal, &lines);
    (is_several || !lines.is_empty() && !others.is_empty()).then_some(all)
}

/// Whether lines count together and state no hosts: then the quantity of all of them is judged for each.
fn are_judged_as_one(deal: &Deal<'_>, lines: &[(usize, Quantity)]) -> bool {
    let Some((first, _)) = lines.first() else { return false };
    let is_mine = |at: &usize| lines.iter().any(|(mine, _)| mine == at);
    deal.counted_with(*first).filter(is_mine).count() == lines.len()
        && lines.iter().all(|(at, _)| deal.lines[*at].hosts.is_none())
}

/// Returns why an edition is not for the quantity or the hosts of a segment, with its range; `None` if it is.
fn misfit<'b>(line: &Line<'b>, segment: &Segment<'b>) -> Option<(&'b Tier, String)> {
    let (metric, quantity, tier) = (line.metric, segment.counted, segment.list.tier);
    let edition = tier.edition.as_deref()?;
    let lands = tier.quantity.contains(quantity.ceil());
    let message = match (tier.max_hosts, line.hosts) {
        (Some(most), Some(hosts)) if hosts > most => {
            format!("{edition} is for up to {most} hosts, and this line has {hosts}")
        }
        _ if lands => return None,
        (Some(_), Some(_)) => return None,
        // A unit has no more than one host.
        (Some(most), None) if quantity.ceil() <= u64::from(most) => return None,
        (Some(most), None) => format!(
            "{edition} for {} is for up to {most} hosts, and the deal does not state its hosts",
            metric.count(quantity)
        ),
        (None, _) => {
            let (units, all) = (&metric.units, metric.count(quantity));
            let these = match segment.counted_with_others() {
                Some(_) => "all lines have",
                None => "this line has",
            };
            format!("{edition} is for {} {units}, and {these} {all}", tier.quantity)
        }
    };
    Some((tier, message))
}
