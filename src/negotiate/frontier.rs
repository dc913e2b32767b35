//! The offers of which none is as good as another in everything.

use super::Offer;
use super::offer::Ease;
use crate::value::Money;

/// Offers that are worth telling.
#[derive(Debug, Default)]
pub(super) struct Frontier<'b> {
    /// Each with how easy it is to get: a great many are compared.
    offers: Vec<(Ease, Offer<'b>)>,
}

impl<'b> Frontier<'b> {
    /// Takes an offer in, unless one that is there is as good. What it is as good as leaves.
    pub fn add(&mut self, offer: Offer<'b>) {
        if self.beats(&offer, offer.kept()) {
            return;
        }
        let ease = offer.ease();
        self.offers.retain(|(other, known)| {
            !(ease.is_as_good_as(*other) && offer.keeps_as_much_as(known, known.kept()))
        });
        self.offers.push((ease, offer));
    }

    /// Whether one that is there is as good as another would be if it were worth so much.
    pub fn beats(&self, other: &Offer<'_>, worth: Money) -> bool {
        let ease = other.ease();
        let is_as_good = |(mine, known): &(Ease, Offer<'_>)| {
            mine.is_as_good_as(ease) && known.keeps_as_much_as(other, worth)
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
