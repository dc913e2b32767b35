//! The frontier: the offers that no other offer beats in everything.

use super::offer::{ApprovalEffort, Offer};
use crate::number::Money;

/// A set of offers, none of which is at least as good as another in everything.
#[derive(Debug, Default)]
pub(super) struct OfferFrontier<'b> {
    /// Each offer with its approval effort, which is kept because it is compared very often.
    offers: Vec<(ApprovalEffort, Offer<'b>)>,
}

impl<'b> OfferFrontier<'b> {
    /// Adds an offer, unless a known one is at least as good. Removes the offers that it beats.
    pub fn add(&mut self, offer: Offer<'b>) {
        if self.beats(&offer, offer.present_value_kept()) {
            return;
        }
        let effort = offer.approval_effort();
        self.offers.retain(|(other, known)| {
            !(effort.is_no_worse_than(*other)
                && offer.keeps_as_much_as(known, known.present_value_kept()))
        });
        self.offers.push((effort, offer));
    }

    /// Whether a known offer is at least as good as another one would be if that were worth an amount.
    pub fn beats(&self, other: &Offer<'_>, worth: Money) -> bool {
        let effort = other.approval_effort();
        let is_as_good = |(known_effort, known): &(ApprovalEffort, Offer<'_>)| {
            known_effort.is_no_worse_than(effort) && known.keeps_as_much_as(other, worth)
        };
        self.offers.iter().any(is_as_good)
    }

    pub const fn is_empty(&self) -> bool {
        self.offers.is_empty()
    }

    /// The offers, best for us first. Offers that rank alike stay in the order in which they were found.
    pub fn sorted(self) -> Vec<Offer<'b>> {
        let mut offers: Vec<_> = self.offers.into_iter().map(|(_, offer)| offer).collect();
        offers.sort_by(Offer::display_order);
        offers
    }
}
