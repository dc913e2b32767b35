//! List price of a quantity.

use super::{LineCharges, Metric, Tier, TierMode};
use crate::number::{Money, Quantity};

/// Unit that one price of a waterfall is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceBasis {
    Unit,
    /// One package with this number of units.
    Package(u32),
    /// Whole line, because its units do not all cost the same.
    Line,
}

impl PriceBasis {
    /// Returns the word in JSON and CSV.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Package(_) => "package",
            Self::Line => "line",
        }
    }
}

/// List price of a line: one price, and how often the line takes it.
#[derive(Debug, Clone, Copy)]
pub struct ListPrice<'b> {
    pub basis: PriceBasis,
    pub price: Money,
    /// Number of such units in the line.
    pub times: Quantity,
    pub tier: &'b Tier,
}

impl ListPrice<'_> {
    /// Returns the price at the fee that a deal names, limited to the range of the fee, and the
    /// named fee if it lies outside that range.
    pub fn at_fee(self, fee: Money) -> (Self, Option<Money>) {
        let price = self.tier.fee.map_or(self.price, |range| range.nearest(fee));
        (Self { price, ..self }, Some(fee).filter(|fee| *fee != price))
    }

    /// Returns the price of the whole line as one price.
    pub fn whole(self) -> Self {
        Self {
            basis: PriceBasis::Line,
            price: self.price * self.times,
            times: Quantity::ONE,
            ..self
        }
    }
}

/// Share of one range in the list price of a line.
#[derive(Debug, Clone, Copy)]
pub struct TierCharge<'b> {
    pub tier: &'b Tier,
    /// Units that take the price of the range.
    pub units: Quantity,
    /// Price of these units, with the flat fee of the range.
    pub amount: Money,
}

impl Metric {
    /// Returns the list price of a quantity, in the range that the quantity lands in or in the
    /// range of a named edition. Returns `None` if the price list has no such quantity. A fee is
    /// the smallest of its range.
    pub fn list(&self, quantity: Quantity, edition: Option<&str>) -> Option<ListPrice<'_>> {
        self.list_counted(quantity, quantity, edition)
    }

    /// Returns the list price of a quantity like [`Self::list`], in the range that another quantity
    /// lands in: that of all lines which count together.
    pub fn list_counted(
        &self,
        counted: Quantity,
        quantity: Quantity,
        edition: Option<&str>,
    ) -> Option<ListPrice<'_>> {
        let landed = self.tier(counted)?;
        let tier = edition.and_then(|name| self.edition(name)).unwrap_or(landed);
        if let Some(fee) = tier.fee {
            let price = fee.least;
            return Some(ListPrice { basis: PriceBasis::Line, price, times: Quantity::ONE, tier });
        }
        let plain = tier.flat.is_none() && self.charges == LineCharges::default();
        let unit = |basis, times| ListPrice { basis, price: tier.price, times, tier };
        Some(match self.mode {
            TierMode::Volume if plain => unit(PriceBasis::Unit, quantity),
            TierMode::Package { size, included } if plain => {
                unit(PriceBasis::Package(size), quantity.above(included.into()).packages(size))
            }
            _ => ListPrice {
                basis: PriceBasis::Line,
                price: self.whole_line(quantity, tier, Money::ZERO),
                times: Quantity::ONE,
                tier,
            },
        })
    }

    /// Returns the list price of use, of which a part is committed. Where use beyond a commitment has a price of its
    /// own, the committed quantity finds the range, and the line has a price as a whole.
    pub fn list_committed(
        &self,
        quantity: Quantity,
        committed: Option<Quantity>,
        edition: Option<&str>,
    ) -> Option<ListPrice<'_>> {
        let list = self.list(committed.map_or(quantity, |it| it.min(quantity)), edition)?;
        let Some(overage) = self.overage(list.tier, quantity, committed) else {
            return self.list(quantity, edition);
        };
        let beyond = overage.price * overage.beyond;
        let price = self.whole_line(overage.committed, list.tier, beyond);
        Some(ListPrice { basis: PriceBasis::Line, price, times: Quantity::ONE, ..list })
    }

    /// Returns the share of each range in the price of a line that is priced as a whole.
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

    /// Returns the price of all units of a line, with what is charged beside that of their ranges.
    fn whole_line(&self, quantity: Quantity, tier: &Tier, overage: Money) -> Money {
        let parts = self.parts(quantity, tier);
        let charged = parts.iter().map(|part| part.amount).sum::<Money>();
        let amount = charged + overage + self.charges.fee.unwrap_or_default();
        amount.max(self.charges.minimum.unwrap_or_default())
    }
}
