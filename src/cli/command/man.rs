//! `dealdesk man`.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::{definition, files, output};
use anyhow::Context;
use clap::Args;
use std::path::PathBuf;

/// Print the man page, or write the pages of all commands into a folder
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk man | man -l -
  dealdesk man ~/.local/share/man/man1")]
pub struct ManArgs {
    /// The folder; it is made if it is not there
    folder: Option<PathBuf>,
}

pub fn run(args: &ManArgs) -> Result<Outcome, Failure> {
    let mut command = definition();
    command.build();
    let Some(folder) = &args.folder else {
        output::data(&page(command)?)?;
        return Ok(Outcome::Done);
    };
    std::fs::create_dir_all(folder)
        .with_context(|| format!("{} cannot be made", folder.display()))?;
    let subcommands: Vec<_> = command.get_subcommands().cloned().collect();
    files::write(&folder.join("dealdesk.1"), &page(command)?)?;
    for subcommand in subcommands {
        let name = format!("dealdesk-{}", subcommand.get_name());
        let path = folder.join(format!("{name}.1"));
        files::write(&path, &page(subcommand.display_name(name))?)?;
    }
    Ok(Outcome::Done)
}

fn page(command: clap::Command) -> Result<String, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).context("the man page cannot be made")?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
