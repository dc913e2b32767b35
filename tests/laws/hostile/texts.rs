//! Texts to stumble over.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// What stands where a value should.
const VALUES: &[&str] = &[
    "1e400",
    "99999999999999999999",
    "-0",
    "nan",
    "-inf",
    "0x10",
    "1_000",
    "0o7",
    "0b1",
    "+5",
    "1.5e3",
    "0.0000001",
    "1e-7",
    "-1",
    "01",
    "1.",
    ".5",
    "true",
    "2026-02-30",
    "2026-11-21T10:00:00Z",
    "12:00",
    "\"\"",
    "\" \"",
    "\"-0\"",
    "\"--5\"",
    "\"1,000\"",
    "\"1'000.5\"",
    "\"5 %\"",
    "\"%\"",
    "\"101%\"",
    "\"NaN\"",
    "\"0x10\"",
    "\"٣\"",
    "\"½\"",
    "\"1-\"",
    "\"-1\"",
    "\"5-3\"",
    "\"0+\"",
    "\"1000000000+\"",
    "\"1000000001\"",
    "\"999999999999.999999\"",
    "\"999999999999.9999999\"",
    "\"1000000000\"",
    "\"0.000001\"",
    "\"100%\"",
    "\"none\"",
    "\"auto\"",
    "\"volume\"",
    "\"socket\"",
    "\"vp\"",
    "\"\\u0000\\u001b[2J\"",
    "\"\\u202Eevil\"",
    "\"日本\\t\\r\\n\"",
    "'''\nline\nline'''",
    "\"\"\"\n\n\"\"\"",
    "[]",
    "[[]]",
    "{}",
    "[{}]",
    "{ a = 1 }",
    "[\"a\", \"a\"]",
    "[1, \"a\"]",
    "30",
    "31",
    "0",
    "744",
    "745",
    "4294967296",
    "18446744073709551616",
];

/// What TOML is made of, and what it is not.
const PIECES: &[&str] = &[
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ".",
    ",",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "#",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "\\",
    "\\u",
    "\u{feff}",
    "\u{202e}",
    "\u{1b}[31m",
    "\0",
    "é",
    "日",
    "👩‍👩‍👧",
    "e\u{301}",
    "\u{85}",
    "\u{2028}",
    "book",
    "metric",
    "discount",
    "line",
    "tiers",
    "quantity",
    "price",
    "rate",
    "strategic",
    "program",
    "[book]\n",
    "[metric.x]\n",
    "[[line]]\n",
    "[discount.volume]\n",
    "steps = ",
    "quantity = ",
    "name = ",
];

fn pieces() -> impl Strategy<Value = String> {
    prop_oneof![3 => select(PIECES), 2 => select(VALUES)].prop_map(ToOwned::to_owned)
}

/// Anything: characters, bytes, or what a confused parser might meet.
pub fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        vec(any::<u8>(), 0..300).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        vec(pieces(), 0..60).prop_map(|pieces| pieces.concat()),
    ]
}

#[derive(Debug, Clone)]
enum Damage {
    Delete(Index, usize),
    Double(Index, usize),
    Replace(Index, usize, String),
    /// Another value for some key: the text stays TOML.
    Value(Index, &'static str),
    /// A line goes to another place.
    Move(Index, Index),
    /// Lines end as they do on Windows.
    Windows,
}

fn damage() -> impl Strategy<Value = Damage> {
    let length = || prop_oneof![3 => 0..8_usize, 1 => 0..400_usize];
    prop_oneof![
        2 => (any::<Index>(), length()).prop_map(|(at, length)| Damage::Delete(at, length)),
        2 => (any::<Index>(), length()).prop_map(|(at, length)| Damage::Double(at, length)),
        3 => (any::<Index>(), length(), pieces())
            .prop_map(|(at, length, piece)| Damage::Replace(at, length, piece)),
        8 => (any::<Index>(), select(VALUES)).prop_map(|(at, value)| Damage::Value(at, value)),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Damage::Move(from, to)),
        1 => Just(Damage::Windows),
    ]
}

/// The text after a few accidents.
pub fn damaged(text: &'static str) -> impl Strategy<Value = String> {
    vec(damage(), 1..6).prop_map(move |damages| {
        damages.iter().fold(text.to_owned(), |text, damage| damage.to(&text))
    })
}

impl Damage {
    fn to(&self, text: &str) -> String {
        let slice = |at: &Index, length: usize| {
            let start = text.floor_char_boundary(at.index(text.len() + 1));
            (start, text.floor_char_boundary(start.saturating_add(length).min(text.len())))
        };
        match self {
            Self::Delete(at, length) => {
                let (start, end) = slice(at, *length);
                format!("{}{}", &text[..start], &text[end..])
            }
            Self::Double(at, length) => {
                let (start, end) = slice(at, *length);
                format!("{}{}", &text[..end], &text[start..])
            }
            Self::Replace(at, length, piece) => {
                let (start, end) = slice(at, *length);
                format!("{}{piece}{}", &text[..start], &text[end..])
            }
            Self::Value(at, value) => another_value(text, *at, value),
            Self::Move(from, to) => {
                let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
                if !lines.is_empty() {
                    let line = lines.remove(from.index(lines.len()));
                    lines.insert(to.index(lines.len() + 1), line);
                }
                lines.concat()
            }
            Self::Windows => text.replace('\n', "\r\n"),
        }
    }
}

/// The text with what stands behind one of its `=` replaced, up to the end of that value.
fn another_value(text: &str, at: Index, value: &str) -> String {
    let equals: Vec<usize> = text.match_indices(" = ").map(|(at, _)| at + 3).collect();
    if equals.is_empty() {
        return text.to_owned();
    }
    let start = equals[at.index(equals.len())];
    let rest = &text[start..];
    let quoted = rest.starts_with('"').then(|| rest[1..].find('"').map(|end| end + 2)).flatten();
    let end = quoted.or_else(|| rest.find([',', ' ', '\n'])).unwrap_or(rest.len());
    format!("{}{value}{}", &text[..start], &rest[end..])
}
