//! Larger orders that cost less.
//!
//! The curve of a metric finds them under one choice of terms; here they are found under all.

use super::{Case, Code, Elsewhere, Finding, Severity, choices, number};
use crate::approve::{self, Case as Priced};
use crate::book::{Discount, Given, Level, Metric, Mode, Per, Rule};
use crate::curve::{self, Cliff, Prices, cliffs, spans};
use crate::deal::Deal;
use crate::price::price;
use crate::value::Quantity;

pub(super) const CODE: Code = Code {
    name: "larger-order-costs-less",
    severity: Severity::Warning,
    title: "A larger order costs less than a smaller one",
    lesson: "\
Where the whole quantity takes the price of the range that it lands in, the first quantity of a range
can cost less than the last ones of the range before: 49 edge nodes at $500.00 cost $24,500.00, and 50
at $250.00 cost $12,500.00. A customer who notices orders more and pays less; one who does not pays for
nothing. Between two breaks of a price list a total only grows, so every such interval is found, for
every term and prepayment, and none is missed. Left out are use by the hour, which nobody orders,
packages at a fee, and metrics that are sold in parts of a unit.

What to do: sell each unit at the price of its own range (mode = \"graduated\"), or set the prices of a
range so that its first quantity costs at least as much as the last one before it. Quotes in the
interval name the cheaper order by themselves.",
    find,
};

fn find<'b>(case: &Case<'b>, found: &mut Vec<Finding<'b>>) {
    // Use is what it turns out to be: nobody orders more of it.
    let ordered = case.priced().filter(|metric| !matches!(metric.per(), Per::Hour { .. }));
    for metric in ordered {
        let spans = spans(case.book, metric);
        let deals = choices::deals(case, metric);
        let Some((standard, others)) = deals.split_first() else { continue };
        let cliffs = cliffs(Prices(standard), &spans, &[]);
        let elsewhere: Vec<_> = others
            .iter()
            .map(|deal| (deal, curve::cliffs(Prices(deal), &spans, &cliffs)))
            .collect();
        for (span, cliff) in cliffs.iter().enumerate() {
            let others = elsewhere.iter().filter_map(|(deal, cliffs)| Some((*deal, cliffs[span]?)));
            match cliff {
                Some(cliff) => {
                    // At other terms the rounding of a unit price can move its beginning.
                    let earlier = others.filter(|(_, other)| other.from < cliff.from);
                    let earliest = earlier.min_by_key(|(_, other)| other.from);
                    found.push(told(case, metric, (standard, *cliff), earliest));
                }
                // Or make it, where two orders cost nearly the same.
                None => found.extend(
                    others
                        .min_by_key(|(_, other)| other.from)
                        .map(|other| told(case, metric, other, Some(other))),
                ),
            }
        }
    }
}

fn told<'b>(
    case: &Case<'b>,
    metric: &'b Metric,
    (deal, cliff): (&Deal<'b>, Cliff),
    earliest: Option<(&Deal<'b>, Cliff)>,
) -> Finding<'b> {
    let Cliff { from, to, instead: next, cost, worst } = cliff;
    let (first, last, larger) = (number(from), number(to), number(next));
    let (worst_shown, cost) = (case.show(worst), case.show(cost));
    let (level, is_refused) = judged(deal, next);
    let needs = if is_refused {
        ", outside policy".to_owned()
    } else if level > Level::NONE {
        format!(", with {} approval", case.book.ladder().title(level))
    } else {
        String::new()
    };
    let range = if from == to { last.clone() } else { format!("{first} to {last}") };
    let units = &metric.unit.1;
    let mut message = format!(
        "{range} {units} cost more than {larger}: over {}, {last} cost {worst_shown} and {larger} \
         cost {cost}{needs}",
        terms(deal),
    );
    let elsewhere = earliest.map(|(deal, other)| Elsewhere {
        from: other.from,
        term: deal.term(),
        prepay: deal.prepay(),
    });
    if let Some((deal, other)) = earliest.filter(|(_, other)| other.from < from) {
        message = format!("{message}; over {}, from {} on", terms(deal), number(other.from));
    }
    // What is sold by edition cannot be graduated: nobody could say which edition it is.
    let may_be = metric.mode == Mode::Volume && metric.editions().next().is_none();
    let graduated = if may_be {
        format!("price each of the {units} by its own range (mode = \"graduated\"), or ")
    } else {
        String::new()
    };
    let advice = format!("{graduated}let {larger} cost {worst_shown} or more");
    let finding = Finding::new(case, &CODE, begins(case, metric, next), message)
        .of(metric, from, Some(to))
        .worst(to, cliff.extra())
        .advice(advice);
    Finding { elsewhere, ..finding }
}

/// The line of the book that begins with a quantity: a range of the price list, or a row of a discount.
fn begins<'b>(case: &Case<'b>, metric: &'b Metric, quantity: u64) -> &'b Rule {
    let tier = Quantity::whole(quantity).and_then(|it| metric.tier(it));
    let tier = tier.map(|tier| (tier.quantity(), &tier.rule));
    let discounts = case.book.discounts().iter().filter(|it| it.applies_to(metric.name()));
    let rows =
        discounts.filter(|it| matches!(it.given, Given::Quantity(_))).flat_map(Discount::rows);
    let rows = rows.filter_map(|row| Some((row.range()?, &row.rule)));
    let mut all = tier.into_iter().chain(rows);
    all.find(|(range, _)| range.from() == quantity).map_or(&metric.rule, |(_, rule)| rule)
}

/// "3 years with multi-year prepayment"; nothing more than the years, where that is the standard.
fn terms(deal: &Deal<'_>) -> String {
    let standard = deal.book().prepayments().map(|(_, standard)| standard);
    let prepay = deal.prepay().filter(|_| deal.prepay != standard);
    let prepay = prepay.map(|prepay| format!(" with {prepay} prepayment")).unwrap_or_default();
    format!("{}{prepay}", deal.term())
}

/// Who must agree to an order, and whether nobody can.
fn judged(deal: &Deal<'_>, quantity: u64) -> (Level, bool) {
    let variant = Quantity::whole(quantity).and_then(|it| deal.with_quantity(0, 0, it));
    variant.map_or((Level::NONE, false), |deal| {
        let verdict = approve::route(&Priced { deal: &deal, pricing: &price(&deal) });
        (verdict.level(), verdict.is_refused())
    })
}
