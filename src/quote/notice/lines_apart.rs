//! Lines of one metric that would cost something else together.

use super::Notice;
use crate::approve::{PricedDeal, Verdict};
use crate::price::price;

/// Tiers and volume discounts look at a line. A quantity that is written in several lines lands
/// in other ranges than the whole of it, and whoever approves should see that.
pub(super) fn advise(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for metric in case.deal.book.metrics() {
        let Some(together) = case.deal.with_one_line(metric) else { continue };
        let (apart, whole) = (case.pricing.totals.tcv, price(&together).totals.tcv);
        if apart == whole {
            continue;
        }
        let (difference, word) =
            if whole > apart { (whole - apart, "more") } else { (apart - whole, "less") };
        let message = format!(
            "the lines of {} are priced apart: as one line of {} the contract is {}, which is {} {word}",
            metric.title,
            metric.count(case.deal.quantity_of(metric)),
            case.show(whole),
            case.show(difference)
        );
        notices.push(Notice::warning("lines-apart", message, &metric.rule));
    }
}
