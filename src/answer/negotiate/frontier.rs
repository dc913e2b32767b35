//! The offers of which none is as good as another in everything.

use super::Offer;
use super::offer::ApprovalEffort;
use crate::number::Money;

/// Offers that are worth telling.
#[derive(Debug, Default)]
pub(super) struct OfferFrontier<'b> {
    /// Each with how easy it is to get: a great many are compared.
    offers: Vec<(ApprovalEffort, Offer<'b>)>,
}

impl<'b> OfferFrontier<'b> {
    /// Takes an offer in, unless one that is there is as good. What it is as good as leaves.
    pub fn add(&mut self, offer: Offer<'b>) {
        if self.beats(&offer, offer.present_value_kept()) {
            return;
        }
        let ease = offer.approval_effort();
        self.offers.retain(|(other, known)| {
            !(ease.is_no_worse_than(*other)
                && offer.keeps_as_much_as(known, known.present_value_kept()))
        });
        self.offers.push((ease, offer));
    }

    /// Whether one that is there is as good as another would be if it were worth so much.
    pub fn beats(&self, other: &Offer<'_>, worth: Money) -> bool {
        let ease = other.approval_effort();
        let is_as_good = |(mine, known): &(ApprovalEffort, Offer<'_>)| {
            mine.is_no_worse_than(ease) && known.keeps_as_much_as(other, worth)
        };
        self.offers.iter().any(is_as_good)
    }

    pub const fn is_empty(&self) -> bool {
        self.offers.is_empty()
    }

    /// The best for us first.
    pub fn sorted(self) -> Vec<Offer<'b>> {
        let mut offers: Vec<_> = self.offers.into_iter().map(|(_, offer)| offer).collect();
        // Of two that are alike in these the one that was found first stays first.
        offers.sort_by(Offer::first);
        offers
    }
}
