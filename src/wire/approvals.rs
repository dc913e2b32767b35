//! Who must agree, and what nobody can agree to.

use crate::approve::{Requirement, Verdict, Violation};
use crate::book::Ladder;
use crate::source::Place;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct ApprovalsWire<'a> {
    level: &'a str,
    required: Vec<RequirementWire<'a>>,
    reviews: Vec<&'a str>,
}

impl<'a> ApprovalsWire<'a> {
    pub(super) fn of(ladder: &'a Ladder, verdict: &'a Verdict) -> Self {
        Self {
            level: ladder.name(verdict.level()),
            required: RequirementWire::all(ladder, verdict),
            reviews: verdict.reviews(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct RequirementWire<'a> {
    level: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<&'a str>,
    rule: &'a str,
    reason: &'a str,
    source: &'a Place,
}

impl<'a> RequirementWire<'a> {
    pub(super) fn all(ladder: &'a Ladder, verdict: &'a Verdict) -> Vec<Self> {
        let required = verdict.required.iter();
        required.map(|it| Self::of(it, ladder.name(it.ask.level))).collect()
    }

    fn of(required: &'a Requirement, level: &'a str) -> Self {
        Self {
            level,
            review: required.ask.review.as_deref(),
            rule: &required.rule.id,
            reason: &required.reason,
            source: &required.rule.source,
        }
    }
}

#[derive(Serialize)]
pub(super) struct ViolationWire<'a> {
    rule: &'a str,
    message: &'a str,
    source: &'a Place,
}

impl<'a> ViolationWire<'a> {
    pub(super) fn all(verdict: &'a Verdict) -> Vec<Self> {
        verdict.violations.iter().map(Self::of).collect()
    }

    pub(super) fn of(violation: &'a Violation) -> Self {
        Self {
            rule: &violation.rule.id,
            message: &violation.message,
            source: &violation.rule.source,
        }
    }
}
