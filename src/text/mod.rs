//! Text from outside, made harmless before a person or a program sees it.

pub mod diagnostic;
mod name_key;
pub mod source;

pub use name_key::{NameKey, code_key, folded_words, is_name, visible_signs};

use std::borrow::Cow;
use std::fmt::Write;

/// Returns a text that cannot move a cursor, color a screen or reorder the text beside it.
///
/// Control characters and bidirectional controls become visible escapes.
///
/// ```
/// assert_eq!(dealdesk::text::clean("Acme\x1b[2J"), "Acme\\u{1b}[2J");
/// ```
pub fn clean(text: &str) -> Cow<'_, str> {
    // Nearly every text is printable ASCII, which is harmless.
    let is_plain = |text: &str| text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if is_plain(text) || !text.contains(is_invisible_control) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_invisible_control(c) {
            safe.extend(c.escape_unicode());
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

/// Returns a [`clean`] text for a table: a text that a spreadsheet would take for a formula gets an
/// apostrophe, which makes it a text.
///
/// ```
/// assert_eq!(dealdesk::text::cell("=1+1"), "'=1+1");
/// ```
pub fn cell(text: &str) -> Cow<'_, str> {
    let text = clean(text);
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula { Cow::Owned(format!("'{text}")) } else { text }
}

/// Writes a text as a field of CSV (RFC 4180): harmless as [`cell`] makes it, and with quotation marks where it
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
pub(crate) fn quoted(text: &str) -> Cow<'_, str> {
    if text.contains([',', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}

/// Escapes bidirectional and other invisible controls in JSON as `\\u` escapes, which mean the same
/// to a program, so that printed JSON shows what it holds.
pub(crate) fn escape_invisible(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && is_invisible_control(c) {
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

/// Returns whether a character is invisible and can change how the text around it is shown.
pub(crate) fn is_invisible_control(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
