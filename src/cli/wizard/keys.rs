//! Keys, one at a time.

use crate::cli::failure::Failure;
use anyhow::Context;
use console::{Key, Term};

/// The terminal hands over every key as it is typed, until this is dropped.
///
/// Ctrl-C is a key like any other in that time, so that nobody is interrupted between two keys
/// or while a file is written.
pub struct Keys {
    term: Term,
    #[cfg(unix)]
    before: rustix::termios::Termios,
}

impl Keys {
    pub fn open() -> Result<Self, Failure> {
        Ok(Self {
            term: Term::stderr(),
            #[cfg(unix)]
            before: raw().context("the terminal cannot be asked key by key")?,
        })
    }

    /// The next key. Ctrl-C leaves.
    pub fn next(&self) -> Result<Key, Failure> {
        match self.term.read_key_raw() {
            Ok(Key::CtrlC) => Err(Failure::Cancelled),
            Ok(key) => Ok(key),
            // The terminal is gone, and with it whoever could answer.
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                Err(Failure::Cancelled)
            }
            Err(error) => {
                Err(anyhow::Error::new(error).context("the terminal cannot be read").into())
            }
        }
    }
}

#[cfg(unix)]
fn raw() -> std::io::Result<rustix::termios::Termios> {
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
    let stdin = std::io::stdin();
    let before = tcgetattr(&stdin)?;
    let mut modes = before.clone();
    modes.local_modes -=
        LocalModes::ISIG | LocalModes::ICANON | LocalModes::ECHO | LocalModes::IEXTEN;
    tcsetattr(&stdin, OptionalActions::Drain, &modes)?;
    Ok(before)
}

#[cfg(unix)]
impl Drop for Keys {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        // A terminal that has gone needs no mending.
        let _ = tcsetattr(std::io::stdin(), OptionalActions::Drain, &self.before);
    }
}
