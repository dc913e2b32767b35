//! Deals together at the rates that they take apart.
//!
//! A discount can have a rate that needs no approval: 20% from 1,000 sockets on, and 15% without the VP. Two deals of
//! 600 sockets at 15% each take no more than one deal of 1,200 gets without the VP. So they are judged together at the
//! rates that they take, where none of their lines costs less apart than it costs together at those rates. Deals with
//! a line that does have avoided the approval, and are judged at the discount that they would get together.

use crate::book::Discount;
use crate::deal::{Deal, DiscountOverride};
use crate::number::{Money, Rate};
use crate::price::{PricedLine, StepSource, applied_rows, price};

/// Returns deals as they are together, with no larger rates than they take apart where that is all that they get. The
/// lines of the deals together are those of the deals apart, in the order of these.
pub(super) fn at_rates_taken<'b>(apart: &[&Deal<'b>], together: Vec<Deal<'b>>) -> Vec<Deal<'b>> {
    let merged = merged(&together);
    let asking = discounts_with_a_free_rate(together.iter().chain(&merged));
    if asking.is_empty() {
        return together;
    }
    let apart: Vec<_> = apart.iter().flat_map(|deal| price(deal).lines).collect();
    let limits: Vec<_> = asking.iter().map(|it| (*it, largest_rate(it, &apart))).collect();
    let limited: Vec<_> = together.iter().map(|deal| with_limits(deal, &limits)).collect();
    if costs_no_less(&apart, &limited) { limited } else { together }
}

/// Returns a deal that has the lines of all, with those of a metric merged, if any can be.
fn merged<'b>(together: &[Deal<'b>]) -> Vec<Deal<'b>> {
    let [joined] = together else { return Vec::new() };
    joined.with_lines_joined().into_iter().collect()
}

/// Returns the discounts of which a row applies that has a rate without approval.
fn discounts_with_a_free_rate<'d, 'b: 'd>(
    deals: impl Iterator<Item = &'d Deal<'b>>,
) -> Vec<&'b Discount> {
    let mut found: Vec<&Discount> = Vec::new();
    for (discount, row) in deals.flat_map(applied_rows) {
        let is_new = found.iter().all(|known| !std::ptr::eq(*known, discount));
        if is_new && row.rate_without_approval.is_some() {
            found.push(discount);
        }
    }
    found
}

/// Returns the largest rate of a discount, given by its name, that lines take.
fn largest_rate(discount: &Discount, lines: &[PricedLine<'_>]) -> Rate {
    let steps = lines.iter().flat_map(|line| &line.segments).flat_map(|it| &it.waterfall.steps);
    let mine =
        steps.filter(|it| it.name == discount.name && matches!(it.grant, StepSource::Row(_)));
    mine.filter_map(|step| step.rate).max().unwrap_or_default()
}

fn with_limits<'b>(deal: &Deal<'b>, limits: &[(&'b Discount, Rate)]) -> Deal<'b> {
    let own =
        |discount: &Discount| deal.book().discounts.iter().any(|it| std::ptr::eq(it, discount));
    let mine = limits.iter().filter(|(discount, _)| own(discount));
    mine.fold(deal.clone(), |deal, &(discount, most)| {
        let take = match deal.discount_override(discount) {
            DiscountOverride::Withheld => return deal,
            DiscountOverride::Rate(rate) => DiscountOverride::Rate(rate.min(most)),
            DiscountOverride::Auto => DiscountOverride::Rate(most),
        };
        deal.with_take(discount, take)
    })
}

/// Whether each line costs no less apart than together at the price of the book, and so do the lines of each metric
/// where they are merged. A coin of each year is rounding.
fn costs_no_less(apart: &[PricedLine<'_>], together: &[Deal<'_>]) -> bool {
    let coin = together.first().map_or(0, |deal| deal.book().currency.minor);
    let years = together.iter().map(|deal| u64::from(deal.length().years_begun())).max();
    let rounding = Money::of_scaled(years.unwrap_or_default(), coin);
    let is_no_less = |one: Money, other: Money| one + rounding >= other;
    let (beside, merged) = (lines_at_book(together), lines_at_book(&merged(together)));
    let mut pairs = apart.iter().zip(&beside);
    let sum =
        |name: &str| apart.iter().filter(|it| it.line.metric.name() == name).map(|it| it.tcv).sum();
    pairs.all(|(one, other)| is_no_less(one.tcv, other.tcv))
        && merged.iter().all(|it| is_no_less(sum(it.line.metric.name()), it.tcv))
}

fn lines_at_book<'b>(deals: &[Deal<'b>]) -> Vec<PricedLine<'b>> {
    deals.iter().flat_map(|deal| price(&deal.without_agreed_prices()).lines).collect()
}
