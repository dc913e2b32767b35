//! Unit prices that rise with the quantity.

use super::{BookUnderCheck, Finding, FindingKind, FindingSeverity, WorstCase, choices};
use crate::approve::spans;
use crate::book::PriceBasis;
use crate::price::curve::LinePrices;

pub(super) const CODE: FindingKind = FindingKind {
    name: "unit-price-rises",
    severity: FindingSeverity::Note,
    title: "A unit costs more in a larger order",
    lesson: "\
Most price lists fall with the quantity. Where a range has a higher net unit price than the one before
it, a customer pays more for every unit because of one more: 49 sockets cost $1,500.00 each, and 50 cost
$2,375.00 each. That can be meant, where a larger order is of a better edition. It invites two orders
in place of one.

What to do: nothing, if the ranges are editions. Otherwise price the range below.",
    find,
};

fn find<'b>(case: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    for metric in case.priced() {
        let deals = choices::deals(case, metric);
        let Some(deal) = deals.first() else { continue };
        let increment = metric.increment();
        let spans = spans(case.book, metric, increment);
        for (below, above) in spans.iter().zip(&spans[spans.len().min(1)..]) {
            let Some(last) = below.to else { continue };
            let prices = LinePrices::of(deal);
            let (Some(before), Some(after)) = (prices.price_at(last), prices.price_at(above.from))
            else {
                continue;
            };
            // What is free is another thing than what costs something.
            let is_unit =
                before.list.basis == PriceBasis::Unit && after.list.basis == PriceBasis::Unit;
            let (old, new) = (before.net(), after.net());
            if !is_unit || old.is_zero() || new <= old {
                continue;
            }
            let Some(quantity) = increment.quantity(above.from) else { continue };
            let (one, _) = &metric.unit;
            let edition = after.list.tier.edition.as_ref();
            let edition = edition.map(|name| format!(" ({name})")).unwrap_or_default();
            let message = format!(
                "from {}{edition} on a {one} costs {} in place of {}",
                metric.count(quantity),
                case.show(new),
                case.show(old)
            );
            let finding = Finding::new(case, &CODE, &after.list.tier.rule, message)
                .of(metric, (above.from, above.to), increment)
                .advice("nothing, if the larger range is a better edition; else price it below");
            let worst = Some(WorstCase { quantity, extra: new - old });
            found.push(Finding { worst, ..finding });
        }
    }
}
