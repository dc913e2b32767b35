//! `dealdesk ci`: a change of deals and of their price book, judged before it is merged.
//!
//! A change must not set its own bar. So each changed deal is judged twice, by the price book of the base branch
//! and by that of the change, and the stricter result counts; settings come from the base branch; a key of the
//! price book that gets looser fails the change unless the settings allow the key; and whatever the change
//! touches and the gate does not judge is listed, and fails.

pub mod annotations;
mod effect;
pub mod json;
mod paths;
mod place;
mod rows;
mod settings;
pub mod text;

pub use paths::{ChangedPath, PathContent, PathRole, is_deal_text, is_price_book, role};
pub use place::path_from_top;
pub use settings::GateSettings;

use crate::answer::book_check::Finding;
use crate::answer::book_tables::{BookChange, ChangeEffect};
use crate::answer::deal_diff::ComparedDeal;
use crate::answer::pipeline::{Check, CheckStatus, CheckedDeal, SplitDeal};
use crate::book::PriceBook;
use crate::number::Date;
use crate::text::visible_signs;

/// Everything that a gate says about a change.
#[derive(Debug)]
pub struct Gate<'a, 'b> {
    /// The name of the base revision.
    pub base: &'a str,
    pub day: Date,
    /// The name of the highest level that a deal may need.
    pub max_approval: String,
    /// Paths that could not be judged at all, each with the reason, worst first.
    pub unjudged: Vec<(String, String)>,
    /// All deals as they will be after the merge, by the price book of the base.
    pub by_base: Option<Check<'a, 'b>>,
    /// The deals by the price book of the change, where that is another one.
    pub by_own: Option<Check<'a, 'b>>,
    /// The names of the deals that the change adds or edits.
    pub changed: Vec<String>,
    /// The names of the deals that the change removes.
    pub removed: Vec<String>,
    /// The price books that the change adds or edits.
    pub books: Vec<BookReview<'b>>,
    /// Differences of each deal from the version at which the change began.
    pub differences: Vec<ComparedDeal<'a, 'b>>,
}

/// The change of a price book.
#[derive(Debug)]
pub struct BookReview<'b> {
    /// The path of the price book.
    pub path: String,
    /// The books of the base and of the change; `None` for one that cannot be read.
    pub books: [Option<&'b PriceBook>; 2],
    pub changes: Vec<BookChange>,
    /// The paths of the keys that the settings allow to loosen.
    pub allowed: Vec<String>,
    /// Findings of the new book that the old one does not have.
    pub findings: Vec<Finding<'b>>,
    /// The codes of findings that fail the change.
    pub denied: Vec<&'static str>,
}

/// A changed deal, by both price books.
#[derive(Debug, Clone, Copy)]
pub struct GatedDeal<'g, 'a, 'b> {
    pub name: &'a str,
    pub by_base: Option<&'g CheckedDeal<'a, 'b>>,
    pub by_own: Option<&'g CheckedDeal<'a, 'b>>,
    /// The worse status of the two.
    pub status: CheckStatus,
}

/// The result of a gate, best first. A change that could not be looked at is worst: nobody knows what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GateStatus {
    Passed,
    /// A deal needs a higher level or has a denied notice, or the price book gets looser.
    NeedsApproval,
    OutsidePolicy,
    NotJudged,
}

impl GateStatus {
    /// The word in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::NeedsApproval => "needs-approval",
            Self::OutsidePolicy => "outside-policy",
            Self::NotJudged => "not-judged",
        }
    }
}

impl BookReview<'_> {
    /// Returns the changes that loosen the book and that no setting allows.
    pub fn loosenings(&self) -> impl Iterator<Item = &BookChange> {
        let is_allowed = |change: &BookChange| self.allowed.contains(&change.path());
        let changes = self.changes.iter().filter(|it| it.effect == ChangeEffect::Loosens);
        changes.filter(move |change| !is_allowed(change))
    }

    /// Returns the new findings that fail the change: errors, and those of a denied code.
    pub fn denied_findings(&self) -> impl Iterator<Item = &Finding<'_>> {
        use crate::answer::book_check::FindingSeverity;
        self.findings.iter().filter(|it| {
            it.code.severity == FindingSeverity::Error || self.denied.contains(&it.code.name)
        })
    }

    /// Whether the book changed and still has the version of the base, as far as anybody can see.
    pub fn keeps_version(&self) -> bool {
        let [old, new] = self.books.map(|book| book.map(|book| visible_signs(&book.version)));
        let same = old.is_some() && old == new;
        same && !self.changes.is_empty()
    }
}

impl<'a, 'b> Gate<'a, 'b> {
    /// Returns the checks, that of the base first, each with the words for its price book.
    pub fn checks(&self) -> impl Iterator<Item = (&Check<'a, 'b>, &'static str)> {
        let both = self.by_base.is_some() && self.by_own.is_some();
        let (base, own) = if both {
            ("by the price book of the base", "by the changed price book")
        } else {
            ("", "")
        };
        let by_base = self.by_base.iter().map(move |it| (it, base));
        by_base.chain(self.by_own.iter().map(move |it| (it, own)))
    }

    /// Returns the changed deals, worst first.
    pub fn deals(&self) -> Vec<GatedDeal<'_, 'a, 'b>> {
        let gated = self.changed.iter().filter_map(|name| {
            let [base, own] = [&self.by_base, &self.by_own].map(|check| {
                let check = check.as_ref()?;
                let deal = check.deals.iter().find(|deal| deal.name == name)?;
                Some((deal, check.status(deal)))
            });
            let status = base.into_iter().chain(own).map(|it| it.1).max()?;
            let [by_base, by_own] = [base, own].map(|it| it.map(|it| it.0));
            Some(GatedDeal { name: by_base.or(by_own)?.name, by_base, by_own, status })
        });
        let mut gated: Vec<_> = gated.collect();
        gated.sort_by(|one, other| (other.status, one.name).cmp(&(one.status, other.name)));
        gated
    }

    /// Returns the splits with a changed deal in them, by both price books; one that both tell occurs once.
    pub fn splits(&self) -> Vec<&SplitDeal<'a, 'b>> {
        let is_changed = |split: &&SplitDeal<'a, 'b>| {
            split.deals.iter().any(|deal| self.changed.iter().any(|name| name == deal))
        };
        let checks = self.by_base.iter().chain(&self.by_own);
        let mut found: Vec<&SplitDeal<'a, 'b>> = Vec::new();
        for split in checks.flat_map(|check| &check.splits).filter(is_changed) {
            if !found.iter().any(|known| known.message() == split.message()) {
                found.push(split);
            }
        }
        found
    }

    pub fn status(&self) -> GateStatus {
        let deals = self.deals().into_iter().map(|deal| match deal.status {
            CheckStatus::Within => GateStatus::Passed,
            CheckStatus::Denied | CheckStatus::Above => GateStatus::NeedsApproval,
            CheckStatus::Refused => GateStatus::OutsidePolicy,
            CheckStatus::Unread => GateStatus::NotJudged,
        });
        let book = self.books.iter().any(|book| {
            book.loosenings().next().is_some()
                || book.denied_findings().next().is_some()
                || book.keeps_version()
        });
        let book = if book { GateStatus::NeedsApproval } else { GateStatus::Passed };
        let unjudged =
            if self.unjudged.is_empty() { GateStatus::Passed } else { GateStatus::NotJudged };
        deals.chain([book, unjudged]).max().unwrap_or(GateStatus::Passed)
    }
}
