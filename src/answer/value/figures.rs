//! What both sides cost, and what follows from that.

use crate::number::{Money, Share};

/// What both sides cost over the same years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueFigures {
    /// What the customer pays us.
    pub price: Money,
    /// What it pays besides when it chooses us.
    pub own: Money,
    /// What the alternative costs.
    pub alternative: Money,
}

impl ValueFigures {
    /// What the customer pays when it chooses us, to us and besides.
    pub fn our_side(self) -> Money {
        self.price + self.own
    }

    /// What the alternative costs less what our side does: the net benefit. Below nothing where we cost more.
    pub fn saving(self) -> Money {
        self.alternative - self.our_side()
    }

    /// The saving as a share of what the alternative costs; nothing where that is nothing.
    pub fn saved(self) -> Option<Share> {
        (!self.alternative.is_zero()).then(|| Share::of(self.saving(), self.alternative))
    }

    /// Net benefit over cost; nothing where our side costs nothing.
    pub fn roi(self) -> Option<Share> {
        (!self.our_side().is_zero()).then(|| Share::of(self.saving(), self.our_side()))
    }

    /// What the alternative costs over what our side does: one more than the return.
    pub fn multiple(self) -> Option<Share> {
        (!self.our_side().is_zero()).then(|| Share::of(self.alternative, self.our_side()))
    }
}
