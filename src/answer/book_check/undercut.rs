//! Metrics that undercut each other.
//!
//! Two metrics that sell an edition of the same name sell the same thing by another count. For every
//! whole number of units of one in a unit of the other, the spans of both split the quantities so
//! that on each of them both totals grow in a straight line: whoever is cheaper at both ends is
//! cheaper in between.

use super::{BookUnderCheck, Finding, FindingKind, FindingSeverity, choices};
use crate::approve::spans;
use crate::book::{Metric, PriceBasis, PricePeriod};
use crate::deal::Deal;
use crate::number::{Increment, Money, Quantity};
use crate::price::PricedSegment;
use crate::price::curve::{LinePrices, QuantitySpan};

pub(super) const CODE: FindingKind = FindingKind {
    name: "metrics-undercut",
    severity: FindingSeverity::Note,
    title: "The same thing costs less by another metric",
    lesson: "\
An edition that is sold by the socket and by the core costs whichever is less, if the customer can count:
a server with few cores in a socket is cheaper by the core, one with many by the socket. The finding
says, for each range of the price list, up to how many cores in a socket cores cost less for every
quantity, and from how many on they never do. Metrics belong together if they have an edition of the same
name. Compared is what one year costs with what the book gives by itself, in whole units of both.

What to do: know it before the customer does, and offer the metric that fits. `dealdesk quote` of both
shows the difference.",
    find,
};

/// More small units than that in a large one are not looked at.
const MOST: u64 = 1024;

fn find<'b>(case: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    let metrics: Vec<_> =
        case.priced().filter(|metric| metric.price_period() == PricePeriod::Year).collect();
    for (place, first) in metrics.iter().enumerate() {
        for second in &metrics[place + 1..] {
            let is_same = |name| second.editions().any(|other| other == name);
            if !first.editions().any(is_same) {
                continue;
            }
            let (Some(one), Some(other)) = (standard(case, first), standard(case, second)) else {
                continue;
            };
            pair(case, [&one, &other], found);
        }
    }
}

/// The deal that others are changed from: the shortest term, the standard prepayment.
fn standard<'b>(case: &BookUnderCheck<'b>, metric: &'b Metric) -> Option<Deal<'b>> {
    choices::deals(case, metric).into_iter().next()
}

/// Who costs less in a range of large units, at so many small ones in each.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CheaperUnit {
    Small,
    Large,
    Both,
}

fn pair<'b>(case: &BookUnderCheck<'b>, deals: [&Deal<'b>; 2], found: &mut Vec<Finding<'b>>) {
    let [Some(first), Some(second)] = deals.map(|deal| deal.lines.first().map(|it| it.metric))
    else {
        return;
    };
    // The large unit is the one that costs more by itself.
    let [Some(one), Some(other)] = deals.map(|deal| units(case, deal)) else { return };
    let ([large, small], [deal, in_it], [most, least]) = if one.1 >= other.1 {
        ([first, second], deals, [one.1, other.0])
    } else {
        ([second, first], [deals[1], deals[0]], [other.1, one.0])
    };
    let prices = [LinePrices::of_units(deal), LinePrices::of_units(in_it)];
    // So many small units cost more than a large one, whatever the ranges of both.
    let is_more = |count: &u64| Quantity::whole(*count).is_some_and(|it| least * it > most);
    let enough = (1..MOST).find(is_more).unwrap_or(MOST);
    let mut told: Vec<(QuantitySpan, Option<u64>, Option<u64>)> = Vec::new();
    for span in spans(case.book, large, Increment::UNIT) {
        let is_free = |quantity| prices[0].total(quantity).is_none_or(Money::is_zero);
        if is_free(span.from) {
            continue;
        }
        let who = |count| cheaper(case, prices, span, small, count);
        // A few more of them can land in a cheaper range, so that it goes to and fro in between.
        let is_small = |count: &u64| who(*count) == CheaperUnit::Small;
        let always = (1..=enough).take_while(is_small).last();
        let first = always.unwrap_or(0) + 1;
        let is_large = |count: &u64| who(*count) == CheaperUnit::Large;
        let never = (first..=enough).rev().take_while(is_large).last();
        match told.last_mut() {
            // What is the same for ranges side by side is said once.
            Some((last, before, after)) if (*before, *after) == (always, never) => {
                last.to = span.to;
            }
            _ => told.push((span, always, never)),
        }
    }
    let told = told.into_iter();
    found.extend(
        told.filter_map(|(span, always, never)| {
            self::told(case, [large, small], span, always, never)
        }),
    );
}

