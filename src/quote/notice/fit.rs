//! Metrics that fit only what they are meant for.
//!
//! The playbook sells by the node for edge devices alone (L1741, L1753) and by the socket for everything
//! (L1711), and 500 nodes cost a twentieth of 500 sockets. Nothing in a count says which of them it counts: a book states what
//! a metric may be sold for, and a deal confirms it.

use super::{Notice, kinds};
use crate::approve::{PricedDeal, Verdict};
use crate::book::Metric;
use crate::deal::{Line, YearRun};
use crate::number::{Length, Money, Quantity};
use crate::price::price;

/// Notes lines that state a quantity which their metric counts from units inside units: the least of a unit is not kept.
pub(super) fn uncounted(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for line in case.deal.lines.iter().filter(|line| line.count().is_none()) {
        let Some(count) = line.metric.count_levels.as_ref().filter(|it| it.has_least()) else {
            continue;
        };
        let message = format!(
            "{} counts {}, and the deal states a quantity: the least of each unit is not checked",
            line.metric.title,
            count.words()
        );
        notices.push(Notice::new(&kinds::UNCOUNTED_QUANTITY, message, &line.metric.rule));
    }
}

/// Notes lines whose deal does not confirm what their metric is for, with the metric that would cost most.
pub(super) fn fit(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for metric in case.deal.book.metrics() {
        let Some(meant) = &metric.sold_for else { continue };
        // A program that excludes every other discount says itself what it is for.
        let mut claims = case.deal.claims.iter().filter(|it| it.applies_to(metric.name()));
        if claims.any(|claim| claim.program.exclusive) {
            continue;
        }
        let years = unconfirmed(case, metric);
        let Some(largest) = years.iter().map(|(_, quantity)| *quantity).max() else { continue };
        let cost = |metric| cost(case, metric, &years);
        let Some(own) = cost(metric) else { continue };
        let is_alike = |other: &&Metric| {
            let kind = |it: &Metric| std::mem::discriminant(&it.price_period());
            other.name() != metric.name() && other.sold_for.is_none() && kind(other) == kind(metric)
        };
        let others = case.deal.book.metrics().iter().filter(is_alike);
        let most = others.filter_map(|it| Some((cost(it)?, it))).max_by_key(|(cost, _)| *cost);
        let Some((cost, other)) = most.filter(|(cost, _)| *cost > own) else { continue };
        let (mine, theirs) = (metric.count(largest), other.count(largest));
        let message = format!(
            "{} is for {meant}, and the deal does not confirm that: without programs, {mine} cost {} \
             and {theirs} would cost {}; confirm it with sold_for = \"{meant}\" in the line",
            metric.title,
            case.show(own),
            case.show(cost)
        );
        notices.push(Notice::new(&kinds::UNCONFIRMED_METRIC, message, &metric.rule));
    }
}

/// Returns the quantity in each run of years of all lines of a metric that do not confirm what it is for.
fn unconfirmed(case: &PricedDeal<'_, '_>, metric: &Metric) -> Vec<(Length, Quantity)> {
    let is_mine = |line: &&Line<'_>| std::ptr::eq(line.metric, metric) && line.sold_for.is_none();
    let lines: Vec<_> = case.deal.lines.iter().filter(is_mine).collect();
    let (mut from, mut part) = (0, case.deal.length().part());
    let years = YearRun::of(lines.iter().copied()).into_iter().map(|run| {
        let length = Length::new(part.take(), run.last() - from);
        from = run.last();
        let bought = lines.iter().filter_map(|line| line.segment_in(run));
        (length, bought.map(|segment| segment.quantity).sum())
    });
    years.collect()
}

/// Returns what an order costs on the terms of the deal, without programs and without other lines.
fn cost<'b>(
    case: &PricedDeal<'_, 'b>,
    metric: &'b Metric,
    years: &[(Length, Quantity)],
) -> Option<Money> {
    let deal = case.deal.without_items().with_order_by_year(metric, years)?;
    Some(price(&deal).totals.tcv)
}
