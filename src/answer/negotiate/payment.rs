//! Later or more frequent payment than the standard of the book.

use super::concession::{Concession, ConcessionKind};
use super::get::of_claim;
use crate::book::{BillingFrequency, BillingSchedule, DiscountStep, Level, PaymentTerm, Rule};
use crate::deal::{Deal, ProgramClaim};
use crate::number::Money;

/// One way of paying that is better for the customer than the standard.
struct BetterPayment<'b> {
    name: &'b str,
    title: &'b str,
    rule: &'b Rule,
}

/// What a deal has of the payment terms and ways to bill of a row, in words.
pub(super) fn words<'b>(deal: &Deal<'b>, row: &DiscountStep) -> Vec<&'b str> {
    let is_mine = |name: &str| row.choices().iter().any(|choice| choice == name);
    let term = deal.payment.filter(|term| is_mine(term.name())).map(|term| term.title.as_str());
    let mut words: Vec<&'b str> = term.into_iter().collect();
    for line in deal.lines() {
        let way = deal
            .billing_schedule(line.metric())
            .filter(|way| is_mine(way.name()))
            .map(BillingSchedule::title);
        words.extend(way.filter(|way| !words.contains(way)));
    }
    words
}

/// What is better for the customer than the standard, and costs nothing more.
pub(super) fn free_payment_terms<'b>(
    deal: &Deal<'b>,
    given: &[Concession<'b>],
) -> Vec<Concession<'b>> {
    let is_paid = |better: &BetterPayment<'b>| {
        let words = given.iter().filter_map(|it| match &it.kind {
            ConcessionKind::Payment(words) => Some(words),
            _ => None,
        });
        words.flatten().any(|word| *word == better.title)
    };
    // What a program includes is given for what the program asks.
    let get = |name: &str| {
        let includes = |claim: &&ProgramClaim<'b>| {
            claim.program.includes.iter().any(|included| included == name)
        };
        deal.claims.iter().find(includes).and_then(of_claim)
    };
    let better = better(deal).into_iter().filter(|better| !is_paid(better));
    let free = better.map(|BetterPayment { name, title, rule }| Concession {
        kind: ConcessionKind::Payment(vec![title]),
        rate: None,
        rates: Vec::new(),
        money: Money::ZERO,
        rule,
        level: Level::NONE,
        counterpart: get(name),
        instead: Vec::new(),
    });
    free.collect()
}

fn better<'b>(deal: &Deal<'b>) -> Vec<BetterPayment<'b>> {
    let book = deal.book();
    let standard = book.payment.as_ref().and_then(|it| it.terms.get(it.standard));
    let is_later = |term: &&PaymentTerm| standard.is_some_and(|it| term.days > it.days);
    let term = deal.payment.filter(is_later);
    let mut better: Vec<_> = term
        .map(|term| BetterPayment { name: term.name(), title: &term.title, rule: &term.rule })
        .into_iter()
        .collect();
    let standard = book.billing_schedule(book.billing.as_ref().map(|billing| billing.standard));
    // What a metric is always billed as is its standard.
    for line in deal.lines().iter().filter(|line| line.metric().billing.is_none()) {
        let (Some(way), Some(standard)) = (deal.billing_schedule(line.metric()), standard) else {
            continue;
        };
        let is_known = better.iter().any(|it| it.name == way.name());
        if !is_known && is_more_frequent(way.frequency, standard.frequency) {
            better.push(BetterPayment { name: way.name(), title: way.title(), rule: &way.rule });
        }
    }
    better
}

fn is_more_frequent(every: BillingFrequency, standard: BillingFrequency) -> bool {
    match (every, standard) {
        (BillingFrequency::Term, _) => false,
        (BillingFrequency::Months { .. }, BillingFrequency::Term) => true,
        (
            BillingFrequency::Months { months, arrears },
            BillingFrequency::Months { months: standard, arrears: standard_arrears },
        ) => months < standard || arrears && !standard_arrears,
    }
}
