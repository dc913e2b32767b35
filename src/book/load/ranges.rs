//! Ranges that must follow one another.

use crate::number::Interval;
use crate::table::Section;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

/// Reports where ranges leave something out or share something. What stands beside a range that
/// could not be read is not known to do either.
pub(super) fn check_contiguous(section: Section<'_>, ranges: &[Option<Written<Interval>>]) {
    for pair in ranges.windows(2) {
        let [Some(before), Some(after)] = pair else { continue };
        if let Some(fault) = between(before, after) {
            section.fault(fault);
        }
    }
}

fn between(before: &Written<Interval>, after: &Written<Interval>) -> Option<Diagnostic> {
    let fault = |code, message: String, label: String| {
        Diagnostic::new(code, after.place.clone(), message).related(before.place.clone(), label)
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
