//! Payment terms and billing schedules that are better for the customer than the book's standard.

use crate::book::{BillingFrequency, DiscountStep, PaymentTerm, Rule};
use crate::deal::Deal;

pub(super) struct BetterPayment<'b> {
    pub name: &'b str,
    pub title: &'b str,
    pub rule: &'b Rule,
}

/// The titles of the deal's payment term and billing schedules that a step of a discount names.
pub(super) fn payment_titles<'b>(deal: &Deal<'b>, step: &DiscountStep) -> Vec<&'b str> {
    let is_named = |name: &str| step.choices.iter().any(|choice| choice == name);
    let term = deal.payment.filter(|term| is_named(&term.name)).map(|term| term.title.as_str());
    let mut titles: Vec<&'b str> = term.into_iter().collect();
    for line in &deal.lines {
        let schedule = deal.billing_schedule(line.metric);
        let title = schedule.filter(|it| is_named(&it.name)).map(|it| it.title.as_str());
        titles.extend(title.filter(|title| !titles.contains(title)));
    }
    titles
}

/// Returns the deal's payment term and its billing schedules that are better for the customer than the
/// standard of the book, each once.
pub(super) fn better_payments<'b>(deal: &Deal<'b>) -> Vec<BetterPayment<'b>> {
    let book = deal.book;
    let standard = book.standard_payment();
    let is_later = |term: &&PaymentTerm| standard.is_some_and(|it| term.days > it.days);
    let mut better = Vec::new();
    if let Some(term) = deal.payment.filter(is_later) {
        better.push(BetterPayment { name: &term.name, title: &term.title, rule: &term.rule });
    }
    let standard = book.standard_billing();
    // A metric with a billing schedule of its own is billed by its standard.
    for line in deal.lines.iter().filter(|line| line.metric.billing.is_none()) {
        let Some((own, standard)) = deal.billing_schedule(line.metric).zip(standard) else {
            continue;
        };
        let is_known = better.iter().any(|it| it.name == own.name);
        if !is_known && is_better(own.frequency, standard.frequency) {
            better.push(BetterPayment { name: &own.name, title: &own.title, rule: &own.rule });
        }
    }
    better
}

/// Whether a customer who is billed at one frequency pays later than at the standard one: in smaller
/// amounts, or in arrears.
fn is_better(frequency: BillingFrequency, standard: BillingFrequency) -> bool {
    match (frequency, standard) {
        (BillingFrequency::Term, _) => false,
        (BillingFrequency::Months { .. }, BillingFrequency::Term) => true,
        (
            BillingFrequency::Months { months, arrears },
            BillingFrequency::Months { months: standard, arrears: standard_arrears },
        ) => months < standard || arrears && !standard_arrears,
    }
}
