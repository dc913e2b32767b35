//! The outcomes and failures of a command, with their exit codes.

use crate::text::clean;
use crate::text::diagnostic::{Diagnostic, Diagnostics};
use std::process::ExitCode;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandOutcome {
    Done,
    /// Some deals or rows could not be priced, and all others were.
    RowsFailed,
    /// A price book has a denied finding, or a deal has a claim that does not hold.
    Denied,
    /// A deal needs an approval level above the highest allowed one.
    AboveLevel,
    /// A deal is outside policy. The answer is printed all the same.
    OutsidePolicy,
}

impl CommandOutcome {
    /// Returns this outcome where it applies, and otherwise [`Self::Done`].
    pub fn when(self, applies: bool) -> Self {
        if applies { self } else { Self::Done }
    }

    pub fn exit_code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Done => 0,
            Self::RowsFailed | Self::Denied => 1,
            Self::AboveLevel => 3,
            Self::OutsidePolicy => 4,
        })
    }
}

pub enum Failure {
    /// An error of the system: a file, a pipe, a terminal.
    World(anyhow::Error),
    /// Errors in a price book, a deal or another input, each with its place.
    Diagnostics { summary: String, faults: Diagnostics },
    /// A message of clap about the command line; also the answer to `--help`.
    Usage(clap::Error),
    /// An error of the command line that clap cannot find.
    CommandLine(String),
    /// The user pressed Ctrl-C, or Esc at a question.
    Canceled,
}

impl Failure {
    /// Returns a failure with the errors of an input. `summary` says what they prevent.
    pub fn faults(summary: impl Into<String>, faults: Diagnostics) -> Self {
        Self::Diagnostics { summary: summary.into(), faults }
    }

    pub fn fault(summary: impl Into<String>, fault: Diagnostic) -> Self {
        Self::faults(summary, Diagnostics::sorted(vec![fault]))
    }

    pub fn messages(&self) -> Vec<String> {
        match self {
            Self::World(error) => vec![format!("{error:#}")],
            Self::Diagnostics { faults, .. } => faults.iter().map(Diagnostic::sentence).collect(),
            Self::Usage(error) => vec![error.to_string()],
            Self::CommandLine(message) => vec![message.clone()],
            Self::Canceled => Vec::new(),
        }
    }
}

/// Returns a failure for a command line that clap accepts and that is wrong all the same.
pub fn wrong_command_line(message: &str) -> Failure {
    Failure::CommandLine(clean(message).into_owned())
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::World(error)
    }
}
