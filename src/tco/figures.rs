//! What both sides cost, and what follows from that.

use crate::value::{Money, Share};

/// What both sides cost over the same years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// What the customer pays us.
    pub price: Money,
    /// What the alternative costs.
    pub alternative: Money,
}

impl Figures {
    /// What the alternative costs less our price: the net benefit. Below nothing where we cost more.
    #[must_use]
    pub fn saving(self) -> Money {
        self.alternative - self.price
    }

    /// The saving as a share of what the alternative costs; nothing where that is nothing.
    #[must_use]
    pub fn saved(self) -> Option<Share> {
        (!self.alternative.is_zero()).then(|| Share::of(self.saving(), self.alternative))
    }

    /// Net benefit over cost; nothing where we cost nothing.
    #[must_use]
    pub fn roi(self) -> Option<Share> {
        (!self.price.is_zero()).then(|| Share::of(self.saving(), self.price))
    }

    /// What the alternative costs over our price: one more than the return.
    #[must_use]
    pub fn multiple(self) -> Option<Share> {
        (!self.price.is_zero()).then(|| Share::of(self.alternative, self.price))
    }
}
