//! `splitting-costs-less`: quantities that cost less as several orders than as one.
//!
//! [`cheapest_splits`] finds them under one choice of terms. This file finds them under every choice, and reports
//! one finding for each range of the price list.

use super::cheapest_split::{SplitRange, cheapest_splits};
use super::finding::{
    BookUnderCheck, CostliestTerms, EarliestTerms, Finding, FindingKind, FindingSeverity,
    OrderTerms, WorstCase,
};
use super::order_choices::{
    RangeUnderTerms, TermChoice, programs_text, reported, rule_from, term_choices,
};
use super::refusals::with_count;
use crate::approve::{PricedDeal, route, spans};
use crate::book::{Level, Metric};
use crate::deal::Deal;
use crate::number::{Money, Quantity};
use crate::price::curve::{LinePrices, QuantitySpan};
use crate::price::price;
use std::cmp::Reverse;

pub(super) const KIND: FindingKind = FindingKind {
    name: "splitting-costs-less",
    severity: FindingSeverity::Warning,
    title: "Several orders cost less than one",
    lesson: "\
If a unit costs more in a larger order, a customer can place several small orders instead: 99 sockets in one
order cost $2,375.00 each, and orders of 49, 47 and 3 sockets cost $1,500.00 each. Lines of one deal count
together, so the split is one into deals. Each deal alone is within policy, and the discount that the split
takes is on no quote.

For each range of the price list, the finding names the quantities for which some split into up to four orders
costs less, the split that saves most under the terms of the message, and the most that a split saves under any
terms. The cost of the cheapest split is proved from the ends of ranges, for every quantity, term and prepayment,
and for every set of programs that needs no approval or review: whoever approves a program sees its orders. All
orders of a split have the same terms and programs, and the standard payment.

A price list with more than 24 pieces is tried with three orders, and one with more than 48 with two: a range is a
piece, and up to four with packages. Use by the hour and packages at a fee are left out. Units that are free at list are no order. A total that is rounded for
each quantity, as with graduated tiers or a minimum, is compared but for the rounding of its orders. Of a started
package, one quantity that costs less is enough for a finding.

What to do: let a larger range cost no more by the unit than a smaller one, or price each unit by its own range
(mode = \"graduated\"). Where a larger range is a better edition and its price stands, give `dealdesk check` all
deals of a customer: it prices them together, and reports the amount that a split saves.",
    find,
};

fn find<'b>(check: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    for metric in check.ordered() {
        let spans = spans(check.book, metric, metric.increment());
        let mut choices = term_choices(check, metric);
        choices.retain(is_open_to_everybody);
        let mut by_span: Vec<Vec<SplitUnderTerms<'_, '_>>> =
            spans.iter().map(|_| Vec::new()).collect();
        for (place, choice) in choices.iter().enumerate() {
            let (places, pieces): (Vec<usize>, Vec<_>) = choice.pieces(&spans).into_iter().unzip();
            let ranges = cheapest_splits(&pieces, |count| has_programs(choice, count));
            for (span, ranges) in places.into_iter().zip(ranges) {
                for range in ranges {
                    let range = SplitUnderTerms { choice, is_standard: place == 0, range };
                    join(&mut by_span[span], range);
                }
            }
        }
        for (span, ranges) in spans.iter().zip(by_span) {
            let reported = reported(&ranges).into_iter();
            found.extend(reported.filter_map(|(range, earliest)| {
                finding((check, metric), *span, range, earliest, &ranges)
            }));
        }
    }
}

/// Whether nobody looks at the orders of a split: they have the standard payment, and no program that somebody
/// approves.
fn is_open_to_everybody(choice: &TermChoice<'_>) -> bool {
    let terms = &choice.terms;
    terms.payment.is_none() && terms.programs.iter().all(|it| it.approval.is_nothing())
}

/// Whether an order can have all programs of a choice.
fn has_programs(choice: &TermChoice<'_>, count: u64) -> bool {
    choice.programs_at(count).len() == choice.terms.programs.len()
}

struct SplitUnderTerms<'a, 'b> {
    choice: &'a TermChoice<'b>,
    is_standard: bool,
    range: SplitRange,
}

impl<'b> RangeUnderTerms<'b> for SplitUnderTerms<'_, 'b> {
    fn from(&self) -> u64 {
        self.range.from
    }

    fn to(&self) -> u64 {
        self.range.to.unwrap_or(u64::MAX)
    }

    fn terms(&self) -> &OrderTerms<'b> {
        &self.choice.terms
    }

    fn is_standard(&self) -> bool {
        self.is_standard
    }
}

/// Adds a range to those of a span, or extends the last one if the range continues it: the pieces on both sides
/// of a floor are in one span.
fn join<'a, 'b>(ranges: &mut Vec<SplitUnderTerms<'a, 'b>>, next: SplitUnderTerms<'a, 'b>) {
    let continues = |last: &&mut SplitUnderTerms<'_, '_>| {
        std::ptr::eq(last.choice, next.choice) && last.to().saturating_add(1) == next.from()
    };
    match ranges.last_mut().filter(continues) {
        Some(last) => last.range.extend(next.range),
        None => ranges.push(next),
    }
}

