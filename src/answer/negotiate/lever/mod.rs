//! The levers: one row for each thing that an offer may change.

pub(super) mod program_sets;
mod settings;

use super::draft_edit::DraftEdit;
use super::request::CustomerRequest;
use LeverGroup::{Billing, Discounts, Edition, Payment, Size, Term};

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

/// The lever of the discounts that the book gives without a claim.
pub(super) const VOLUME: &str = "volume";

pub(super) const PROGRAM: &str = "program";

/// The levers, in the order of the help. The search finds exactly which programs are claimed and how much of a
/// discount is given, so these two levers have no settings.
pub const LEVERS: &[Lever] = &[
    free("term", Term, settings::term, "years of commitment: term=2..4"),
    free("prepay", Billing, settings::prepay, "prepayment: prepay=annual,multi-year"),
    free(
        PROGRAM,
        Discounts,
        |_, _| Ok(Vec::new()),
        "programs that the customer qualifies for: program=lighthouse",
    ),
    free(
        VOLUME,
        Discounts,
        |_, _| Ok(Vec::new()),
        "share of the automatic discounts that is given",
    ),
    locked("payment", Payment, settings::payment, "payment term: payment=net-30,net-60"),
    locked("billing", Billing, settings::billing, "billing schedule: billing=annual,quarterly"),
    locked("quantity", Size, settings::quantity, QUANTITY),
    locked("metric", Size, settings::metric, METRIC),
    locked("edition", Edition, settings::edition, "edition"),
    locked("ramp", Size, settings::ramp, RAMP),
];

const QUANTITY: &str = "number of units: quantity=480..600, quantity=500..1000:50";
const METRIC: &str = "another metric, and the quantity of it: metric=core:8000";
const RAMP: &str = "quantity per year: ramp=50/200/500; without quantities, every slower start of the \
                    deal's ramp";

const fn free(
    name: &'static str,
    group: LeverGroup,
    settings: LeverSettings,
    about: &'static str,
) -> Lever {
    Lever { name, about, is_free: true, group, settings }
}

const fn locked(
    name: &'static str,
    group: LeverGroup,
    settings: LeverSettings,
    about: &'static str,
) -> Lever {
    Lever { is_free: false, ..free(name, group, settings, about) }
}
