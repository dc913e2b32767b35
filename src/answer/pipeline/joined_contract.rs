//! The contract that a deal joins, among the contracts that are given.
//!
//! A deal that joins a contract ends with it, after any part of a year. Where contracts are given, the one that it names
//! has to be one of them, of its customer, and to end on that day.

use super::customers::by_customer;
use super::judged_deal::JudgedDeal;
use crate::quote::notice::{Notice, kinds};
use crate::text::code_key;
use std::path::Path;

/// Returns a warning for each deal that joins a contract which is none of those given, or ends on another day than it,
/// with the place of the deal. Without contracts there is nothing to look at.
pub(super) fn not_joined(deals: &[&JudgedDeal<'_, '_>]) -> Vec<(usize, Notice)> {
    if !deals.iter().any(|judged| judged.is_signed()) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for customer in by_customer(deals) {
        let signed: Vec<_> =
            customer.iter().map(|&at| deals[at]).filter(|it| it.is_signed()).collect();
        for &at in customer.iter().filter(|&&at| !deals[at].is_signed()) {
            if let Some(message) = message(deals[at], &signed) {
                found.push((at, Notice::new(&kinds::JOINED_CONTRACT_NOT_GIVEN, message, None)));
            }
        }
    }
    found
}

fn message(judged: &JudgedDeal<'_, '_>, signed: &[&JudgedDeal<'_, '_>]) -> Option<String> {
    let joins = judged.deal.joins()?;
    let named = signed.iter().filter(|contract| is_named(contract, joins));
    let named: Vec<_> = named.collect();
    let Some(first) = named.first() else {
        return Some(format!(
            "the deal joins {joins}, and no contract of its customer that is given has this name or number"
        ));
    };
    let last_day = |judged: &JudgedDeal<'_, '_>| judged.deal.contract_days().1;
    let ends = last_day(judged);
    if named.iter().any(|contract| last_day(contract) == ends) {
        return None;
    }
    let (name, other) = (first.name, last_day(first));
    Some(format!("the deal joins {joins} and ends on {ends}, and {name} ends on {other}"))
}

/// Whether a contract has a name or a number: that of its file, or of its opportunity.
fn is_named(contract: &JudgedDeal<'_, '_>, joins: &str) -> bool {
    let file = Path::new(contract.name);
    let of_file = [file.file_name(), file.file_stem()].into_iter().flatten();
    let of_file = of_file.filter_map(|name| name.to_str());
    let mut names =
        std::iter::once(contract.name).chain(of_file).chain(contract.deal.opportunity());
    names.any(|name| code_key(name) == code_key(joins))
}
