//! The offers of which none is as good as another in everything.

use super::Offer;
use crate::value::Money;

/// Offers that are worth telling.
#[derive(Debug, Default)]
pub(super) struct Frontier<'b> {
    offers: Vec<Offer<'b>>,
}

impl<'b> Frontier<'b> {
    /// Takes an offer in, unless one that is there is as good. What it is as good as leaves.
    pub fn add(&mut self, offer: Offer<'b>) {
        if self.offers.iter().any(|known| known.is_as_good_as(&offer)) {
            return;
        }
        self.offers.retain(|known| !offer.is_as_good_as(known));
        self.offers.push(offer);
    }

    /// Whether one that is there is as good as another would be if it were worth so much.
    pub fn beats(&self, other: &Offer<'_>, worth: Money) -> bool {
        self.offers.iter().any(|known| known.is_as_good_at(other, worth))
    }

    /// The best for us first.
    pub fn sorted(self) -> Vec<Offer<'b>> {
        let mut offers = self.offers;
        // Of two that are alike in these the one that was found first stays first.
        offers.sort_by(Offer::first);
        offers
    }
}
