//! Contract clauses.

use crate::book::ClauseClass;
use crate::table::{Key, Kind, Shape};

pub(super) static CLAUSE: Shape = Shape {
    what: "a clause",
    about: "A clause that a contract may have.",
    keys: &[
        Key::required("title", Kind::Text, "The words that people read."),
        Key::required(
            "class",
            Kind::Choice(&ClauseClass::NAMES),
            "standard: nobody has to agree. negotiable, red-line: somebody has to. never: nobody can.",
        ),
        Key::optional("approval", Kind::Text, "The level that it needs."),
        Key::optional("review", Kind::Text, "The review that it needs."),
        Key::optional(
            "reason",
            Kind::Text,
            "Why somebody has to agree, or nobody can, in words that a quote can show.",
        ),
        Key::optional(
            "refund_days",
            Kind::Whole(1, 3650),
            "Within so many days the customer may hand back what was bought, and is refunded.",
        ),
        Key::optional(
            "assumed",
            Kind::Flag,
            "The playbook does not say how it is classed, or who agrees; quotes say so.",
        ),
    ],
};
