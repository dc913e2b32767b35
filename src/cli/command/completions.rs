//! `dealdesk completions`: completion scripts for shells.

use crate::cli::failure::{CommandOutcome, Failure};
use crate::cli::output;
use clap::Args;
use clap_complete::{Shell, generate};

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

pub fn run(args: &CompletionsArgs, mut command: clap::Command) -> Result<CommandOutcome, Failure> {
    let mut script = Vec::new();
    generate(args.shell, &mut command, "dealdesk", &mut script);
    output::data(&String::from_utf8_lossy(&script))?;
    Ok(CommandOutcome::Done)
}
