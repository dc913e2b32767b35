//! Failures on standard error, with their exit codes.

use super::failure::Failure;
use super::output;
use crate::document::wrap;
use crate::text::{clean, diagnostic};
use std::process::ExitCode;

impl Failure {
    /// Prints the failure to standard error and returns the exit code.
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
                    "{rendered}error: {summary}: {count} error{plural}{rest}\n"
                ));
                let is_typed = faults.iter().all(|fault| !fault.place.source.is_file());
                ExitCode::from(if is_typed { 2 } else { 1 })
            }
            Self::Usage(error) => {
                // If this cannot be printed, no other place is left for a message.
                let _ = error.print();
                ExitCode::from(if error.use_stderr() { 2 } else { 0 })
            }
            Self::PipeClosed => ExitCode::SUCCESS,
            Self::Canceled => {
                output::stderr_line("canceled: nothing was written\n");
                ExitCode::from(1)
            }
        }
    }
}
