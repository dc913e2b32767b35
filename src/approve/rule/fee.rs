//! Fixed fees that lie outside their range, and packages that are split to be sold.
//!
//! A pilot is a package at a fixed fee: 10-50 nodes for $50K-100K (playbook L808). The fee pays for the work
//! around the pilot and has a range of its own; outside of it the playbook names no price, so nobody can
//! grant one. Several packages in one deal would sell a larger deployment at pilot terms.

use crate::approve::{ApprovalRule, PricedDeal, Promise, VerdictSink};
use crate::book::{Metric, PriceBook};
use crate::deal::{PoolShare, YearRun};
use crate::number::Quantity;

/// Refuses fees outside their range, and quantities beyond the largest package.
#[derive(Debug)]
pub struct FeeRule;

impl ApprovalRule for FeeRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        all_lines(case, sink);
        for line in &case.deal.lines {
            for segment in &line.segments {
                let tier = segment.list.tier;
                let (Some(range), Some(own)) = (tier.fee, segment.fee) else { continue };
                // Lines that count together are one package, and its fee is the sum of what they name.
                let all = segment.pool.as_ref().and_then(PoolShare::fee);
                let asked = all.unwrap_or(own);
                if range.contains(asked) {
                    continue;
                }
                let Metric { title, units, .. } = line.metric;
                let range = case.deal.book.currency.show_range(range);
                let (quantity, asked) = (tier.quantity, case.show(asked));
                let these = if all.is_some() { "all lines have" } else { "this line has" };
                let message = format_args!(
                    "{title} for {quantity} {units} costs {range}, and {these} {asked}"
                );
                sink.refuse(&tier.rule, message);
            }
        }
    }

    fn promises<'b>(&self, book: &'b PriceBook, metric: &Metric) -> Vec<Promise<'b>> {
        let tiers = book.metric(metric.name()).into_iter().flat_map(Metric::tiers);
        let fees = tiers.filter(|tier| tier.fee.is_some());
        fees.map(|tier| Promise::constant(&tier.rule).quantity_range(Some(tier.quantity))).collect()
    }
}

/// Refuses lines that together exceed the largest package.
fn all_lines<'b>(case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
    for metric in case.deal.book.metrics() {
        let Some(first) = metric.tiers.iter().find(|tier| tier.fee.is_some()) else { continue };
        let mut years = case.deal.quantities_of(metric).into_iter();
        let is_outside = |(_, quantity): &(YearRun, Quantity)| {
            !quantity.is_zero() && metric.tier(*quantity).is_none()
        };
        let Some((years, quantity)) = years.find(is_outside) else { continue };
        let ranges: Vec<_> = metric.tiers.iter().map(|tier| tier.quantity.to_string()).collect();
        let (title, ranges, units) = (&metric.title, ranges.join(", "), &metric.units);
        let (found, years) = (metric.count(quantity), years.words());
        let message = format_args!(
            "{title} is for {ranges} {units}, and all lines together have {found}{years}"
        );
        sink.refuse(&first.rule, message);
    }
}
