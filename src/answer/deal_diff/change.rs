//! What was, beside what is.

use crate::number::Money;

/// What was and what is; nothing, where there was or is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<T> {
    /// What was.
    pub old: Option<T>,
    /// What is.
    pub new: Option<T>,
}

/// What became of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeStatus {
    /// It is there for the first time.
    Added,
    /// It is there no more.
    Removed,
    /// It is there in other words or figures.
    Changed,
    /// It is as it was.
    Same,
}

impl ChangeStatus {
    /// The word for it.
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
    /// What was and what is.
    pub const fn new(old: Option<T>, new: Option<T>) -> Self {
        Self { old, new }
    }

    /// The same of something that each side has.
    pub fn map<'a, U>(&'a self, of: impl Fn(&'a T) -> U) -> Change<U> {
        Change { old: self.old.as_ref().map(&of), new: self.new.as_ref().map(&of) }
    }

    /// The same of something that a side may have.
    pub fn and_then<'a, U>(&'a self, of: impl Fn(&'a T) -> Option<U>) -> Change<U> {
        Change { old: self.old.as_ref().and_then(&of), new: self.new.as_ref().and_then(&of) }
    }

    /// What is; what was, of something that is no more.
    pub fn latest(&self) -> Option<&T> {
        self.new.as_ref().or(self.old.as_ref())
    }
}

impl<T: PartialEq> Change<T> {
    /// What became of it.
    pub fn status(&self) -> ChangeStatus {
        match (&self.old, &self.new) {
            (None, Some(_)) => ChangeStatus::Added,
            (Some(_), None) => ChangeStatus::Removed,
            _ if self.is_same() => ChangeStatus::Same,
            _ => ChangeStatus::Changed,
        }
    }

    /// Whether nothing became of it.
    pub fn is_same(&self) -> bool {
        self.old == self.new
    }
}

impl Change<Money> {
    /// How much more it is. What is not there costs nothing.
    pub fn more(&self) -> Money {
        self.new.unwrap_or(Money::ZERO) - self.old.unwrap_or(Money::ZERO)
    }
}

/// Whether two things are alike in some way.
pub type Matcher<'f, T> = &'f dyn Fn(&T, &T) -> bool;

/// Who belongs to whom, in the order of the new ones; those that are no more stand behind whom they
/// stood.
///
/// Rules are tried one after the other over all that is left, the strictest first, and the k-th of
/// those that are alike belongs to the k-th. Where each rule is an equivalence, the answer is the same
/// from either side.
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
