//! JSON Schema out of a [`Shape`], for editors.

use super::shape::{Key, Kind, Shape};
use serde_json::{Map, Value, json};

/// The JSON Schema (2020-12) of files with this shape.
#[must_use]
pub fn of(shape: &Shape, title: &str) -> Value {
    let mut schema = table(shape);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(title);
    schema
}

fn table(shape: &Shape) -> Value {
    let properties: Map<String, Value> =
        shape.keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let required: Vec<&str> =
        shape.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    json!({
        "type": "object",
        "description": shape.about,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn property(key: &Key) -> Value {
    let mut schema = value(key.kind);
    schema["description"] = json!(key.about);
    schema
}

fn value(kind: Kind) -> Value {
    match kind {
        Kind::Text => text(),
        Kind::Choice(words) => json!({ "type": "string", "enum": words }),
        Kind::Whole(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Kind::Money | Kind::Quantity => number("^[0-9]+(\\.[0-9]+)?$"),
        Kind::Rate | Kind::Threshold => number("^[0-9]+(\\.[0-9]+)?%?$"),
        Kind::Rates => number(
            "^ *[0-9]+(\\.[0-9]+)?(( *- *[0-9]+(\\.[0-9]+)?)?|%( *- *[0-9]+(\\.[0-9]+)?%)?) *$",
        ),
        Kind::Range => number("^ *[0-9]+ *(\\+|- *[0-9]+)? *$"),
        // The format by which editors of TOML know a date that stands without quotes.
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Texts => json!({ "type": "array", "items": text() }),
        Kind::Table(shape) => table(shape),
        Kind::Tables(shape) => list(shape),
        Kind::TableOrTables(shape) => json!({ "anyOf": [table(shape), list(shape)] }),
        Kind::Named(shape) => json!({ "type": "object", "additionalProperties": table(shape) }),
        Kind::NamedRates(words) => {
            let rate_or_word = json!({ "anyOf": [{ "enum": words }, value(Kind::Rate)] });
            json!({ "type": "object", "additionalProperties": rate_or_word })
        }
    }
}

fn text() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

fn list(shape: &Shape) -> Value {
    json!({ "type": "array", "items": table(shape) })
}

/// A number, best quoted: a bare one is read exactly too.
fn number(pattern: &str) -> Value {
    json!({ "type": ["string", "number"], "pattern": pattern })
}
