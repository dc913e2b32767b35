//! Claims about the value of a deal, checked against its quote.

use super::returns::{FormulaMatch, ValueFigures};
use crate::deal::ValueClaim;
use crate::number::{Length, Money, Percentage, Rate, rounding};

#[derive(Debug, Clone)]
pub struct JudgedClaim<'b> {
    pub claim: &'b ValueClaim<'b>,
    pub length: Length,
    pub figures: ValueFigures,
    /// One finding for each figure of the claim; never empty.
    pub findings: Vec<ClaimFinding>,
}

#[derive(Debug, Clone, Copy)]
pub struct ClaimFinding {
    pub claimed: ClaimedFigure,
    /// Whether the quote supports the figure: the customer saves as much, or more.
    pub holds: bool,
    /// The highest price at which the figure would hold; `None` where no price would.
    pub price_at_most: Option<Money>,
    /// The formula that gives the claimed return, if one does.
    pub origin: Option<FormulaMatch>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimedFigure {
    /// The saved share of the alternative's cost.
    Saves(Rate),
    Saving(Money),
    /// The return: net benefit over the cost of our side.
    Roi(Percentage),
}

impl<'b> JudgedClaim<'b> {
    pub(super) fn of(
        claim: &'b ValueClaim<'b>,
        length: Length,
        figures: ValueFigures,
        places: u32,
    ) -> Self {
        let saves = claim.saves.map(ClaimedFigure::Saves);
        let saving = claim.saving.map(ClaimedFigure::Saving);
        let claimed = saves.into_iter().chain(saving).chain(claim.roi.map(ClaimedFigure::Roi));
        let findings = claimed.map(|claimed| ClaimFinding {
            claimed,
            holds: claimed.holds(figures),
            price_at_most: claimed.price_at_most(figures.alternative, figures.own, places),
            origin: match claimed {
                ClaimedFigure::Roi(roi) => FormulaMatch::of(roi, figures, claim.saving),
                ClaimedFigure::Saves(_) | ClaimedFigure::Saving(_) => None,
            },
        });
        Self { claim, length, figures, findings: findings.collect() }
    }

    pub fn holds(&self) -> bool {
        self.findings.iter().all(|finding| finding.holds)
    }
}

impl ClaimedFigure {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Saves(_) => "saves",
            Self::Saving(_) => "saving",
            Self::Roi(_) => "roi",
        }
    }

    /// Whether the figure holds for the costs of both sides. The comparison is exact.
    pub fn holds(self, figures: ValueFigures) -> bool {
        let saving = figures.saving();
        match self {
            Self::Saves(share) => saving >= share.of(figures.alternative),
            Self::Saving(amount) => saving >= amount,
            Self::Roi(roi) => saving >= roi.of(figures.our_side()),
        }
    }

    /// Returns the highest price at which the figure would hold, rounded down to `places` decimal places.
    pub fn price_at_most(self, alternative: Money, own: Money, places: u32) -> Option<Money> {
        let ours = match self {
            Self::Saves(share) => rounding::down(share.complement().of(alternative), places),
            Self::Saving(amount) => alternative - amount,
            Self::Roi(roi) => roi.base_within(alternative, places),
        };
        let price = ours - own;
        // Against an alternative that costs nothing, no price saves anything.
        (!alternative.is_zero() && !price.is_negative()).then_some(price)
    }
}
