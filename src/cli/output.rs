//! Data to standard output, talk to standard error.

use super::failure::{CommandOutcome, Failure};
use crate::document::{Canvas, wrap};
use crate::number::plural;
use crate::text::{clean, diagnostic};
use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;
use terminal_size::{Height, Width, terminal_size_of};

/// The surface of a file, whatever the terminal, so that its bytes are the same everywhere.
pub const FILE: Canvas = Canvas { width: 100, colored: false };

/// Prints data. A reader who stops early has seen enough: the command goes on to the exit code of the whole output.
pub fn data(text: &str) -> Result<CommandOutcome, Failure> {
    let mut stdout = std::io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    let cannot = |error| anyhow::Error::new(error).context("standard output cannot be written");
    unless_closed(written).map_err(cannot)?;
    Ok(CommandOutcome::Done)
}

/// Returns the result of a write, in which a reader who has closed the pipe is no error.
pub fn unless_closed(written: std::io::Result<()>) -> std::io::Result<()> {
    written.or_else(|error| if error.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}

pub fn stderr_line(text: &str) {
    // Where standard error is closed there is nobody to talk to.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Says that a deal file was written, and what `dealdesk quote` does with it.
pub fn saved(path: &Path, then: &str) {
    let path = path.display().to_string();
    let path = clean(&path);
    stderr_line(&format!("{path} written: dealdesk quote {path} {then}\n"));
}

pub fn stdout() -> Canvas {
    let stream = std::io::stdout();
    surface(&stream, terminal_size_of(&stream))
}

pub fn stderr() -> Canvas {
    let stream = std::io::stderr();
    surface(&stream, terminal_size_of(&stream))
}

fn surface(stream: &impl RawStream, size: Option<(Width, Height)>) -> Canvas {
    let width = size.map_or(FILE.width, |(width, _)| width.0);
    Canvas { width, colored: AutoStream::choice(stream) != ColorChoice::Never }
}

/// Says on standard error why a command failed, and returns its exit code.
pub fn report(failure: Failure) -> ExitCode {
    ExitCode::from(match failure {
        Failure::World(_) | Failure::CommandLine(_) => {
            let message = format!("error: {}", clean(&failure.messages().join(" ")));
            let lines = wrap(&message, stderr().width.into());
            stderr_line(&format!("{}\n", lines.join("\n")));
            if matches!(failure, Failure::CommandLine(_)) { 2 } else { 1 }
        }
        Failure::Diagnostics { summary, faults } => {
            let stderr = stderr();
            let count = faults.len();
            let plural = plural(count);
            let rest = match faults.hidden() {
                0 => String::new(),
                rest => format!(", of which {rest} more are not shown"),
            };
            let rendered = diagnostic::render(&faults, stderr.colored, stderr.width.into());
            stderr_line(&format!("{rendered}error: {summary}: {count} error{plural}{rest}\n"));
            let is_typed = faults.iter().all(|fault| !fault.place.source.is_file);
            if is_typed { 2 } else { 1 }
        }
        Failure::Usage(error) if error.use_stderr() => {
            // If this cannot be printed, no other place is left for a message.
            let _ = error.print();
            2
        }
        Failure::Usage(error) => match unless_closed(error.print()) {
            Ok(()) => 0,
            Err(error) => {
                stderr_line(&format!("error: standard output cannot be written: {error}\n"));
                1
            }
        },
        Failure::Canceled => {
            stderr_line("canceled: nothing was written\n");
            1
        }
    })
}
