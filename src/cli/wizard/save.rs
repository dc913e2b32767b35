//! Saves the deal of the wizard as a file.

use super::terminal::{WizardAnswer, WizardTerminal};
use crate::cli::{Failure, files, output};
use crate::deal;
use crate::deal::Deal;
use crate::document::Tone;
use anyhow::anyhow;
use std::path::{Path, PathBuf};

/// Refuses a path where no file can be, and asks before a file is overwritten. The wizard does this
/// first.
pub fn may_write(path: &Path) -> Result<(), Failure> {
    if let Err(lines) = place(&path.to_string_lossy()) {
        return Err(anyhow!("{} cannot be written: {}", path.display(), lines.join("; ")).into());
    }
    if may_replace(&mut WizardTerminal::open(), path)? { Ok(()) } else { Err(Failure::Canceled) }
}

/// Saves a deal under a path that [`may_write`] accepted, or offers to. If that fails, it asks for
/// another name.
pub fn save(deal: &Deal<'_>, path: Option<&Path>) -> Result<(), Failure> {
    let terminal = &mut WizardTerminal::open();
    let is_done = match path {
        Some(path) => write(terminal, deal, path)?,
        None => !terminal.confirm("Save this deal to a file", true)?,
    };
    if is_done {
        return Ok(());
    }
    let name = format!("{}.toml", slug(deal.customer().unwrap_or_default()));
    loop {
        let path = terminal.text("Save the deal as", &name, &[], place)?;
        if may_replace(terminal, &path)? && write(terminal, deal, &path)? {
            return Ok(());
        }
    }
}

fn may_replace(terminal: &mut WizardTerminal, path: &Path) -> Result<bool, Failure> {
    let question = format!("Overwrite {}, which exists", path.display());
    Ok(!path.exists() || terminal.confirm(&question, false)?)
}

/// Writes a deal file, and returns whether that worked. A failure is shown, and the answers are
/// kept.
fn write(terminal: &mut WizardTerminal, deal: &Deal<'_>, path: &Path) -> Result<bool, Failure> {
    match files::write(path, &deal::to_toml(deal)) {
        Ok(()) => {
            output::saved(path, "gives this quote again");
            Ok(true)
        }
        Err(failure @ Failure::World(_)) => {
            terminal.say(Tone::Bad, &failure.messages());
            Ok(false)
        }
        Err(other) => Err(other),
    }
}

fn place(answer: &str) -> WizardAnswer<PathBuf> {
    let path = PathBuf::from(answer);
    let folder = files::folder_of(&path);
    if path.is_dir() || path.file_name().is_none() {
        return Err(vec!["this is a folder: name a file in it".to_owned()]);
    }
    if !folder.is_dir() {
        return Err(vec![format!("there is no folder {}", folder.display())]);
    }
    Ok(path)
}

fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    if slug.is_empty() { "deal".to_owned() } else { slug.chars().take(60).collect() }
}
