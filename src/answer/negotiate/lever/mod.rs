//! The levers: one row for each thing that an offer may change.

pub(super) mod program_sets;
mod settings;

use super::draft_edit::DraftEdit;
use super::request::CustomerRequest;

#[derive(Debug, Clone, Copy)]
pub struct Lever {
    pub name: &'static str,
    /// The change, in words for the help.
    pub about: &'static str,
    /// Whether the lever is free unless it is locked.
    pub is_free: bool,
    pub(super) group: LeverGroup,
    /// Returns the settings that words name, or all settings if there are no words.
    pub(super) settings: LeverSettings,
}

/// The part of a deal that a lever changes. A combination has one setting of each group, so two levers
/// of one group never change a deal together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LeverGroup {
    Term,
    Billing,
    Payment,
    Size,
    Edition,
    /// The claimed programs and the rates, which the search decides for each combination of the others.
    Discounts,
}

impl LeverGroup {
    /// The groups with settings, in the order in which combinations are tried.
    pub const WITH_SETTINGS: [Self; 5] =
        [Self::Size, Self::Edition, Self::Term, Self::Billing, Self::Payment];
}

type LeverSettings =
    for<'b> fn(&CustomerRequest<'b>, &[&str]) -> Result<Vec<DraftEdit<'b>>, String>;

pub const LEVERS: &[Lever] = &[
    Lever {
        name: "term",
        about: "years of commitment: term=2..4",
        is_free: true,
        group: LeverGroup::Term,
        settings: settings::term,
    },
    Lever {
        name: "prepay",
        about: "prepayment: prepay=annual,multi-year",
        is_free: true,
        group: LeverGroup::Billing,
        settings: settings::prepay,
    },
    Lever {
        name: PROGRAM,
        about: "programs that the customer qualifies for: program=lighthouse",
        is_free: true,
        group: LeverGroup::Discounts,
        settings: |_, _| Ok(Vec::new()),
    },
    Lever {
        name: VOLUME,
        about: "share of the automatic discounts that is given",
        is_free: true,
        // No rate is tried: the search finds exactly how much is given.
        group: LeverGroup::Discounts,
        settings: |_, _| Ok(Vec::new()),
    },
    Lever {
        name: "payment",
        about: "payment term: payment=net-30,net-60",
        is_free: false,
        group: LeverGroup::Payment,
        settings: settings::payment,
    },
    Lever {
        name: "billing",
        about: "billing schedule: billing=annual,quarterly",
        is_free: false,
        group: LeverGroup::Billing,
        settings: settings::billing,
    },
    Lever {
        name: "quantity",
        about: "number of units: quantity=480..600, quantity=500..1000:50",
        is_free: false,
        group: LeverGroup::Size,
        settings: settings::quantity,
    },
    Lever {
        name: "metric",
        about: "another metric, and the quantity of it: metric=core:8000",
        is_free: false,
        group: LeverGroup::Size,
        settings: settings::metric,
    },
    Lever {
        name: "edition",
        about: "edition",
        is_free: false,
        group: LeverGroup::Edition,
        settings: settings::edition,
    },
    Lever {
        name: "ramp",
        about: "quantity per year: ramp=50/200/500; without quantities, every slower start of the \
                deal's ramp",
        is_free: false,
        group: LeverGroup::Size,
        settings: settings::ramp,
    },
];

/// The lever of the discounts that the book gives without a claim.
pub(super) const VOLUME: &str = "volume";

pub(super) const PROGRAM: &str = "program";
