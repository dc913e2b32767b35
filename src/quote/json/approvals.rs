//! Approvals, violations of policy, and notices.

use crate::approve::{Requirement, Verdict, Violation};
use crate::book::ApprovalLadder;
use crate::quote::notice::Notice;
use crate::text::source::Place;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct ApprovalsJson<'a> {
    level: &'a str,
    required: Vec<RequirementJson<'a>>,
    reviews: Vec<&'a str>,
}

impl<'a> ApprovalsJson<'a> {
    pub(crate) fn of(ladder: &'a ApprovalLadder, verdict: &'a Verdict) -> Self {
        Self {
            level: ladder.name(verdict.level()),
            required: RequirementJson::all(ladder, verdict),
            reviews: verdict.reviews(),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct RequirementJson<'a> {
    level: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<&'a str>,
    rule: &'a str,
    reason: &'a str,
    source: &'a Place,
}

impl<'a> RequirementJson<'a> {
    pub(crate) fn all(ladder: &'a ApprovalLadder, verdict: &'a Verdict) -> Vec<Self> {
        let required = verdict.required.iter();
        required.map(|it| Self::of(it, ladder.name(it.approval.level))).collect()
    }

    fn of(required: &'a Requirement, level: &'a str) -> Self {
        Self {
            level,
            review: required.approval.review.as_deref(),
            rule: &required.rule.id,
            reason: &required.reason,
            source: &required.rule.source,
        }
    }
}

#[derive(Serialize)]
pub(crate) struct ViolationJson<'a> {
    rule: &'a str,
    message: &'a str,
    source: &'a Place,
}

impl<'a> ViolationJson<'a> {
    pub(crate) fn all(verdict: &'a Verdict) -> Vec<Self> {
        verdict.violations.iter().map(Self::of).collect()
    }

    pub(crate) fn of(violation: &'a Violation) -> Self {
        Self {
            rule: &violation.rule.id,
            message: &violation.message,
            source: &violation.rule.source,
        }
    }
}

#[derive(Serialize)]
pub(crate) struct NoticeJson<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a Place>,
}

impl<'a> NoticeJson<'a> {
    pub(crate) fn of(notice: &'a Notice) -> Self {
        Self {
            code: notice.code,
            severity: notice.severity.name(),
            message: &notice.message,
            source: notice.rule.as_ref().map(|rule| &rule.source),
        }
    }
}
