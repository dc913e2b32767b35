//! Services that come with a contract, up to a value.

use crate::table::{Key, Kind, Shape};

pub(super) static SERVICE: Shape = Shape {
    what: "a service",
    about: "A service that comes with a contract, up to a value.",
    keys: &[
        Key::required("title", Kind::Text, "The words that people read."),
        Key::required("included", Kind::Money, "The value up to which it costs nothing."),
        Key::required(
            "beyond",
            Kind::Choice(&["priced", "refused"]),
            "What becomes of more than that: priced at its value, once; or outside policy too.",
        ),
    ],
};
