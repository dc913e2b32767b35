//! Claims about the value of a deal, with the computed figures.

use crate::answer::value::{ClaimFinding, ClaimedFigure, FormulaMatch, JudgedClaim};
use crate::number::{Currency, Share};
use crate::text::source::Place;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct JudgedClaimJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    against: &'a str,
    horizon: String,
    price: String,
    /// Own costs of the customer; left out where they are 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    own_costs: Option<String>,
    alternative: String,
    holds: bool,
    findings: Vec<ClaimFindingJson>,
    source: &'a Place,
}

#[derive(Serialize)]
struct ClaimFindingJson {
    /// `saves`, `saving` or `roi`.
    figure: &'static str,
    claimed: String,
    /// Computed figure; `None` where its divisor is 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<String>,
    holds: bool,
    /// The highest price at which it would hold, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    price_at_most: Option<String>,
    /// The formula that gives a claimed ROI, if one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    formula: Option<ReturnFormulaJson>,
}

#[derive(Serialize)]
struct ReturnFormulaJson {
    name: &'static str,
    dividend: String,
    divisor: String,
}

impl<'a> JudgedClaimJson<'a> {
    pub(crate) fn of(judged: &'a JudgedClaim<'_>, currency: &Currency) -> Self {
        let claim = judged.claim;
        let own = Some(judged.figures.own).filter(|own| !own.is_zero());
        let findings = judged.findings.iter().map(|it| ClaimFindingJson::of(judged, it, currency));
        Self {
            text: claim.text.as_deref(),
            against: claim.against.name(),
            horizon: judged.length.to_string(),
            price: currency.plain(judged.figures.price),
            own_costs: own.map(|own| currency.plain(own)),
            alternative: currency.plain(judged.figures.alternative),
            holds: judged.holds(),
            findings: findings.collect(),
            source: &claim.source,
        }
    }
}

impl ClaimFindingJson {
    fn of(judged: &JudgedClaim<'_>, finding: &ClaimFinding, currency: &Currency) -> Self {
        let figures = judged.figures;
        let (claimed, found) = match finding.claimed {
            ClaimedFigure::Saves(rate) => (rate.plain(), figures.saved().map(Share::plain)),
            ClaimedFigure::Saving(it) => {
                (currency.plain(it), Some(currency.plain(figures.saving())))
            }
            ClaimedFigure::Roi(roi) => (roi.plain(), figures.roi().map(Share::plain)),
        };
        Self {
            figure: finding.claimed.name(),
            claimed,
            found,
            holds: finding.holds,
            price_at_most: finding.price_at_most.map(|it| currency.plain(it)),
            formula: finding.origin.map(|origin| ReturnFormulaJson::of(origin, currency)),
        }
    }
}

impl ReturnFormulaJson {
    fn of(origin: FormulaMatch, currency: &Currency) -> Self {
        Self {
            name: origin.formula.name(),
            dividend: currency.plain(origin.part),
            divisor: currency.plain(origin.whole),
        }
    }
}
