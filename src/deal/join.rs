//! Several deals written as one: what somebody gets who splits a deal.

use super::{
    Deal, DiscountOverride, FactValue, INCUMBENT, Partner, PartnerTerms, ProgramClaim,
    precision_limits,
};
use crate::number::Rate;

impl<'b> Deal<'b> {
    /// Whether both could be parts of one deal: the same book, commitment, length, payment,
    /// programs, shares of discounts and channel. What each buys may differ, and so may the days on
    /// which they are quoted and begin: a day more is no reason to be another deal.
    pub fn has_same_terms(&self, other: &Self) -> bool {
        let terms = |deal: &Self| {
            let payment = deal.payment.map(|term| &term.name);
            let billing = deal.billing.map(|way| &way.name);
            (deal.term, deal.length(), deal.prepay, payment, billing)
        };
        std::ptr::eq(self.book, other.book)
            && terms(self) == terms(other)
            && self.takes_of_all() == other.takes_of_all()
            && self.claims_sorted() == other.claims_sorted()
            && self.channel() == other.channel()
    }

    fn takes_of_all(&self) -> Vec<DiscountOverride> {
        self.book.discounts().iter().map(|discount| self.discount_override(discount)).collect()
    }

    fn claims_sorted(&self) -> Vec<(&'b str, Rate)> {
        let claim = |claim: &ProgramClaim<'b>| (claim.program.name.as_str(), claim.rate);
        let mut claims: Vec<_> = self.claims.iter().map(claim).collect();
        claims.sort_unstable();
        claims
    }

    fn channel(&self) -> Option<(&'b str, PartnerTerms)> {
        self.partner.as_ref().map(|Partner { channel, terms, .. }| (channel.name.as_str(), *terms))
    }

    /// One deal that buys what all of these buy, each line as it stands, on the terms of the first;
    /// nothing, if its figures could not be exact. A service is there once, with the whole value.
    pub fn joined(deals: &[&Self]) -> Option<Self> {
        let (first, others) = deals.split_first()?;
        let mut deal = (*first).clone();
        for other in others {
            deal.lines.extend(other.lines.iter().cloned());
            if let (None, Some(incumbent)) = (deal.incumbent(), other.incumbent()) {
                deal.record.set(INCUMBENT, FactValue::text(incumbent));
            }
            for asked in &other.services {
                let name = asked.service.name();
                match deal.services.iter_mut().find(|known| known.service.name() == name) {
                    Some(known) => known.value = known.value + asked.value,
                    None => deal.services.push(*asked),
                }
            }
            for asked in &other.clauses {
                let name = asked.clause.name();
                if !deal.clauses.iter().any(|known| known.clause.name() == name) {
                    deal.clauses.push(asked.clone());
                }
            }
        }
        precision_limits::is_exact(&deal).then_some(deal)
    }

    /// The same deal with all lines of each metric written as one, where they can be; nothing, where
    /// none can.
    pub fn with_lines_joined(&self) -> Option<Self> {
        let mut found: Option<Self> = None;
        for metric in self.book.metrics() {
            let joined = found.as_ref().unwrap_or(self).with_one_line(metric);
            found = joined.or(found);
        }
        found
    }
}
