//! Larger orders that cost less.
//!
//! The curve of a metric finds them under one choice of terms; here they are found under all. Quantities
//! are counts of what the metric is sold in, until they are told.

use super::allowed::with_count;
use super::choices::TermChoice;
use super::{
    BookUnderCheck, CostliestTerms, EarliestTerms, Finding, FindingKind, FindingSeverity,
    OrderTerms, WorstCase, choices,
};
use crate::approve;
use crate::approve::PricedDeal as Priced;
use crate::approve::spans;
use crate::book::{
    Discount, DiscountCondition, Level, Metric, PricePeriod, Program, Rule, TierMode,
};
use crate::number::{Money, Quantity};
use crate::price::curve::{Cliff, LinePrices, cliffs};
use crate::price::price;
use std::cmp::Reverse;

pub(super) const CODE: FindingKind = FindingKind {
    name: "larger-order-costs-less",
    severity: FindingSeverity::Warning,
    title: "A larger order costs less than a smaller one",
    lesson: "\
Where the whole quantity takes the price of the range that it lands in, the first quantity of a range
can cost less than the last ones of the range before: 49 edge nodes at $500.00 cost $24,500.00, and 50
at $250.00 cost $12,500.00. A customer who notices orders more and pays less; one who does not pays for
nothing. Between two breaks of a price list a total only grows, so every such interval is found, for
every term, prepayment and set of programs that one quote may hold, and none is missed.

Two orders are compared with the same programs, each at its largest rate with its duties promised. With
programs an order that they or another rule of the book refuse is none: it is too small, its term too
short, its ARR too low; without one, it is said to be outside policy. A program that nobody has to approve belongs to whoever may have it, who orders at the
list price what is too small or too large for it: so its first quantity can cost less than the ones
before. Every program is tried alone, and with others until that makes 64 sets, the smallest first; smaller
rates and payment terms that are not the standard are not tried. Where a guardrail keeps this from being
proved, `not-proved` says so.

Each interval is that of the shortest term with the standard prepayment and no program. Where it begins
earlier at others, and the most that one pays too much at any, is said behind it. What is so only with a
program is a finding of its own.

What is sold in parts of a unit is proved in thousandths, the smallest part that a quantity can have. Such
a part takes the range that the next whole unit is in: of ranges of 1-49 and 50-499 the second one begins
with 49.001.

Left out are use by the hour, which nobody orders more of to pay less, and packages at a fee, which have
one price.

What to do: sell each unit at the price of its own range (mode = \"graduated\"), or set the prices of a
range so that its first quantity costs at least as much as the last one before it. Quotes in the
interval name the cheaper order by themselves.",
    find,
};

fn find<'b>(case: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    for metric in ordered(case) {
        let spans = spans(case.book, metric, metric.increment());
        let choices = choices::all(case, metric);
        let mut by_span: Vec<Vec<OverpricedRange<'_, '_>>> =
            spans.iter().map(|_| Vec::new()).collect();
        let mut standard = vec![None; spans.len()];
        for (place, choice) in choices.iter().enumerate() {
            let stretches = choice.stretches(&spans);
            let near: Vec<_> = stretches.iter().map(|(span, _)| standard[*span]).collect();
            let (spans, stretches): (Vec<usize>, Vec<_>) = stretches.into_iter().unzip();
            let cliffs = cliffs(&stretches, &near);
            for ((span, stretch), cliff) in spans.into_iter().zip(stretches).zip(cliffs) {
                let Some(cliff) = cliff else { continue };
                if place == 0 {
                    standard[span] = Some(cliff);
                }
                let dear = OverpricedRange {
                    choice,
                    is_standard: place == 0,
                    parts: vec![(cliff, stretch.prices)],
                };
                join(&mut by_span[span], dear);
            }
        }
        for dear in by_span {
            tell(case, metric, &dear, found);
        }
    }
}

/// Returns the metrics that customers order a quantity of. Use by the hour is not among them: nobody orders
/// more of it.
pub(super) fn ordered<'b>(case: &BookUnderCheck<'b>) -> impl Iterator<Item = &'b Metric> {
    case.priced().filter(|metric| !matches!(metric.price_period(), PricePeriod::Hour { .. }))
}

/// Quantities that cost more than a larger one under one choice. The price can change its kind within
/// them, as at a floor; what costs less is the same.
struct OverpricedRange<'a, 'b> {
    choice: &'a TermChoice<'b>,
    is_standard: bool,
    /// Ascending, and never empty.
    parts: Vec<(Cliff, LinePrices<'a, 'b>)>,
}

impl OverpricedRange<'_, '_> {
    fn from(&self) -> u64 {
        self.parts.first().map_or(0, |(cliff, _)| cliff.from)
    }

