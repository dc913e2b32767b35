//! The payment terms and billing schedules that could lower the price of a deal.

use crate::book::{Adjustment, BillingSchedule, Discount, DiscountCondition, Metric};
use crate::deal::Deal;

/// Returns the deal, and the deal with each payment term and billing schedule for which the book has a
/// discount, or a program that demands it.
pub(super) fn payment_variants<'b>(deal: &Deal<'b>, metric: &Metric) -> Vec<Deal<'b>> {
    let names = discounted_payments(deal, metric);
    let mut deals = vec![deal.clone()];
    let terms = deal.book.payment.iter().flat_map(|payment| &payment.terms);
    for term in terms.filter(|term| names.contains(&term.name()) && !term.refuse) {
        if deal.payment.is_none_or(|own| own.name() != term.name()) {
            deals.push(Deal { payment: Some(term), ..deal.clone() });
        }
    }
    let schedules = deal.book.billing.iter().flat_map(|billing| &billing.schedules);
    let own = deal.billing_schedule(metric).map(BillingSchedule::name);
    let is_other = |it: &&BillingSchedule| {
        names.contains(&it.name()) && metric.billing.is_none() && own != Some(it.name())
    };
    for schedule in schedules.filter(is_other) {
        if is_prepaid_otherwise(deal, schedule) {
            continue;
        }
        let billed: Vec<_> = deals.iter().filter(|it| it.billing.is_none()).cloned().collect();
        deals.extend(billed.into_iter().map(|it| {
            // A standard prepayment with another schedule gives way to the schedule that the deal names.
            let prepay = it.prepay.filter(|place| !differs(&it, *place, schedule));
            Deal { billing: Some(schedule), prepay, ..it }
        }));
    }
    deals
}

/// Whether a deal has a prepayment other than the standard, and it is billed by another schedule.
fn is_prepaid_otherwise(deal: &Deal<'_>, schedule: &BillingSchedule) -> bool {
    let standard = deal.book.prepayments().map(|(_, standard)| standard);
    deal.prepay.is_some_and(|place| Some(place) != standard && differs(deal, place, schedule))
}

/// Whether a prepayment is billed by another schedule.
fn differs(deal: &Deal<'_>, prepay: usize, schedule: &BillingSchedule) -> bool {
    let row = deal.book.prepayments().and_then(|(rows, _)| rows.get(prepay));
    let own = row.and_then(|row| deal.book.billing_schedule(row.billing));
    own.is_some_and(|own| own.name() != schedule.name())
}

/// The names of payment terms and billing schedules that could lower a price.
fn discounted_payments<'b>(deal: &Deal<'b>, metric: &Metric) -> Vec<&'b str> {
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
