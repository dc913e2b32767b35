//! Settings of the base, and flags beside them.

use crate::answer::gate::{GateSettings, path_from_top};
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

/// Returns the path that a flag or the settings name. The change under review may not choose another one.
pub fn one(
    flag: &str,
    typed: Option<&str>,
    set: Option<&str>,
    standard: &str,
) -> Result<String, Failure> {
    let wrong = |why: &str| wrong_command_line(&format!("{flag}: {why}"));
    let typed = typed.map(path_from_top).transpose().map_err(wrong)?;
    match (typed, set) {
        (Some(typed), Some(set)) if typed != set => Err(wrong(&format!(
            "{} of the base says {set}: leave the flag out",
            GateSettings::FILE
        ))),
        (typed, set) => Ok(set.map(str::to_owned).or(typed).unwrap_or_else(|| standard.to_owned())),
    }
}