    fn to(&self) -> u64 {
        self.parts.last().map_or(0, |(cliff, _)| cliff.to)
    }

    /// The worst of its quantities within a range: the last of a part, for a total only grows.
    fn worst(&self, from: u64, to: u64) -> Option<(u64, Money)> {
        let inside = self.parts.iter().filter(|(cliff, _)| cliff.from <= to && from <= cliff.to);
        let all = inside.filter_map(|(cliff, prices)| {
            let quantity = cliff.to.min(to);
            Some((quantity, prices.total(quantity)? - cliff.cost))
        });
        all.reduce(|most, it| if it.1 > most.1 { it } else { most })
    }
}

/// Adds quantities to those of a span; to the last ones, if they go on there.
fn join<'a, 'b>(all: &mut Vec<OverpricedRange<'a, 'b>>, dear: OverpricedRange<'a, 'b>) {
    let goes_on = |last: &&mut OverpricedRange<'_, '_>| {
        let ((before, _), (after, _)) = (last.parts[last.parts.len() - 1], dear.parts[0]);
        std::ptr::eq(last.choice, dear.choice)
            && before.to + 1 == after.from
            && before.instead == after.instead
    };
    match all.last_mut().filter(goes_on) {
        Some(last) => last.parts.extend(dear.parts),
        None => all.push(dear),
    }
}

/// Tells what is so in a span: first under the standard choice, or else without a program, then where
/// more quantities are dear for somebody.
fn tell<'b>(
    case: &BookUnderCheck<'b>,
    metric: &'b Metric,
    all: &[OverpricedRange<'_, 'b>],
    found: &mut Vec<Finding<'b>>,
) {
    let standard = all.iter().find(|it| it.is_standard);
    let plain = all.iter().filter(|it| it.choice.terms.programs.is_empty());
    let main = standard.or_else(|| plain.min_by_key(|it| it.from()));
    // At other terms the rounding of a unit price can move its beginning, and a program can.
    let meets = |it: &&OverpricedRange<'_, '_>| {
        standard.is_some_and(|main| it.from() < main.from() && main.from() <= it.to())
    };
    let earliest = all.iter().filter(meets).min_by_key(|it| it.from());
    let mut told: Vec<(u64, u64)> = Vec::new();
    if let Some(main) = main {
        found.push(finding(case, metric, main, earliest, all));
        told.push((earliest.unwrap_or(main).from(), main.to()));
    }
    let mut others: Vec<_> = all.iter().collect();
    others.sort_by_key(|it| (it.from(), Reverse(it.to())));
    for dear in others {
        let (from, to) = (dear.from(), dear.to());
        if !told.iter().any(|range| range.0 <= from && to <= range.1) {
            found.push(finding(case, metric, dear, None, all));
            told.push((from, to));
        }
    }
}

