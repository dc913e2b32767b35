//! Prices by use, whose total nobody knows yet.

use super::Notice;
use crate::approve::{PricedDeal, Verdict};
use crate::book::{BillingSchedule, PricePeriod};

pub(super) fn advise(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for line in &case.deal.lines {
        if let PricePeriod::Hour { per_month } = line.metric.price_period {
            let way = case
                .deal
                .billing_schedule(line.metric)
                .map_or("on actual use", BillingSchedule::title);
            let message = format!(
                "{} is an estimate, at {per_month} hours a month; it is billed {way}",
                line.metric.title
            );
            notices.push(Notice::note("estimated-use", message, &line.metric.rule));
        }
    }
}
