//! What a deal is worth against what its customer could have instead: total cost of ownership,
//! return, payback and present value, and whether the deal bears out what is claimed for it.
//!
//! Our side is the quote, and the other side the figures of the book and of the deal. Nothing else
//! is known here, and nothing is assumed without being said.

mod claims;
mod costs;
mod figures;
mod formula;
mod horizon;
pub mod json;
mod notices;
mod own;
mod payback;
mod price;
pub mod rows;
pub mod text;

pub use claims::{ClaimFinding, ClaimedFigure, JudgedClaim};
pub use costs::CountedCost;
pub use figures::ValueFigures;
pub use formula::{FormulaMatch, ReturnFormula};
pub use horizon::Horizon;
pub use notices::CLAIM_DOES_NOT_HOLD;
pub use own::OwnCosts;
pub use payback::Payback;
pub use price::OurPrice;

use crate::book::{Alternative, Cost};
use crate::number::present_value::present_value;
use crate::number::{Date, Money, Rate};
use crate::quote::Quote;
use crate::quote::notice::Notice;
use costs::AlternativeCosts;

/// What a deal is worth.
#[derive(Debug, Clone)]
pub struct ValueAnalysis<'q, 'b> {
    /// The quote.
    pub quote: &'q Quote<'q, 'b>,
    /// The years that both sides are looked at over.
    pub horizon: Horizon,
    /// The yearly rate at which later payments are discounted, if one was given.
    pub rate: Option<Rate>,
    /// Our side.
    pub price: OurPrice,
    /// What our side is worth on the first day.
    pub present_price: Option<Money>,
    /// What the customer pays besides on our side.
    pub own: OwnCosts<'q>,
    /// The other side, each alternative for itself.
    pub against: Vec<AlternativeComparison<'q>>,
    /// What is claimed, with what is so.
    pub claims: Vec<JudgedClaim<'q>>,
    /// What the reader should know.
    pub notices: Vec<Notice>,
}

/// A deal beside one alternative.
#[derive(Debug, Clone)]
pub struct AlternativeComparison<'q> {
    /// Which.
    pub alternative: &'q Alternative,
    /// What it costs.
    pub costs: Vec<CountedCost<'q>>,
    /// Both sides.
    pub figures: ValueFigures,
    /// When it would have cost what we were paid.
    pub payback: Option<Payback>,
    /// What it costs, worth on the first day.
    pub present: Option<Money>,
    /// Figures of the customer that count for nothing here.
    idle: Vec<&'q Cost>,
    /// The lines of the deal that nothing is counted for.
    uncounted: Vec<usize>,
}

/// What is asked about a quote.
#[derive(Debug, Clone, Default)]
pub struct ValueRequest<'b> {
    /// Against what. Without a word, what the deal and its claims name; or else all that the book
    /// has figures of.
    pub against: Vec<&'b Alternative>,
    /// The yearly rate at which later payments are discounted.
    pub rate: Option<Rate>,
}

/// What costs more than can be exact.
#[derive(Debug, Clone, Copy)]
pub enum CostTooLarge<'b> {
    /// An alternative.
    Alternative(&'b Alternative),
    /// What the customer pays besides on our side.
    OwnCosts,
}

/// Payments by date.
type DatedPayments = Vec<(Date, Money)>;

/// What a quote is worth, over the horizon of its deal.
///
/// # Errors
/// An alternative, or what the customer pays besides, costs more than a contract can.
pub fn value_analysis<'q, 'b>(
    quote: &'q Quote<'q, 'b>,
    ask: &ValueRequest<'q>,
) -> Result<ValueAnalysis<'q, 'b>, CostTooLarge<'q>> {
    let deal = quote.deal;
    let places = deal.book().currency().minor;
    let horizon = Horizon::of(deal, deal.horizon.unwrap_or_default());
    let price = OurPrice::of(quote, &horizon);
    let start = horizon.start();
    let present = |flows: &DatedPayments| {
        ask.rate.map(|rate| present_value(flows.iter().copied(), start, rate, places))
    };
    let (own, own_by_month) = OwnCosts::of(deal, &horizon, present)?;
    let mut against = Vec::new();
    for alternative in wanted(quote, ask) {
        let costs = AlternativeCosts::of(deal, alternative, &horizon)
            .ok_or(CostTooLarge::Alternative(alternative))?;
        // What nobody has figures of is worth a word only where it was asked for.
        let is_named = !ask.against.is_empty() || deal.names(alternative);
        if costs.counted.is_empty() && !is_named {
            continue;
        }
        let avoided = costs.by_month(&horizon, places);
        against.push(AlternativeComparison {
            alternative,
            figures: ValueFigures { price: price.total, own: own.total, alternative: costs.total },
            payback: Payback::of(&horizon, &price, &own_by_month, &avoided),
            present: present(&costs.in_advance(&horizon)),
            idle: costs.idle,
            uncounted: costs.uncounted,
            costs: costs.counted,
        });
    }
    let mut claims = Vec::new();
    for claim in &deal.value_claims {
        let years = claim.years.unwrap_or(horizon.length.years());
        let over = Horizon::of(deal, years);
        let too_large = CostTooLarge::Alternative(claim.against);
        let costs = AlternativeCosts::of(deal, claim.against, &over).ok_or(too_large)?;
        let (own, _) = OwnCosts::of(deal, &over, |_| None)?;
        let price = OurPrice::of(quote, &over).total;
        let figures = ValueFigures { price, own: own.total, alternative: costs.total };
        claims.push(JudgedClaim::of(claim, over.length, figures, places));
    }
    let notices = notices::notices(quote, &horizon, &own, &against, &claims);
    let present_price = present(&price.payments);
    let rate = ask.rate;
    Ok(ValueAnalysis { quote, horizon, rate, price, present_price, own, against, claims, notices })
}

/// What the deal is held against.
fn wanted<'q>(quote: &'q Quote<'q, '_>, ask: &ValueRequest<'q>) -> Vec<&'q Alternative> {
    if !ask.against.is_empty() {
        let mut once: Vec<&Alternative> = Vec::new();
        for asked in &ask.against {
            if once.iter().all(|known| known.name() != asked.name()) {
                once.push(asked);
            }
        }
        return once;
    }
    let (deal, all) = (quote.deal, quote.deal.book().alternatives());
    let named: Vec<_> = all.iter().filter(|alternative| deal.names(alternative)).collect();
    if named.is_empty() { all.iter().collect() } else { named }
}

impl ValueAnalysis<'_, '_> {
    /// Whether the quote bears out all that is claimed.
    pub fn claims_hold(&self) -> bool {
        self.claims.iter().all(JudgedClaim::holds)
    }

    /// What is saved against an alternative, worth on the first day: the difference of both sides.
    pub fn present_saving(&self, against: &AlternativeComparison<'_>) -> Option<Money> {
        Some(against.present? - self.present_price? - self.own.present?)
    }
}
