//! Partners that are the customer under another name: a customer has every name of its deals.

use super::customers::by_customer;
use super::judged_deal::JudgedDeal;
use crate::approve::Violation;

/// Refuses a deal whose partner has the name that its customer has in another deal.
pub(super) fn refuse_partners(deals: &mut [&mut JudgedDeal<'_, '_>]) {
    let found: Vec<(usize, Violation)> = {
        let deals: Vec<&JudgedDeal<'_, '_>> = deals.iter().map(|judged| &**judged).collect();
        let customers = by_customer(&deals).into_iter();
        let violations = customers.flat_map(|customer| {
            let found =
                customer.iter().filter_map(|&at| Some((at, violation(&deals, &customer, at)?)));
            found.collect::<Vec<_>>()
        });
        violations.collect()
    };
    for (at, violation) in found {
        deals[at].verdict.violations.push(violation);
    }
}

fn violation(deals: &[&JudgedDeal<'_, '_>], customer: &[usize], at: usize) -> Option<Violation> {
    let partner = deals[at].deal.partner.as_ref()?;
    // The rule on channels refuses the name of the deal's own customer.
    if deals[at].deal.customer().is_some_and(|name| partner.is_named(name)) {
        return None;
    }
    let named = |other: &&usize| {
        deals[**other].deal.customer().is_some_and(|customer| partner.is_named(customer))
    };
    let other = deals[*customer.iter().filter(|other| **other != at).find(named)?];
    let name = other.deal.customer().unwrap_or_default();
    let message = format!("the partner is the customer: {name} ({})", other.name);
    Some(Violation { rule: partner.channel.rule.clone(), message })
}
