//! Notes and warnings of a usage statement.

use super::month_bill::MonthBill;
use super::read::{MeteredUsage, UsageTime};
use crate::book::Metric;
use crate::deal::Deal;
use crate::number::Month;
use crate::quote::notice::Notice;

pub(super) fn all(
    deal: &Deal<'_>,
    metric: &Metric,
    readings: &MeteredUsage,
    bills: &[MonthBill<'_>],
) -> Vec<Notice> {
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
    if let UsageTime::Moment(moment) = first
        && !moment.begins_its_month()
    {
        let month = moment.month();
        let message = format!(
            "the first row is for {moment}: usage in {month} before that time is not billed, and \
             the average is over the whole month"
        );
        notices.push(Notice::warning("part-of-month", message, &metric.rule));
    }
    notices.extend(outside(deal, metric, bills));
    notices.extend(partly_outside(deal, metric, bills));
    notices
}

/// Warns of months that are partly outside the contract and pay the whole commitment. A commitment is
/// an average over a month, so that no part of it belongs to particular days.
fn partly_outside(deal: &Deal<'_>, metric: &Metric, bills: &[MonthBill<'_>]) -> Option<Notice> {
    let period = deal.period()?;
    let (start, end) = (period.start(), period.end());
    let holds = |bill: &MonthBill<'_>, day| bill.month.first_day() < day && day < bill.date();
    let is_partly = |bill: &&MonthBill<'_>| {
        !bill.figures.baseline.is_zero() && (holds(bill, start) || holds(bill, end.plus_days(1)))
    };
    let months: Vec<_> = bills.iter().filter(is_partly).map(|it| it.month).collect();
    if months.is_empty() {
        return None;
    }
    let message = format!(
        "only a part of {} lies within the contract, which runs from {start} to {end}; the \
         commitment is charged for the whole month",
        named(&months)
    );
    Some(Notice::warning("part-of-commitment", message, &metric.rule))
}

/// Warns of months wholly outside the contract, for a deal that gives its dates.
fn outside(deal: &Deal<'_>, metric: &Metric, bills: &[MonthBill<'_>]) -> Option<Notice> {
    let period = deal.period()?;
    let (start, end) = (period.start(), period.end());
    let is_outside = |bill: &&MonthBill<'_>| bill.date() <= start || bill.month.first_day() > end;
    let months: Vec<_> = bills.iter().filter(is_outside).map(|it| it.month).collect();
    let verb = match months.len() {
        0 => return None,
        1 => " lies",
        2 => " lie",
        _ => ", lie",
    };
    let months = named(&months);
    let message = format!("{months}{verb} outside the contract, which runs from {start} to {end}");
    Some(Notice::warning("outside-contract", message, &metric.rule))
}

/// Formats months: "2026-01 and 2026-02", "3 months, the first 2026-01 and the last 2026-04".
pub(super) fn named(months: &[Month]) -> String {
    match months {
        [] => String::new(),
        [month] => month.to_string(),
        [first, last] => format!("{first} and {last}"),
        [first, .., last] => {
            format!("{} months, the first {first} and the last {last}", months.len())
        }
    }
}
