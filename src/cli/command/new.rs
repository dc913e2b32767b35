//! `dealdesk new`: questions and answers, from the first one to a saved deal file.

use crate::cli::{BookChoice, CommandOutcome, Failure, output, wizard};
use crate::document::{Answer, terminal};
use crate::quote::quote;
use crate::quote::text::QuoteView;
use anyhow::anyhow;
use clap::Args;
use std::path::PathBuf;

/// Ask for a deal, show its quote, and save it as a deal file
///
/// Price and approval are shown after every answer. The saved file gives the same quote, byte for
/// byte. Ctrl-C writes nothing.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk new
  dealdesk new acme-bank.toml

It needs a terminal. In a script, use the flags of dealdesk quote.")]
pub struct NewArgs {
    /// The deal file [default: asked for at the end]
    file: Option<PathBuf>,
}

pub fn run(args: &NewArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    if !wizard::can_ask() {
        let message = "dealdesk new needs a terminal: in a script, use flags, as in dealdesk \
                       quote --customer NAME --metric METRIC --quantity N --term YEARS";
        return Err(anyhow!(message).into());
    }
    let found = wanted.load()?;
    if let Some(path) = &args.file {
        wizard::may_write(path)?;
    }
    let deal = wizard::ask(&found.books, found.today())?;
    let quote = quote(&deal);
    let view = QuoteView { quote: &quote, explained: false };
    output::data(&terminal(&view.document(), output::stdout()))?;
    wizard::save(&deal, args.file.as_deref())?;
    Ok(CommandOutcome::OutsidePolicy.when(quote.verdict.is_refused()))
}
