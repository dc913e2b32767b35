//! A deal that was asked for, as a file.

use super::desk::{Note, Prompt, WizardAnswer, WizardTerminal};
use crate::cli::failure::Failure;
use crate::cli::{files, output};
use crate::deal;
use crate::deal::Deal;
use crate::document::Tone;
use crate::text::clean;
use anyhow::anyhow;
use std::path::{Path, PathBuf};

/// Whether a file may be written, asked before anything else is.
pub fn may_write(path: &Path) -> Result<(), Failure> {
    if let Err(lines) = place(&path.to_string_lossy()) {
        return Err(anyhow!("{} cannot be written: {}", path.display(), lines.join("; ")).into());
    }
    if path.exists() && !WizardTerminal::open().confirm(&overwrite(path), false)? {
        return Err(Failure::Canceled);
    }
    Ok(())
}

/// Offers to save a deal.
pub fn offer(deal: &Deal<'_>) -> Result<(), Failure> {
    let mut desk = WizardTerminal::open();
    if desk.confirm("Save this deal to a file", true)? {
        under_a_name(&mut desk, deal)
    } else {
        Ok(())
    }
}

/// Saves a deal where that was agreed before; if it fails, under another name.
pub fn to(deal: &Deal<'_>, path: &Path) -> Result<(), Failure> {
    let mut desk = WizardTerminal::open();
    if write(&mut desk, deal, path)? { Ok(()) } else { under_a_name(&mut desk, deal) }
}

fn under_a_name(desk: &mut WizardTerminal, deal: &Deal<'_>) -> Result<(), Failure> {
    let name = format!("{}.toml", slug(deal.customer().unwrap_or_default()));
    loop {
        let question = Prompt { label: "Save the deal as", default: &name, help: &[] };
        let path = desk.text(&question, place)?;
        if path.exists() && !desk.confirm(&overwrite(&path), false)? {
            continue;
        }
        if write(desk, deal, &path)? {
            return Ok(());
        }
    }
}

/// Whether it could be written: what went wrong is said, and the answers are kept.
fn write(desk: &mut WizardTerminal, deal: &Deal<'_>, path: &Path) -> Result<bool, Failure> {
    match files::write(path, &deal::to_toml(deal)) {
        Ok(()) => {
            let path = path.display().to_string();
            let path = clean(&path);
            output::stderr_line(&format!(
                "{path} written: dealdesk quote {path} gives this quote again\n"
            ));
            Ok(true)
        }
        Err(Failure::World(error)) => {
            let causes: Vec<_> = error.chain().map(ToString::to_string).collect();
            desk.say(&Note { tone: Tone::Bad, lines: vec![causes.join(": ")] });
            Ok(false)
        }
        Err(other) => Err(other),
    }
}

fn overwrite(path: &Path) -> String {
    format!("Overwrite {}, which exists", path.display())
}

/// A path where a file can be.
fn place(answer: &str) -> WizardAnswer<PathBuf> {
    let path = PathBuf::from(answer);
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    if path.is_dir() || path.file_name().is_none() {
        return Err(vec!["this is a folder: name a file in it".to_owned()]);
    }
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        return Err(vec![format!("there is no folder {}", folder.display())]);
    }
    Ok((path, Note::NOTHING))
}

/// A customer's name as the name of a file.
fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    if slug.is_empty() { "deal".to_owned() } else { slug.chars().take(60).collect() }
}
