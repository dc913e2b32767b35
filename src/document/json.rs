//! Answers as JSON, for programs.

use crate::text::escape_invisible;
use crate::text::source::Place;
use serde::{Serialize, Serializer};

/// `pricing.toml:41`.
impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Writes a value as JSON, indented, with a line break at its end.
pub(crate) fn pretty(wire: &impl Serialize) -> String {
    // Only maps with keys that are no texts can fail, and there are none.
    let mut json = escape_invisible(&serde_json::to_string_pretty(wire).unwrap_or_default());
    json.push('\n');
    json
}
