//! The approval ladder of a book, the reviews beside it, and the approval that a rule needs.

use super::rule::{ANOTHER_NAME, Rule, UniqueNames, rule_of};
use crate::table::{Keys, Section, TableList, TypedKey, keys, suggestion, unknown};
use crate::text::diagnostic::Code;

/// Level of the ladder, or a review beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approver {
    pub name: String,
    pub title: String,
    pub rule: Rule,
}

/// Level of the approval ladder; the lowest, [`Level::NONE`], stands for no approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Level(u8);

impl Level {
    pub const NONE: Self = Self(0);

    /// Returns the number of levels up to this one; 0 for [`Level::NONE`].
    pub fn height(self) -> usize {
        self.0.into()
    }
}

/// Approval levels of a book, lowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalLadder(Vec<Approver>);

impl ApprovalLadder {
    pub(super) const MAX: usize = 16;

    /// Returns the level with this name; `none` is [`Level::NONE`].
    pub fn level(&self, name: &str) -> Option<Level> {
        let index = self.names().position(|known| known == name)?;
        u8::try_from(index).ok().map(Level)
    }

    pub fn level_at(&self, height: usize) -> Option<Level> {
        (height <= self.0.len()).then(|| u8::try_from(height).ok().map(Level))?
    }

    /// Returns the names of all levels, lowest first, starting with `none`.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        std::iter::once("none").chain(self.0.iter().map(|level| level.name.as_str()))
    }

    /// Returns the levels above [`Level::NONE`], lowest first.
    pub fn levels(&self) -> impl Iterator<Item = (Level, &Approver)> {
        self.0
            .iter()
            .enumerate()
            .filter_map(|(place, named)| Some((self.level_at(place + 1)?, named)))
    }

    pub fn name(&self, level: Level) -> &str {
        self.rung(level).map_or("none", |named| &named.name)
    }

    pub fn title(&self, level: Level) -> &str {
        self.rung(level).map_or("None", |named| &named.title)
    }

    fn rung(&self, level: Level) -> Option<&Approver> {
        self.0.get(usize::from(level.0).checked_sub(1)?)
    }
}

/// Approval that a rule needs: a level of the ladder, a review beside it, or both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ApprovalNeed {
    /// Level of the ladder; [`Level::NONE`] if the rule needs only a review.
    pub level: Level,
    pub review: Option<String>,
}

impl ApprovalNeed {
    pub fn is_nothing(&self) -> bool {
        self.level == Level::NONE && self.review.is_none()
    }
}

keys! {
    pub(super) LEVEL: LevelKeys = "an approval level",
        "A level of the approval ladder; higher ones follow.";

    required level: String = "The name that rules use, such as vp.";
    required title: String = "The title that readers see, such as VP.";
}

keys! {
    pub(super) REVIEW: ReviewKeys = "a review",
        "A review that a quote needs in addition to its approval level.";

    required name: String = "The name that rules use, such as legal.";
    required title: String = "The title that readers see.";
}

/// Levels and reviews that rules can name.
pub(super) struct ApproverNames {
    pub ladder: ApprovalLadder,
    pub reviews: Vec<Approver>,
    /// Whether every level could be read. If not, an unknown name in a rule may be one of the
    /// unread levels, and is not reported.
    knows_levels: bool,
    knows_reviews: bool,
}

impl ApproverNames {
    pub fn read(
        top: Section<'_>,
        levels: TypedKey<TableList<LevelKeys>>,
        reviews: TypedKey<TableList<ReviewKeys>>,
    ) -> Self {
        let (mut named, knows_levels) =
            approvers(top, levels, (LEVEL.level, LEVEL.title), "the level");
        let extra = top.get(levels).get(ApprovalLadder::MAX).copied();
        if let Some(extra) = extra {
            let message = format!("a ladder has at most {} levels", ApprovalLadder::MAX);
            let hint = "remove this level and the levels after it";
            top.report_at(Code::BadNumber, extra.place(), message, hint);
        }
        named.truncate(ApprovalLadder::MAX);
        let (reviews, knows_reviews) =
            approvers(top, reviews, (REVIEW.name, REVIEW.title), "the review");
        let knows_levels = knows_levels && extra.is_none();
        Self { ladder: ApprovalLadder(named), reviews, knows_levels, knows_reviews }
    }

    /// Reads the approval that a rule needs, from its keys for a level and for a review.
    pub fn approval_need(
        &self,
        section: Section<'_>,
        level: TypedKey<String>,
        review: TypedKey<String>,
    ) -> ApprovalNeed {
        let level = self.level(section, level);
        let review = section.get(review).map(|name| {
            let known = self.reviews.iter().map(|review| review.name.as_str());
            if self.knows_reviews && !known.clone().any(|known| known == name.value) {
                let fault = unknown(Code::UnknownReview, "review", &name, known);
                let hint = self.reviews.is_empty().then(|| "add it with [[review]]".to_owned());
                section.fault(fault.maybe_hint(hint));
            }
            name.value
        });
        ApprovalNeed { level, review }
    }

    /// Reads a level, and reports one that is not on the ladder; [`Level::NONE`] without one.
    pub fn level(&self, section: Section<'_>, key: TypedKey<String>) -> Level {
        let level = section.get(key).and_then(|name| {
            let level = self.ladder.level(&name.value);
            if level.is_none() && self.knows_levels {
                let message = format!("\"{}\" is not on the approval ladder", name.value);
                let hint = match self.ladder.0.as_slice() {
                    [] => "the ladder is empty: add it with [[approval]]".to_owned(),
                    _ => suggestion(&name.value, self.ladder.names()),
                };
                section.fault(name.fault(Code::UnknownLevel, message).hint(hint));
            }
            level
        });
        level.unwrap_or(Level::NONE)
    }
}

/// Reads the levels or reviews of a list by their keys for name and title, and reports a name that
/// is given twice or reserved. Returns whether the list and every name in it could be read.
fn approvers<K: Keys>(
    top: Section<'_>,
    list: TypedKey<TableList<K>>,
    (name, title): (TypedKey<String>, TypedKey<String>),
    what: &str,
) -> (Vec<Approver>, bool) {
    let before = top.fault_count();
    let tables = top.get(list);
    let is_unread = tables.is_empty() && top.fault_count() > before;
    let mut knows_all = !is_unread && !top.is_misspelled(list);
    let mut seen = UniqueNames::default();
    let mut named = Vec::new();
    for table in tables {
        let (written, title) = (table.get(name), table.value(title));
        let Some(written) = written else {
            knows_all = false;
            continue;
        };
        if written.value == "none" {
            let hint = "\"none\" means that no approval is needed; choose another name";
            table.fault(written.fault(Code::Duplicate, "\"none\" is already a level").hint(hint));
        }
        let what = format_args!("{what} \"{}\"", written.value);
        if seen.is_new(table, &written, what, ANOTHER_NAME) {
            let title = title.unwrap_or_else(|| written.value.clone());
            let rule = rule_of(name.name, &written);
            named.push(Approver { name: written.value, title, rule });
        }
    }
    (named, knows_all)
}
