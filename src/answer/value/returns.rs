//! Savings and returns from the costs of both sides, and the formulas behind a claimed return.

use crate::number::{DigitLoss, Money, Percentage, Share};

/// The costs of both sides over the same years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueFigures {
    pub price: Money,
    /// The customer's other costs when it chooses us.
    pub own: Money,
    pub alternative: Money,
}

impl ValueFigures {
    /// Returns all costs of the customer when it chooses us.
    pub fn our_side(self) -> Money {
        self.price + self.own
    }

    /// Returns the net benefit: the cost of the alternative less the cost of our side. Negative where
    /// our side costs more.
    pub fn saving(self) -> Money {
        self.alternative - self.our_side()
    }

    /// Returns the saving as a share of the alternative's cost; `None` where that cost is zero.
    pub fn saved(self) -> Option<Share> {
        (!self.alternative.is_zero()).then(|| Share::of(self.saving(), self.alternative))
    }

    /// Returns the net benefit over the cost of our side; `None` where that cost is zero.
    pub fn roi(self) -> Option<Share> {
        (!self.our_side().is_zero()).then(|| Share::of(self.saving(), self.our_side()))
    }

    /// Returns the cost of the alternative over the cost of our side, which is the return plus one;
    /// `None` where our side costs nothing.
    pub fn multiple(self) -> Option<Share> {
        (!self.our_side().is_zero()).then(|| Share::of(self.alternative, self.our_side()))
    }
}

/// A formula whose result is presented as a return on investment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnFormula {
    /// The saving over the cost of our side: the right formula.
    NetOverPrice,
    /// The alternative's cost less our price, over our price: leaves out the customer's own costs.
    OwnCostsLeftOut,
    /// The saving less our price, over our price: counts the price twice, because the saving is
    /// already net of the price.
    PriceTwice,
    /// The claimed saving over our price.
    ClaimedSaving,
    /// The alternative's cost over our price: the savings multiple.
    Multiple,
    /// The saving over the alternative's cost: the share that is saved.
    SavedShare,
}

/// A formula that gives a claimed return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormulaMatch {
    pub formula: ReturnFormula,
    /// The dividend.
    pub part: Money,
    /// The divisor.
    pub whole: Money,
    /// How the claim shortened the digits of the result.
    pub digit_loss: DigitLoss,
}

impl ReturnFormula {
    /// Every formula, in the order in which a claim is tried.
    const ALL: [Self; 6] = [
        Self::NetOverPrice,
        Self::OwnCostsLeftOut,
        Self::PriceTwice,
        Self::ClaimedSaving,
        Self::Multiple,
        Self::SavedShare,
    ];

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

    /// Returns the flaw of the formula; `None` for the right one.
    pub const fn fault(self) -> Option<&'static str> {
        match self {
            Self::NetOverPrice => None,
            Self::OwnCostsLeftOut => Some("the customer's own costs are left out"),
            Self::PriceTwice => Some(
                "the saving minus the price again, divided by the price: the price is \
                      counted twice",
            ),
            Self::ClaimedSaving => {
                Some("the claimed saving divided by the price, not the saving of this quote")
            }
            Self::Multiple => Some("the savings multiple, which counts the price as a benefit"),
            Self::SavedShare => Some("the share of the alternative that is saved, not a return"),
        }
    }

    /// Returns dividend and divisor; `None` where the claim lacks a figure that the formula needs.
    /// `saving` is the claimed saving.
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
    /// Returns the first formula whose result is the claimed return, at the digits of the claim.
    /// `saving` is the saving in the same claim.
    pub fn of(claimed: Percentage, figures: ValueFigures, saving: Option<Money>) -> Option<Self> {
        ReturnFormula::ALL.into_iter().find_map(|formula| {
            let (part, whole) = formula.sides(figures, saving)?;
            Some(Self { formula, part, whole, digit_loss: claimed.is(part, whole)? })
        })
    }
}
