//! The faults of a usage file, which may have a million rows.

use crate::text::diagnostic::{Checked, Diagnostic, Diagnostics};

/// How many faults of a file are shown. Whoever exported a million rows in the wrong form has
/// seen the point.
const SHOWN: usize = 20;

/// What is wrong with a file: the first faults, and how many there are besides.
#[derive(Default)]
pub(super) struct UsageErrors {
    shown: Vec<Diagnostic>,
    hidden: usize,
}

impl UsageErrors {
    pub(super) fn push(&mut self, fault: impl FnOnce() -> Diagnostic) {
        if self.shown.len() < SHOWN {
            self.shown.push(fault());
        } else {
            self.hidden += 1;
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// The value, unless something was wrong.
    pub(super) fn or<T>(self, value: Option<T>) -> Checked<T> {
        match value {
            Some(value) if self.is_empty() => Ok(value),
            _ => Err(Diagnostics::sorted(self.shown).and(self.hidden)),
        }
    }
}
