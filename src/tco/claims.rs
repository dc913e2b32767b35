//! What is said about the value of a deal, held against its quote.

use super::figures::Figures;
use super::formula::Origin;
use crate::deal::ValueClaim;
use crate::value::{Length, Money, Percentage, Rate, rounding};

/// A claim of the deal with what is so.
#[derive(Debug, Clone)]
pub struct Judged<'b> {
    /// What is said.
    pub claim: &'b ValueClaim<'b>,
    /// The years that it is about.
    pub length: Length,
    /// What both sides cost over them.
    pub figures: Figures,
    /// What of it is said in figures; never empty.
    pub findings: Vec<Finding>,
}

/// A figure of a claim with what is so.
#[derive(Debug, Clone, Copy)]
pub struct Finding {
    /// What is said.
    pub claimed: Claimed,
    /// Whether the quote bears it out: it saves as much, or more.
    pub holds: bool,
    /// The highest price at which it would; nothing where there is none.
    pub price_at_most: Option<Money>,
    /// Where a claimed return comes from, as far as a formula gives it.
    pub origin: Option<Origin>,
}

/// A figure of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claimed {
    /// This share of what the alternative costs is saved.
    Saves(Rate),
    /// This amount is saved.
    Saving(Money),
    /// Net benefit over what our side costs is this.
    Roi(Percentage),
}

impl<'b> Judged<'b> {
    pub(super) fn of(
        claim: &'b ValueClaim<'b>,
        length: Length,
        figures: Figures,
        places: u32,
    ) -> Self {
        let saves = claim.saves.map(Claimed::Saves);
        let saving = claim.saving.map(Claimed::Saving);
        let claimed = saves.into_iter().chain(saving).chain(claim.roi.map(Claimed::Roi));
        let findings = claimed.map(|claimed| Finding {
            claimed,
            holds: claimed.holds(figures),
            price_at_most: claimed.price_at_most(figures.alternative, figures.own, places),
            origin: match claimed {
                Claimed::Roi(roi) => Origin::of(roi, figures, claim.saving),
                Claimed::Saves(_) | Claimed::Saving(_) => None,
            },
        });
        Self { claim, length, figures, findings: findings.collect() }
    }

    /// Whether the quote bears all of it out.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.findings.iter().all(|finding| finding.holds)
    }
}

impl Claimed {
    /// The word that programs know it by.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Saves(_) => "saves",
            Self::Saving(_) => "saving",
            Self::Roi(_) => "roi",
        }
    }

    /// Whether both sides cost what they would have to, exactly.
    #[must_use]
    pub fn holds(self, figures: Figures) -> bool {
        let saving = figures.saving();
        match self {
            Self::Saves(share) => saving >= share.of(figures.alternative),
            Self::Saving(amount) => saving >= amount,
            Self::Roi(roi) => saving >= roi.of(figures.ours()),
        }
    }

    /// The highest price in coins of `places` decimal places at which it would hold, beside what the
    /// customer pays besides; nothing where there is none.
    #[must_use]
    pub fn price_at_most(self, alternative: Money, own: Money, places: u32) -> Option<Money> {
        let ours = match self {
            Self::Saves(share) => rounding::down(share.rest().of(alternative), places),
            Self::Saving(amount) => alternative - amount,
            Self::Roi(roi) => roi.base_within(alternative, places),
        };
        let price = ours - own;
        // No price saves anything of nothing.
        (!alternative.is_zero() && !price.is_negative()).then_some(price)
    }
}
