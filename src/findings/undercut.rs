//! Metrics that undercut each other.
//!
//! Two metrics that sell an edition of the same name sell the same thing by another count. For every
//! whole number of units of one in a unit of the other, the spans of both split the quantities so
//! that on each of them both totals grow in a straight line: whoever is cheaper at both ends is
//! cheaper in between.

use super::{Case, Code, Finding, Severity, choices, number};
use crate::book::{Metric, Per};
use crate::curve::{Prices, Span, spans};
use crate::deal::Deal;
use crate::value::Quantity;

pub(super) const CODE: Code = Code {
    name: "metrics-undercut",
    severity: Severity::Note,
    title: "The same thing costs less by another metric",
    lesson: "\
An edition that is sold by the socket and by the core costs whichever is less, if the customer can count:
a server with few cores in a socket is cheaper by the core, one with many by the socket. The finding
says, for each range of the price list, up to how many cores in a socket cores cost less for every
quantity, and from how many on they never do. Metrics belong together if they have an edition of the same
name. Compared is what one year costs with what the book gives by itself.

What to do: know it before the customer does, and offer the metric that fits. `dealdesk quote` of both
shows the difference.",
    find,
};

/// More small units than that in a large one are not looked at.
const MOST: u64 = 1024;

fn find<'b>(case: &Case<'b>, found: &mut Vec<Finding<'b>>) {
    let metrics: Vec<_> = case.priced().filter(|metric| metric.per() == Per::Year).collect();
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
fn standard<'b>(case: &Case<'b>, metric: &'b Metric) -> Option<Deal<'b>> {
    choices::deals(case, metric).into_iter().next()
}

/// Who costs less in a range of large units, at so many small ones in each.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cheaper {
    Small,
    Large,
    Both,
}

fn pair<'b>(case: &Case<'b>, deals: [&Deal<'b>; 2], found: &mut Vec<Finding<'b>>) {
    let [Some(first), Some(second)] = deals.map(|deal| deal.lines.first().map(|it| it.metric))
    else {
        return;
    };
    // The large unit is the one that costs more by itself.
    let unit = |deal| Prices(deal).at(MOST).map(|priced| priced.net());
    let [one, other] = deals.map(unit);
    let ([large, small], [deal, in_it]) = if one >= other {
        ([first, second], deals)
    } else {
        ([second, first], [deals[1], deals[0]])
    };
    let prices = [Prices(deal), Prices(in_it)];
    let mut told: Vec<(Span, Option<u64>, Option<u64>)> = Vec::new();
    for span in spans(case.book, large) {
        let is_free = |quantity| prices[0].total(quantity).is_none_or(crate::value::Money::is_zero);
        if is_free(span.from) {
            continue;
        }
        let who = |count| cheaper(case, prices, span, small, count);
        let always = (1..=MOST).take_while(|count| who(*count) == Some(Cheaper::Small)).last();
        let start = always.unwrap_or(0) + 1;
        let never = (start..=MOST).find(|count| who(*count) == Some(Cheaper::Large));
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

/// Who costs less for all quantities of a span; nothing, where one of them has no price.
fn cheaper(
    case: &Case<'_>,
    [large, small]: [Prices<'_, '_>; 2],
    span: Span,
    metric: &Metric,
    count: u64,
) -> Option<Cheaper> {
    // An open end is looked at as far as the last break of the other metric, and once beyond.
    let breaks = spans(case.book, metric);
    let last = breaks.last().map_or(1, |it| it.from);
    let to = span.to.unwrap_or_else(|| span.from.max(last.div_ceil(count)) + 1);
    let starts = breaks.iter().map(|it| it.from.div_ceil(count));
    let starts = starts.filter(|start| (span.from + 1..=to).contains(start));
    let ends = starts.flat_map(|start| [start - 1, start]).chain([span.from, to]);
    let (mut is_small, mut is_large) = (true, true);
    for quantity in ends {
        let [one, other] = [large.total(quantity)?, small.total(quantity.checked_mul(count)?)?];
        is_small &= other < one;
        is_large &= one < other;
    }
    Some(match (is_small, is_large) {
        (true, _) => Cheaper::Small,
        (_, true) => Cheaper::Large,
        _ => Cheaper::Both,
    })
}

fn told<'b>(
    case: &Case<'b>,
    [large, small]: [&'b Metric; 2],
    span: Span,
    always: Option<u64>,
    never: Option<u64>,
) -> Option<Finding<'b>> {
    let (one, many) = (&large.unit.0, &large.unit.1);
    let range = match span.to {
        Some(to) if to == span.from => number(to),
        Some(to) => format!("{} to {}", number(span.from), number(to)),
        None => format!("{} or more", number(span.from)),
    };
    let units = &small.unit.1;
    let always = always
        .map(|count| format!("up to {count} {units} in a {one} cost less by the {}", small.unit.0));
    let never = never.map(|count| format!("from {count} on the {one} costs less"));
    let said: Vec<_> = always.into_iter().chain(never).collect();
    if said.is_empty() {
        return None;
    }
    let tier = Quantity::whole(span.from).and_then(|it| large.tier(it));
    let rule = tier.map_or(&large.rule, |tier| &tier.rule);
    let message = format!("of {range} {many}, {}", said.join("; "));
    let advice = format!("offer the metric that fits: ask for the {units} in a {one}");
    let finding = Finding::new(case, &CODE, rule, message).advice(advice);
    Some(finding.of(large, span.from, span.to))
}
