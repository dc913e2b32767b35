//! The list price of a quantity.

use super::metric::{Metric, Tier, TierMode};
use crate::number::{Money, Quantity};

/// What one price of a waterfall is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceBasis {
    /// One unit.
    Unit,
    /// One package of so many units.
    Package(u32),
    /// The whole line, whose units do not all cost the same.
    Line,
}

impl PriceBasis {
    /// The word that programs read.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Package(_) => "package",
            Self::Line => "line",
        }
    }
}

/// A list price: what one price is for, and how many of them the line takes.
#[derive(Debug, Clone, Copy)]
pub struct ListPrice<'b> {
    /// What it is for.
    pub basis: PriceBasis,
    /// At list, for one of its basis.
    pub price: Money,
    /// How many of it the line takes.
    pub times: Quantity,
    /// The range that decided it.
    pub tier: &'b Tier,
}

impl ListPrice<'_> {
    /// At a fee that a deal names, as far as the range of the fee goes; and that fee, if it lies
    /// outside.
    pub fn at_fee(self, fee: Money) -> (Self, Option<Money>) {
        let price = self.tier.fee.map_or(self.price, |range| range.nearest(fee));
        (Self { price, ..self }, Some(fee).filter(|fee| *fee != price))
    }

    /// The same price for the whole line at once.
    pub fn whole(self) -> Self {
        Self {
            basis: PriceBasis::Line,
            price: self.price * self.times,
            times: Quantity::ONE,
            ..self
        }
    }
}

/// What one range contributes to the list price of a line.
#[derive(Debug, Clone, Copy)]
pub struct TierCharge<'b> {
    /// The range.
    pub tier: &'b Tier,
    /// The units that take its price.
    pub units: Quantity,
    /// What they cost, with the flat fee of the range.
    pub amount: Money,
}

impl Metric {
    /// The list price of a quantity, in the range that it lands in or in that of a named edition.
    /// Nothing where the price list has no such quantity. A fee is the least of its range.
    pub fn list(&self, quantity: Quantity, edition: Option<&str>) -> Option<ListPrice<'_>> {
        let landed = self.tier(quantity)?;
        let tier = edition.and_then(|name| self.edition(name)).unwrap_or(landed);
        if let Some(fee) = tier.fee {
            let price = fee.least();
            return Some(ListPrice { basis: PriceBasis::Line, price, times: Quantity::ONE, tier });
        }
        let plain = tier.flat.is_none() && self.charges == super::LineCharges::default();
        let unit = |basis, times| ListPrice { basis, price: tier.price, times, tier };
        Some(match self.mode {
            TierMode::Volume if plain => unit(PriceBasis::Unit, quantity),
            TierMode::Package { size, included } if plain => {
                unit(PriceBasis::Package(size), quantity.above(included.into()).packages(size))
            }
            _ => ListPrice {
                basis: PriceBasis::Line,
                price: self.whole_line(quantity, tier),
                times: Quantity::ONE,
                tier,
            },
        })
    }

    /// What each range contributes to a line that is priced as a whole.
    pub fn parts<'b>(&'b self, quantity: Quantity, tier: &'b Tier) -> Vec<TierCharge<'b>> {
        let part = |tier: &'b Tier, units: Quantity| TierCharge {
            tier,
            units,
            amount: tier.price * units + tier.flat.unwrap_or_default(),
        };
        match self.mode {
            TierMode::Volume => vec![part(tier, quantity)],
            TierMode::Package { size, included } => {
                vec![part(tier, quantity.above(included.into()).packages(size))]
            }
            TierMode::Graduated => {
                let entered = self.tiers.iter().enumerate().filter_map(|(index, tier)| {
                    let below = tier.quantity.from().saturating_sub(1);
                    let upto = tier.quantity.to().unwrap_or(Quantity::MAX);
                    let units = quantity.at_most(upto).above(below);
                    (index == 0 || !units.is_zero()).then(|| part(tier, units))
                });
                entered.collect()
            }
        }
    }

    fn whole_line(&self, quantity: Quantity, tier: &Tier) -> Money {
        let parts = self.parts(quantity, tier);
        let charged = parts.iter().map(|part| part.amount).sum::<Money>();
        let amount = charged + self.charges.fee.unwrap_or_default();
        amount.max(self.charges.minimum.unwrap_or_default())
    }
}
