//! Old and new values, and how they are paired.

use crate::number::Money;

/// Old and new value, each `None` where that version has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<T> {
    /// Value in the old version.
    pub old: Option<T>,
    /// Value in the new version.
    pub new: Option<T>,
}

/// Result of comparing an old and a new value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeStatus {
    /// Only the new version has the value.
    Added,
    /// Only the old version has the value.
    Removed,
    /// Both versions have a value, and they differ.
    Changed,
    /// Both versions are equal.
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
    /// Makes a change.
    pub const fn new(old: Option<T>, new: Option<T>) -> Self {
        Self { old, new }
    }

    /// Applies a function to both values.
    pub fn map<'a, U>(&'a self, of: impl Fn(&'a T) -> U) -> Change<U> {
        Change { old: self.old.as_ref().map(&of), new: self.new.as_ref().map(&of) }
    }

    /// Applies a function that may return `None` to both values.
    pub fn and_then<'a, U>(&'a self, of: impl Fn(&'a T) -> Option<U>) -> Change<U> {
        Change { old: self.old.as_ref().and_then(&of), new: self.new.as_ref().and_then(&of) }
    }

    /// Returns the new value, or the old one if there is no new value.
    pub fn latest(&self) -> Option<&T> {
        self.new.as_ref().or(self.old.as_ref())
    }
}

impl<T: PartialEq> Change<T> {
    /// Compares both values.
    pub fn status(&self) -> ChangeStatus {
        match (&self.old, &self.new) {
            (None, Some(_)) => ChangeStatus::Added,
            (Some(_), None) => ChangeStatus::Removed,
            _ if self.is_same() => ChangeStatus::Same,
            _ => ChangeStatus::Changed,
        }
    }

    /// Whether both values are equal.
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

/// Rule by which two values belong together.
pub type Matcher<'f, T> = &'f dyn Fn(&T, &T) -> bool;

/// Pairs old and new values, in the order of the new ones. A removed value comes after the value
/// that it came after before.
///
/// Rules are tried one after the other on all values that are left, the strictest first. The k-th
/// old value that a rule matches is paired with the k-th new one. If each rule is an equivalence,
/// the result is the same with old and new exchanged.
pub fn matched<'q, T>(old: &'q [T], new: &'q [T], rules: &[Matcher<'_, T>]) -> Vec<Change<&'q T>> {
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
    let there = new.iter().zip(partner);
    let there = there.map(|(it, partner)| Change::new(partner.map(|at| &old[at]), Some(it)));
    let gone = gone.into_iter().map(|gone| gone.into_iter().map(|it| Change::new(Some(it), None)));
    let mut all = Vec::with_capacity(new.len() + old.len());
    for (gone, there) in gone.zip(std::iter::once(None).chain(there.map(Some))) {
        all.extend(there.into_iter().chain(gone));
    }
    all
}
