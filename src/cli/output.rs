//! Data to standard output, talk to standard error.

use super::failure::Failure;
use crate::document::Canvas;
use anstream::{AutoStream, ColorChoice};
use std::io::{ErrorKind, IsTerminal, Write};

/// The surface of a file, whatever the terminal, so that its bytes are the same everywhere.
pub const FILE: Canvas = Canvas { width: 100, colored: false };

/// Prints data. A reader who closes the pipe has seen enough.
pub fn data(text: &str) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(()),
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

/// Returns the surface of standard output.
pub fn stdout() -> Canvas {
    let stream = std::io::stdout();
    Canvas {
        width: width(
            stream.is_terminal().then(|| terminal_size::terminal_size_of(&stream)).flatten(),
        ),
        colored: AutoStream::choice(&stream) != ColorChoice::Never,
    }
}

/// Returns the surface of standard error.
pub fn stderr() -> Canvas {
    let stream = std::io::stderr();
    Canvas {
        width: width(
            stream.is_terminal().then(|| terminal_size::terminal_size_of(&stream)).flatten(),
        ),
        colored: AutoStream::choice(&stream) != ColorChoice::Never,
    }
}

fn width(size: Option<(terminal_size::Width, terminal_size::Height)>) -> u16 {
    size.map_or(FILE.width, |(width, _)| width.0)
}
