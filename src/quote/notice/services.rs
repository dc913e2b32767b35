//! Services that come with little else.

use super::Notice;
use crate::approve::{PricedDeal, Verdict};
use crate::number::Money;

/// What is included costs nothing, because the contract pays for it.
pub(super) fn advise(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    let lines: Money = case.pricing.lines.iter().map(|line| line.tcv).sum();
    let included: Money = case.pricing.services.iter().map(|service| service.included).sum();
    let largest = case.pricing.services.iter().max_by_key(|service| service.included);
    if let Some(largest) = largest.filter(|_| included > lines) {
        let message = format!(
            "services of {} are included in a contract of {}",
            case.show(included),
            case.show(lines)
        );
        notices.push(Notice::warning("services-exceed-contract", message, &largest.service.rule));
    }
}
