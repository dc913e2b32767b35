//! Payment terms and billing that the book does not offer.
//!
//! The standard is Net-30 and yearly in advance (playbook L1881, L1895). Net-60 and quarterly billing are
//! offered for a higher price and a commitment of 3 years (L1883-L1885), which the book writes as a row of
//! its payment discount. Net-90 is what the customer asks for and does not get (L1879): later payment has to be
//! financed, and the playbook names no price for it. So a way to pay that no row puts a price on is
//! refused, unless the line is free or a program includes the way to pay. A program includes it for its own
//! lines: priced services need what they need beside any other line.

use crate::approve::{ApprovalRule, PricedDeal, Promise, VerdictSink};
use crate::book::{Discount, DiscountCondition, Metric, PriceBook, Rule};
use crate::deal::Line;
use crate::price::{SMALLEST_RATE, SegmentDiscounts};

/// Refuses payment terms and ways to bill that the book does not offer for a metric.
#[derive(Debug)]
pub struct PaymentRule;

impl ApprovalRule for PaymentRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        if let Some(term) = case.deal.payment.filter(|term| term.refuse) {
            sink.refuse(&term.rule, format_args!("{} is outside policy", term.title));
        }
        let payment = case.deal.payment.map(|term| term.name.as_str());
        for line in &case.deal.lines {
            // Services beside a free license are paid as late as everything else.
            let is_free = line.is_free_at_list() && case.pricing.services_price().is_zero();
            for (name, title, rule) in asked(case, line) {
                // A program includes a payment term for its own lines, and not for services beside them.
                let of_services = case.services_carry_payment() && payment == Some(name);
                let is_included = case.deal.waives_uplift_for(line.metric, name) && !of_services;
                if !is_free && !is_included && !is_covered(case, line, name) {
                    let message =
                        format_args!("the book does not offer {title} for {}", line.metric.title);
                    sink.refuse(rule, message);
                }
            }
        }
    }

    fn promises<'b>(&self, book: &'b PriceBook, metric: &Metric) -> Vec<Promise<'b>> {
        let terms = book.payment.iter().flat_map(|it| &it.terms).map(|term| &term.rule);
        let schedules = book.billing.iter().flat_map(|it| &it.schedules).map(|it| &it.rule);
        // A program that includes a way to pay does so from its smallest rate on.
        let discounts = book.discounts.iter().filter(|it| it.applies_to(metric.name()));
        let includes = discounts.flat_map(Discount::programs).any(|it| !it.includes.is_empty());
        let waived = includes.then_some(SMALLEST_RATE);
        terms.chain(schedules).map(|rule| Promise::constant(rule).rates(waived)).collect()
    }
}

/// Returns the payment term and the way to bill that differ from the standard of the book, but for a payment
/// term that is refused already: each with its name, its title and its line of the book.
fn asked<'b>(case: &PricedDeal<'_, 'b>, line: &Line<'_>) -> Vec<(&'b str, String, &'b Rule)> {
    let book = case.deal.book;
    let payment = case.deal.payment.filter(|term| !term.refuse);
    let standard = book.payment.as_ref().and_then(|it| it.terms.get(it.standard));
    let payment = payment.filter(|term| standard.is_none_or(|it| it.name != term.name));
    let billing = case.deal.billing.filter(|_| line.metric.billing.is_none());
    let standard = book.billing.as_ref().and_then(|it| it.schedules.get(it.standard));
    let billing = billing.filter(|way| standard.is_none_or(|it| it.name != way.name));
    let payment = payment.map(|term| (term.name.as_str(), term.title.clone(), &term.rule));
    let billing =
        billing.map(|way| (way.name.as_str(), format!("billing {}", way.title), &way.rule));
    payment.into_iter().chain(billing).collect()
}

/// Returns whether a row of a payment discount puts a price on a way to pay.
fn is_covered(case: &PricedDeal<'_, '_>, line: &Line<'_>, name: &str) -> bool {
    let discounts = case.deal.book.discounts.iter();
    let mut mine = discounts.filter(|discount| {
        matches!(discount.condition, DiscountCondition::Payment(_))
            && discount.applies_to(line.metric.name())
    });
    mine.any(|discount| {
        line.segments.iter().all(|segment| {
            let applied = SegmentDiscounts::of(case.deal, line, segment);
            let mut rows = applied.beside_services(case.deal).rows(discount);
            rows.any(|row| row.is_for(&[Some(name)]))
        })
    })
}
