//! What the reader of a statement should know beside its figures.

use super::rate::Bill;
use super::read::{Readings, When};
use crate::advise::Notice;
use crate::book::Metric;

pub(super) fn all(metric: &Metric, readings: &Readings, bills: &[Bill<'_>]) -> Vec<Notice> {
    let mut notices = Vec::new();
    for bill in bills {
        let Some(tier) = bill.priced.as_ref().map(|priced| priced.list.tier) else { continue };
        if tier.assumed {
            let message = format!(
                "the price of {} {} is assumed: the playbook does not give it",
                tier.quantity, metric.unit.1
            );
            let notice = Notice::warning("assumed-figure", message, &tier.rule);
            if !notices.contains(&notice) {
                notices.push(notice);
            }
        }
    }
    let (first, _) = readings.span;
    if let When::Moment(moment) = first
        && !moment.begins_its_month()
    {
        let month = moment.month();
        let message = format!(
            "the first row is of {moment}: what was used in {month} before that is not billed, and \
             its average is over the whole month"
        );
        notices.push(Notice::warning("part-of-month", message, &metric.rule));
    }
    notices
}
