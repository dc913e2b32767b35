//! The answer of the approval rules: requirements, violations, and the one word that sums them up.

use crate::book::{ApprovalNeed, Level, PriceBook, Rule};
use std::fmt::Arguments;

/// The word for a deal outside policy in JSON, CSV and batch files.
pub const REFUSED: &str = "refused";

#[derive(Debug, Clone, Default)]
pub struct Verdict {
    pub required: Vec<Requirement>,
    /// Reasons why the deal is outside policy: no level can grant it.
    pub violations: Vec<Violation>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    pub approval: ApprovalNeed,
    pub rule: Rule,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    pub rule: Rule,
    pub message: String,
}

impl Verdict {
    /// The highest level that any requirement asks for.
    pub fn level(&self) -> Level {
        self.required.iter().map(|it| it.approval.level).max().unwrap_or_default()
    }

    /// The names of the reviews that the deal needs, sorted, each once.
    pub fn reviews(&self) -> Vec<&str> {
        let mut reviews: Vec<_> =
            self.required.iter().filter_map(|it| it.approval.review.as_deref()).collect();
        reviews.sort_unstable();
        reviews.dedup();
        reviews
    }

    pub fn is_refused(&self) -> bool {
        !self.violations.is_empty()
    }

    pub fn outcome(&self) -> ApprovalOutcome {
        if self.is_refused() {
            ApprovalOutcome::Refused
        } else {
            ApprovalOutcome::Needs(self.level())
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ApprovalOutcome {
    /// Within policy: the highest level that any rule asks for.
    Needs(Level),
    Refused,
}

impl Default for ApprovalOutcome {
    fn default() -> Self {
        Self::Needs(Level::NONE)
    }
}

impl ApprovalOutcome {
    /// Every outcome of a book, easiest first.
    pub fn all(book: &PriceBook) -> impl Iterator<Item = Self> {
        (0..=book.ladder().names().count()).map(|place| Self::from_place(place, book))
    }

    pub fn names(book: &PriceBook) -> impl Iterator<Item = &str> + Clone {
        book.ladder().names().chain([REFUSED])
    }

    /// The place among all outcomes of a book, counted from 0.
    pub fn place(self, book: &PriceBook) -> usize {
        match self {
            Self::Needs(level) => level.height(),
            Self::Refused => book.ladder().names().count(),
        }
    }

    pub fn from_place(place: usize, book: &PriceBook) -> Self {
        book.ladder().level_at(place).map_or(Self::Refused, Self::Needs)
    }

    /// The word in JSON, CSV and batch files: `none`, `vp`, `refused`.
    pub fn name(self, book: &PriceBook) -> &str {
        match self {
            Self::Needs(level) => book.ladder().name(level),
            Self::Refused => REFUSED,
        }
    }

    /// The words on the screen: `None`, `VP`, `outside policy`.
    pub fn title(self, book: &PriceBook) -> &str {
        match self {
            Self::Needs(level) => book.ladder().title(level),
            Self::Refused => "outside policy",
        }
    }
}

/// A receiver of what the rules say. [`Verdict`] keeps everything; batch keeps the lines of the
/// book and formats no reasons, which would cost most of the time of a row.
pub trait VerdictSink<'b> {
    /// Adds a requirement, unless `ask` asks for nothing.
    fn require(&mut self, ask: &'b ApprovalNeed, rule: &'b Rule, reason: Arguments<'_>) {
        if !ask.is_nothing() {
            self.add_requirement(ask, rule, reason);
        }
    }

    fn add_requirement(&mut self, ask: &'b ApprovalNeed, rule: &'b Rule, reason: Arguments<'_>);

    fn refuse(&mut self, rule: &'b Rule, message: Arguments<'_>);
}

impl VerdictSink<'_> for Verdict {
    fn add_requirement(&mut self, ask: &ApprovalNeed, rule: &Rule, reason: Arguments<'_>) {
        let reason = reason.to_string();
        let requirement = Requirement { approval: ask.clone(), rule: rule.clone(), reason };
        if !self.required.contains(&requirement) {
            self.required.push(requirement);
        }
    }

    fn refuse(&mut self, rule: &Rule, message: Arguments<'_>) {
        let violation = Violation { rule: rule.clone(), message: message.to_string() };
        if !self.violations.contains(&violation) {
            self.violations.push(violation);
        }
    }
}
