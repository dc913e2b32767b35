//! Services that come with a contract, up to a value.

use super::policy::Rule;
use crate::number::Money;

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
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The words that people read.
    pub fn title(&self) -> &str {
        &self.title
    }
}
