//! Savings and returns from the costs of both sides, and the formulas behind a claimed return.

use crate::number::{DigitLoss, Money, Percentage, Share};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueFigures {
    pub price: Money,
    /// The customer's other costs when it chooses us.
    pub own: Money,
    pub alternative: Money,
}

impl ValueFigures {
    pub fn our_side(self) -> Money {
        self.price + self.own
    }

    /// Returns the net benefit, which is negative where our side costs more.
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

    /// Returns the return plus one; `None` where our side costs nothing.
    pub fn multiple(self) -> Option<Share> {
        (!self.our_side().is_zero()).then(|| Share::of(self.alternative, self.our_side()))
    }
}

/// A formula whose result is presented as a return on investment.
#[derive(Debug)]
pub struct ReturnFormula {
    /// The name in JSON.
    pub name: &'static str,
    /// The flaw of the formula; `None` for the right one.
    pub fault: Option<&'static str>,
    /// Dividend and divisor, by the costs of both sides and the saving in the same claim; `None`
    /// where the formula needs a figure that is not there.
    sides: fn(ValueFigures, Option<Money>) -> Option<(Money, Money)>,
}

/// Every formula, in the order in which a claim is tried.
static FORMULAS: [ReturnFormula; 6] = [
    ReturnFormula {
        name: "net-benefit-over-price",
        fault: None,
        sides: |it, _| Some((it.saving(), it.our_side())),
    },
    ReturnFormula {
        name: "own-costs-left-out",
        fault: Some("the customer's own costs are left out"),
        sides: |it, _| (!it.own.is_zero()).then(|| (it.alternative - it.price, it.price)),
    },
    ReturnFormula {
        name: "price-counted-twice",
        fault: Some(
            "the saving minus the price again, divided by the price: the price is counted twice",
        ),
        sides: |it, _| Some((it.saving() - it.our_side(), it.our_side())),
    },
    ReturnFormula {
        name: "claimed-saving-over-price",
        fault: Some("the claimed saving divided by the price, not the saving of this quote"),
        sides: |it, saving| Some((saving?, it.our_side())),
    },
    ReturnFormula {
        name: "savings-multiple",
        fault: Some("the savings multiple, which counts the price as a benefit"),
        sides: |it, _| Some((it.alternative, it.our_side())),
    },
    ReturnFormula {
        name: "saved-share",
        fault: Some("the share of the alternative that is saved, not a return"),
        sides: |it, _| Some((it.saving(), it.alternative)),
    },
];

#[derive(Debug, Clone, Copy)]
pub struct FormulaMatch {
    pub formula: &'static ReturnFormula,
    pub part: Money,
    pub whole: Money,
    /// How the claim shortened the digits of the result.
    pub digit_loss: DigitLoss,
}

impl FormulaMatch {
    /// Returns the first formula whose result is the claimed return, at the digits of the claim.
    pub fn of(claimed: Percentage, figures: ValueFigures, saving: Option<Money>) -> Option<Self> {
        FORMULAS.iter().find_map(|formula| {
            let (part, whole) = (formula.sides)(figures, saving)?;
            Some(Self { formula, part, whole, digit_loss: claimed.is(part, whole)? })
        })
    }
}
