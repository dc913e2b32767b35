//! `dealdesk completions` and `dealdesk man`: the command line for shells and for man.

use crate::cli::{CommandOutcome, Failure, files, output};
use anyhow::Context;
use clap::Args;
use clap_complete::{Shell, generate};
use std::path::{Path, PathBuf};

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk completions bash > ~/.local/share/bash-completion/completions/dealdesk
  dealdesk completions zsh > ~/.zfunc/_dealdesk
  dealdesk completions fish > ~/.config/fish/completions/dealdesk.fish")]
pub struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

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

pub fn completions(
    args: &CompletionsArgs,
    mut command: clap::Command,
) -> Result<CommandOutcome, Failure> {
    let mut script = Vec::new();
    generate(args.shell, &mut command, "dealdesk", &mut script);
    output::data(&String::from_utf8_lossy(&script))
}

pub fn man(args: &ManArgs, mut command: clap::Command) -> Result<CommandOutcome, Failure> {
    command.build();
    let Some(folder) = &args.folder else { return output::data(&page(command)?) };
    std::fs::create_dir_all(folder)
        .with_context(|| format!("{} cannot be created", folder.display()))?;
    write_pages(folder, "dealdesk", command)?;
    Ok(CommandOutcome::Done)
}

fn write_pages(folder: &Path, name: &str, command: clap::Command) -> Result<(), Failure> {
    for inner in command.get_subcommands() {
        write_pages(folder, &format!("{name}-{}", inner.get_name()), inner.clone())?;
    }
    let page = page(command.display_name(name.to_owned()))?;
    files::write(&folder.join(format!("{name}.1")), &page)
}

fn page(command: clap::Command) -> Result<String, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).context("the man page cannot be written")?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
