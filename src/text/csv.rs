//! Fields of CSV (RFC 4180).

use super::cell;
use std::borrow::Cow;

/// Writes a text as a field of CSV: harmless as [`cell`] makes it, and with quotation marks where it
/// needs them.
///
/// ```
/// assert_eq!(dealdesk::text::csv_field("Acme, Inc."), "\"Acme, Inc.\"");
/// assert_eq!(dealdesk::text::csv_field("=1+1"), "'=1+1");
/// ```
pub fn csv_field(text: &str) -> Cow<'_, str> {
    match cell(text) {
        Cow::Borrowed(text) => quoted(text),
        Cow::Owned(text) => Cow::Owned(quoted(&text).into_owned()),
    }
}

/// Writes a text as a field of CSV as it is, with quotation marks where it needs them.
fn quoted(text: &str) -> Cow<'_, str> {
    if text.contains([',', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}
