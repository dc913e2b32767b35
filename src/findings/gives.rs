//! The most that each level can give away.
//!
//! A discount depends on the quantity only by the row of each quantity discount, by the range of a
//! program, and by the ARR that a program asks for. So the first and the last quantity of every
//! stretch that is alike in those stand for all of it, and under each term, prepayment, share of a
//! discount and set of programs the engine is asked for the discount and for the verdict.

use super::{Case, Code, Finding, Severity, choices};
use crate::approve::{self, Case as Priced};
use crate::book::{Discount, Given, Level, Metric, Program, Row};
use crate::curve::spans;
use crate::deal::{Claim, Deal, Take};
use crate::price::{Pricing, price};
use crate::value::{Quantity, Share};
use std::cmp::Reverse;

pub(super) const CODE: Code = Code {
    name: "level-gives-at-most",
    severity: Severity::Note,
    title: "The most that an approval level can give away",
    lesson: "\
Off list, over every quantity, term, prepayment, program and rate of the book: the largest discount of a
deal that needs no more than this level, and a deal that reaches it. Programs that exclude every other
discount, as those for universities do, are left out: they are for customers of a kind, and not for a
negotiation. The figure is that of the contract with its unit prices rounded, as in a quote, at the ends
of every range; in between, the rounding of a price that is not by the unit can add its part. Only full
rates are tried: a book with guardrails is told what a deal can be at least, because a smaller rate can
stay under one that a larger rate goes beyond. Of very many programs that one quote may have together the
sets of the largest ones are tried.

What to do: compare it with what the level was meant to be able to give. A guardrail on the discount of a
whole quote sends what goes beyond to a higher level.",
    find,
};

/// A deal that gives much.
struct Most<'b> {
    discount: Share,
    deal: Deal<'b>,
}

fn find<'b>(case: &Case<'b>, found: &mut Vec<Finding<'b>>) {
    let levels: Vec<Level> =
        std::iter::once(Level::NONE).chain(case.book.ladder().levels().map(|it| it.0)).collect();
    let mut most: Vec<Option<Most<'_>>> = levels.iter().map(|_| None).collect();
    for metric in case.priced() {
        for deal in variants(case, metric) {
            consider(&deal, &levels, &mut most);
        }
    }
    for (level, most) in levels.iter().zip(most) {
        let Some(most) = most.filter(|most| !most.discount.is_zero()) else { continue };
        found.push(told(case, *level, &most));
    }
}

/// Takes a deal for every level that can grant it, and that has granted no more so far.
fn consider<'b>(deal: &Deal<'b>, levels: &[Level], most: &mut [Option<Most<'b>>]) {
    let pricing = price(deal);
    let discount = pricing.totals.discount;
    // Of two that give as much the plainer one is told.
    let plain = |deal: &Deal<'_>| Reverse(deal.claims.len() + deal.takes.len());
    let is_more = |most: &Option<Most<'_>>| {
        most.as_ref().is_none_or(|it| (it.discount, plain(&it.deal)) < (discount, plain(deal)))
    };
    if !most.iter().any(is_more) {
        return;
    }
    let Some(needs) = needs(deal, &pricing) else { return };
    for (level, most) in levels.iter().zip(most) {
        if needs <= *level && is_more(most) {
            *most = Some(Most { discount, deal: deal.clone() });
        }
    }
}

/// The level that a deal needs, if one can grant it.
fn needs(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Option<Level> {
    let verdict = approve::route(&Priced { deal, pricing });
    (!verdict.is_refused()).then(|| verdict.level())
}

/// Every deal for one metric that could give the most.
fn variants<'b>(case: &Case<'b>, metric: &'b Metric) -> Vec<Deal<'b>> {
    let quantities = quantities(case, metric);
    let sets = sets(case, metric);
    let mut variants = Vec::new();
    for deal in choices::deals(case, metric) {
        for &quantity in &quantities {
            let Some(deal) = with_quantity(&deal, quantity) else { continue };
            for taken in taken(case, &deal, metric) {
                for set in &sets {
                    variants.push(claiming(&taken, set));
                }
            }
        }
    }
    variants
}

/// The deal with so many units, or with the most below that the engine calculates with.
fn with_quantity<'b>(deal: &Deal<'b>, mut quantity: u64) -> Option<Deal<'b>> {
    while quantity > 0 {
        let variant = Quantity::whole(quantity).and_then(|it| deal.with_quantity(0, 0, it));
        if variant.is_some() {
            return variant;
        }
        quantity /= 10;
    }
    None
}

/// The first and the last quantity of every stretch in which all rows and programs are alike.
fn quantities(case: &Case<'_>, metric: &Metric) -> Vec<u64> {
    let discounts = case.book.discounts().iter().filter(|it| it.applies_to(metric.name()));
    let rows = discounts.clone().filter(|it| matches!(it.given, Given::Quantity(_)));
    let rows = rows.flat_map(Discount::rows).filter_map(Row::range);
    let programs = discounts.flat_map(Discount::programs).filter_map(|it| it.quantity);
    let ends = rows.chain(programs);
    let mut starts: Vec<u64> =
        ends.flat_map(|it| [Some(it.from()), it.to().map(|to| to + 1)]).flatten().collect();
    let spans = spans(case.book, metric);
    let first = spans.iter().map(|span| span.from).min().unwrap_or(1);
    // A fixed amount is another share of each price, and so is what rounding adds.
    starts.extend(spans.iter().map(|span| span.from));
    starts.retain(|start| *start >= first);
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([LARGEST]);
    starts.iter().copied().zip(ends).flat_map(|(from, to)| [from, to]).collect()
}

