//! The errors of a usage file, up to a number that a person reads.

use crate::text::diagnostic::{Checked, Diagnostic, Diagnostics};
use crate::text::source::{Place, Source};
use std::ops::Range;
use std::sync::Arc;

/// How many errors are shown. More add nothing for a file that was exported in the wrong form.
const SHOWN: usize = 20;

pub(super) struct UsageErrors<'s> {
    pub source: &'s Arc<Source>,
    shown: Vec<Diagnostic>,
    hidden: usize,
}

impl<'s> UsageErrors<'s> {
    pub(super) const fn new(source: &'s Arc<Source>) -> Self {
        Self { source, shown: Vec::new(), hidden: 0 }
    }

    /// Reports the error of some bytes of the file.
    pub(super) fn report(&mut self, span: &Range<usize>, fault: impl FnOnce(Place) -> Diagnostic) {
        if self.shown.len() < SHOWN {
            self.shown.push(fault(Place::new(Arc::clone(self.source), span.clone())));
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
