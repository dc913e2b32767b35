//! `metrics-undercut`: an edition costs less by one metric than by another, as by the core and by the socket.
//!
//! Two metrics with an edition of the same name sell the same thing by another count. For a whole number
//! of small units in a large one, the breakpoints of both metrics split the quantities into pieces. In a piece
//! each unit has one price, so both totals are proportional to the quantity before they are rounded to the coin:
//! the metric that is cheaper at the start of a piece is cheaper in all of it.

use super::finding::{BookUnderCheck, Finding, FindingKind, FindingSeverity};
use super::order_choices;
use crate::approve::spans;
use crate::book::{Metric, PriceBasis};
use crate::deal::Deal;
use crate::number::{Increment, Money, Quantity};
use crate::price::curve::{LinePrices, QuantitySpan};
use std::iter::once;

pub(super) const KIND: FindingKind = FindingKind {
    name: "metrics-undercut",
    severity: FindingSeverity::Note,
    title: "The same thing costs less by another metric",
    lesson: "\
A customer who counts buys an edition by the metric that costs less: a server with few cores in a socket is
cheaper by the core, and one with many by the socket. For each range of the price list, the finding says up
to how many cores in a socket the cores cost less for every quantity, and from how many on they never do. Two
metrics are compared if they have an edition of the same name. The finding compares one year with the
discounts that the book gives automatically, in whole units of both metrics.

What to do: know it before the customer does, and offer the metric that fits. `dealdesk quote` of both
shows the difference.",
    find,
};

/// The most small units in a large one that are compared.
const MOST: u64 = 1024;

fn find<'b>(check: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    let metrics: Vec<_> =
        check.priced().filter(|metric| metric.price_period().is_subscription()).collect();
    for (place, first) in metrics.iter().enumerate() {
        for second in &metrics[place + 1..] {
            let is_same = |name| second.editions().any(|other| other == name);
            // The deal with the shortest term and the standard prepayment.
            let standard = |metric| order_choices::deals(check, metric).into_iter().next();
            if first.editions().any(is_same)
                && let [Some(one), Some(other)] = [*first, *second].map(standard)
            {
                add_findings(check, [&one, &other], found);
            }
        }
    }
}

/// The metric that costs less for every quantity of a range, with a number of small units in a large one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CheaperUnit {
    Small,
    Large,
    /// Each is cheaper for some quantities.
    Both,
}

fn add_findings<'b>(
    check: &BookUnderCheck<'b>,
    deals: [&Deal<'b>; 2],
    found: &mut Vec<Finding<'b>>,
) {
    let units = deals.map(|deal| {
        let (least, most) = unit_prices(check, deal)?;
        Some((most, least, deal.lines.first()?.metric, LinePrices::of_units(deal)))
    });
    let [Some(one), Some(other)] = units else { return };
    // The large unit is the one whose dearest price is higher.
    let units = if one.0 >= other.0 { (one, other) } else { (other, one) };
    let ((most, _, large, large_prices), (_, least, small, small_prices)) = units;
    let prices = [large_prices, small_prices];
    // From this number on, the small units cost more than a large one in whatever ranges.
    let is_more = |count: &u64| Quantity::whole(*count).is_some_and(|it| least * it > most);
    let enough = (1..MOST).find(is_more).unwrap_or(MOST);
    // Behind its last range, the small unit is not sold.
    let small_spans = spans(check.book, small, Increment::UNIT);
    let sold_out = small_spans.last().and_then(|span| span.to?.checked_add(1));
    let breaks: Vec<u64> = small_spans.iter().map(|span| span.from).chain(sold_out).collect();
    let mut ranges: Vec<(QuantitySpan, Option<u64>, Option<u64>)> = Vec::new();
    for span in spans(check.book, large, Increment::UNIT) {
        let is_free = |quantity| exact(prices[0], quantity).is_none_or(Money::is_zero);
        if is_free(span.from) {
            continue;
        }
        let cheaper = |count| cheaper_unit(prices, span, &breaks, count);
        // One small unit more can be in a cheaper range, so between the two limits the cheaper metric can
        // alternate.
        let is_small = |count: &u64| cheaper(*count) == CheaperUnit::Small;
        let always = (1..=enough).take_while(is_small).last();
        let is_large = |count: &u64| cheaper(*count) == CheaperUnit::Large;
        let never = (1..=enough).rev().take_while(is_large).last();
        match ranges.last_mut() {
            // Adjacent ranges with the same limits are one finding.
            Some((last, before, after)) if (*before, *after) == (always, never) => {
                last.to = span.to;
            }
            _ => ranges.push((span, always, never)),
        }
    }
    for (span, always, never) in ranges {
        found.extend(finding(check, [large, small], span, always, never));
    }
}

