//! Ranges that must follow one another.

use crate::diagnostic::{Code, Diagnostic};
use crate::reading::Section;
use crate::source::Written;
use crate::value::Interval;

/// Reports where ranges leave something out or share something.
pub(super) fn follow(section: Section<'_>, ranges: &[Written<Interval>]) {
    for pair in ranges.windows(2) {
        let [before, after] = pair else { continue };
        let start = after.value.from();
        let fault = match before.value.to() {
            Some(end) if start == end + 1 => continue,
            Some(end) if start > end + 1 => {
                let missing = if start == end + 2 {
                    format!("{}", end + 1)
                } else {
                    format!("{} to {}", end + 1, start - 1)
                };
                let message = format!("no range has {missing}");
                Diagnostic::new(Code::RangeGap, after.place.clone(), message)
                    .hint(format!(
                        "start this range at {}, or end the one before at {}",
                        end + 1,
                        start - 1
                    ))
                    .related(before.place.clone(), format!("ends at {end}"))
            }
            Some(end) => {
                let message =
                    format!("this range starts at {start}, but the one before ends at {end}");
                Diagnostic::new(Code::RangeOverlap, after.place.clone(), message)
                    .hint("ranges ascend, and none shares a number with another")
                    .related(before.place.clone(), format!("ends at {end}"))
            }
            None => Diagnostic::new(
                Code::RangeOverlap,
                after.place.clone(),
                "the range before this one has no end",
            )
            .hint(format!("end the one before at {}", start.saturating_sub(1)))
            .related(before.place.clone(), "has no end"),
        };
        section.fault(fault);
    }
}
