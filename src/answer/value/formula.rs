//! The formulas that a claimed return can come from.

use super::figures::ValueFigures;
use crate::number::{DigitLoss, Money, Percentage};

/// A way to work out something that is called a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnFormula {
    /// The saving over what our side costs: the right one.
    NetOverPrice,
    /// What the alternative costs less our price, over our price: what the customer pays besides is
    /// left out.
    OwnCostsLeftOut,
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
pub struct FormulaMatch {
    /// Which.
    pub formula: ReturnFormula,
    /// What is divided.
    pub part: Money,
    /// By what.
    pub whole: Money,
    /// What was done to its digits.
    pub digit_loss: DigitLoss,
}

impl ReturnFormula {
    /// In the order in which they are tried.
    const ALL: [Self; 6] = [
        Self::NetOverPrice,
        Self::OwnCostsLeftOut,
        Self::PriceTwice,
        Self::ClaimedSaving,
        Self::Multiple,
        Self::SavedShare,
    ];

    /// The word that programs know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NetOverPrice => "net-benefit-over-price",
            Self::OwnCostsLeftOut => "own-costs-left-out",
            Self::PriceTwice => "price-counted-twice",
            Self::ClaimedSaving => "claimed-saving-over-price",
            Self::Multiple => "savings-multiple",
            Self::SavedShare => "saved-share",
        }
    }

    /// What is wrong with it, if something is.
    pub const fn fault(self) -> Option<&'static str> {
        match self {
            Self::NetOverPrice => None,
            Self::OwnCostsLeftOut => Some("the customer's own costs on our side are left out"),
            Self::PriceTwice => {
                Some("the saving less the price again, over the price: the price is counted twice")
            }
            Self::ClaimedSaving => Some("the claimed saving over the price, not that of the quote"),
            Self::Multiple => Some("the savings multiple, which counts the price as a benefit"),
            Self::SavedShare => Some("the share of the alternative that is saved, not a return"),
        }
    }

    /// What it divides by what; nothing where the claim does not say enough.
    fn sides(self, figures: ValueFigures, saving: Option<Money>) -> Option<(Money, Money)> {
        let ValueFigures { price, own, alternative } = figures;
        let ours = figures.our_side();
        Some(match self {
            Self::NetOverPrice => (figures.saving(), ours),
            Self::OwnCostsLeftOut if own.is_zero() => return None,
            Self::OwnCostsLeftOut => (alternative - price, price),
            Self::PriceTwice => (figures.saving() - ours, ours),
            Self::ClaimedSaving => (saving?, ours),
            Self::Multiple => (alternative, ours),
            Self::SavedShare => (figures.saving(), alternative),
        })
    }
}

impl FormulaMatch {
    /// The first formula that gives a claimed return, at the digits in which it is claimed.
    /// `saving` is what the same claim says is saved.
    pub fn of(claimed: Percentage, figures: ValueFigures, saving: Option<Money>) -> Option<Self> {
        ReturnFormula::ALL.into_iter().find_map(|formula| {
            let (part, whole) = formula.sides(figures, saving)?;
            Some(Self { formula, part, whole, digit_loss: claimed.is(part, whole)? })
        })
    }
}
