//! Notices: notes and warnings for the reader of a quote, beside its figures and approvals.
//!
//! A notice asks nobody for an approval and changes no figure. Each notice rule looks at a priced deal, and
//! may price variants of the deal with the same engine. To add one, write a function in the file of its
//! subject, add it to `NOTICE_RULES`, and add its code to [`NOTICE_KINDS`].

mod channel;
mod contract;
mod fit;
pub(crate) mod kinds;
mod larger_order;
mod not_taken;
mod price;
mod program;
mod usage;

pub use kinds::{NOTICE_KINDS, NoticeKind};
pub(crate) use price::not_given;

use crate::approve::{PricedDeal, Verdict};
use crate::book::{Metric, PriceBasis, PricePeriod, Rule};
use crate::text::source::Place;

type NoticeRule = fn(&PricedDeal<'_, '_>, &Verdict, &mut Vec<Notice>);

/// Every notice rule, in the order in which notices are listed.
const NOTICE_RULES: &[NoticeRule] = &[
    contract::customer,
    program::program,
    channel::channel,
    contract::exposure,
    contract::red_lines,
    contract::services,
    contract::included_once,
    contract::minimum,
    contract::falling,
    contract::signed,
    contract::uncounted,
    larger_order::larger_order,
    price::lines_apart,
    price::above_list,
    price::above_policy,
    price::without_approval,
    not_taken::not_taken,
    price::edition,
    fit::fit,
    fit::uncounted,
    usage::estimate,
    usage::committed_use,
    price::assumed,
    contract::dates,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeSeverity {
    /// Information for the reader.
    Note,
    /// Something to correct or to decide before the quote is sent.
    Warning,
}

impl NoticeSeverity {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub kind: &'static NoticeKind,
    pub message: String,
    pub rule: Option<Rule>,
}

impl Notice {
    pub(crate) fn new<'r>(
        kind: &'static NoticeKind,
        message: String,
        rule: impl Into<Option<&'r Rule>>,
    ) -> Self {
        Self { kind, message, rule: rule.into().cloned() }
    }

    pub const fn is_warning(&self) -> bool {
        matches!(self.kind.severity, NoticeSeverity::Warning)
    }

    pub(crate) fn source(&self) -> Option<&Place> {
        self.rule.as_ref().map(|rule| &rule.source)
    }
}

pub fn notices(case: &PricedDeal<'_, '_>, verdict: &Verdict) -> Vec<Notice> {
    let mut all = Vec::new();
    for rule in NOTICE_RULES {
        rule(case, verdict, &mut all);
    }
    let mut notices: Vec<Notice> = Vec::with_capacity(all.len());
    for notice in all {
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }
    notices
}

/// Returns "per socket", "per year": one of the objects of a price.
fn each(metric: &Metric, basis: PriceBasis) -> String {
    let (one, many) = (&metric.unit, &metric.units);
    match (basis, metric.price_period) {
        (PriceBasis::Unit, _) => format!("per {one}"),
        (PriceBasis::Package(size), _) => format!("per package of {size} {many}"),
        (PriceBasis::Line, PricePeriod::Year) => "per year".to_owned(),
        (PriceBasis::Line, PricePeriod::Month | PricePeriod::Use) => "per month".to_owned(),
        (PriceBasis::Line, PricePeriod::Hour { .. }) => "per hour".to_owned(),
        (PriceBasis::Line, PricePeriod::Once { .. }) => "once".to_owned(),
    }
}
