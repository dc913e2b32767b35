//! The length of contracts that follow each other: signed together, they bind like one.
//!
//! The standard license term is 1 to 3 years (playbook L1894). Two contracts of 3 years, of which the second
//! begins the day after the first ends, fix the price for 6 years when both are signed today. So contracts of
//! one customer that adjoin or overlap count as one for the rules on the term, if their quotes can be accepted
//! on the same day. The book says how many days between them make no difference. A contract that states no start begins when it is signed: two of them begin together, and
//! neither makes the other longer. Purchases for some months have no term.

use super::customers::{Links, by_customer, listed};
use super::judged_deal::JudgedDeal;
use crate::approve::{self, PricedDeal, Verdict};
use crate::deal::Deal;
use crate::number::Date;
use crate::price::price;

/// Contract of one deal, and the days on which its quote can be accepted.
#[derive(Debug, Clone, Copy)]
struct OpenContract {
    at: usize,
    begins: Date,
    ends: Date,
    quoted: Date,
    valid_until: Date,
    states_start: bool,
    /// The most days between it and another one that adjoins.
    most_between: u32,
}

impl OpenContract {
    fn is_one_with(&self, other: &Self) -> bool {
        let are_signed_together =
            self.quoted <= other.valid_until && other.quoted <= self.valid_until;
        let between = self.most_between.max(other.most_between);
        let adjoin = |one: &Self, next: &Self| one.ends.plus_days(1 + between) >= next.begins;
        are_signed_together
            && (self.states_start || other.states_start)
            && adjoin(self, other)
            && adjoin(other, self)
    }
}

/// Adds to the verdict on each deal what its customer's contracts need at the length that they have as one.
pub(super) fn judge_joined_terms(deals: &mut [&mut JudgedDeal<'_, '_>]) {
    let groups = {
        let deals: Vec<&JudgedDeal<'_, '_>> = deals.iter().map(|judged| &**judged).collect();
        let customers = by_customer(&deals).into_iter();
        customers.flat_map(|customer| as_one(&deals, &customer)).collect::<Vec<_>>()
    };
    for group in groups {
        let begins = group.iter().map(|it| it.begins).min();
        let ends = group.iter().map(|it| it.ends).max();
        let Some((begins, ends)) = begins.zip(ends) else { continue };
        for contract in &group {
            let others = group.iter().filter(|other| other.at != contract.at);
            let others: Vec<_> = others.map(|other| deals[other.at].name).collect();
            let found = of_days(deals[contract.at].deal, begins, ends);
            let with =
                format!("signed together with {}{}", listed(&others), gap_words(&group, deals));
            add(&mut deals[contract.at].verdict, found, &with);
        }
    }
}

/// Returns the words for days between contracts that the book counts as none.
fn gap_words(group: &[OpenContract], deals: &[&mut JudgedDeal<'_, '_>]) -> String {
    let mut days: Vec<_> = group.iter().map(|it| (it.begins, it.ends)).collect();
    days.sort_unstable();
    let mut until = days[0].1;
    let has_gap = days.iter().any(|(begins, ends)| {
        let is_apart = *begins > until.plus_days(1);
        until = until.max(*ends);
        is_apart
    });
    let rules = group.iter().map(|it| &deals[it.at].deal.book.commitment);
    let widest = rules.filter_map(|it| Some((it.adjoining.as_ref()?, it.assumed)));
    let Some(((days, rule), assumed)) =
        widest.max_by_key(|((days, _), _)| *days).filter(|_| has_gap)
    else {
        return String::new();
    };
    let assumed = if assumed { ", which is assumed" } else { "" };
    format!("; up to {days} days between them count as none{assumed} ({})", rule.source)
}

/// Returns the deals of a customer in groups whose contracts count as one, each of two at least.
pub(super) fn signed_as_one<'j, 'a, 'b>(
    deals: &[&'j JudgedDeal<'a, 'b>],
) -> Vec<Vec<&'j JudgedDeal<'a, 'b>>> {
    let all: Vec<_> = (0..deals.len()).collect();
    let groups = as_one(deals, &all).into_iter();
    groups.map(|group| group.into_iter().map(|it| deals[it.at]).collect()).collect()
}

/// Returns the contracts of a customer in groups that count as one, each of two at least.
fn as_one(deals: &[&JudgedDeal<'_, '_>], customer: &[usize]) -> Vec<Vec<OpenContract>> {
    let contracts = customer.iter().filter(|&&at| deals[at].deal.months().is_none());
    let contracts = contracts.map(|&at| {
        let JudgedDeal { deal, valid_until, .. } = *deals[at];
        let (begins, ends) = deal.contract_days();
        let states_start = deal.period().is_some();
        let most_between = deal.book.commitment.adjoining.as_ref().map_or(0, |(days, _)| *days);
        OpenContract {
            at,
            begins,
            ends,
            quoted: deal.date,
            valid_until,
            states_start,
            most_between,
        }
    });
    let contracts: Vec<_> = contracts.collect();
    let mut links = Links::new(contracts.len());
    for (at, one) in contracts.iter().enumerate() {
        for (other_at, other) in contracts.iter().enumerate().skip(at + 1) {
            if one.is_one_with(other) {
                links.join(at, other_at);
            }
        }
    }
    let groups = links.groups().into_iter().filter(|group| group.len() > 1);
    groups.map(|group| group.into_iter().map(|at| contracts[at]).collect()).collect()
}

/// Returns what the rules on the term say of a deal with the days of a longer contract.
fn of_days(deal: &Deal<'_>, begins: Date, ends: Date) -> Verdict {
    let longer = deal.with_days(begins, ends);
    approve::of_term(&PricedDeal { deal: &longer, pricing: &price(deal) })
}

/// Adds what rules say that say nothing yet, with the reason why the contract is longer.
fn add(verdict: &mut Verdict, found: Verdict, with: &str) {
    for mut required in found.required {
        if verdict.required.iter().all(|known| known.rule != required.rule) {
            required.reason = format!("{}; {with}", required.reason);
            verdict.required.push(required);
        }
    }
    for mut violation in found.violations {
        if verdict.violations.iter().all(|known| known.rule != violation.rule) {
            violation.message = format!("{}; {with}", violation.message);
            verdict.violations.push(violation);
        }
    }
}