/// What one unit costs at least and at most, of what is not free; nothing, where it depends on more
/// than the range.
fn units(case: &BookUnderCheck<'_>, deal: &Deal<'_>) -> Option<(Money, Money)> {
    let metric = deal.lines.first()?.metric;
    let spans = spans(case.book, metric, Increment::UNIT);
    let priced: Vec<_> =
        spans.iter().filter_map(|it| LinePrices::of_units(deal).price_at(it.from)).collect();
    if priced.iter().any(|it| it.list.basis != PriceBasis::Unit) {
        return None;
    }
    let prices = priced.iter().map(PricedSegment::net).filter(|price| !price.is_zero());
    Some((prices.clone().min()?, prices.max()?))
}

/// Who costs less for all quantities of a span. What is not sold in so many is no cheaper.
fn cheaper(
    case: &BookUnderCheck<'_>,
    [large, small]: [LinePrices<'_, '_>; 2],
    span: QuantitySpan,
    metric: &Metric,
    count: u64,
) -> CheaperUnit {
    // An open end is looked at as far as the last break of the other metric, and once beyond.
    let breaks = spans(case.book, metric, Increment::UNIT);
    let last = breaks.last().map_or(1, |it| it.from);
    let to = span.to.unwrap_or_else(|| span.from.max(last.div_ceil(count)) + 1);
    let starts = breaks.iter().map(|it| it.from.div_ceil(count));
    let starts = starts.filter(|start| (span.from + 1..=to).contains(start));
    let ends = starts.flat_map(|start| [start - 1, start]).chain([span.from, to]);
    let (mut is_small, mut is_large) = (true, true);
    for quantity in ends {
        let Some(one) = large.total(quantity) else { continue };
        let other = quantity.checked_mul(count).and_then(|it| small.total(it));
        is_small &= other.is_some_and(|other| other < one);
        is_large &= other.is_none_or(|other| one < other);
    }
    match (is_small, is_large) {
        (true, _) => CheaperUnit::Small,
        (_, true) => CheaperUnit::Large,
        _ => CheaperUnit::Both,
    }
}

fn told<'b>(
    case: &BookUnderCheck<'b>,
    [large, small]: [&'b Metric; 2],
    span: QuantitySpan,
    always: Option<u64>,
    never: Option<u64>,
) -> Option<Finding<'b>> {
    let (one, many) = (&large.unit.0, &large.unit.1);
    let number = |count| Quantity::whole(count).map_or_else(String::new, Quantity::grouped);
    let range = match span.to {
        Some(to) if to == span.from => number(to),
        Some(to) => format!("{} to {}", number(span.from), number(to)),
        None => format!("{} or more", number(span.from)),
    };
    let units = &small.unit.1;
    let always = always.map(|count| {
        let count = Quantity::whole(count).map_or_else(String::new, |it| small.count(it));
        format!("up to {count} in a {one} cost less by the {}", small.unit.0)
    });
    let never = never.map(|count| format!("from {count} on the {one} costs less"));
    let said: Vec<_> = always.into_iter().chain(never).collect();
    if said.is_empty() {
        return None;
    }
    let tier = Quantity::whole(span.from).and_then(|it| large.tier(it));
    let rule = tier.map_or(&large.rule, |tier| &tier.rule);
    let in_currency = if case.book.is_one_of_several {
        format!(" in {}", case.book.currency().code)
    } else {
        String::new()
    };
    let message = format!("of {range} {many}{in_currency}, {}", said.join("; "));
    let advice = format!("offer the metric that fits: ask for the {units} in a {one}");
    let finding = Finding::new(case, &CODE, rule, message).advice(advice);
    Some(finding.of(large, (span.from, span.to), Increment::UNIT))
}
