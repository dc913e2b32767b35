//! Data to standard output, talk to standard error.

use super::failure::{CommandOutcome, Failure};
use crate::document::Canvas;
use crate::text::clean;
use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use std::io::{ErrorKind, Write};
use std::path::Path;
use terminal_size::{Height, Width, terminal_size_of};

/// The surface of a file, whatever the terminal, so that its bytes are the same everywhere.
pub const FILE: Canvas = Canvas { width: 100, colored: false };

/// Prints data, which is all that a command does. A reader who closes the pipe has seen enough.
pub fn data(text: &str) -> Result<CommandOutcome, Failure> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(CommandOutcome::Done),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Failure::PipeClosed),
        Err(error) => {
            Err(anyhow::Error::new(error).context("standard output cannot be written").into())
        }
    }
}

/// Says something to the person at the terminal.
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
