//! Who must agree to what.

use crate::number::{Date, Money, Rate};
use crate::text::source::Place;

/// A line of the book that a figure, an approval or a violation goes back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// `volume.1000+`, `strategic.lighthouse`.
    pub id: String,
    /// `pricing.toml:41`.
    pub source: Place,
}

/// A name that files use, and the words that people read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approver {
    /// For files.
    pub name: String,
    /// For people.
    pub title: String,
    /// Its line of the book.
    pub rule: Rule,
}

/// A rung of the approval ladder; the lowest, [`Level::NONE`], asks nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Level(u8);

impl Level {
    /// No approval needed.
    pub const NONE: Self = Self(0);

    /// How many rungs it lies above the ground.
    pub fn height(self) -> usize {
        self.0.into()
    }
}

/// The approval levels of a book, lowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalLadder(Vec<Approver>);

impl ApprovalLadder {
    /// Most levels that a ladder can have.
    pub(super) const MAX: usize = 16;

    pub(super) fn new(levels: Vec<Approver>) -> Self {
        Self(levels)
    }

    /// The level of that name; `none` is one.
    pub fn level(&self, name: &str) -> Option<Level> {
        let index = self.names().position(|known| known == name)?;
        u8::try_from(index).ok().map(Level)
    }

    /// The level that lies so many rungs above the ground.
    pub fn level_at(&self, height: usize) -> Option<Level> {
        (height <= self.0.len()).then(|| u8::try_from(height).ok().map(Level))?
    }

    /// The names of all levels, lowest first, beginning with `none`.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        std::iter::once("none").chain(self.0.iter().map(|level| level.name.as_str()))
    }

    /// The levels that rules can ask for, lowest first.
    pub fn levels(&self) -> impl Iterator<Item = (Level, &Approver)> {
        self.0
            .iter()
            .enumerate()
            .filter_map(|(place, named)| Some((self.level_at(place + 1)?, named)))
    }

    /// The name that files use: `svp`.
    pub fn name(&self, level: Level) -> &str {
        self.rung(level).map_or("none", |named| &named.name)
    }

    /// The words that people read: `SVP`.
    pub fn title(&self, level: Level) -> &str {
        self.rung(level).map_or("None", |named| &named.title)
    }

    fn rung(&self, level: Level) -> Option<&Approver> {
        self.0.get(usize::from(level.0).checked_sub(1)?)
    }
}

/// What a rule asks for: a level of the ladder, a review beside it, or both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ApprovalNeed {
    /// The level; none, where only a review is asked for.
    pub level: Level,
    /// The name of a review.
    pub review: Option<String>,
}

impl ApprovalNeed {
    /// Whether it asks for nothing.
    pub fn is_nothing(&self) -> bool {
        self.level == Level::NONE && self.review.is_none()
    }
}

/// A house rule on a whole quote.
#[derive(Debug, Clone)]
pub struct Guardrail {
    /// What it looks at.
    pub measure: GuardrailMeasure,
    /// What a quote that goes beyond it needs.
    pub approval: ApprovalNeed,
    /// Nobody can grant it.
    pub refuse: bool,
    /// Why, in words that a quote can show.
    pub reason: String,
    /// Its line of the book.
    pub rule: Rule,
}

/// What a guardrail looks at, and the value that a quote may reach without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuardrailMeasure {
    /// Discount off list of the whole quote.
    Discount(Rate),
    /// Average contract value of a year.
    Acv(Money),
    /// Total contract value.
    Tcv(Money),
    /// Years.
    Term(u32),
}

/// Until when a quote is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// The end of the calendar quarter.
    QuarterEnd,
    /// So many days.
    Days(u32),
}

impl Validity {
    /// The last day of a quote given on `date`.
    pub fn last_day(self, date: Date) -> Date {
        match self {
            Self::QuarterEnd => date.quarter_end(),
            Self::Days(days) => date.plus_days(days),
        }
    }
}

/// A limit that only warns, because only people know the count.
pub type CustomerLimit = Option<u32>;
