//! What is said about the value of a deal, held against its quote.

use super::figures::ValueFigures;
use super::formula::FormulaMatch;
use crate::deal::ValueClaim;
use crate::number::{Length, Money, Percentage, Rate, rounding};

/// A claim of the deal with what is so.
#[derive(Debug, Clone)]
pub struct JudgedClaim<'b> {
    /// What is said.
    pub claim: &'b ValueClaim<'b>,
    /// The years that it is about.
    pub length: Length,
    /// What both sides cost over them.
    pub figures: ValueFigures,
    /// What of it is said in figures; never empty.
    pub findings: Vec<ClaimFinding>,
}

/// A figure of a claim with what is so.
#[derive(Debug, Clone, Copy)]
pub struct ClaimFinding {
    /// What is said.
    pub claimed: ClaimedFigure,
    /// Whether the quote bears it out: it saves as much, or more.
    pub holds: bool,
    /// The highest price at which it would; nothing where there is none.
    pub price_at_most: Option<Money>,
    /// Where a claimed return comes from, as far as a formula gives it.
    pub origin: Option<FormulaMatch>,
}

/// A figure of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimedFigure {
    /// This share of what the alternative costs is saved.
    Saves(Rate),
    /// This amount is saved.
    Saving(Money),
    /// Net benefit over what our side costs is this.
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

    /// Whether the quote bears all of it out.
    pub fn holds(&self) -> bool {
        self.findings.iter().all(|finding| finding.holds)
    }
}

impl ClaimedFigure {
    /// The word that programs know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Saves(_) => "saves",
            Self::Saving(_) => "saving",
            Self::Roi(_) => "roi",
        }
    }

    /// Whether both sides cost what they would have to, exactly.
    pub fn holds(self, figures: ValueFigures) -> bool {
        let saving = figures.saving();
        match self {
            Self::Saves(share) => saving >= share.of(figures.alternative),
            Self::Saving(amount) => saving >= amount,
            Self::Roi(roi) => saving >= roi.of(figures.our_side()),
        }
    }

    /// The highest price in coins of `places` decimal places at which it would hold, beside what the
    /// customer pays besides; nothing where there is none.
    pub fn price_at_most(self, alternative: Money, own: Money, places: u32) -> Option<Money> {
        let ours = match self {
            Self::Saves(share) => rounding::down(share.complement().of(alternative), places),
            Self::Saving(amount) => alternative - amount,
            Self::Roi(roi) => roi.base_within(alternative, places),
        };
        let price = ours - own;
        // No price saves anything of nothing.
        (!alternative.is_zero() && !price.is_negative()).then_some(price)
    }
}
