//! `larger-order-costs-less`: quantities that cost more than a larger order.
//!
//! [`cliffs`] finds them under one choice of terms, from the totals at the ends of pieces on which a total
//! only grows. This file finds them under every choice, and reports overlapping ones as one finding.
//! Quantities are counts of the smallest part that a metric is sold in, until they are shown.

use super::finding::{
    BookUnderCheck, CostliestTerms, EarliestTerms, Finding, FindingKind, FindingSeverity,
    OrderTerms, WorstCase,
};
use super::order_choices::{
    RangeUnderTerms, TermChoice, programs_text, reported, rule_from, term_choices,
};
use super::refusals::with_count;
use crate::approve::{PricedDeal, route, spans};
use crate::book::{Level, Metric, Program, TierMode};
use crate::number::{Money, Quantity};
use crate::price::curve::{Cliff, LinePrices, cliffs};
use crate::price::price;

pub(super) const KIND: FindingKind = FindingKind {
    name: "larger-order-costs-less",
    severity: FindingSeverity::Warning,
    title: "A larger order costs less than a smaller one",
    lesson: "\
If the whole quantity takes the price of its range, the first quantity of a range can cost less than the last
ones of the range before: 49 edge nodes at $500.00 cost $24,500.00, and 50 at $250.00 cost $12,500.00. A
customer who notices orders more and pays less. A customer who does not notice pays too much. Between two
breakpoints of a price list a total only grows, so every such interval is found, for every term, prepayment,
payment at an uplift, and set of programs that one quote may hold.

Two orders are compared with the same programs, each at its largest rate with its duties promised. An order
that a program or another rule of the book refuses is not compared: it is too small, its term too short, its
ARR too low. Without programs, a refused order is reported as outside policy. A program that needs no
approval is open to every customer who qualifies. Such a customer pays the list price for an order that is
too small or too large for the program. So the first quantity of such a program can cost less than the
quantities before. Every program is tried alone, and in sets of programs, the smallest first, until there are
64. Smaller rates are not tried. If a guardrail prevents the proof, `not-proved` says so.

Each interval is reported for the shortest term with the standard prepayment and no program. The report adds
under which terms the interval begins earlier, and the most that an order costs too much under any terms. An
interval that exists only with a program is a finding of its own.

A metric that is sold in parts of a unit is proved in thousandths, the smallest part of a quantity. A part of
a unit is in the range of the next whole unit: of the ranges 1-49 and 50-499, the second begins with 49.001.

Use by the hour is left out, because a customer does not order more of it to pay less. Packages at a fee are
left out, because they have one price.

What to do: price each unit by its own range (mode = \"graduated\"), or set the prices of a range so that its
first quantity costs at least as much as the last one before it. A quote of a quantity in the interval names
the cheaper order.",
    find,
};

fn find<'b>(check: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    for metric in check.ordered() {
        let spans = spans(check.book, metric, metric.increment());
        let choices = term_choices(check, metric);
        let mut by_span: Vec<Vec<OverpricedRange<'_, '_>>> =
            spans.iter().map(|_| Vec::new()).collect();
        let mut standard = vec![None; spans.len()];
        for (place, choice) in choices.iter().enumerate() {
            let pieces = choice.pieces(&spans);
            let near: Vec<_> = pieces.iter().map(|(span, _)| standard[*span]).collect();
            let (spans, pieces): (Vec<usize>, Vec<_>) = pieces.into_iter().unzip();
            let cliffs = cliffs(&pieces, &near);
            for ((span, piece), cliff) in spans.into_iter().zip(pieces).zip(cliffs) {
                let Some(cliff) = cliff else { continue };
                if place == 0 {
                    standard[span] = Some(cliff);
                }
                let range = OverpricedRange {
                    choice,
                    is_standard: place == 0,
                    parts: vec![(cliff, piece.prices)],
                };
                join(&mut by_span[span], range);
            }
        }
        for ranges in by_span {
            let reported = reported(&ranges).into_iter();
            found.extend(
                reported.map(|(range, earliest)| finding(check, metric, range, earliest, &ranges)),
            );
        }
    }
}

/// Quantities that cost more than one larger order, under one choice of terms. They can be in several
/// pieces, as on both sides of a floor.
struct OverpricedRange<'a, 'b> {
    choice: &'a TermChoice<'b>,
    is_standard: bool,
    /// The pieces, ascending and never empty.
    parts: Vec<(Cliff, LinePrices<'a, 'b>)>,
}

impl<'b> RangeUnderTerms<'b> for OverpricedRange<'_, 'b> {
    fn from(&self) -> u64 {
        self.parts.first().map_or(0, |(cliff, _)| cliff.from)
    }

    fn to(&self) -> u64 {
        self.parts.last().map_or(0, |(cliff, _)| cliff.to)
    }

    fn terms(&self) -> &OrderTerms<'b> {
        &self.choice.terms
    }

    fn is_standard(&self) -> bool {
        self.is_standard
    }
}

impl OverpricedRange<'_, '_> {
    /// The quantity from one to another that costs most too much, with the amount. Within a piece that is
    /// the last quantity, because a total only grows.
    fn worst(&self, from: u64, to: u64) -> Option<(u64, Money)> {
        let inside = self.parts.iter().filter(|(cliff, _)| cliff.from <= to && from <= cliff.to);
        let all = inside.filter_map(|(cliff, prices)| {
            let quantity = cliff.to.min(to);
            Some((quantity, prices.total(quantity)? - cliff.cost))
        });
        all.reduce(|most, it| if it.1 > most.1 { it } else { most })
    }
}

