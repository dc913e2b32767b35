//! What both sides cost, and what follows from that.

use crate::value::{Money, Share};

/// What both sides cost over the same years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// What the customer pays us.
    pub price: Money,
    /// What it pays besides when it chooses us.
    pub own: Money,
    /// What the alternative costs.
    pub alternative: Money,
}

impl Figures {
    /// What the customer pays when it chooses us, to us and besides.
    #[must_use]
    pub fn ours(self) -> Money {
        self.price + self.own
    }

    /// What the alternative costs less what our side does: the net benefit. Below nothing where we cost more.
    #[must_use]
    pub fn saving(self) -> Money {
        self.alternative - self.ours()
    }

    /// The saving as a share of what the alternative costs; nothing where that is nothing.
    #[must_use]
    pub fn saved(self) -> Option<Share> {
        (!self.alternative.is_zero()).then(|| Share::of(self.saving(), self.alternative))
    }

    /// Net benefit over cost; nothing where our side costs nothing.
    #[must_use]
    pub fn roi(self) -> Option<Share> {
        (!self.ours().is_zero()).then(|| Share::of(self.saving(), self.ours()))
    }

    /// What the alternative costs over what our side does: one more than the return.
    #[must_use]
    pub fn multiple(self) -> Option<Share> {
        (!self.ours().is_zero()).then(|| Share::of(self.alternative, self.ours()))
    }
}
