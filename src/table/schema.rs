//! JSON Schema of a [`Shape`], for editors.

use super::shape::{Key, Kind, Shape};
use serde_json::{Map, Value, json};

/// Returns the JSON Schema (2020-12) of files with this shape.
pub fn of(shape: &Shape, title: &str) -> Value {
    SchemaWriter { amounts: SchemaAmounts::One, inner: None }.schema(shape, title)
}

/// Returns the JSON Schema of files that can have each amount in several currencies. A table of the shape `inner`
/// is a file of its own kind inside them, under this name, and its amounts are in one currency.
pub fn in_currencies(shape: &Shape, title: &str, inner: (&'static str, &Shape)) -> Value {
    SchemaWriter { amounts: SchemaAmounts::Several, inner: Some(inner) }.schema(shape, title)
}

#[derive(Clone, Copy)]
enum SchemaAmounts {
    One,
    Several,
}

#[derive(Clone, Copy)]
struct SchemaWriter<'s> {
    amounts: SchemaAmounts,
    /// Shape that the schema defines once, with its name.
    inner: Option<(&'static str, &'s Shape)>,
}

impl SchemaWriter<'_> {
    fn schema(self, shape: &Shape, title: &str) -> Value {
        let mut schema = self.table(shape);
        schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        schema["title"] = json!(title);
        if let Some((name, inner)) = self.inner {
            let one = Self { amounts: SchemaAmounts::One, inner: None };
            schema["$defs"] = json!({ name: one.table(inner) });
        }
        schema
    }

    fn table(self, shape: &Shape) -> Value {
        let property = |key: &Key| {
            let mut schema = self.value(key.kind);
            schema["description"] = json!(key.about);
            (key.name.to_owned(), schema)
        };
        let properties: Map<String, Value> = shape.keys.iter().map(property).collect();
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

    fn value(self, kind: Kind) -> Value {
        match kind {
            Kind::Text => text(),
            Kind::Choice(words) => json!({ "type": "string", "enum": words }),
            Kind::Whole(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
            Kind::Money => self.amounts(number(AMOUNT), AMOUNT),
            Kind::MoneyRange => self.amounts(number(AMOUNT_RANGE), AMOUNT_RANGE),
            Kind::Threshold => self.amounts(rate(), AMOUNT),
            Kind::Quantity => number(AMOUNT),
            Kind::Rate | Kind::Percentage => rate(),
            Kind::Rates => number(
                "^ *[0-9]+(\\.[0-9]+)?(( *- *[0-9]+(\\.[0-9]+)?)?|%( *- *[0-9]+(\\.[0-9]+)?%)?) *$",
            ),
            Kind::Range => number("^ *[0-9]+ *(\\+|- *[0-9]+)? *$"),
            // The format by which editors of TOML know a date that stands without quotes.
            Kind::Date => json!({ "type": "string", "format": "date" }),
            Kind::Flag => json!({ "type": "boolean" }),
            Kind::FlagOrText => json!({ "anyOf": [{ "type": "boolean" }, text()] }),
            Kind::Texts => json!({ "type": "array", "items": text() }),
            Kind::Currencies => {
                let code = json!({ "type": "string", "pattern": CODE });
                json!({ "type": "array", "minItems": 1, "items": code })
            }
            Kind::AnyTable => json!({ "type": "object" }),
            Kind::Table(shape) => match self.inner.filter(|(_, inner)| std::ptr::eq(*inner, shape))
            {
                Some((name, _)) => json!({ "$ref": format!("#/$defs/{name}") }),
                None => self.table(shape),
            },
            Kind::Tables(shape) => self.list(shape),
            Kind::TableOrTables(shape) => {
                json!({ "anyOf": [self.table(shape), self.list(shape)] })
            }
            Kind::Named(shape) => {
                json!({ "type": "object", "additionalProperties": self.table(shape) })
            }
            Kind::NamedRates(words) => {
                let rate_or_word = json!({ "anyOf": [{ "enum": words }, rate()] });
                json!({ "type": "object", "additionalProperties": rate_or_word })
            }
        }
    }

    fn list(self, shape: &Shape) -> Value {
        json!({ "type": "array", "items": self.table(shape) })
    }

    /// Returns the schema of one number, or of a table with a number of this pattern per currency.
    fn amounts(self, one: Value, pattern: &str) -> Value {
        match self.amounts {
            SchemaAmounts::One => one,
            SchemaAmounts::Several => json!({ "anyOf": [one, {
                "type": "object",
                "minProperties": 1,
                "propertyNames": { "pattern": CODE },
                "additionalProperties": number(pattern),
            }] }),
        }
    }
}

const AMOUNT: &str = "^[0-9]+(\\.[0-9]+)?$";

/// Pattern of an amount or of a range of amounts.
const AMOUNT_RANGE: &str = "^[0-9]+(\\.[0-9]+)?( *- *[0-9]+(\\.[0-9]+)?)?$";

/// Pattern of an ISO 4217 code.
const CODE: &str = "^[A-Z]{3}$";

fn rate() -> Value {
    number("^[0-9]+(\\.[0-9]+)?%?$")
}

fn text() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

/// Returns the schema of a number, quoted or bare: both are read exactly.
fn number(pattern: &str) -> Value {
    json!({ "type": ["string", "number"], "pattern": pattern })
}
