//! Approvals, violations and notices of a deal that changed.

use super::change::{Change, matched};
use crate::approve::{Requirement, Violation};
use crate::quote::Quote;
use crate::quote::notice::Notice;

type QuoteChange<'q, 'b> = Change<&'q Quote<'q, 'b>>;

pub(super) fn requirements<'q>(quotes: &QuoteChange<'q, '_>) -> Vec<Change<&'q Requirement>> {
    let of = quotes.map(|quote| quote.verdict.required.as_slice());
    changed(&of, |old, new| (&old.approval, &old.rule.id) == (&new.approval, &new.rule.id))
}

pub(super) fn violations<'q>(quotes: &QuoteChange<'q, '_>) -> Vec<Change<&'q Violation>> {
    let of = quotes.map(|quote| quote.verdict.violations.as_slice());
    changed(&of, |old, new| old.rule.id == new.rule.id)
}

pub(super) fn notices<'q>(quotes: &QuoteChange<'q, '_>) -> Vec<Change<&'q Notice>> {
    let of = quotes.map(|quote| quote.notices.as_slice());
    changed(&of, |old, new| old.code == new.code && old.rule == new.rule)
}

/// Pairs entries of both versions, and returns the pairs that differ.
fn changed<'q, T: PartialEq>(
    said: &Change<&'q [T]>,
    alike: impl Fn(&T, &T) -> bool,
) -> Vec<Change<&'q T>> {
    let (old, new) = (said.old.unwrap_or_default(), said.new.unwrap_or_default());
    let mut found = matched(old, new, &[&T::eq, &alike]);
    found.retain(|it| !it.is_same());
    found
}