/// Adds a range to those of a span, or extends the last one if the range continues it.
fn join<'a, 'b>(ranges: &mut Vec<OverpricedRange<'a, 'b>>, range: OverpricedRange<'a, 'b>) {
    let continues = |last: &&mut OverpricedRange<'_, '_>| {
        let ((before, _), (after, _)) = (last.parts[last.parts.len() - 1], range.parts[0]);
        std::ptr::eq(last.choice, range.choice)
            && before.to + 1 == after.from
            && before.instead == after.instead
    };
    match ranges.last_mut().filter(continues) {
        Some(last) => last.parts.extend(range.parts),
        None => ranges.push(range),
    }
}

fn finding<'b>(
    check: &BookUnderCheck<'b>,
    metric: &'b Metric,
    overpriced: &OverpricedRange<'_, 'b>,
    earliest: Option<&OverpricedRange<'_, 'b>>,
    all: &[OverpricedRange<'_, 'b>],
) -> Finding<'b> {
    let (from, to) = (overpriced.from(), overpriced.to());
    let terms = &overpriced.choice.terms;
    let (next, cost) =
        overpriced.parts.last().map_or((to, Money::ZERO), |(it, _)| (it.instead, it.cost));
    let (at, extra) = overpriced.worst(from, to).unwrap_or((to, Money::ZERO));
    let count = |count| metric.increment().quantity(count);
    let number = |it| count(it).map_or_else(String::new, Quantity::grouped);
    let (at_shown, larger) = (number(at), number(next));
    let (worst_shown, shown) = (check.show(cost + extra), check.show(cost));
    let needs = needs_text(check, overpriced.choice, next);
    let range = if from == to { number(to) } else { format!("{} to {}", number(from), number(to)) };
    let units = &metric.units;
    // An order that is too small or too large for a free program is made without it.
    let (had, gets) = (overpriced.choice.programs_at(at), overpriced.choice.programs_at(next));
    let is_alike = had.iter().map(|it| &it.name).eq(gets.iter().map(|it| &it.name));
    let shared = if is_alike { had.clone() } else { Vec::new() };
    let with = |had: &[&Program]| match programs_text(had) {
        had if is_alike || had.is_empty() => String::new(),
        had => format!(" with {had}"),
    };
    let mut message = format!(
        "{range} {units} cost more than {larger}: over {}, {at_shown} cost {worst_shown}{} and {larger} \
         cost {shown}{}{needs}",
        OrderTerms { programs: shared, ..terms.clone() }.text(check.book),
        with(&had),
        with(&gets),
    );
    let other = earliest.or_else(|| Some(overpriced).filter(|it| !it.is_standard));
    let elsewhere = other.and_then(|it| {
        Some(EarliestTerms { from: count(it.from())?, terms: it.choice.terms.clone() })
    });
    if let Some(it) = earliest {
        let (terms, from) = (it.choice.terms.text(check.book), number(it.from()));
        message = format!("{message}; over {terms}, already from {from}");
    }
    let begun = earliest.unwrap_or(overpriced).from();
    let at_most = at_most(metric, all, (begun, to));
    if let Some(it) = at_most.as_ref().filter(|it| it.worst.extra > extra) {
        let (extra, terms) = (check.show(it.worst.extra), it.terms.text(check.book));
        message = format!("{message}; overpayment of up to {extra}, over {terms}");
    }
    // A graduated price has no one range, so it has no one edition.
    let begins_range =
        metric.tiers().iter().any(|tier| metric.increment().first(tier.quantity().from()) == next);
    let can_be_graduated =
        begins_range && metric.mode == TierMode::Volume && metric.editions().next().is_none();
    let advice = match programs_text(&gets) {
        program if !is_alike && !program.is_empty() => format!(
            "give {program} to smaller orders too, or let {larger} cost {worst_shown} or more with \
             it"
        ),
        program if !program.is_empty() => {
            format!("with {program}, let {larger} cost {worst_shown} or more")
        }
        _ if can_be_graduated => format!(
            "price each of the {units} by its own range (mode = \"graduated\"), or let {larger} cost \
             {worst_shown} or more"
        ),
        _ => format!("let {larger} cost {worst_shown} or more"),
    };
    let rule = rule_from(check, metric, &terms.programs, next);
    let finding = Finding::new(check, &KIND, rule, message, advice);
    let finding = finding.of(metric, (from, Some(to)), metric.increment());
    let worst = count(at).map(|quantity| WorstCase { quantity, extra });
    Finding { worst, at_most, elsewhere, ..finding }
}

/// The quantity from one to another that costs most too much under any choice, with its terms.
fn at_most<'b>(
    metric: &Metric,
    all: &[OverpricedRange<'_, 'b>],
    (from, to): (u64, u64),
) -> Option<CostliestTerms<'b>> {
    let worst = all.iter().filter_map(|it| Some((it.worst(from, to)?, &it.choice.terms)));
    let most = worst.reduce(|most, it| if it.0.1 > most.0.1 { it } else { most });
    let ((count, extra), terms) = most?;
    let quantity = metric.increment().quantity(count)?;
    Some(CostliestTerms { worst: WorstCase { quantity, extra }, terms: terms.clone() })
}

/// ", with VP approval". An order without any approval needs no words.
fn needs_text(check: &BookUnderCheck<'_>, choice: &TermChoice<'_>, count: u64) -> String {
    let deal = choice.at(count).and_then(|deal| with_count(deal, count));
    let verdict = deal.map(|deal| route(&PricedDeal { deal: &deal, pricing: &price(&deal) }));
    match verdict.map(|verdict| (verdict.is_refused(), verdict.level())) {
        Some((true, _)) => ", outside policy".to_owned(),
        None | Some((false, Level::NONE)) => String::new(),
        Some((false, level)) => format!(", with {} approval", check.book.ladder().title(level)),
    }
}
