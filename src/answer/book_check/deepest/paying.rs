//! Ways to pay that could lower a price.

use crate::book::{Adjustment, BillingSchedule, Discount, DiscountCondition, Metric};
use crate::deal::Deal;

/// A deal as it is, and as it pays otherwise where the book takes something off for that, or has a
/// program that is meant for it.
pub(super) fn payment_variants<'b>(deal: &Deal<'b>, metric: &Metric) -> Vec<Deal<'b>> {
    let names = named(deal, metric);
    let mut deals = vec![deal.clone()];
    let terms = deal.book.payment.iter().flat_map(|payment| &payment.terms);
    for term in terms.filter(|term| names.contains(&term.name()) && !term.refuse) {
        if deal.payment.is_none_or(|own| own.name() != term.name()) {
            deals.push(Deal { payment: Some(term), ..deal.clone() });
        }
    }
    let ways = deal.book.billing.iter().flat_map(|billing| &billing.schedules);
    let own = deal.billing_schedule(metric).map(BillingSchedule::name);
    for way in ways.filter(|way| names.contains(&way.name()) && metric.billing.is_none()) {
        if own == Some(way.name()) {
            continue;
        }
        if is_prepaid_otherwise(deal, way) {
            continue;
        }
        let billed: Vec<_> = deals.iter().filter(|it| it.billing.is_none()).cloned().collect();
        deals.extend(billed.into_iter().map(|it| {
            // The standard gives way to what a deal names.
            let prepay = it.prepay.filter(|place| !differs(&it, *place, way));
            Deal { billing: Some(way), prepay, ..it }
        }));
    }
    deals
}

/// Whether a deal prepays in a way of its own choice that is billed otherwise.
fn is_prepaid_otherwise(deal: &Deal<'_>, way: &BillingSchedule) -> bool {
    let standard = deal.book.prepayments().map(|(_, standard)| standard);
    deal.prepay.is_some_and(|place| Some(place) != standard && differs(deal, place, way))
}

fn differs(deal: &Deal<'_>, place: usize, way: &BillingSchedule) -> bool {
    let row = deal.book.prepayments().and_then(|(rows, _)| rows.get(place));
    let own = row.and_then(|row| deal.book.billing_schedule(row.billing));
    own.is_some_and(|own| own.name() != way.name())
}

/// The payment terms and ways to bill that could lower a price.
fn named<'b>(deal: &Deal<'b>, metric: &Metric) -> Vec<&'b str> {
    let discounts = deal.book.discounts().iter().filter(|it| it.applies_to(metric.name()));
    let names = discounts.flat_map(|discount: &'b Discount| {
        let rows = discount.rows().iter().filter(|row| {
            matches!(discount.condition, DiscountCondition::Payment(_))
                && !matches!(row.adjustment, Adjustment::Uplift(_))
        });
        let programs = discount.programs().iter().filter(|it| !it.exclusive);
        rows.flat_map(|row| &row.choices).chain(programs.flat_map(|it| &it.payment))
    });
    names.map(String::as_str).collect()
}
