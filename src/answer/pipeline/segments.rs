//! Segments that the deals of one customer state.

use super::customers::{by_customer, listed};
use super::judged_deal::JudgedDeal;
use crate::quote::notice::{Notice, kinds};
use crate::text::code_key;

/// Returns a warning for each deal of a customer that has other segments in other deals, with the place of the deal. A
/// segment opens programs and guardrails, and one customer is of one.
pub(super) fn of_one_customer(deals: &[&JudgedDeal<'_, '_>]) -> Vec<(usize, Notice)> {
    let mut found = Vec::new();
    for customer in by_customer(deals) {
        let mut segments: Vec<(&str, Vec<&str>)> = Vec::new();
        for judged in customer.iter().map(|&at| deals[at]) {
            let Some(segment) = judged.deal.segment() else { continue };
            match segments.iter_mut().find(|(known, _)| code_key(known) == code_key(segment)) {
                Some((_, names)) => names.push(judged.name),
                None => segments.push((segment, vec![judged.name])),
            }
        }
        if segments.len() < 2 {
            continue;
        }
        let each = segments.iter().map(|(segment, names)| format!("{segment} ({})", listed(names)));
        let each: Vec<_> = each.collect();
        let each: Vec<_> = each.iter().map(String::as_str).collect();
        let whose = customer.iter().find_map(|&at| deals[at].deal.customer());
        let whose = whose.unwrap_or("the customer");
        let message = format!("{whose} has {} segments: {}", segments.len(), listed(&each));
        let mine = customer.iter().filter(|&&at| deals[at].deal.segment().is_some());
        let mine = mine.filter(|&&at| !deals[at].is_signed());
        found.extend(
            mine.map(|&at| {
                (at, Notice::new(&kinds::SEGMENTS_OF_ONE_CUSTOMER, message.clone(), None))
            }),
        );
    }
    found
}
