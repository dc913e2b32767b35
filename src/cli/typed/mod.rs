//! A deal in flags, over a deal file or by itself.
//!
//! A typed value is a text with a place in the command line. [`DealFlags`] has one row for each flag,
//! and the row's function puts the value into the [`Draft`], read by the same functions as the value
//! of a key in a deal file.

mod command_line;
mod flags;
mod overlay;

pub use command_line::{CommandLine, day, named, one_of};
pub use flags::DealFlags;
pub use overlay::text;

use super::{BookChoice, Failure, LoadedBook, OutputArgs, deal_files};
use crate::deal::Draft;
use clap::Args;
use std::path::{Path, PathBuf};

/// The deal of a command.
#[derive(Debug, Args)]
pub struct DealArgs {
    /// The deal file; - reads it from standard input
    deal: Option<PathBuf>,

    #[command(flatten)]
    flags: DealFlags,
}

impl DealArgs {
    pub const fn is_empty(&self) -> bool {
        self.deal.is_none() && self.flags.is_empty()
    }

    /// Loads the price book, and refuses an answer that replaces the deal or the book. `what` names the
    /// answer: "the quote is".
    pub fn load_book(
        &self,
        wanted: &BookChoice,
        printing: &OutputArgs,
        what: &str,
    ) -> Result<&'static LoadedBook, Failure> {
        let deal = self.deal.as_deref();
        let found = wanted.load_with(deal)?;
        found.refuse_contracts(deal.into_iter())?;
        printing.refuse_overwrite(deal.into_iter().chain(found.files()), what)?;
        Ok(found)
    }

    /// Reads the deal file, if there is one, and puts the flags over it. Errors in the deal stay with
    /// the draft; `command` is the text before the flags in messages.
    pub fn draft(&self, command: &str) -> Result<Draft, Failure> {
        self.flags.draft(command, self.deal.as_deref())
    }
}

/// Returns the draft of a deal file, or else an empty one at the place of the command line.
pub fn draft(line: &CommandLine, file: Option<&Path>) -> Result<Draft, Failure> {
    file.map_or_else(|| Ok(Draft::new(line.all())), deal_files::read_draft)
}
