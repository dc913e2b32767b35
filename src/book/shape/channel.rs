//! The ways to sell through a partner.

use crate::book::ChannelBase;
use crate::table::{Key, Kind, Shape};

pub(super) static CHANNEL: Shape = Shape {
    what: "a channel",
    about: "A way to sell through a partner.",
    keys: &[
        Key::required("title", Kind::Text, "The words that people read, such as Reseller."),
        Key::optional(
            "rate",
            Kind::Rates,
            "What the partner gets off: a range such as \"30%-35%\". A deal says which rate of it.",
        ),
        Key::optional(
            "base",
            Kind::Choice(ChannelBase::NAMES),
            "What the rate is off: the customer's net price, or the list price.",
        ),
        Key::optional(
            "share",
            Kind::Rate,
            "Our share of what the partner takes from its own customers, in place of `rate`.",
        ),
        Key::optional("approval", Kind::Text, "The level that every quote through it needs."),
        Key::optional("review", Kind::Text, "The review that every quote through it needs."),
        Key::optional("assumed", Kind::Flag, "The figure is not from the playbook; quotes say so."),
    ],
};
