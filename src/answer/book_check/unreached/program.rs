//! Programs for orders that no customer can make.

use super::super::finding::{BookUnderCheck, is_priced};
use super::super::order_choices;
use super::sold::{has_term, is_any_sold};
use crate::approve::spans;
use crate::book::{Adjustment, Discount, Metric, Program};
use crate::deal::DiscountOverride;
use crate::number::{Increment, Money, Quantity, Years};
use crate::price::price;

/// Returns each reason why no deal can have a program.
pub(super) fn unreached(
    check: &BookUnderCheck<'_>,
    terms: &[Years],
    discount: &Discount,
    program: &Program,
) -> Vec<String> {
    let title = &program.title;
    let mut reasons = Vec::new();
    if let Some(years) = program.years
        && !has_term(terms, |it| years.contains(it.into()))
    {
        reasons.push(format!("{title} is for {}, and no such term is sold", years.of("year")));
    }
    if let Some(range) = program.quantity.filter(|range| !is_any_sold(check, discount, *range)) {
        reasons.push(format!(
            "{title} is for {range} units, and nothing that it applies to is sold in such a \
             quantity"
        ));
    }
    if let Some(floor) = program.arr_above
        && reasons.is_empty()
        && let Some(most) = largest_arr(check, discount, program).filter(|most| *most <= floor)
    {
        reasons.push(format!(
            "{title} needs ARR above {}, and the largest possible order has {}",
            check.show(floor),
            check.show(most)
        ));
    }
    reasons
}

/// The ARR of an order for the largest quantity of everything that is sold, each in one line, without any
/// discount. Returns `None` if there is no such maximum.
fn largest_arr(
    check: &BookUnderCheck<'_>,
    discount: &Discount,
    program: &Program,
) -> Option<Money> {
    // An uplift for the payment raises the ARR if it comes before the programs.
    let mut before = check.book.discounts().iter().take_while(|it| it.is_automatic());
    let has_uplift =
        |it: &Discount| it.rows().iter().any(|row| matches!(row.adjustment, Adjustment::Uplift(_)));
    if before.any(has_uplift) {
        return None;
    }
    let metrics = check.book.metrics().iter();
    let arrs = metrics.map(|metric| {
        let mine = discount.applies_to(metric.name());
        let range = program.quantity.filter(|_| mine);
        largest_arr_of(check, metric, range.map(|range| (range.from(), range.to())))
    });
    arrs.sum::<Option<Money>>()
}

/// The largest ARR of one metric in a range of quantities.
fn largest_arr_of(
    check: &BookUnderCheck<'_>,
    metric: &Metric,
    range: Option<(u64, Option<u64>)>,
) -> Option<Money> {
    if !is_priced(metric) {
        return None;
    }
    let mut deal = order_choices::deals(check, metric).into_iter().next()?;
    for discount in check.book.discounts().iter().filter(|it| it.can_be_withheld()) {
        deal = deal.with_take(discount, DiscountOverride::Withheld);
    }
    let (from, to) = range.unwrap_or((0, None));
    let mut most = Money::ZERO;
    for span in spans(check.book, metric, Increment::UNIT) {
        let last = span.to.into_iter().chain(to).min();
        let first = span.from.max(from);
        if last.is_some_and(|last| last < first) {
            continue;
        }
        // The ARR of an open range has a maximum only if it does not grow.
        let arr_of = |quantity: u64| {
            let deal = deal.with_quantity(0, 0, Quantity::whole(quantity)?)?;
            Some(price(&deal).totals.arr_before_programs)
        };
        let arr = match last {
            Some(last) => arr_of(last)?,
            None => {
                arr_of(first).filter(|arr| arr_of(first.saturating_mul(1_000)) == Some(*arr))?
            }
        };
        most = most.max(arr);
    }
    Some(most)
}
