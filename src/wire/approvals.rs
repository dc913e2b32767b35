//! Who must agree, and what nobody can agree to.

use crate::approve::{Requirement, Violation};
use crate::quote::Quote;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct ApprovalsWire<'a> {
    level: &'a str,
    required: Vec<RequirementWire<'a>>,
    reviews: Vec<&'a str>,
}

impl<'a> ApprovalsWire<'a> {
    pub(super) fn of(quote: &'a Quote<'_, '_>) -> Self {
        Self {
            level: quote.deal.book.ladder().name(quote.verdict.level()),
            required: RequirementWire::all(quote),
            reviews: quote.verdict.reviews(),
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
    source: &'a str,
}

impl<'a> RequirementWire<'a> {
    pub(super) fn all(quote: &'a Quote<'_, '_>) -> Vec<Self> {
        let ladder = quote.deal.book.ladder();
        let required = quote.verdict.required.iter();
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
    source: &'a str,
}

impl<'a> ViolationWire<'a> {
    pub(super) fn all(quote: &'a Quote<'_, '_>) -> Vec<Self> {
        quote.verdict.violations.iter().map(Self::of).collect()
    }

    pub(super) fn of(violation: &'a Violation) -> Self {
        Self {
            rule: &violation.rule.id,
            message: &violation.message,
            source: &violation.rule.source,
        }
    }
}
