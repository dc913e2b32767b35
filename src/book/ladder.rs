//! The approval ladder of a book, the reviews beside it, and the approval that a rule needs.

use super::rule::{ANOTHER_NAME, Rule, UniqueNames, rule_of};
use crate::table::{Keys, Section, TableList, TypedKey, keys};
use crate::text::diagnostic::{Code, Diagnostic, nearest};
use crate::text::source::Written;

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
        let (levels, knows_levels) = tables(top, levels);
        if let Some(extra) = levels.get(ApprovalLadder::MAX) {
            let message = format!("a ladder has at most {} levels", ApprovalLadder::MAX);
            let hint = "remove this level and the levels after it";
            top.report_at(Code::BadNumber, extra.place(), message, hint);
        }
        let (reviews, knows_reviews) = tables(top, reviews);
        let named = names(&levels, LEVEL.level, LEVEL.title, "the level");
        let known_reviews = names(&reviews, REVIEW.name, REVIEW.title, "the review");
        Self {
            knows_levels: knows_levels
                && levels.len() <= ApprovalLadder::MAX
                && all_have(&levels, LEVEL.level),
            knows_reviews: knows_reviews && all_have(&reviews, REVIEW.name),
            ladder: ApprovalLadder(named.into_iter().take(ApprovalLadder::MAX).collect()),
            reviews: known_reviews,
        }
    }

    /// Reads the approval that a rule needs, from its keys for a level and for a review.
    pub fn approval_need(
        &self,
        section: Section<'_>,
        level: TypedKey<String>,
        review: TypedKey<String>,
    ) -> ApprovalNeed {
        let level = section.get(level).and_then(|name| {
            let level = self.ladder.level(&name.value);
            if level.is_none() && self.knows_levels {
                section.fault(self.unknown_level(&name));
            }
            level
        });
        let review = section.get(review).map(|name| {
            let known = self.reviews.iter().any(|review| review.name == name.value);
            if !known && self.knows_reviews {
                section.fault(self.unknown_review(&name));
            }
            name.value
        });
        ApprovalNeed { level: level.unwrap_or(Level::NONE), review }
    }

    fn unknown_level(&self, name: &Written<String>) -> Diagnostic {
        let message = format!("\"{}\" is not on the approval ladder", name.value);
        let hint = if self.ladder.names().nth(1).is_some() {
            found_or_listed(&name.value, self.ladder.names(), "[[approval]]")
        } else {
            "the ladder is empty: add it with [[approval]]".to_owned()
        };
        name.fault(Code::UnknownLevel, message).hint(hint)
    }

    fn unknown_review(&self, name: &Written<String>) -> Diagnostic {
        let message = format!("the book has no review \"{}\"", name.value);
        let known = self.reviews.iter().map(|review| review.name.as_str());
        let hint = found_or_listed(&name.value, known, "[[review]]");
        name.fault(Code::UnknownReview, message).hint(hint)
    }
}

/// Returns the tables of a list, and whether the list could be read or is left out.
fn tables<K: Keys>(top: Section<'_>, key: TypedKey<TableList<K>>) -> (Vec<Section<'_>>, bool) {
    let before = top.fault_count();
    let tables = top.get(key);
    let unread = tables.is_empty() && top.fault_count() > before;
    (tables, !unread && !top.is_misspelled(key))
}

fn all_have(tables: &[Section<'_>], key: TypedKey<String>) -> bool {
    tables.iter().all(|table| table.get(key).is_some())
}

/// Returns the hint for an unknown name: a similar name, all known names, or how to add one.
fn found_or_listed<'a>(
    word: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    table: &str,
) -> String {
    match nearest(word, known.clone()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None if known.clone().next().is_none() => format!("add it with {table}"),
        None => format!("one of: {}", known.collect::<Vec<_>>().join(", ")),
    }
}

/// Reads the levels or reviews, and reports a name that is given twice or reserved.
fn names(
    tables: &[Section<'_>],
    key: TypedKey<String>,
    title: TypedKey<String>,
    what: &str,
) -> Vec<Approver> {
    let mut seen = UniqueNames::default();
    let mut named = Vec::new();
    for table in tables {
        let (name, title) = (table.get(key), table.value(title));
        let Some(name) = name else { continue };
        if name.value == "none" {
            let hint = "\"none\" means that no approval is needed; choose another name";
            table.fault(name.fault(Code::Duplicate, "\"none\" is already a level").hint(hint));
        }
        let what = format_args!("{what} \"{}\"", name.value);
        if !seen.is_new(*table, &name, what, ANOTHER_NAME) {
            continue;
        }
        let title = title.unwrap_or_else(|| name.value.clone());
        let rule = rule_of(key.name, &name);
        named.push(Approver { name: name.value, title, rule });
    }
    named
}
