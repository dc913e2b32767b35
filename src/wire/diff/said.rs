//! Who must approve, what nobody can, and what else is said, as far as it changed.

use super::sides::SidesWire;
use crate::advise::Notice;
use crate::approve::{Requirement, Violation};
use crate::batch::REFUSED;
use crate::book::Rule;
use crate::diff::{Change, Difference, Standing};
use crate::quote::Quote;
use crate::source::Place;
use serde::Serialize;
use std::cmp::Ordering;

#[derive(Serialize)]
pub(super) struct ApprovalWire<'a> {
    #[serde(flatten)]
    sides: SidesWire<&'a str>,
    /// `raised`, `lowered` or `same`; nothing, where a version is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<&'static str>,
    reviews: SidesWire<Vec<&'a str>>,
}

impl<'a> ApprovalWire<'a> {
    pub(super) fn of(difference: &'a Difference<'a, 'a>) -> Self {
        let standing = difference.standing();
        let change = standing.old.zip(standing.new).map(|(old, new)| match new.cmp(&old) {
            Ordering::Greater => "raised",
            Ordering::Less => "lowered",
            Ordering::Equal => "same",
        });
        let sides = difference.quotes.map(|quote| name(quote));
        Self { sides: SidesWire::of(sides), change, reviews: SidesWire::of(difference.reviews()) }
    }
}

/// The level that a deal needs, or that none grants it.
fn name<'a>(quote: &'a Quote<'a, 'a>) -> &'a str {
    match Standing::of(&quote.verdict) {
        Standing::Refused => REFUSED,
        Standing::Needs(level) => quote.deal.book().ladder().name(level),
    }
}

/// Something that is said for the first time, no more, or in other words.
#[derive(Serialize)]
pub(super) struct ChangedWire<'a> {
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
    /// What was said, and what is.
    message: SidesWire<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a Place>,
}

impl<'a> ChangedWire<'a> {
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
            message: SidesWire::of(change.map(|said| message(said))),
            source: rule.map(|rule| &rule.source),
        }
    }

    pub(super) fn of_requirement(
        change: &Change<&'a Requirement>,
        quotes: &Change<&'a Quote<'a, 'a>>,
    ) -> Self {
        let latest = change.latest().copied();
        let ladder = quotes.latest().map(|quote| quote.deal.book().ladder());
        Self {
            level: ladder.zip(latest).map(|(ladder, it)| ladder.name(it.ask.level)),
            review: latest.and_then(|it| it.ask.review.as_deref()),
            ..Self::said(change, |it| &it.reason, latest.map(|it| &it.rule))
        }
    }

    pub(super) fn of_violation(change: &Change<&'a Violation>) -> Self {
        Self::said(change, |it| &it.message, change.latest().map(|it| &it.rule))
    }

    pub(super) fn of_notice(change: &Change<&'a Notice>) -> Self {
        let latest = change.latest().copied();
        Self {
            code: latest.map(|it| it.code),
            severity: latest.map(|it| it.severity.name()),
            ..Self::said(change, |it| &it.message, latest.and_then(|it| it.rule.as_ref()))
        }
    }
}
