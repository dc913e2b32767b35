//! A file as git has it in a revision.

use super::failure::{Failure, wrong_command_line};
use crate::source::Source;
use crate::text::clean;
use anyhow::{Context, anyhow};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Reads a file as it was. It is asked for from its own folder, so that it does not matter where in
/// the repository that is.
pub fn read(path: &Path, revision: &str) -> Result<Arc<Source>, Failure> {
    if revision.is_empty() || revision.starts_with('-') || revision.contains(':') {
        let message = format!("--against: \"{revision}\" is no revision of git");
        return Err(wrong_command_line(&message));
    }
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let git = Command::new("git")
        .arg("-C")
        .arg(folder.unwrap_or(Path::new(".")))
        .args(["cat-file", "blob", &format!("{revision}:./{name}")])
        .stdin(Stdio::null())
        .output()
        .context("git cannot be run")?;
    if !git.status.success() {
        let said = String::from_utf8_lossy(&git.stderr);
        let said = said.lines().next().unwrap_or_default();
        let said = clean(said.trim_start_matches("fatal: ")).into_owned();
        let path = path.display();
        return Err(
            anyhow!("{path} cannot be read in revision {revision}: git says: {said}").into()
        );
    }
    let text = String::from_utf8(git.stdout)
        .with_context(|| format!("{} in revision {revision} is not UTF-8 text", path.display()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(Source::file(&format!("{revision}:{name}"), text))
}