/// The smallest and the largest unit price of a metric, without free ranges. Returns `None` if a price is
/// for a whole line, for packages, or for some years of the contract.
fn unit_prices(check: &BookUnderCheck<'_>, deal: &Deal<'_>) -> Option<(Money, Money)> {
    let metric = deal.lines.first()?.metric;
    let spans = spans(check.book, metric, Increment::UNIT);
    let priced = spans.iter().filter_map(|it| LinePrices::of_units(deal).years_at(it.from));
    let by_unit = priced.map(|years| match years.as_slice() {
        [all] if all.list.basis == PriceBasis::Unit => Some(all.net()),
        _ => None,
    });
    let prices = by_unit.collect::<Option<Vec<_>>>()?;
    let paid = prices.into_iter().filter(|price| !price.is_zero());
    Some((paid.clone().min()?, paid.max()?))
}

/// Returns the metric that costs less for every quantity of a span. A quantity that a metric does not sell is
/// not cheaper by that metric. `breaks` are the breakpoints of the small unit.
fn cheaper_unit(
    [large, small]: [LinePrices<'_, '_>; 2],
    span: QuantitySpan,
    breaks: &[u64],
    count: u64,
) -> CheaperUnit {
    let starts = breaks.iter().map(|from| from.div_ceil(count));
    let starts = starts.filter(|start| *start > span.from && span.to.is_none_or(|to| *start <= to));
    let (mut is_small, mut is_large) = (true, true);
    for quantity in once(span.from).chain(starts) {
        let Some(one) = exact(large, quantity) else { continue };
        let other = quantity.checked_mul(count).and_then(|it| exact(small, it));
        is_small &= other.is_some_and(|other| other < one);
        is_large &= other.is_none_or(|other| one < other);
    }
    match (is_small, is_large) {
        (true, _) => CheaperUnit::Small,
        (_, true) => CheaperUnit::Large,
        _ => CheaperUnit::Both,
    }
}

/// Returns what a quantity costs in a year before it is rounded to the coin.
fn exact(prices: LinePrices<'_, '_>, quantity: u64) -> Option<Money> {
    prices.price_at(quantity).map(|priced| priced.net() * priced.list.times)
}

/// Returns the finding for a range of large units: the small units cost less up to `always` of them in a large
/// unit, and never from `never` on.
fn finding<'b>(
    check: &BookUnderCheck<'b>,
    [large, small]: [&'b Metric; 2],
    span: QuantitySpan,
    always: Option<u64>,
    never: Option<u64>,
) -> Option<Finding<'b>> {
    let (one, many) = (&large.unit, &large.units);
    let number = |count| Quantity::whole(count).map_or_else(String::new, Quantity::grouped);
    let range = match span.to {
        Some(to) if to == span.from => number(to),
        Some(to) => format!("{} to {}", number(span.from), number(to)),
        None => format!("{} or more", number(span.from)),
    };
    let units = &small.units;
    let always = always.and_then(Quantity::whole).map(|count| {
        format!("up to {} per {one} cost less by the {}", small.count(count), small.unit)
    });
    let never = never.map(|count| format!("from {count}, the {one} costs less"));
    let limits: Vec<_> = always.into_iter().chain(never).collect();
    if limits.is_empty() {
        return None;
    }
    let tier = Quantity::whole(span.from).and_then(|it| large.tier(it));
    let rule = tier.map_or(&large.rule, |tier| &tier.rule);
    let code = Some(&check.book.currency().code).filter(|_| check.book.is_one_of_several);
    let in_currency = code.map(|code| format!(" in {code}")).unwrap_or_default();
    let message = format!("for {range} {many}{in_currency}, {}", limits.join("; "));
    let advice = format!("offer the metric that fits: find out the number of {units} per {one}");
    let finding = Finding::new(check, &KIND, rule, message, advice);
    Some(finding.of(large, (span.from, span.to), Increment::UNIT))
}
