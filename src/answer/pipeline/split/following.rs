//! Contracts that are signed together and follow each other: for the guardrails on TCV, and for programs that are for
//! some years, they are one.

use super::crossing::{JointVerdict, crossings_of};
use super::{SplitDeal, books, by_currency};
use crate::answer::pipeline::joined_term::signed_as_one;
use crate::answer::pipeline::judged_deal::JudgedDeal;
use crate::approve;
use crate::number::{Date, Total};
use crate::price::{Measured, price};

/// Adds the splits among the contracts of a customer that follow each other.
pub(super) fn following<'a, 'b>(
    deals: &[&JudgedDeal<'a, 'b>],
    first: usize,
    found: &mut Vec<SplitDeal<'a, 'b>>,
) {
    if signed_as_one(deals).is_empty() {
        return;
    }
    for members in by_currency(deals) {
        crossings_of(&members, (signed_as_one, as_one_value), first, found);
    }
    let claims = deals.iter().flat_map(|judged| &judged.deal.claims);
    let mut programs: Vec<_> = claims.map(|claim| claim.program.name.as_str()).collect();
    programs.sort_unstable();
    programs.dedup();
    for name in programs {
        let claims = |judged: &&&JudgedDeal<'a, 'b>| {
            judged.deal.claims.iter().any(|claim| claim.program.name == name)
        };
        let members: Vec<_> = deals.iter().filter(claims).copied().collect();
        crossings_of(&members, (signed_as_one, as_one_grant), first, found);
    }
}

/// Returns what the guardrails on TCV say of contracts in one currency as one, which is as long as all of them.
#[expect(
    clippy::unnecessary_wraps,
    reason = "one of two ways to judge members, of which the other can fail"
)]
fn as_one_value<'b>(members: &[&JudgedDeal<'_, 'b>]) -> Option<JointVerdict<'b>> {
    let mut tcv = Total::default();
    for judged in members {
        let money = Measured::committed(judged.deal, &price(judged.deal));
        tcv.add(money.largest(|side| side.tcv).0.tcv);
    }
    let deals: Vec<_> = members.iter().map(|member| member.deal).collect();
    let books = books(members.iter().copied()).into_iter();
    let sums = |book| approve::of_sums(book, &deals, (Total::default(), tcv), all_days(members));
    Some(books.map(|book| (book, sums(book))).collect())
}

/// Returns what the programs that all of some contracts claim say of the days of all of them.
fn as_one_grant<'b>(members: &[&JudgedDeal<'_, 'b>]) -> Option<JointVerdict<'b>> {
    let (begins, ends) = all_days(members)?;
    let verdicts = members.iter().map(|judged| {
        let longer = judged.deal.with_days(begins, ends);
        let is_of_all = |program: &str| {
            let claims = |it: &&JudgedDeal<'_, 'b>| {
                it.deal.claims.iter().any(|claim| claim.program.name == program)
            };
            members.iter().all(claims)
        };
        (judged.deal.book, approve::of_program_years(&longer, is_of_all))
    });
    Some(verdicts.collect())
}

/// Returns the first and the last day of some contracts.
fn all_days(members: &[&JudgedDeal<'_, '_>]) -> Option<(Date, Date)> {
    let days = members.iter().map(|judged| judged.deal.contract_days());
    let begins = days.clone().map(|(first, _)| first).min()?;
    Some((begins, days.map(|(_, last)| last).max()?))
}
