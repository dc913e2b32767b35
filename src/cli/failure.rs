//! Every way in which a command ends, and its exit code.

use super::output;
use crate::document::wrap;
use crate::text::diagnostic::{Diagnostic, Diagnostics};
use crate::text::{clean, diagnostic};
use std::process::ExitCode;

/// A command that did what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandOutcome {
    Done,
    /// Some rows of many could not be priced, and all the others were.
    RowsFailed,
    /// A price book has a finding that it may not have.
    Denied,
    /// A row needs a level above the highest one that is allowed.
    AboveLevel,
    /// What was priced is outside policy: printed all the same, and said in the exit code.
    OutsidePolicy,
}

impl CommandOutcome {
    pub fn exit_code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Done => 0,
            Self::RowsFailed | Self::Denied => 1,
            Self::AboveLevel => 3,
            Self::OutsidePolicy => 4,
        })
    }
}

/// A command that could not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// The world: files, pipes, terminals.
    World(anyhow::Error),
    /// What somebody wrote, with all that is wrong with it.
    Diagnostics { summary: String, faults: Diagnostics },
    /// The command line, as clap has it; also the answer to `--help`.
    Usage(clap::Error),
    /// Words of the command line that cannot be meant.
    CommandLine(String),
    /// Whoever read our output has seen enough.
    PipeClosed,
    /// Ctrl-C, or Esc where there was something to answer.
    Canceled,
}

impl Failure {
    pub fn faults(summary: impl Into<String>, faults: Diagnostics) -> Self {
        Self::Diagnostics { summary: summary.into(), faults }
    }

    /// What happened, a sentence for each fault.
    pub fn messages(&self) -> Vec<String> {
        match self {
            Self::World(error) => {
                let causes: Vec<_> = error.chain().map(ToString::to_string).collect();
                vec![causes.join(": ")]
            }
            Self::Diagnostics { faults, .. } => faults.iter().map(Diagnostic::sentence).collect(),
            Self::Usage(error) => vec![error.to_string()],
            Self::CommandLine(message) => vec![message.clone()],
            Self::PipeClosed | Self::Canceled => Vec::new(),
        }
    }

    /// Prints what happened, and answers with the exit code.
    pub fn report(self) -> ExitCode {
        match self {
            Self::World(_) | Self::CommandLine(_) => {
                let message = format!("error: {}", clean(&self.messages().join(" ")));
                let lines = wrap(&message, output::stderr().width.into());
                output::stderr_line(&format!("{}\n", lines.join("\n")));
                ExitCode::from(if matches!(self, Self::CommandLine(_)) { 2 } else { 1 })
            }
            Self::Diagnostics { summary, faults } => {
                let stderr = output::stderr();
                let count = faults.len();
                let plural = if count == 1 { "" } else { "s" };
                let rest = match faults.hidden() {
                    0 => String::new(),
                    rest => format!(", of which {rest} more are not shown"),
                };
                let rendered = diagnostic::render(&faults, stderr.colored, stderr.width.into());
                output::stderr_line(&format!(
                    "{rendered}error: {summary}: {count} fault{plural}{rest}\n"
                ));
                let typed_only = faults.iter().all(|fault| !fault.place.source.is_file());
                ExitCode::from(if typed_only { 2 } else { 1 })
            }
            Self::Usage(error) => {
                // Nobody is left to tell if this cannot be printed.
                let _ = error.print();
                ExitCode::from(if error.use_stderr() { 2 } else { 0 })
            }
            Self::PipeClosed => ExitCode::SUCCESS,
            Self::Canceled => {
                output::stderr_line("cancelled: nothing was written\n");
                ExitCode::from(1)
            }
        }
    }
}

/// A command line that cannot be meant.
pub fn wrong_command_line(message: &str) -> Failure {
    Failure::CommandLine(clean(message).into_owned())
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::World(error)
    }
}

impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Self {
        Self::Usage(error)
    }
}
