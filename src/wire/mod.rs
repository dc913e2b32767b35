//! What a machine is told: versioned JSON, whose keys other programs rely on.

mod approvals;
mod book;
mod invoices;
mod notice;
mod period;
mod quote;
mod usage;

pub use invoices::to_json as invoices_to_json;
pub use quote::to_json;
pub use usage::to_json as usage_to_json;

use serde::Serialize;
use std::fmt::Write;

/// What is sent as JSON, indented, with a line break at its end.
fn pretty(wire: &impl Serialize) -> String {
    // Only maps with keys that are no texts can fail, and there are none.
    let mut json = harmless(&serde_json::to_string_pretty(wire).unwrap_or_default());
    json.push('\n');
    json
}

/// JSON whose texts show nothing else than they hold when somebody prints it: bidirectional and
/// other invisible controls become `\\u` escapes, which mean the same to a program.
fn harmless(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && crate::text::is_hostile(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(c);
        }
    }
    safe
}
