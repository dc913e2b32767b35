//! Lines of a book that answers refer to, and checks that several tables share.

use crate::number::Interval;
use crate::table::Section;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Written};
use std::fmt::Display;

/// Line of the book that a figure, an approval or a violation goes back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Identity of the rule: `volume.1000+`, `strategic.lighthouse`.
    pub id: String,
    /// Place in the book: `pricing.toml:41`.
    pub source: Place,
}

pub(super) fn rule(id: impl Into<String>, place: &Place) -> Rule {
    Rule { id: id.into(), source: place.clone() }
}

/// Returns the rule of a table that has a name of its own: `kind.name`.
pub(super) fn rule_of(kind: &str, name: &Written<String>) -> Rule {
    rule([kind, ".", &name.value].concat(), &name.place)
}

pub(super) const ANOTHER_NAME: &str = "remove one of them, or give it another name";

/// Names of one kind, each of which may be given once.
#[derive(Default)]
pub(super) struct UniqueNames(Vec<Written<String>>);

impl UniqueNames {
    /// Records a name, and reports it if it was given before. Returns whether it is new. `what`
    /// describes the named thing, with its name.
    pub fn is_new(
        &mut self,
        section: Section<'_>,
        name: &Written<String>,
        what: impl Display,
        hint: &str,
    ) -> bool {
        let first = self.0.iter().find(|first| first.value == name.value);
        if let Some(first) = first {
            section.fault(name.twice(first, what).hint(hint));
        }
        let is_new = first.is_none();
        self.0.push(name.clone());
        is_new
    }
}

/// Reports ranges that leave numbers out or share numbers. A range that cannot be read is `None`,
/// and its neighbors are not compared with it.
pub(super) fn check_contiguous(section: Section<'_>, ranges: &[Option<Written<Interval>>]) {
    for pair in ranges.windows(2) {
        let [Some(before), Some(after)] = pair else { continue };
        if let Some(fault) = between(before, after) {
            section.fault(fault);
        }
    }
}

/// Returns the gap or the overlap between two ranges that follow one another.
fn between(before: &Written<Interval>, after: &Written<Interval>) -> Option<Diagnostic> {
    let fault = |code, message: String, label: String| {
        after.fault(code, message).related(before.place.clone(), label)
    };
    let (first, start) = (before.value.from(), after.value.from());
    if start <= first {
        let message = format!("this range starts at {start}, and the one before at {first}");
        let fault = fault(Code::RangeOverlap, message, format!("starts at {first}"));
        return Some(fault.hint("put the ranges in ascending order, each number in one of them"));
    }
    let last = start - 1;
    let Some(end) = before.value.to() else {
        let message = "the range before this one has no end".to_owned();
        let fault = fault(Code::RangeOverlap, message, "has no end".to_owned());
        return Some(fault.hint(format!("end the one before at {last}")));
    };
    let next = end + 1;
    let hint = format!("start this range at {next}, or end the one before at {last}");
    if start <= end {
        let message = format!("this range starts at {start}, but the one before ends at {end}");
        return Some(fault(Code::RangeOverlap, message, format!("ends at {end}")).hint(hint));
    }
    let missing = match last.checked_sub(next)? {
        0 => next.to_string(),
        _ => format!("{next} to {last}"),
    };
    let message = format!("no range covers {missing}");
    Some(fault(Code::RangeGap, message, format!("ends at {end}")).hint(hint))
}
