//! Paths of a change: which are judged as deals, and which are not and have to be allowed.
//!
//! Deals and price books are recognized by content, so that a name hides neither.

use super::settings::GateSettings;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Path of a change, as the change has it.
#[derive(Debug, Clone)]
pub struct ChangedPath {
    pub path: String,
    pub content: PathContent,
}

/// Content of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathContent {
    /// The path is gone.
    Removed,
    Link,
    Submodule,
    /// The bytes of a file.
    File(Arc<[u8]>),
}

/// Role of a path for a gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathRole {
    /// A deal that is judged.
    Deal,
    /// A deal that is gone. It needs nobody's approval.
    RemovedDeal,
    PriceBook,
    /// The path is no deal and no price book.
    Other,
    /// A path that is not judged and could hide a deal or a price book, with the reason.
    Unjudged(&'static str),
}

/// Returns the role of a path. `folder` is the folder of deals, and `book` the price book or a folder of price books,
/// all from the top.
pub fn role(changed: &ChangedPath, folder: &str, book: &str, settings: &GateSettings) -> PathRole {
    let path = changed.path.as_str();
    let is_inside = path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    let role = if path == book || is_price_book(path, book) {
        of_book(changed)
    } else if path == folder {
        of_folder(changed)
    } else if is_inside {
        inside(changed, &path[folder.len() + 1..])
    } else {
        outside(changed)
    };
    match role {
        PathRole::Unjudged(_) if settings.allows_path(path) => PathRole::Other,
        role => role,
    }
}

/// Whether a path is that of a price book in a folder of price books. Files in folders below are none.
pub fn is_price_book(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
    rest.is_some_and(|rest| !rest.contains('/') && !rest.starts_with('.') && is_toml(rest))
}

fn is_toml(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, suffix)| suffix.eq_ignore_ascii_case("toml"))
}

fn of_book(changed: &ChangedPath) -> PathRole {
    match changed.content {
        PathContent::Link => PathRole::Unjudged("the price book is a link: put the file there"),
        PathContent::Submodule => PathRole::Unjudged("the price book is a submodule"),
        PathContent::Removed => PathRole::Unjudged("the price book is gone"),
        PathContent::File(_) => PathRole::PriceBook,
    }
}

fn of_folder(changed: &ChangedPath) -> PathRole {
    match changed.content {
        PathContent::Removed => PathRole::Other,
        PathContent::Link => PathRole::Unjudged("the folder of deals is a link"),
        PathContent::Submodule => PathRole::Unjudged("the folder of deals is a submodule"),
        PathContent::File(_) => PathRole::Unjudged("the folder of deals is a file"),
    }
}

fn inside(changed: &ChangedPath, rest: &str) -> PathRole {
    let is_toml = is_toml(rest);
    let is_hidden = rest.split('/').any(|part| part.starts_with('.'));
    let is_readable = !rest.chars().any(|c| c.is_control() || c == char::REPLACEMENT_CHARACTER);
    let bytes = match &changed.content {
        PathContent::Removed if is_toml && !is_hidden => return PathRole::RemovedDeal,
        PathContent::Removed => return PathRole::Other,
        PathContent::Link => return PathRole::Unjudged("it is a link: put the file there"),
        PathContent::Submodule => {
            return PathRole::Unjudged("it is a submodule: put its files there");
        }
        PathContent::File(bytes) => bytes,
    };
    match TomlContent::of(bytes) {
        _ if !is_readable => PathRole::Unjudged("its name cannot be read: rename it"),
        TomlContent::Book => PathRole::Unjudged("it is a second price book"),
        _ if is_hidden => {
            PathRole::Unjudged("it is hidden: its name, or that of a folder, begins with a dot")
        }
        _ if is_toml => PathRole::Deal,
        TomlContent::Deal => {
            PathRole::Unjudged("it is a deal, and its name does not end with .toml")
        }
        TomlContent::Other => PathRole::Unjudged("its name does not end with .toml"),
    }
}

/// A file elsewhere is looked at only where it could be used as a deal or a price book.
fn outside(changed: &ChangedPath) -> PathRole {
    let bytes = match &changed.content {
        PathContent::File(bytes) => bytes,
        PathContent::Submodule => {
            return PathRole::Unjudged("it is a submodule, which can have deals and price books");
        }
        PathContent::Removed | PathContent::Link => return PathRole::Other,
    };
    match TomlContent::of(bytes) {
        TomlContent::Book => PathRole::Unjudged("it is a second price book"),
        TomlContent::Deal => PathRole::Unjudged("it is a deal outside the folder of deals"),
        TomlContent::Other => PathRole::Other,
    }
}

/// Whether a text is a deal by its keys, whatever the name of its file.
pub fn is_deal_text(bytes: &[u8]) -> bool {
    TomlContent::of(bytes) == TomlContent::Deal
}

/// Kind of a TOML text, by its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TomlContent {
    Deal,
    Book,
    Other,
}

impl TomlContent {
    fn of(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let Ok(table) = DeTable::parse(text) else { return Self::Other };
        let table = table.get_ref();
        let value = |key: &str| table.get(key).map(Spanned::get_ref);
        let is_table = |key: &str| value(key).is_some_and(DeValue::is_table);
        let has_metric =
            |line: &DeValue<'_>| line.as_table().is_some_and(|it| it.contains_key("metric"));
        let lines = value("line").and_then(DeValue::as_array);
        let has_lines = lines.is_some_and(|lines| lines.iter().any(|it| has_metric(it.get_ref())));
        if is_table("book") && is_table("metric") {
            Self::Book
        } else if has_lines {
            Self::Deal
        } else {
            Self::Other
        }
    }
}
