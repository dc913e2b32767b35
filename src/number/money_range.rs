//! Ranges of amounts.

use super::Money;

/// Amounts from one to another, both ends included: what a fixed fee may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoneyRange {
    least: Money,
    most: Money,
}

impl MoneyRange {
    /// Nothing, if it ends before it starts.
    ///
    /// ```
    /// use dealdesk::number::{Money, MoneyRange};
    /// let [low, high] = ["50000.00", "100000.00"].map(|text| Money::parse(text).expect("money"));
    /// let fee = MoneyRange::new(low, high).expect("a range");
    /// assert_eq!(fee.nearest(Money::ZERO), low);
    /// assert!(MoneyRange::new(high, low).is_none());
    /// ```
    pub fn new(least: Money, most: Money) -> Option<Self> {
        (least <= most).then_some(Self { least, most })
    }

    /// The first amount in it.
    pub const fn least(self) -> Money {
        self.least
    }

    /// The last amount in it.
    pub const fn most(self) -> Money {
        self.most
    }

    /// Whether there is only one amount in it.
    pub fn is_one(self) -> bool {
        self.least == self.most
    }

    /// Whether an amount lies in it.
    pub fn contains(self, amount: Money) -> bool {
        self.nearest(amount) == amount
    }

    /// The amount in it that is nearest to another.
    pub fn nearest(self, amount: Money) -> Money {
        amount.clamp(self.least, self.most)
    }
}
