//! What is sold, and its price list.

use crate::table::{Key, Kind, Shape};

pub(super) static METRIC: Shape = Shape {
    what: "a metric",
    about: "A unit of sale with its price list.",
    keys: &[
        Key::required("title", Kind::Text, "The words that people read, such as CPU socket."),
        Key::required("unit", Kind::Text, "One of it: socket."),
        Key::required("units", Kind::Text, "Several of it: sockets."),
        Key::required(
            "per",
            Kind::Choice(&["year", "hour", "once"]),
            "What a price pays for: one unit for a year, for an hour, or for good.",
        ),
        Key::optional(
            "hours_per_month",
            Kind::Whole(1, 744),
            "Hours to a month, for prices per hour.",
        ),
        Key::optional(
            "usage_hours",
            Kind::Choice(&["book", "real"]),
            "The hours that a month of use is billed by: those of `hours_per_month` in every month, or the real ones of the calendar. Without it, dealdesk usage has to be told.",
        ),
        Key::optional(
            "maintenance",
            Kind::Rate,
            "per = \"once\": what maintenance costs in a year, as a share of the net price.",
        ),
        Key::optional(
            "months",
            Kind::Whole(1, 360),
            "per = \"once\": how many months what is bought lasts; for good, if it is left out.",
        ),
        Key::required(
            "mode",
            Kind::Choice(&["volume", "graduated", "package"]),
            "volume: the whole quantity takes the price of its range. graduated: each unit takes that of its own range. package: started packages count.",
        ),
        Key::optional(
            "places",
            Kind::Whole(0, 6),
            "Decimal places of the net price; those of the currency, if it is left out.",
        ),
        Key::optional("size", Kind::Whole(1, 1_000_000), "Units to a package."),
        Key::optional(
            "included",
            Kind::Whole(0, 1_000_000_000),
            "Units that are free before packages count.",
        ),
        Key::optional(
            "fractional",
            Kind::Flag,
            "Whether parts of a unit can be sold, to 3 decimal places.",
        ),
        Key::optional("fee", Kind::Money, "Charged for each line and year beside its units."),
        Key::optional(
            "minimum",
            Kind::Money,
            "The least that a line costs in a year at list, before discounts.",
        ),
        Key::optional(
            "billing",
            Kind::Text,
            "How it is invoiced, whatever a deal says: one of [billing.ways].",
        ),
        Key::optional(
            "currencies",
            Kind::Currencies,
            "The currencies in which it is sold, such as [\"USD\"]; all of the book's, if it is left out.",
        ),
        Key::optional(
            "instead_of",
            Kind::Text,
            "per = \"once\" or \"hour\": the metric by the year that quotes compare it with, unit for unit.",
        ),
        Key::optional("approval", Kind::Text, "The level that every quote of it needs."),
        Key::optional(
            "approval_assumed",
            Kind::Flag,
            "The playbook does not say that it needs approval; quotes say so.",
        ),
        Key::optional("review", Kind::Text, "The review that every quote of it needs."),
        Key::required(
            "tiers",
            Kind::Tables(&TIER),
            "The price list: ranges of quantity that follow one another without a gap.",
        ),
    ],
};

static TIER: Shape = Shape {
    what: "a tier",
    about: "One range of a price list.",
    keys: &[
        Key::required("quantity", Kind::Range, "The range: \"3-49\", \"500+\"."),
        Key::optional(
            "price",
            Kind::Money,
            "The price of a unit (or a package); nothing if there is a flat price.",
        ),
        Key::optional(
            "flat",
            Kind::Money,
            "Charged once for the range, beside the price of its units.",
        ),
        Key::optional(
            "fee",
            Kind::MoneyRange,
            "per = \"once\": what the whole line costs, in place of a price. A deal names it inside a range.",
        ),
        Key::optional("edition", Kind::Text, "The edition that the range buys."),
        Key::optional(
            "max_hosts",
            Kind::Whole(1, 1_000_000),
            "The edition may be named for any quantity on at most so many hosts.",
        ),
        Key::optional("assumed", Kind::Flag, "The figure is not from the playbook; quotes say so."),
    ],
};
