//! Settings of a gate, from the base branch alone: a change cannot set its own bar.

use super::place::path_from_top;
use crate::table::{Keys, Section, TomlReader, keys};
use crate::text::diagnostic::{Checked, Code, Diagnostics};
use crate::text::source::{Source, Written};
use std::sync::Arc;

keys! {
    pub(super) GATE: GateKeys = "the settings", "Settings of `dealdesk ci`, read from the base branch.";

    optional deals: String = "The folder of deals, from the top of the repository. Default: deals.";
    optional price_book: String =
        "The price book, from the top of the repository. Default: pricing.toml.";
    optional max_approval: String =
        "The highest level that a deal may need: one of the book's. Default: the lowest.";
    optional deny: Vec<String> = "Codes of notices that fail a deal, and of findings that fail the book.";
    optional allow_paths: Vec<String> =
        "Paths that need not be judged deals: files, or folders that end with /.";
    optional allow_loosening: Vec<String> =
        "Keys of the price book that a change may loosen, such as metric.node, with all keys in them.";
}

/// The settings of a gate.
#[derive(Debug, Clone, Default)]
pub struct GateSettings {
    pub deals: Option<String>,
    pub price_book: Option<String>,
    pub max_approval: Option<String>,
    pub deny: Vec<Written<String>>,
    pub allow_paths: Vec<String>,
    pub allow_loosening: Vec<String>,
}

impl GateSettings {
    /// The file of the settings, at the top of the repository.
    pub const FILE: &'static str = "dealdesk-ci.toml";

    /// Reads the settings.
    ///
    /// # Errors
    /// Every key that is not known, and every value that cannot be read.
    pub fn read(source: &Arc<Source>) -> Checked<Self> {
        let (settings, faults) = TomlReader::read_partial(source, GateKeys::SHAPE, |top| {
            let texts = |list: Vec<Written<String>>| list.into_iter().map(|it| it.value).collect();
            Some(Self {
                deals: top.get(GATE.deals).and_then(|it| path(top, &it)),
                price_book: top.get(GATE.price_book).and_then(|it| path(top, &it)),
                max_approval: top.value(GATE.max_approval),
                deny: top.get(GATE.deny),
                allow_paths: allowed_paths(top, &top.get(GATE.allow_paths)),
                allow_loosening: texts(top.get(GATE.allow_loosening)),
            })
        });
        match settings {
            Some(settings) if faults.is_empty() => Ok(settings),
            _ => Err(Diagnostics::sorted(faults)),
        }
    }

    /// Whether a path need not be a judged deal.
    pub fn allows_path(&self, path: &str) -> bool {
        self.allow_paths.iter().any(|allowed| match allowed.strip_suffix('/') {
            Some(folder) => path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')),
            None => path == allowed,
        })
    }

    /// Whether a change may loosen a key of the price book.
    pub fn allows_loosening(&self, key: &str) -> bool {
        let key = parts(key);
        self.allow_loosening.iter().any(|allowed| key.starts_with(&parts(allowed)))
    }
}

/// Reads a path from the top of the repository, and reports one that leaves the repository.
fn path(top: Section<'_>, written: &Written<String>) -> Option<String> {
    top.report(path_from_top(&written.value).map_err(|why| written.fault(Code::WrongType, why)))
}

/// Reads files and folders. A folder keeps its last slash.
fn allowed_paths(top: Section<'_>, written: &[Written<String>]) -> Vec<String> {
    let paths = written.iter().filter_map(|it| {
        let end = if it.value.ends_with('/') { "/" } else { "" };
        Some(path(top, it)? + end)
    });
    paths.collect()
}

/// Splits a path of the book at its dots, but for those of a part in quotes.
fn parts(path: &str) -> Vec<&str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let parts = path.split(|c| {
        is_quoted ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        c == '.' && !is_quoted
    });
    parts.collect()
}
