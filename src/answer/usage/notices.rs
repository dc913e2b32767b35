//! Notes and warnings of a usage statement.

use super::month_bill::MonthBill;
use super::read::{MeteredUsage, UsageTime};
use crate::book::Metric;
use crate::deal::Deal;
use crate::number::Month;
use crate::quote::notice::{Notice, kinds, not_given};

pub(super) fn all(
    deal: &Deal<'_>,
    metric: &Metric,
    readings: &MeteredUsage,
    bills: &[MonthBill<'_>],
) -> Vec<Notice> {
    let mut notices = Vec::new();
    for bill in bills {
        let Some(tier) = bill.priced.as_ref().map(|priced| priced.list.tier) else { continue };
        if tier.assumed.is_on() {
            let (range, units) = (tier.quantity, &metric.units);
            let message = match tier.assumed.text() {
                Some(part) => not_given(&metric.title, part),
                None => format!(
                    "the price of {range} {units} is assumed: the playbook does not give it"
                ),
            };
            let notice = Notice::new(&kinds::ASSUMED_FIGURE, message, &tier.rule);
            if !notices.contains(&notice) {
                notices.push(notice);
            }
        }
    }
    let (first, _) = readings.span;
    if let UsageTime::Moment(moment) = first
        && !moment.begins_its_month()
    {
        let month = moment.month;
        let message = format!(
            "the first row is for {moment}: usage in {month} before that time is not billed, and \
             the average is over the whole month"
        );
        notices.push(Notice::new(&kinds::PART_OF_MONTH, message, &metric.rule));
    }
    notices.extend(outside_contract(deal, metric, bills));
    notices
}

/// Warns of months wholly outside the contract, and of months that are partly outside and pay the
/// whole commitment. A commitment is an average over a month, so that no part of it belongs to
/// particular days.
fn outside_contract(deal: &Deal<'_>, metric: &Metric, bills: &[MonthBill<'_>]) -> Vec<Notice> {
    let Some(period) = deal.period() else { return Vec::new() };
    let (start, end) = (period.start(), period.end());
    let months = |is_wanted: &dyn Fn(&MonthBill<'_>) -> bool| -> Vec<_> {
        bills.iter().filter(|bill| is_wanted(bill)).map(|bill| bill.month).collect()
    };
    let outside = months(&|bill| bill.date() <= start || bill.month.first_day() > end);
    let holds = |bill: &MonthBill<'_>, day| bill.month.first_day() < day && day < bill.date();
    let partly = months(&|bill| {
        !bill.figures.baseline.is_zero() && (holds(bill, start) || holds(bill, end.plus_days(1)))
    });
    let mut notices = Vec::new();
    if !outside.is_empty() {
        let verb = match outside.len() {
            1 => " lies",
            2 => " lie",
            _ => ", lie",
        };
        let months = named(&outside);
        let message =
            format!("{months}{verb} outside the contract, which runs from {start} to {end}");
        notices.push(Notice::new(&kinds::OUTSIDE_CONTRACT, message, &metric.rule));
    }
    if !partly.is_empty() {
        let message = format!(
            "only a part of {} lies within the contract, which runs from {start} to {end}; the \
             commitment is charged for the whole month",
            named(&partly)
        );
        notices.push(Notice::new(&kinds::PART_OF_COMMITMENT, message, &metric.rule));
    }
    notices
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
