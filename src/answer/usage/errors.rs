//! The errors of a usage file, which may have a million rows.

use crate::text::diagnostic::{Checked, Diagnostic, Diagnostics};

/// How many errors are shown. More add nothing for a file that was exported in the wrong form.
const SHOWN: usize = 20;

/// The first errors of a file, and how many more there are.
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

    /// Returns the value, unless there were errors.
    pub(super) fn or<T>(self, value: Option<T>) -> Checked<T> {
        match value {
            Some(value) if self.is_empty() => Ok(value),
            _ => Err(Diagnostics::sorted(self.shown).and(self.hidden)),
        }
    }
}
