//! `dealdesk man`: man pages of all commands.

use crate::cli::failure::{CommandOutcome, Failure};
use crate::cli::{files, output};
use anyhow::Context;
use clap::Args;
use std::path::{Path, PathBuf};

/// Print the man page, or write the pages of all commands into a folder
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk man | man -l -
  dealdesk man ~/.local/share/man/man1")]
pub struct ManArgs {
    /// The folder, which is created if it does not exist
    folder: Option<PathBuf>,
}

pub fn run(args: &ManArgs, mut command: clap::Command) -> Result<CommandOutcome, Failure> {
    command.build();
    let Some(folder) = &args.folder else {
        output::data(&page(command)?)?;
        return Ok(CommandOutcome::Done);
    };
    std::fs::create_dir_all(folder)
        .with_context(|| format!("{} cannot be created", folder.display()))?;
    pages(folder, "dealdesk", command)?;
    Ok(CommandOutcome::Done)
}

/// Writes the pages of a command and of its subcommands.
fn pages(folder: &Path, name: &str, command: clap::Command) -> Result<(), Failure> {
    for inner in command.get_subcommands() {
        pages(folder, &format!("{name}-{}", inner.get_name()), inner.clone())?;
    }
    let page = page(command.display_name(name.to_owned()))?;
    files::write(&folder.join(format!("{name}.1")), &page)
}

fn page(command: clap::Command) -> Result<String, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).context("the man page cannot be written")?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
