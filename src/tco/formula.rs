//! The formulas that a claimed return can come from.

use super::figures::Figures;
use crate::value::{Cut, Money, Percentage};

/// A way to work out something that is called a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula {
    /// The saving over our price: the right one.
    NetOverPrice,
    /// The saving less our price, over our price. The saving is net of the price already.
    PriceTwice,
    /// The claimed saving over our price.
    ClaimedSaving,
    /// What the alternative costs over our price: the savings multiple.
    Multiple,
    /// The saving over what the alternative costs: the share that is saved.
    SavedShare,
}

/// A formula that gives a claimed return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Which.
    pub formula: Formula,
    /// What is divided.
    pub part: Money,
    /// By what.
    pub whole: Money,
    /// What was done to its digits.
    pub cut: Cut,
}

impl Formula {
    /// In the order in which they are tried.
    const ALL: [Self; 5] = [
        Self::NetOverPrice,
        Self::PriceTwice,
        Self::ClaimedSaving,
        Self::Multiple,
        Self::SavedShare,
    ];

    /// The word that programs know it by.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NetOverPrice => "net-benefit-over-price",
            Self::PriceTwice => "price-counted-twice",
            Self::ClaimedSaving => "claimed-saving-over-price",
            Self::Multiple => "savings-multiple",
            Self::SavedShare => "saved-share",
        }
    }

    /// What is wrong with it, if something is.
    #[must_use]
    pub const fn fault(self) -> Option<&'static str> {
        match self {
            Self::NetOverPrice => None,
            Self::PriceTwice => {
                Some("the saving less the price again, over the price: the price is counted twice")
            }
            Self::ClaimedSaving => Some("the claimed saving over the price, not that of the quote"),
            Self::Multiple => Some("the savings multiple, which counts the price as a benefit"),
            Self::SavedShare => Some("the share of the alternative that is saved, not a return"),
        }
    }

    /// What it divides by what; nothing where the claim does not say enough.
    fn sides(self, figures: Figures, saving: Option<Money>) -> Option<(Money, Money)> {
        let Figures { price, alternative } = figures;
        Some(match self {
            Self::NetOverPrice => (figures.saving(), price),
            Self::PriceTwice => (figures.saving() - price, price),
            Self::ClaimedSaving => (saving?, price),
            Self::Multiple => (alternative, price),
            Self::SavedShare => (figures.saving(), alternative),
        })
    }
}

impl Origin {
    /// The first formula that gives a claimed return, at the digits in which it is claimed.
    /// `saving` is what the same claim says is saved.
    #[must_use]
    pub fn of(claimed: Percentage, figures: Figures, saving: Option<Money>) -> Option<Self> {
        Formula::ALL.into_iter().find_map(|formula| {
            let (part, whole) = formula.sides(figures, saving)?;
            Some(Self { formula, part, whole, cut: claimed.is(part, whole)? })
        })
    }
}
