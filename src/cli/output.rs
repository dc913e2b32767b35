//! Data to standard output, talk to standard error.

use super::failure::Failure;
use crate::render::Paper;
use anstream::{AutoStream, ColorChoice};
use std::io::{ErrorKind, IsTerminal, Write};

/// What a file is drawn on, whatever the terminal: the same bytes everywhere.
pub const FILE: Paper = Paper { width: 100, coloured: false };

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
pub fn talk(text: &str) {
    // Where standard error is closed there is nobody to talk to.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// What standard output is drawn on.
pub fn stdout() -> Paper {
    let stream = std::io::stdout();
    Paper {
        width: width(
            stream.is_terminal().then(|| terminal_size::terminal_size_of(&stream)).flatten(),
        ),
        coloured: AutoStream::choice(&stream) != ColorChoice::Never,
    }
}

/// What standard error is drawn on.
pub fn stderr() -> Paper {
    let stream = std::io::stderr();
    Paper {
        width: width(
            stream.is_terminal().then(|| terminal_size::terminal_size_of(&stream)).flatten(),
        ),
        coloured: AutoStream::choice(&stream) != ColorChoice::Never,
    }
}

fn width(size: Option<(terminal_size::Width, terminal_size::Height)>) -> u16 {
    size.map_or(FILE.width, |(width, _)| width.0)
}
