//! Ways to pay that could lower a price.

use crate::book::{Cut, Discount, Given, Metric};
use crate::deal::Deal;

/// A deal as it is, and as it pays otherwise where the book takes something off for that, or has a
/// program that is meant for it.
pub(super) fn ways<'b>(deal: &Deal<'b>, metric: &Metric) -> Vec<Deal<'b>> {
    let names = named(deal, metric);
    let mut deals = vec![deal.clone()];
    let terms = deal.book.payment.iter().flat_map(|payment| &payment.terms);
    for term in terms.filter(|term| names.contains(&term.name()) && !term.refuse) {
        if deal.payment.is_none_or(|own| own.name() != term.name()) {
            deals.push(Deal { payment: Some(term), ..deal.clone() });
        }
    }
    let ways = deal.book.billing.iter().flat_map(|billing| &billing.ways);
    let own = deal.way(metric).map(crate::book::Way::name);
    for way in ways.filter(|way| names.contains(&way.name()) && metric.billing.is_none()) {
        if own == Some(way.name()) {
            continue;
        }
        let Some(prepay) = beside(deal, way) else { continue };
        let billed: Vec<_> = deals.iter().filter(|it| it.billing.is_none()).cloned().collect();
        deals.extend(billed.into_iter().map(|it| Deal { billing: Some(way), prepay, ..it }));
    }
    deals
}

/// The prepayment beside a way to bill: none that is billed otherwise.
fn beside(deal: &Deal<'_>, way: &crate::book::Way) -> Option<Option<usize>> {
    let Some((rows, standard)) = deal.book.prepayments() else { return Some(None) };
    let row = deal.prepay.and_then(|place| rows.get(place));
    let own = row.and_then(|row| deal.book.way(row.billing));
    match own {
        Some(own) if own.name() != way.name() => (deal.prepay == Some(standard)).then_some(None),
        _ => Some(deal.prepay),
    }
}

/// The payment terms and ways to bill that could lower a price.
fn named<'b>(deal: &Deal<'b>, metric: &Metric) -> Vec<&'b str> {
    let discounts = deal.book.discounts().iter().filter(|it| it.applies_to(metric.name()));
    let names = discounts.flat_map(|discount: &'b Discount| {
        let rows = discount.rows().iter().filter(|row| {
            matches!(discount.given, Given::Payment(_)) && !matches!(row.cut, Cut::Uplift(_))
        });
        let programs = discount.programs().iter().filter(|it| !it.exclusive);
        rows.flat_map(|row| &row.choices).chain(programs.flat_map(|it| &it.payment))
    });
    names.map(String::as_str).collect()
}
