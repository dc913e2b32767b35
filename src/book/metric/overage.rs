//! Price of use beyond the commitment of a line.

use super::keys::METRIC;
use super::{CountedLines, Metric, PricePeriod, Tier, TierMode};
use crate::number::{Money, Percentage, Quantity};
use crate::table::Section;

/// Price of a unit that is used beyond the commitment of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OveragePrice {
    Amount(Money),
    /// Share of the price of the range.
    Share(Percentage),
}

impl OveragePrice {
    fn of(self, price: Money) -> Money {
        match self {
            Self::Amount(amount) => amount,
            Self::Share(share) => share.of(price),
        }
    }
}

/// Use beyond the commitment of a line, with the price of a unit of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overage {
    pub committed: Quantity,
    pub beyond: Quantity,
    pub price: Money,
}

impl Metric {
    /// Returns the part of a quantity beyond a commitment, if that part has a price of its own. Nothing is beyond a
    /// commitment of nothing.
    pub(crate) fn overage(
        &self,
        tier: &Tier,
        quantity: Quantity,
        committed: Option<Quantity>,
    ) -> Option<Overage> {
        let overage = self.overage?;
        let committed = committed.filter(|it| !it.is_zero())?.min(quantity);
        let beyond = quantity.beyond(committed);
        Some(Overage { committed, beyond, price: overage.of(tier.price) })
    }
}

/// Reads the price of overage, and reports keys that do not fit it. What several lines of a metric commit to could not
/// be told apart, so that each of them counts alone.
pub(super) fn read(
    table: Section<'_>,
    per: Option<PricePeriod>,
    mode: Option<TierMode>,
) -> Option<OveragePrice> {
    let places = [METRIC.overage_price.name, METRIC.overage.name].map(|key| table.key_place(key));
    if let [Some(amount), Some(share)] = &places {
        let message = "a metric has one price for overage";
        table.report_conflict(message, amount.clone(), "the other one", share.clone());
    }
    let is_by_use = per.is_none_or(|per| per == PricePeriod::Use);
    table.report_unless(is_by_use, METRIC.overage_price, "per = \"use\"");
    table.report_unless(is_by_use, METRIC.overage, "per = \"use\"");
    let is_volume = mode.is_none_or(|mode| mode == TierMode::Volume);
    if is_by_use {
        table.report_unless(is_volume, METRIC.overage_price, "mode = \"volume\"");
        table.report_unless(is_volume, METRIC.overage, "mode = \"volume\"");
    }
    let counts_others = table.value(METRIC.counted).is_some_and(|it| it != CountedLines::Line);
    if let Some((overage, counted)) =
        places.into_iter().flatten().next().zip(table.key_place(METRIC.counted))
        && counts_others
    {
        let message = "each line of a metric with a price for overage counts alone";
        table.report_conflict(message, overage, "the price for overage", counted);
    }
    let amount = table.value(METRIC.overage_price).map(OveragePrice::Amount);
    amount.or(table.value(METRIC.overage).map(OveragePrice::Share))
}
