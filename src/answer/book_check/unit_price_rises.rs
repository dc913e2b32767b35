//! `unit-price-rises`: the net unit price of a range is higher than that of the range before.

use super::finding::{BookUnderCheck, Finding, FindingKind, FindingSeverity, WorstCase};
use super::order_choices;
use crate::approve::spans;
use crate::book::PriceBasis;
use crate::price::curve::LinePrices;

pub(super) const KIND: FindingKind = FindingKind {
    name: "unit-price-rises",
    severity: FindingSeverity::Note,
    title: "A unit costs more in a larger order",
    lesson: "\
Most price lists fall with the quantity. If a range has a higher net unit price than the one before it, one
unit more raises the price of every unit: 49 sockets cost $1,500.00 each, and 50 cost $2,375.00 each. This
can be intended, if a larger order is of a better edition. It invites a customer to split an order in two.

What to do: nothing, if the ranges are editions. Otherwise price the range below.",
    find,
};

fn find<'b>(check: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    for metric in check.priced() {
        let deals = order_choices::deals(check, metric);
        let Some(deal) = deals.first() else { continue };
        let increment = metric.increment();
        let spans = spans(check.book, metric, increment);
        for (below, above) in spans.iter().zip(spans.iter().skip(1)) {
            let Some(last) = below.to else { continue };
            let prices = LinePrices::of(deal);
            let by_unit =
                |count| prices.price_at(count).filter(|price| price.list.basis == PriceBasis::Unit);
            let (Some(before), Some(after)) = (by_unit(last), by_unit(above.from)) else {
                continue;
            };
            let (old, new) = (before.net(), after.net());
            // The first paid unit after free ones is no rise.
            if old.is_zero() || new <= old {
                continue;
            }
            let Some(quantity) = increment.quantity(above.from) else { continue };
            let one = &metric.unit;
            let edition = after.list.tier.edition.as_ref();
            let edition = edition.map(|name| format!(" ({name})")).unwrap_or_default();
            let (from, is, was) = (metric.count(quantity), check.show(new), check.show(old));
            let message = format!("from {from}{edition}, a {one} costs {is} instead of {was}");
            let advice = "nothing, if the larger range is a better edition; otherwise lower its \
                          price";
            let finding = Finding::new(check, &KIND, &after.list.tier.rule, message, advice);
            let finding = finding.of(metric, (above.from, above.to), increment);
            let worst = Some(WorstCase { quantity, extra: new - old });
            found.push(Finding { worst, ..finding });
        }
    }
}
