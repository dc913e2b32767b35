//! Approvals, violations and notices that changed.

use super::sides::ChangeJson;
use crate::answer::deal_diff::{Change, DealDiff};
use crate::approve::{Requirement, Violation};
use crate::book::Rule;
use crate::quote::Quote;
use crate::quote::notice::Notice;
use crate::text::source::Place;
use serde::Serialize;
use std::cmp::Ordering;

#[derive(Serialize)]
pub(crate) struct ApprovalChangeJson<'a> {
    #[serde(flatten)]
    sides: ChangeJson<&'a str>,
    /// `raised`, `lowered` or `same`; nothing, where a version is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<&'static str>,
    reviews: ChangeJson<Vec<&'a str>>,
}

impl<'a> ApprovalChangeJson<'a> {
    pub(crate) fn of(difference: &'a DealDiff<'a, 'a>) -> Self {
        let standing = difference.standing();
        let change = standing.old.zip(standing.new).map(|(old, new)| match new.cmp(&old) {
            Ordering::Greater => "raised",
            Ordering::Less => "lowered",
            Ordering::Equal => "same",
        });
        let sides = difference.quotes.map(|quote| name(quote));
        Self { sides: ChangeJson::of(sides), change, reviews: ChangeJson::of(difference.reviews()) }
    }
}

/// The level that a deal needs, or that none grants it.
fn name<'a>(quote: &'a Quote<'a, 'a>) -> &'a str {
    quote.verdict.outcome().name(quote.deal.book())
}

/// Something that is said for the first time, no more, or in other words.
#[derive(Serialize)]
pub(crate) struct ChangedTextJson<'a> {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
    /// Old and new text.
    message: ChangeJson<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a Place>,
}

impl<'a> ChangedTextJson<'a> {
    fn said<T: PartialEq>(
        change: &Change<&'a T>,
        message: impl Fn(&'a T) -> &'a str,
        rule: Option<&'a Rule>,
    ) -> Self {
        Self {
            status: change.status().name(),
            level: None,
            review: None,
            code: None,
            severity: None,
            rule: rule.map(|rule| rule.id.as_str()),
            message: ChangeJson::of(change.map(|said| message(said))),
            source: rule.map(|rule| &rule.source),
        }
    }

    pub(crate) fn of_requirement(
        change: &Change<&'a Requirement>,
        quotes: &Change<&'a Quote<'a, 'a>>,
    ) -> Self {
        let latest = change.latest().copied();
        let ladder = quotes.latest().map(|quote| quote.deal.book().ladder());
        Self {
            level: ladder.zip(latest).map(|(ladder, it)| ladder.name(it.approval.level)),
            review: latest.and_then(|it| it.approval.review.as_deref()),
            ..Self::said(change, |it| &it.reason, latest.map(|it| &it.rule))
        }
    }

    pub(crate) fn of_violation(change: &Change<&'a Violation>) -> Self {
        Self::said(change, |it| &it.message, change.latest().map(|it| &it.rule))
    }

    pub(crate) fn of_notice(change: &Change<&'a Notice>) -> Self {
        let latest = change.latest().copied();
        Self {
            code: latest.map(|it| it.code),
            severity: latest.map(|it| it.severity.name()),
            ..Self::said(change, |it| &it.message, latest.and_then(|it| it.rule.as_ref()))
        }
    }
}