/// Returns the finding on a range. `earliest` is the range that begins before it under other terms.
fn finding<'b>(
    (check, metric): (&BookUnderCheck<'b>, &'b Metric),
    span: QuantitySpan,
    split: &SplitUnderTerms<'_, 'b>,
    earliest: Option<&SplitUnderTerms<'_, 'b>>,
    all: &[SplitUnderTerms<'_, 'b>],
) -> Option<Finding<'b>> {
    let SplitRange { from, to, best } = &split.range;
    let quantity = |count| metric.increment().quantity(count);
    let number = |count| quantity(count).map_or_else(String::new, Quantity::grouped);
    let range = match to {
        Some(to) if to == from => number(*to),
        Some(to) => format!("{} to {}", number(*from), number(*to)),
        None => format!("{} or more", number(*from)),
    };
    let whole = split.choice.at(best.quantity).and_then(|deal| {
        let total = LinePrices::of(deal).total(best.quantity)?;
        Some((total, level(deal, best.quantity)))
    });
    let (whole, needed) = whole?;
    let levels =
        best.orders.iter().filter_map(|count| Some(level(split.choice.at(*count)?, *count)));
    let spared = Some(needed).filter(|needed| levels.max().is_some_and(|most| most < *needed));
    let spared =
        spared.map(|level| format!(", without {} approval", check.book.ladder().title(level)));
    let orders: Vec<_> = best.orders.iter().map(|count| number(*count)).collect();
    let terms = &split.choice.terms;
    // One order can be too large for a program that its parts have.
    let (shared, with) = if has_programs(split.choice, best.quantity) {
        (terms.text(check.book), String::new())
    } else {
        let shared = OrderTerms { programs: Vec::new(), ..terms.clone() };
        (shared.text(check.book), format!(" with {}", programs_text(&terms.programs)))
    };
    let mut message = format!(
        "{range} {} cost less in several orders: over {shared}, {} cost {}, and {} cost {}{with}{}",
        metric.units,
        number(best.quantity),
        check.show(whole),
        orders.join(" + "),
        check.show(whole - best.saved),
        spared.unwrap_or_default(),
    );
    if let Some(it) = earliest {
        let terms = it.choice.terms.text(check.book);
        message = format!("{message}; over {terms}, already from {}", number(it.from()));
    }
    let begun = earliest.unwrap_or(split).from();
    let at_most = at_most(metric, all, (begun, split.to()));
    if let Some(it) = at_most.as_ref().filter(|it| it.worst.extra > best.saved) {
        let (extra, terms) = (check.show(it.worst.extra), it.terms.text(check.book));
        message = format!("{message}; up to {extra} less, over {terms}");
    }
    let advice = format!(
        "let a larger order cost no more by the {} than a smaller one, or give `dealdesk check` all deals of a \
         customer",
        metric.unit
    );
    let rule = rule_from(check, metric, &terms.programs, span.from);
    let finding = Finding::new(check, &KIND, rule, message, advice);
    let other = earliest.or_else(|| Some(split).filter(|it| !it.is_standard));
    let elsewhere = other.and_then(|it| {
        Some(EarliestTerms { from: quantity(it.from())?, terms: it.choice.terms.clone() })
    });
    let finding = finding.of(metric, (*from, *to), metric.increment());
    let worst = worst_case(metric, best.quantity, best.saved);
    let orders = best.orders.iter().filter_map(|count| quantity(*count)).collect();
    Some(Finding { worst, orders, at_most, elsewhere, ..finding })
}

fn worst_case(metric: &Metric, count: u64, extra: Money) -> Option<WorstCase> {
    let quantity = metric.increment().quantity(count)?;
    Some(WorstCase { quantity, extra })
}

/// The split that saves most under any choice whose range overlaps the reported one.
fn at_most<'b>(
    metric: &Metric,
    all: &[SplitUnderTerms<'_, 'b>],
    (from, to): (u64, u64),
) -> Option<CostliestTerms<'b>> {
    let near = all.iter().filter(|it| it.from() <= to && from <= it.to());
    let most = near.min_by_key(|it| Reverse(it.range.best.saved))?;
    let worst = worst_case(metric, most.range.best.quantity, most.range.best.saved)?;
    Some(CostliestTerms { worst, terms: most.choice.terms.clone() })
}

fn level(deal: &Deal<'_>, count: u64) -> Level {
    let deal = with_count(deal, count);
    let verdict = deal.map(|deal| route(&PricedDeal { deal: &deal, pricing: &price(&deal) }));
    verdict.map_or(Level::NONE, |verdict| verdict.level())
}
