//! Services that come with a contract, up to a value.

use super::policy::Rule;
use crate::reading::{Key, Kind, Shape};
use crate::value::Money;

/// The keys of a service.
pub(super) static SHAPE: Shape = Shape {
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

/// A service that comes with a contract, up to a value.
#[derive(Debug, Clone)]
pub struct Service {
    pub(crate) name: String,
    pub(crate) title: String,
    /// The value up to which it costs nothing.
    pub(crate) included: Money,
    /// More than that is outside policy.
    pub(crate) refused_beyond: bool,
    pub(crate) rule: Rule,
}

impl Service {
    /// The name that files use: `migration`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The words that people read.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }
}
