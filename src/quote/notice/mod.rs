//! What the reader of a quote should know beside its figures.
//!
//! Each adviser looks at a priced deal and may price variants of it with the same engine. Adding
//! one is a file here and a row in `ADVISERS`.

mod above_list;
mod assumed;
mod channel;
mod committed;
mod dates;
mod edition;
mod estimate;
mod exposure;
mod falling;
mod larger_order;
mod lines_apart;
mod not_taken;
mod program;
mod services;
mod without_approval;

use crate::approve::{PricedDeal, Verdict};
use crate::book::Rule;

type NoticeRule = fn(&PricedDeal<'_, '_>, &Verdict, &mut Vec<Notice>);

/// Everybody who may have something to say, in the order in which it is said.
const NOTICE_RULES: &[NoticeRule] = &[
    program::advise,
    channel::advise,
    exposure::advise,
    services::advise,
    falling::advise,
    larger_order::advise,
    lines_apart::advise,
    above_list::advise,
    without_approval::advise,
    not_taken::advise,
    edition::advise,
    estimate::advise,
    committed::advise,
    assumed::advise,
    dates::advise,
];

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeSeverity {
    /// Worth knowing.
    Note,
    /// Somebody should do something about it.
    Warning,
}

impl NoticeSeverity {
    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
        }
    }
}

/// Something that the reader of a quote should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub severity: NoticeSeverity,
    /// A fixed word for programs: `larger-order-costs-less`.
    pub code: &'static str,
    /// In words.
    pub message: String,
    /// The line of the book that it goes back to.
    pub rule: Option<Rule>,
}

impl Notice {
    pub(crate) fn note(code: &'static str, message: String, rule: &Rule) -> Self {
        Self { severity: NoticeSeverity::Note, code, message, rule: Some(rule.clone()) }
    }

    pub(crate) fn warning(code: &'static str, message: String, rule: &Rule) -> Self {
        Self { severity: NoticeSeverity::Warning, code, message, rule: Some(rule.clone()) }
    }
}

/// What there is to say, each thing once.
pub fn notices(case: &PricedDeal<'_, '_>, verdict: &Verdict) -> Vec<Notice> {
    let mut said = Vec::new();
    for adviser in NOTICE_RULES {
        adviser(case, verdict, &mut said);
    }
    let mut notices: Vec<Notice> = Vec::with_capacity(said.len());
    for notice in said {
        if !notices.contains(&notice) {
            notices.push(notice);
        }
    }
    notices
}
