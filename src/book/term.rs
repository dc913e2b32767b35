//! Terms that may be sold: their years, the years that count as a commitment, and the days on which a
//! contract may start.

use super::ladder::{ApprovalNeed, ApproverNames};
use super::rule::{Rule, rule};
use crate::number::{Date, Interval, Rate};
use crate::table::{Section, WholeNumber, keys};

keys! {
    pub(super) TERM: TermKeys = "[term]",
        "The terms that may be sold. Deals with other terms are priced, but outside policy.";

    required years: Interval = "Years, such as \"1-5\".";
    optional months: Interval =
        "Months, such as \"1-60\", for deals that state these in place of years. Default: the years, in \
         which a part of a year counts as a started one.";
    optional kept: Rate =
        "The share of the largest earlier year, at list, that a year of a ramp has to keep: less of \
         it, or a year that is free at list, counts for no discount by term, for no `min_years` and \
         for no `years` of a program. Default: every year counts.";
    optional start_before: WholeNumber<0, 3650> =
        "The most days that a contract may start before the day of its quote. An earlier start is \
         outside policy.";
    optional start_after: WholeNumber<0, 3650> =
        "The most days that a contract may start after the last day on which its quote is valid, \
         without `start_after_approval` and `start_after_review`.";
    optional start_after_approval: String = "The level that a start after those days needs.";
    optional start_after_review: String = "The review that a start after those days needs.";
    optional adjoining_days: WholeNumber<0, 3650> =
        "The most days between two contracts of a customer, signed together, that adjoin: they count as one for the \
         length of the term. Default: 0, the next begins on the day after the first.";
    optional assumed: bool =
        "The figures beside `years` are not from the playbook; quotes that depend on them say so.";
}

/// Figures of `[term]` beside its years; none in a book that does not write them.
#[derive(Debug, Clone, Default)]
pub struct CommitmentTerms {
    /// Share of the largest earlier year, at list, from which on a year counts.
    pub(crate) kept: Option<(Rate, Rule)>,
    /// Months that may be sold, to deals that state these.
    pub(crate) months: Option<(Interval, Rule)>,
    /// Days that a contract may start before the day of its quote.
    pub(crate) start_before: Option<(u32, Rule)>,
    pub(crate) start_after: Option<LaterStart>,
    /// Days between two contracts that are signed together and adjoin.
    pub(crate) adjoining: Option<(u32, Rule)>,
    pub(crate) assumed: bool,
}

/// Start of a contract that lies so far ahead that somebody has to agree.
#[derive(Debug, Clone)]
pub struct LaterStart {
    /// Days after the last day of the quote that need nobody.
    pub(crate) days: u32,
    pub(crate) approval: ApprovalNeed,
    pub(crate) rule: Rule,
}

impl LaterStart {
    /// Returns the last day on which a contract may start without the approval.
    pub fn last_day(&self, valid_until: Date) -> Date {
        valid_until.plus_days(self.days)
    }
}

pub(super) fn years(table: Section<'_>) -> Option<(Interval, Rule)> {
    let years = table.get(TERM.years)?;
    Some((years.value, rule("term", &years.place)))
}

pub(super) fn commitment(table: Section<'_>, approvers: &ApproverNames) -> CommitmentTerms {
    let kept = table.get(TERM.kept);
    let months = table.get(TERM.months);
    let start_before = table.get(TERM.start_before);
    CommitmentTerms {
        kept: kept.map(|kept| (kept.value, rule("term.kept", &kept.place))),
        months: months.map(|months| (months.value, rule("term.months", &months.place))),
        start_before: start_before.map(|days| (days.value, rule("term.start-before", &days.place))),
        start_after: later_start(table, approvers),
        adjoining: table
            .get(TERM.adjoining_days)
            .map(|days| (days.value, rule("term.adjoining-days", &days.place))),
        assumed: table.get(TERM.assumed),
    }
}

fn later_start(table: Section<'_>, approvers: &ApproverNames) -> Option<LaterStart> {
    let keys = [TERM.start_after_approval, TERM.start_after_review];
    let approval = approvers.approval_need(table, keys[0], keys[1]);
    let days = table.get(TERM.start_after);
    if days.is_some() && keys.iter().all(|key| table.is_missing(key)) {
        let hint = "add `start_after_approval` or `start_after_review`";
        table.report_missing("`start_after` asks for nothing", hint);
    }
    for key in keys {
        table.report_unless(!table.is_missing(TERM.start_after), key, "`start_after`");
    }
    let days = days?;
    Some(LaterStart { days: days.value, approval, rule: rule("term.start-after", &days.place) })
}
