//! Old and new values, and how they are paired.

use crate::number::{Currency, Money};

/// Old and new value, each `None` where that version has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<T> {
    pub old: Option<T>,
    pub new: Option<T>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeStatus {
    Added,
    Removed,
    Changed,
    Same,
}

impl ChangeStatus {
    /// Returns the word of the status in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Same => "same",
        }
    }
}

impl<T> Change<T> {
    pub fn map<'a, U>(&'a self, of: impl Fn(&'a T) -> U) -> Change<U> {
        Change { old: self.old.as_ref().map(&of), new: self.new.as_ref().map(&of) }
    }

    pub fn and_then<'a, U>(&'a self, of: impl Fn(&'a T) -> Option<U>) -> Change<U> {
        Change { old: self.old.as_ref().and_then(&of), new: self.new.as_ref().and_then(&of) }
    }

    /// Pairs each value with that of another change in the same version.
    pub(super) fn zip<U>(self, other: Change<U>) -> Change<(T, U)> {
        Change { old: self.old.zip(other.old), new: self.new.zip(other.new) }
    }

    /// Returns the new value, or the old one if there is no new value.
    pub fn latest(&self) -> Option<&T> {
        self.new.as_ref().or(self.old.as_ref())
    }

    /// Returns the status of values that are known to differ.
    pub const fn status(&self) -> ChangeStatus {
        match (&self.old, &self.new) {
            (None, Some(_)) => ChangeStatus::Added,
            (Some(_), None) => ChangeStatus::Removed,
            _ => ChangeStatus::Changed,
        }
    }
}

impl<T: PartialEq> Change<T> {
    pub fn is_same(&self) -> bool {
        self.old == self.new
    }
}

impl Change<Money> {
    /// Returns the new amount less the old one. A missing amount counts as zero.
    pub fn more(&self) -> Money {
        self.new.unwrap_or(Money::ZERO) - self.old.unwrap_or(Money::ZERO)
    }
}

impl<'b> Change<&'b Currency> {
    /// Returns the currency of both versions, or `None` if they differ in it, so that their
    /// amounts cannot be compared.
    pub(super) fn shared(self) -> Option<&'b Currency> {
        let is_one = self.old.zip(self.new).is_none_or(|(old, new)| old == new);
        self.new.or(self.old).filter(|_| is_one)
    }
}

pub(super) type Matcher<'f, T> = &'f dyn Fn(&T, &T) -> bool;

/// Pairs the values of both versions, and returns the pairs that the first rule, which stands for
/// equality, did not find.
pub(super) fn changed<'q, T>(
    values: Change<&'q [T]>,
    rules: &[Matcher<'_, T>],
) -> Vec<Change<&'q T>> {
    let mut pairs = matched(values.old.unwrap_or_default(), values.new.unwrap_or_default(), rules);
    pairs.retain(|it| !it.old.zip(it.new).is_some_and(|(old, new)| rules[0](old, new)));
    pairs
}

/// Pairs old and new values, in the order of the new ones. A removed value comes after the value
/// that it came after before.
///
/// Rules are tried one after the other on all values that are left, the strictest first. The k-th
/// old value that a rule matches is paired with the k-th new one. If each rule is an equivalence,
/// the result is the same with old and new exchanged.
fn matched<'q, T>(old: &'q [T], new: &'q [T], rules: &[Matcher<'_, T>]) -> Vec<Change<&'q T>> {
    let mut partner: Vec<Option<usize>> = vec![None; new.len()];
    let mut place: Vec<Option<usize>> = vec![None; old.len()];
    for alike in rules {
        for (at, it) in new.iter().enumerate() {
            if partner[at].is_some() {
                continue;
            }
            let mut others = old.iter().zip(&place);
            let found = others.position(|(other, place)| place.is_none() && alike(other, it));
            if let Some(found) = found {
                (partner[at], place[found]) = (Some(found), Some(at));
            }
        }
    }
    let mut gone: Vec<Vec<&T>> = vec![Vec::new(); new.len() + 1];
    let mut behind = 0;
    for (it, place) in old.iter().zip(place) {
        match place {
            Some(place) => behind = place + 1,
            None => gone[behind].push(it),
        }
    }
    let mut all = Vec::with_capacity(new.len() + old.len());
    let there = new.iter().zip(partner);
    let there = there.map(|(it, at)| Some(Change { old: at.map(|at| &old[at]), new: Some(it) }));
    for (there, gone) in std::iter::once(None).chain(there).zip(gone) {
        all.extend(there);
        all.extend(gone.into_iter().map(|it| Change { old: Some(it), new: None }));
    }
    all
}
