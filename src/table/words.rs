//! Phrases of messages.

use crate::text::diagnostic::{Code, Diagnostic, nearest};
use crate::text::source::Written;
use std::fmt::Write;
use toml::de::{DeTable, DeValue};

/// Returns the hint "did you mean" with the nearest known word, or all known words if none is near.
pub(crate) fn suggestion<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> String {
    if let Some(near) = nearest(word, known.clone()) {
        return format!("did you mean \"{near}\"?");
    }
    let known: Vec<_> = known.into_iter().collect();
    if known.is_empty() {
        "the book has none: remove this".to_owned()
    } else {
        format!("one of: {}", known.join(", "))
    }
}

/// Returns the error for a name that the book does not have.
pub(crate) fn unknown<'a>(
    code: Code,
    kind: &str,
    name: &Written<String>,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let message = format!("the book has no {kind} \"{}\"", name.value);
    name.fault(code, message).hint(suggestion(&name.value, known))
}

/// Returns the kind of a value in words for people who do not program.
pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(number) if number.radix() != 10 => "one in hexadecimal, octal or binary",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with decimals",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Returns a sentence as a part of another one: in lowercase and without the full stop.
pub(super) fn inside(sentence: &str) -> String {
    let sentence = sentence.strip_suffix('.').unwrap_or(sentence);
    let mut letters = sentence.chars();
    match (letters.next(), letters.next()) {
        // An abbreviation keeps its capitals.
        (Some(first), Some(second)) if !second.is_uppercase() => {
            format!("{}{}", first.to_lowercase(), &sentence[first.len_utf8()..])
        }
        _ => sentence.to_owned(),
    }
}

/// Returns a table as an inline table of TOML, with its keys in alphabetical order.
pub(super) fn in_one_line(table: &DeTable<'_>) -> String {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by(|one, other| one.0.get_ref().cmp(other.0.get_ref()));
    let entries = entries.into_iter();
    let entries =
        entries.map(|(key, value)| format!("{} = {}", key.get_ref(), literal(value.get_ref())));
    format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
}

fn literal(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => quoted(text),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(stamp) => stamp.to_string(),
        DeValue::Array(items) => {
            let items = items.iter().map(|item| literal(item.get_ref()));
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        DeValue::Table(table) => in_one_line(table),
    }
}

/// Writes a text as a TOML string on one line, which is harmless in a terminal.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if crate::text::is_invisible_control(c) => {
                let _ = write!(quoted, "\\U{:08X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
