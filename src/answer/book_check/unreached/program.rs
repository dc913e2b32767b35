//! Programs for orders that nobody can make.

use super::{has, is_sold};
use crate::answer::book_check::{BookUnderCheck, choices};
use crate::approve::spans;
use crate::book::{Adjustment, Discount, DiscountCondition, Metric, Program};
use crate::deal::DiscountOverride;
use crate::number::{Increment, Money, MoneyRange, Quantity, Years};
use crate::price::price;

/// Why no deal has a program, for each reason that there is.
pub(super) fn unreached(
    case: &BookUnderCheck<'_>,
    terms: &[Years],
    discount: &Discount,
    program: &Program,
) -> Vec<String> {
    let title = &program.title;
    let mut why = Vec::new();
    if let Some(years) = program.years
        && !has(terms, |it| years.contains(it.into()))
    {
        why.push(format!("{title} is for {}, and that is not sold", years.of("year")));
    }
    if let Some(range) = program.quantity.filter(|range| !is_sold(case, discount, *range)) {
        why.push(format!(
            "{title} is for {range} units, and nothing that it applies to is sold in such a quantity"
        ));
    }
    if let Some(floor) = program.arr_above
        && why.is_empty()
        && let Some(most) = most_arr(case, discount, program).filter(|most| *most <= floor)
    {
        why.push(format!(
            "{title} needs ARR above {}, and the largest order of all that the book sells has {}",
            case.show(floor),
            case.show(most)
        ));
    }
    why
}

/// The ARR of a deal for the most of everything that is sold, each in one line, without any discount.
/// Nothing, where there is no such most.
fn most_arr(case: &BookUnderCheck<'_>, discount: &Discount, program: &Program) -> Option<Money> {
    // What is put on for how a customer pays counts too, if it comes before the programs.
    let mut before = case.book.discounts().iter().take_while(|it| it.is_automatic());
    let puts_on =
        |it: &Discount| it.rows().iter().any(|row| matches!(row.adjustment, Adjustment::Uplift(_)));
    if before.any(puts_on) {
        return None;
    }
    let metrics = case.book.metrics().iter();
    let arrs = metrics.map(|metric| {
        let mine = discount.applies_to(metric.name());
        let range = program.quantity.filter(|_| mine);
        most_of(case, metric, range.map(|range| (range.from(), range.to())))
    });
    arrs.sum::<Option<Money>>()
}

fn most_of(
    case: &BookUnderCheck<'_>,
    metric: &Metric,
    range: Option<(u64, Option<u64>)>,
) -> Option<Money> {
    if !metric.tiers().iter().all(|tier| tier.fee().is_none_or(MoneyRange::is_one)) {
        return None;
    }
    let mut deal = choices::deals(case, metric).into_iter().next()?;
    for discount in case.book.discounts().iter().filter(|it| it.is_automatic()) {
        if !matches!(discount.condition, DiscountCondition::Payment(_)) {
            deal = deal.with_take(discount, DiscountOverride::Withheld);
        }
    }
    let (from, to) = range.unwrap_or((0, None));
    let mut most = Money::ZERO;
    for span in spans(case.book, metric, Increment::UNIT) {
        let last = span.to.into_iter().chain(to).min();
        let first = span.from.max(from);
        if last.is_some_and(|last| last < first) {
            continue;
        }
        // Without an end, a second look shows whether it grows.
        let of = |quantity: u64| {
            let deal = deal.with_quantity(0, 0, Quantity::whole(quantity)?)?;
            Some(price(&deal).totals.arr_before_programs)
        };
        let arr = match last {
            Some(last) => of(last)?,
            None => of(first).filter(|arr| of(first.saturating_mul(1_000)) == Some(*arr))?,
        };
        most = most.max(arr);
    }
    Some(most)
}