/// As many as anybody orders.
const LARGEST: u64 = 100_000_000;

/// The deal as it takes discounts: those that somebody has to approve in full, or only as far as
/// nobody has to.
fn taken<'b>(case: &Case<'b>, deal: &Deal<'b>, metric: &Metric) -> Vec<Deal<'b>> {
    let mut taken = vec![deal.clone()];
    let Some(quantity) = deal.lines.first().and_then(|line| Some(line.segments.first()?.quantity))
    else {
        return taken;
    };
    let occasion = deal.occasion(metric, quantity);
    let discounts = case.book.discounts().iter().filter(|it| it.applies_to(metric.name()));
    for discount in discounts {
        let Some(row) = discount.row(&occasion).filter(|row| !row.ask.is_nothing()) else {
            continue;
        };
        let less: Vec<_> =
            taken.iter().map(|deal| deal.with_take(discount, Take::Rate(row.otherwise))).collect();
        taken.extend(less);
    }
    taken
}

/// More sets of programs than these are not tried.
const SETS: usize = 512;

/// Every set of programs that one quote may have, beside those that exclude all others.
fn sets<'b>(case: &Case<'b>, metric: &Metric) -> Vec<Vec<(&'b Discount, &'b Program)>> {
    let mut sets = vec![Vec::new()];
    for discount in case.book.discounts().iter().filter(|it| it.applies_to(metric.name())) {
        let Given::Program { programs, at_most } = &discount.given else { continue };
        let mut with = sets.clone();
        let mut programs: Vec<_> = programs.iter().filter(|it| !it.exclusive).collect();
        // Of more than can be tried it is the largest that count, and of those the easiest to get.
        programs.sort_by_key(|it| (Reverse(it.max_rate), it.ask.level));
        for program in programs {
            let mine = |set: &&Vec<(&Discount, &Program)>| {
                set.iter().filter(|(it, _)| it.name == discount.name).count() < *at_most as usize
            };
            let mut more: Vec<_> = with.iter().filter(mine).cloned().collect();
            if with.len() + more.len() > SETS {
                // Then the largest set grows alone.
                more = more.into_iter().max_by_key(Vec::len).into_iter().collect();
            }
            with.extend(more.into_iter().map(|mut set| {
                set.push((discount, program));
                set
            }));
        }
        sets = with;
    }
    sets
}

/// The deal with programs at their largest rates, their duties promised.
fn claiming<'b>(deal: &Deal<'b>, set: &[(&'b Discount, &'b Program)]) -> Deal<'b> {
    let mut deal = deal.clone();
    let claim = |&(discount, program): &(&'b Discount, &'b Program)| Claim {
        discount,
        program,
        rate: program.max_rate,
        reason: None,
        duties: program.duties.clone(),
        count: None,
    };
    deal.claims = set.iter().map(claim).collect();
    deal.incumbent = set.iter().find_map(|(_, program)| program.incumbents.first().cloned());
    deal
}

fn told<'b>(case: &Case<'b>, level: Level, most: &Most<'b>) -> Finding<'b> {
    let Most { discount, deal } = most;
    let line = deal.lines.first();
    let metric = line.map(|line| line.metric);
    let quantity = line.and_then(|line| line.segments.first()).map(|segment| segment.quantity);
    let count = metric.zip(quantity).map(|(metric, quantity)| metric.count(quantity));
    let prepay = deal.prepay().map(|prepay| format!("{prepay} prepayment"));
    let claims = deal.claims.iter().map(|claim| format!("{} {}", claim.program.title, claim.rate));
    let takes = deal.takes.iter().filter_map(|(discount, take)| match take {
        Take::Rate(rate) => Some(format!("{} at {rate}", discount.title.to_lowercase())),
        Take::Auto | Take::Nothing => None,
    });
    let parts: Vec<String> = count
        .into_iter()
        .chain([deal.term().to_string()])
        .chain(prepay)
        .chain(takes)
        .chain(claims)
        .collect();
    let who = match level {
        Level::NONE => "without approval".to_owned(),
        level => format!("with {} approval", case.book.ladder().title(level)),
    };
    let rule = case.book.ladder().levels().find(|(known, _)| *known == level);
    let rule = rule.map_or(&case.book.rule, |(_, named)| &named.rule);
    let least = if case.book.guardrails.is_empty() { "" } else { "at least " };
    let message = format!("{who} a deal can be {least}{discount} off list: {}", parts.join(", "));
    let finding = Finding::new(case, &CODE, rule, message)
        .advice("compare it with what the level is meant to give; a guardrail can say less");
    Finding { metric: metric.map(Metric::name), share: Some(*discount), ..finding }
}