fn finding<'b>(
    case: &BookUnderCheck<'b>,
    metric: &'b Metric,
    dear: &OverpricedRange<'_, 'b>,
    earliest: Option<&OverpricedRange<'_, 'b>>,
    all: &[OverpricedRange<'_, 'b>],
) -> Finding<'b> {
    let (from, to) = (dear.from(), dear.to());
    let terms = &dear.choice.terms;
    let (next, cost) = dear.parts.last().map_or((to, Money::ZERO), |(it, _)| (it.instead, it.cost));
    let (at, extra) = dear.worst(from, to).unwrap_or((to, Money::ZERO));
    let count = |count| metric.increment().quantity(count);
    let number = |it| count(it).map_or_else(String::new, Quantity::grouped);
    let (at_shown, larger) = (number(at), number(next));
    let (worst_shown, shown) = (case.show(cost + extra), case.show(cost));
    let (level, is_refused) = judged(dear.choice, next);
    let needs = if is_refused {
        ", outside policy".to_owned()
    } else if level > Level::NONE {
        format!(", with {} approval", case.book.ladder().title(level))
    } else {
        String::new()
    };
    let range = if from == to { number(to) } else { format!("{} to {}", number(from), number(to)) };
    let units = &metric.unit.1;
    // An order that is too small or too large for a program is there without it.
    let (had, gets) = (dear.choice.programs_at(at), dear.choice.programs_at(next));
    let is_alike = had.iter().map(|it| &it.name).eq(gets.iter().map(|it| &it.name));
    let shared = if is_alike { had.clone() } else { Vec::new() };
    let with = |had: &[&Program]| match programs(had) {
        had if is_alike || had.is_empty() => String::new(),
        had => format!(" with {had}"),
    };
    let mut message = format!(
        "{range} {units} cost more than {larger}: over {}, {at_shown} cost {worst_shown}{} and {larger} \
         cost {shown}{}{needs}",
        words(case, &OrderTerms { programs: shared, ..terms.clone() }),
        with(&had),
        with(&gets),
    );
    let other = earliest.or_else(|| Some(dear).filter(|it| !it.is_standard));
    let elsewhere = other.and_then(|it| {
        Some(EarliestTerms { from: count(it.from())?, terms: it.choice.terms.clone() })
    });
    if let Some(it) = earliest {
        let (terms, from) = (words(case, &it.choice.terms), number(it.from()));
        message = format!("{message}; over {terms}, from {from} on");
    }
    let begun = earliest.unwrap_or(dear).from();
    let at_most = at_most(metric, all, (begun, to));
    if let Some(it) = at_most.as_ref().filter(|it| it.worst.extra > extra) {
        let (extra, terms) = (case.show(it.worst.extra), words(case, &it.terms));
        message = format!("{message}; at most {extra} too much, over {terms}");
    }
    // What is sold by edition cannot be graduated: nobody could say which edition it is.
    let may_be = metric.mode == TierMode::Volume && metric.editions().next().is_none();
    let advice = match programs(&gets) {
        program if !is_alike && !program.is_empty() => format!(
            "give {program} to smaller orders too, or let {larger} cost {worst_shown} or more with it"
        ),
        program if !program.is_empty() => {
            format!("with {program}, let {larger} cost {worst_shown} or more")
        }
        _ if may_be => format!(
            "price each of the {units} by its own range (mode = \"graduated\"), or let {larger} cost \
             {worst_shown} or more"
        ),
        _ => format!("let {larger} cost {worst_shown} or more"),
    };
    let finding = Finding::new(case, &CODE, begins(case, metric, &terms.programs, next), message)
        .of(metric, (from, Some(to)), metric.increment())
        .advice(advice);
    let worst = count(at).map(|quantity| WorstCase { quantity, extra });
    Finding { worst, at_most, elsewhere, ..finding }
}

/// The most that any quantity of a range costs too much, under any choice.
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

/// The line of the book that begins with a quantity: a program, a range of the price list, or a row of
/// a discount. Where none does, it is the program whose price does.
fn begins<'b>(
    case: &BookUnderCheck<'b>,
    metric: &'b Metric,
    programs: &[&'b Program],
    count: u64,
) -> &'b Rule {
    let limits = programs.iter().filter_map(|it| Some((it.quantity?, &it.rule)));
    let increment = metric.increment();
    let tier = increment.quantity(count).and_then(|it| metric.tier(it));
    let tier = tier.map(|tier| (tier.quantity(), &tier.rule));
    let discounts = case.book.discounts().iter().filter(|it| it.applies_to(metric.name()));
    let rows = discounts
        .filter(|it| matches!(it.condition, DiscountCondition::Quantity(_)))
        .flat_map(Discount::rows);
    let rows = rows.filter_map(|row| Some((row.range()?, &row.rule)));
    let mut all = limits.chain(tier).chain(rows);
    let begins =
        all.find(|(range, _)| increment.first(range.from()) == count).map(|(_, rule)| rule);
    begins.or_else(|| programs.first().map(|it| &it.rule)).unwrap_or(&metric.rule)
}

/// "3 years with multi-year prepayment and Lighthouse customer 30%"; nothing more than the years, where
/// that is the standard.
fn words(case: &BookUnderCheck<'_>, terms: &OrderTerms<'_>) -> String {
    let (rows, standard) = case.book.prepayments().unwrap_or_default();
    let standard = rows.get(standard).and_then(|row| row.choices().first()).map(String::as_str);
    let prepay = terms.prepay.filter(|it| Some(*it) != standard);
    let prepay = prepay.map(|prepay| format!("{prepay} prepayment"));
    let had = Some(programs(&terms.programs)).filter(|it| !it.is_empty());
    let with: Vec<_> = prepay.into_iter().chain(had).collect();
    let with =
        if with.is_empty() { String::new() } else { format!(" with {}", with.join(" and ")) };
    format!("{}{with}", terms.years)
}

/// "Lighthouse customer 30%".
fn programs(programs: &[&Program]) -> String {
    let each = programs.iter().map(|it| format!("{} {}", it.title, it.max_rate));
    each.collect::<Vec<_>>().join(" and ")
}

/// Who must agree to an order, and whether nobody can.
fn judged(choice: &TermChoice<'_>, count: u64) -> (Level, bool) {
    let variant = choice.at(count).and_then(|deal| with_count(deal, count));
    variant.map_or((Level::NONE, false), |deal| {
        let verdict = approve::route(&Priced { deal: &deal, pricing: &price(&deal) });
        (verdict.level(), verdict.is_refused())
    })
}
