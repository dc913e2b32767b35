//! Contract clauses: which of them a contract may have, and who must agree.

use super::policy::{ApprovalNeed, Rule};

/// A clause that a contract may have.
#[derive(Debug, Clone)]
pub struct Clause {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) class: ClauseClass,
    pub(crate) approval: ApprovalNeed,
    /// Why somebody has to agree, or nobody can.
    pub(crate) reason: Option<String>,
    pub(crate) refund_days: Option<u32>,
    pub(crate) assumed: bool,
    pub(crate) rule: Rule,
}

/// How far a clause is from the contract that everybody gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClauseClass {
    /// Everybody gets it.
    Standard,
    /// Given case by case.
    Negotiable,
    /// Not given, unless somebody high up agrees.
    RedLine,
    /// Not given at all: no level can grant it.
    Never,
}

impl ClauseClass {
    /// All of them, nearest to the standard first.
    pub(super) const ALL: [Self; 4] =
        [Self::Standard, Self::Negotiable, Self::RedLine, Self::Never];

    /// Their names, in the same order.
    pub(super) const NAMES: [&'static str; 4] = ["standard", "negotiable", "red-line", "never"];

    /// The word that files use, and people read.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standard => Self::NAMES[0],
            Self::Negotiable => Self::NAMES[1],
            Self::RedLine => Self::NAMES[2],
            Self::Never => Self::NAMES[3],
        }
    }
}

impl Clause {
    /// The name that files use: `liability-24-months`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The words that people read.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// How far it is from the standard.
    pub const fn class(&self) -> ClauseClass {
        self.class
    }

    /// Within so many days of the start the customer may hand back what was bought, and gets back
    /// what was paid.
    pub const fn refund_days(&self) -> Option<u32> {
        self.refund_days
    }
}
