//! What a customer could have instead, and what that costs.

use crate::table::{Key, Kind, Shape};

pub(super) static ALTERNATIVE: Shape = Shape {
    what: "an alternative",
    about: "What a customer could have instead, with what it costs.",
    keys: &[
        Key::required("title", Kind::Text, "The words that people read, such as VMware vSphere."),
        Key::optional(
            "costs",
            Kind::Tables(&COST),
            "What it costs, as far as that is the same for every customer.",
        ),
    ],
};

static COST: Shape = Shape {
    what: "a cost",
    about: "Something that an alternative costs: `once`, `yearly`, or `total` over some `years`.",
    keys: &[
        TITLE,
        ONCE,
        YEARLY,
        TOTAL,
        YEARS,
        PER,
        Key::optional(
            "assumed",
            Kind::Flag,
            "The figure is not from the playbook; answers say so.",
        ),
    ],
};

/// A cost in a deal, which is the customer's own figure.
pub static ALTERNATIVE_COST: Shape = Shape {
    what: "a cost",
    about: "The customer's own figure: `once`, `yearly`, or `total` over some `years`. It replaces what the book has under the same title, or adds to it.",
    keys: CUSTOMERS,
};

/// A cost in a deal that the customer has when it chooses us.
pub static OWN_COST: Shape = Shape {
    what: "a cost",
    about: "What the customer pays others, or spends itself, when it chooses us, such as migration and training: `once`, `yearly`, or `total` over some `years`.",
    keys: CUSTOMERS,
};

/// The keys of a cost that the customer has told: nothing of it is assumed.
const CUSTOMERS: &[Key] = &[TITLE, ONCE, YEARLY, TOTAL, YEARS, PER];

const TITLE: Key = Key::required("title", Kind::Text, "The words that people read.");

const ONCE: Key = Key::optional(
    "once",
    Kind::Money,
    "What is paid once, when a unit is first needed; at the start where it is not by units.",
);

const YEARLY: Key = Key::optional("yearly", Kind::Money, "What is paid in a year.");

const TOTAL: Key = Key::optional(
    "total",
    Kind::Money,
    "What `years` cost together, in place of `yearly`; each of them as much.",
);

const YEARS: Key = Key::optional("years", Kind::Whole(2, 30), "The years of a `total`.");

const PER: Key = Key::optional(
    "per",
    Kind::Text,
    "The units that the amount is for, such as \"socket\" or \"16 cores\": those of the deal's lines count, started ones too. Without it the amount is for the whole deal.",
);
