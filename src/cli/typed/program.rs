//! The flags about strategic programs.

use super::value::{named, pair};
use crate::deal::{Draft, DraftProgram};
use crate::table;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

/// A program with its rate, or by itself where it has a rate of its own.
pub(super) fn typed(word: &Written<String>) -> Result<DraftProgram, Diagnostic> {
    let (program, rate) = if word.value.contains('=') {
        let (program, rate) = pair(word)?;
        let rate = table::rate(Written::new(rate.value.as_str(), rate.place))?;
        (program, Some(rate))
    } else {
        (named(word)?, None)
    };
    Ok(DraftProgram {
        program,
        rate,
        reason: None,
        duties: Vec::new(),
        count: None,
        error_reported: false,
    })
}

/// A duty belongs to the program that was typed before it, or to that of the deal file.
pub(super) fn duty(
    word: &Written<String>,
    typed: &mut [DraftProgram],
    draft: &mut Draft,
) -> Result<(), Diagnostic> {
    let word = named(word)?;
    match typed.last_mut().or_else(|| draft.programs.last_mut()) {
        Some(program) => {
            if !program.duties.iter().any(|known| known.value == word.value) {
                program.duties.push(word);
            }
            Ok(())
        }
        None => Err(Diagnostic::new(Code::Conflict, word.place, "a duty belongs to a program")
            .hint("add --strategic PROGRAM=RATE")),
    }
}

/// Typed programs stand in for those of the deal file.
pub(super) fn merge_programs(typed: Vec<DraftProgram>, draft: &mut Draft) {
    if typed.is_empty() {
        return;
    }
    let written = std::mem::replace(&mut draft.programs, typed);
    for program in &mut draft.programs {
        let same = |other: &&DraftProgram| other.program.value == program.program.value;
        if let Some(written) = written.iter().find(same) {
            keep(program, written);
        }
    }
}

/// Another rate for a program of the deal file leaves the rest of what the file says about it.
fn keep(typed: &mut DraftProgram, written: &DraftProgram) {
    typed.rate = typed.rate.take().or_else(|| written.rate.clone());
    typed.reason.clone_from(&written.reason);
    typed.count = written.count;
    for duty in &written.duties {
        if !typed.duties.iter().any(|known| known.value == duty.value) {
            typed.duties.push(duty.clone());
        }
    }
}
