//! Partners, services and clauses: items of a contract beside its price. Each has an approval of its own in
//! the book. None depends on the quantity, the rates or the term of the deal, but for a service of which the book
//! includes a share of the contract.

use crate::approve::{ApprovalRule, Direction, PricedDeal, Promise, VerdictSink};
use crate::book::{BeyondIncluded, ChannelTerms, ClauseClass, Metric, PriceBook, Service};
use crate::deal::PartnerTerms;

/// Asks for the approval of a channel, and refuses a partner's rate outside the range of the channel.
///
/// The playbook gives the ranges: resellers 30-35% (L611), managed service providers 30-40% (L623), OEM 70/30
/// of the provider's revenue (L605). Each point of such a rate is our margin, so a rate beyond its range is
/// refused rather than approved: the playbook names nobody who could grant it.
#[derive(Debug)]
pub struct ChannelRule;

impl ApprovalRule for ChannelRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        let Some(partner) = &case.deal.partner else { return };
        let channel = partner.channel;
        let (title, rule) = (&channel.title, &channel.rule);
        let asked = match partner.terms {
            PartnerTerms::Discount { rate, base } => format!("{rate} off {}", base.title()),
            PartnerTerms::RevenueShare { share, .. } => format!("{share} of the partner's revenue"),
        };
        if let ChannelTerms::Discount { rates, base } = channel.terms
            && let PartnerTerms::Discount { rate, .. } = partner.terms
            && !rates.contains(rate)
        {
            let base = base.title();
            let message = format_args!("{title} gets {rates} off {base}, and this deal has {rate}");
            sink.refuse(rule, message);
        }
        sink.require(&channel.approval, rule, format_args!("Sold through {title} at {asked}"));
    }

    fn promises<'b>(&self, book: &'b PriceBook, _: &Metric) -> Vec<Promise<'b>> {
        book.channels.iter().map(|channel| Promise::constant(&channel.rule)).collect()
    }
}

/// Refuses a service beyond the value that a contract includes, where the book does not price the rest.
///
/// The playbook includes migration services up to $100K (L505, L1940), and says nothing about more. A book
/// decides with `beyond = "priced"` or `beyond = "refused"`; ours prices the rest. Including a service costs us its
/// value, like a discount of as much: beyond a share of the contract somebody agrees.
#[derive(Debug)]
pub struct ServiceRule;

impl ApprovalRule for ServiceRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        for priced in &case.pricing.services {
            let service = priced.service;
            if service.beyond == BeyondIncluded::Refused && !priced.price.is_zero() {
                let message = format_args!(
                    "{}: the largest value is {}, and this deal has {}",
                    service.title,
                    case.show(service.included),
                    case.show(priced.value)
                );
                sink.refuse(&service.rule, message);
            }
            if let (Some(need), Some(share)) = (priced.needs(), &service.included_share) {
                let (included, net) = (case.show(priced.included), case.show(priced.net));
                let (title, share) = (&service.title, share.share);
                let reason = format_args!(
                    "{title}: {included} included, more than {share} of the committed TCV of {net} \
                     at our net"
                );
                sink.require(need, &service.rule, reason);
            }
        }
    }

    fn promises<'b>(&self, book: &'b PriceBook, _: &Metric) -> Vec<Promise<'b>> {
        let promise = |service: &'b Service| {
            let mut promise = Promise::constant(&service.rule);
            if service.included_share.is_some() {
                // A larger order has more room for a service, and a larger discount less.
                promise.quantity.between = Direction::Falls;
                promise.rate.between = Direction::Rises;
                promise.term.between = Direction::Falls;
            }
            promise
        };
        book.services.iter().map(promise).collect()
    }
}

/// Asks for the approval of every clause that is not standard, and refuses clauses that are never given.
///
/// The playbook has standard terms (L1893-L1900), negotiable terms case by case (L1902-L1906), and red lines
/// that need the SVP (L1908-L1912). A clause changes what the contract can cost us later, at any price: a
/// liability cap of 24 months doubles the damage, a most favored customer ties all other prices to
/// this deal. So free licenses need these approvals too. A clause with a rate needs none up to the rate that is
/// standard: SLA credits are 10-20% of monthly fees (L223). Unlimited liability is never given: the cap is 12
/// to 24 months of fees (L1909).
#[derive(Debug)]
pub struct ClauseRule;

impl ApprovalRule for ClauseRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        for asked in &case.deal.clauses {
            let clause = asked.clause;
            let reason = clause.reason.as_deref().map(|reason| format!(": {reason}"));
            let message = format_args!("{}{}", asked.title(), reason.unwrap_or_default());
            if clause.class == ClauseClass::Never {
                sink.refuse(&clause.rule, message);
            } else if let Some(need) = asked.needs() {
                sink.require(need, &clause.rule, message);
            }
        }
    }

    fn promises<'b>(&self, book: &'b PriceBook, _: &Metric) -> Vec<Promise<'b>> {
        book.clauses.iter().map(|clause| Promise::constant(&clause.rule)).collect()
    }
}
