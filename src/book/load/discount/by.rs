//! What decides whether a discount is given, and how much.

use crate::table::Section;
use crate::text::source::Place;

/// What `by` may say, in the order of its shape.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum ConditionKind {
    Quantity,
    Term,
    Prepay,
    Program,
    Payment,
    Always,
}

impl ConditionKind {
    const ALL: [Self; 6] =
        [Self::Quantity, Self::Term, Self::Prepay, Self::Program, Self::Payment, Self::Always];

    /// The key of a step that says when it is given.
    pub const fn selector(self) -> Option<&'static str> {
        match self {
            Self::Quantity => Some("quantity"),
            Self::Term => Some("years"),
            Self::Prepay => Some("prepay"),
            Self::Payment => Some("payment"),
            Self::Program | Self::Always => None,
        }
    }

    /// The selector, if it is a range.
    pub const fn range_key(self) -> Option<&'static str> {
        match self {
            Self::Quantity | Self::Term => self.selector(),
            Self::Prepay | Self::Program | Self::Payment | Self::Always => None,
        }
    }

    /// The word that a book has for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quantity => "quantity",
            Self::Term => "term",
            Self::Prepay => "prepay",
            Self::Program => "program",
            Self::Payment => "payment",
            Self::Always => "always",
        }
    }

    /// A selector as it could be written.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Quantity => "quantity = \"50-99\"",
            Self::Term => "years = \"2-3\"",
            Self::Prepay => "prepay = \"annual\"",
            Self::Payment => "payment = [\"net-60\"]",
            Self::Program | Self::Always => "",
        }
    }
}

/// What a discount goes `by`, and where it says so.
pub(super) fn condition_kind(table: Section<'_>) -> Option<(ConditionKind, Place)> {
    let by = table.choice("by")?;
    Some((ConditionKind::ALL[by.value], by.place))
}
