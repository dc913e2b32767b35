//! Settings of the base, and flags beside them.

use crate::answer::gate::GateSettings;
use crate::cli::git_tree::{PathInTree, Repository};
use crate::cli::{Failure, files, wrong_command_line};
use crate::text::source::Source;
use std::path::Path;
use std::sync::Arc;

/// Reads the settings of a commit: the standard ones where the commit has none.
pub fn settings(repository: &Repository, base: &str) -> Result<GateSettings, Failure> {
    let Some(PathInTree::Entry(entry)) = repository.entry(base, GateSettings::FILE)? else {
        return Ok(GateSettings::default());
    };
    let content = repository.contents(&[&entry.object])?.pop().unwrap_or_default();
    let source: Arc<Source> = files::source_of(Path::new(GateSettings::FILE), content, "settings")?;
    GateSettings::read(&source)
        .map_err(|faults| Failure::faults("the settings of the base cannot be used", faults))
}

/// Returns the value of a flag or of the settings. The change under review may not choose another one.
pub fn one(
    flag: &str,
    typed: Option<&str>,
    set: Option<&str>,
    standard: &str,
) -> Result<String, Failure> {
    match (typed, set) {
        (Some(typed), Some(set)) if typed != set => Err(wrong_command_line(&format!(
            "{flag}: {} of the base says {set}: leave the flag out",
            GateSettings::FILE
        ))),
        _ => Ok(set.or(typed).unwrap_or(standard).to_owned()),
    }
}
