//! The value of a quote against every alternative, with its claims and notices.

use super::claims::JudgedClaim;
use super::comparison::{AlternativeComparison, Payback};
use super::costs::{CostTooLarge, CountedCosts};
use super::horizon::Horizon;
use super::notices::notices;
use super::our_price::OurPrice;
use super::returns::ValueFigures;
use crate::book::Alternative;
use crate::deal::ValueClaim;
use crate::number::present_value::present_value;
use crate::number::{Money, Rate};
use crate::quote::Quote;
use crate::quote::notice::Notice;

#[derive(Debug, Clone)]
pub struct ValueAnalysis<'q, 'b> {
    pub quote: &'q Quote<'q, 'b>,
    pub horizon: Horizon,
    pub rate: Option<Rate>,
    pub price: OurPrice,
    pub present_price: Option<Money>,
    /// The customer's other costs when it chooses us.
    pub own: CountedCosts<'q>,
    pub present_own: Option<Money>,
    pub against: Vec<AlternativeComparison<'q>>,
    pub claims: Vec<JudgedClaim<'q>>,
    pub notices: Vec<Notice>,
}

#[derive(Debug, Clone, Default)]
pub struct ValueRequest<'b> {
    /// The alternatives to compare with. Empty means those that the deal and its claims name; where
    /// they name none, all alternatives that the book has figures for.
    pub against: Vec<&'b Alternative>,
    pub rate: Option<Rate>,
}

/// Computes the value of a quote over the horizon of its deal.
///
/// # Errors
/// Returns [`CostTooLarge`] if an alternative, or the customer's own costs, exceed the largest
/// contract value.
pub fn value_analysis<'q, 'b>(
    quote: &'q Quote<'q, 'b>,
    request: &ValueRequest<'q>,
) -> Result<ValueAnalysis<'q, 'b>, CostTooLarge<'q>> {
    let deal = quote.deal;
    let places = deal.book.currency.minor;
    let horizon = Horizon::of(deal, deal.horizon.unwrap_or_default());
    let price = OurPrice::of(quote, &horizon);
    let rate = request.rate;
    let present = |payments: &[_]| {
        let payments = payments.iter().copied();
        rate.map(|rate| present_value(payments, horizon.start(), rate, places))
    };
    let own = CountedCosts::own(deal, &horizon)?;
    let own_by_month = own.by_month(&horizon, places);
    let mut against = Vec::new();
    for alternative in alternatives(quote, request) {
        let costs = CountedCosts::of_alternative(deal, alternative, &horizon)?;
        // An alternative without figures is worth a notice only where it was named.
        let is_named = !request.against.is_empty() || deal.names(alternative);
        if !costs.counted.is_empty() || is_named {
            let avoided = costs.by_month(&horizon, places);
            against.push(AlternativeComparison {
                alternative,
                figures: ValueFigures {
                    price: price.total,
                    own: own.total,
                    alternative: costs.total,
                },
                payback: Payback::of(&horizon, &price, &own_by_month, &avoided),
                present: present(&costs.in_advance(&horizon)),
                costs,
            });
        }
    }
    let claims = deal.value_claims.iter().map(|claim| judged(quote, claim, &horizon));
    let claims = claims.collect::<Result<Vec<_>, _>>()?;
    let notices = notices(quote, &horizon, &own, &against, &claims);
    let present_price = present(&price.payments);
    let present_own = present(&own.in_advance(&horizon));
    Ok(ValueAnalysis {
        quote,
        horizon,
        rate,
        price,
        present_price,
        own,
        present_own,
        against,
        claims,
        notices,
    })
}

/// Checks a claim over the years that it names, or over the horizon.
fn judged<'q>(
    quote: &'q Quote<'q, '_>,
    claim: &'q ValueClaim<'q>,
    horizon: &Horizon,
) -> Result<JudgedClaim<'q>, CostTooLarge<'q>> {
    let deal = quote.deal;
    let over = Horizon::of(deal, claim.years.unwrap_or(horizon.length.years()));
    let alternative = CountedCosts::of_alternative(deal, claim.against, &over)?.total;
    let own = CountedCosts::own(deal, &over)?.total;
    let price = OurPrice::of(quote, &over).total;
    let figures = ValueFigures { price, own, alternative };
    Ok(JudgedClaim::of(claim, over.length, figures, deal.book.currency.minor))
}

fn alternatives<'q>(quote: &'q Quote<'q, '_>, request: &ValueRequest<'q>) -> Vec<&'q Alternative> {
    if !request.against.is_empty() {
        let mut once: Vec<&Alternative> = Vec::new();
        for alternative in &request.against {
            if once.iter().all(|known| known.name != alternative.name) {
                once.push(alternative);
            }
        }
        return once;
    }
    let (deal, all) = (quote.deal, &quote.deal.book.alternatives);
    let named: Vec<_> = all.iter().filter(|alternative| deal.names(alternative)).collect();
    if named.is_empty() { all.iter().collect() } else { named }
}

impl ValueAnalysis<'_, '_> {
    pub fn claims_hold(&self) -> bool {
        self.claims.iter().all(JudgedClaim::holds)
    }

    /// Returns the difference of the present values of both sides; `None` without a discount rate.
    pub fn present_saving(&self, against: &AlternativeComparison<'_>) -> Option<Money> {
        Some(against.present? - self.present_price? - self.present_own?)
    }
}
