//! A cheaper edition that a customer with few hosts may use.

use super::Notice;
use crate::approve::{PricedDeal, Verdict};

/// An order that lands just above an edition for few hosts may be on so few.
pub(super) fn advise(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for (line, priced) in case.deal.lines.iter().zip(&case.pricing.lines) {
        let tiers = line.metric.tiers();
        for segment in priced.segments.iter().filter(|_| line.edition.is_none()) {
            let landed = tiers.iter().position(|tier| tier.quantity == segment.list.tier.quantity);
            let below = landed.and_then(|index| tiers.get(index.checked_sub(1)?));
            let Some((tier, most)) = below.and_then(|tier| Some((tier, tier.max_hosts?))) else {
                continue;
            };
            if line.hosts.is_some_and(|hosts| hosts > most) || tier.price >= segment.list.tier.price
            {
                continue;
            }
            let edition = tier.edition.as_deref().unwrap_or_default();
            let (one, _) = &line.metric.unit;
            let message = format!(
                "on up to {most} hosts the customer may use {edition}, at {} a {one}",
                case.show(tier.price)
            );
            notices.push(Notice::note("edition-for-few-hosts", message, &tier.rule));
        }
    }
}
