//! Answers as JSON, for programs. Keys keep the order in which they are written.

use crate::number::{Date, Quantity, Rate, Ratio, Share};
use crate::text::escape_invisible;
use crate::text::source::Place;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::borrow::Cow;
use std::fmt;

/// A JSON value. Amounts are texts, which hold every decimal place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// No value: an object leaves the key out.
    Absent,
    /// `null`, for keys that every object of their kind has.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A count.
    Count(u64),
    /// A text.
    Text(String),
    /// Values in square brackets.
    List(Vec<Json>),
    /// Keys with their values, in the order in which they are written.
    Object(Vec<(Cow<'static, str>, Json)>),
}

impl Json {
    /// Lists the values of an iterator.
    pub fn list<T: Into<Self>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }

    /// Lists the values of an iterator, and leaves the key out if there are none.
    pub fn list_if_any<T: Into<Self>>(items: impl IntoIterator<Item = T>) -> Self {
        Some(Self::list(items)).filter(|list| *list != Self::List(Vec::new())).into()
    }

    /// Returns `true`, and leaves the key out for `false`.
    pub fn if_true(flag: bool) -> Self {
        flag.then_some(true).into()
    }

    /// Returns the value, or `null` in place of a key that is left out.
    pub fn or_null(self) -> Self {
        if self == Self::Absent { Self::Null } else { self }
    }
}

/// `None` leaves the key out.
impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Into::into)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Json {
    fn from(items: Vec<T>) -> Self {
        Self::list(items)
    }
}

impl From<&[String]> for Json {
    fn from(items: &[String]) -> Self {
        Self::list(items)
    }
}

/// Implements `From` for types that a function turns into a variant.
macro_rules! from {
    ($($type:ty => $variant:ident: $turn:expr;)*) => {$(
        impl From<$type> for Json {
            fn from(value: $type) -> Self {
                Self::$variant($turn(value))
            }
        }
    )*};
}

from! {
    bool => Flag: |it| it;
    u32 => Count: u64::from;
    u64 => Count: |it| it;
    String => Text: |it| it;
    &str => Text: str::to_owned;
    &String => Text: String::clone;
    &Place => Text: |it: &Place| it.to_string();
    Date => Text: |it: Date| it.to_string();
    Quantity => Text: |it: Quantity| it.to_string();
    Rate => Text: Rate::plain;
    Ratio => Text: Ratio::plain;
    Share => Text: Share::plain;
}

/// A position in memory fits in 64 bits.
impl From<usize> for Json {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent | Self::Null => serializer.serialize_unit(),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Count(count) => serializer.serialize_u64(*count),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(entries) => {
                let mut map = serializer.serialize_map(None)?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

/// Writes the value indented, with a line break at its end.
impl fmt::Display for Json {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = serde_json::to_string_pretty(self).map_err(|_| fmt::Error)?;
        writeln!(out, "{}", escape_invisible(&json))
    }
}

/// Writes a JSON object: `object! { id: quote.id(), total, ..period }`.
///
/// A key without a value is the variable of that name. Two points take over the keys of another
/// object, or none of a value that is absent.
macro_rules! object {
    (@ $object:ident) => {};
    (@ $object:ident .. $other:expr $(, $($rest:tt)*)?) => {
        if let $crate::document::json::Json::Object(entries) = $crate::document::json::Json::from($other) {
            $object.extend(entries);
        }
        $($crate::document::json::object!(@ $object $($rest)*);)?
    };
    (@ $object:ident $key:ident: $value:expr $(, $($rest:tt)*)?) => {
        $crate::document::json::push(&mut $object, stringify!($key), $value);
        $($crate::document::json::object!(@ $object $($rest)*);)?
    };
    (@ $object:ident $key:ident $(, $($rest:tt)*)?) => {
        $crate::document::json::push(&mut $object, stringify!($key), $key);
        $($crate::document::json::object!(@ $object $($rest)*);)?
    };
    ($($rest:tt)*) => {{
        let mut object = Vec::new();
        $crate::document::json::object!(@ object $($rest)*);
        $crate::document::json::Json::Object(object)
    }};
}
pub(crate) use object;

/// Adds a key with its value to an object, unless the value is absent.
pub(crate) fn push(
    object: &mut Vec<(Cow<'static, str>, Json)>,
    key: impl Into<Cow<'static, str>>,
    value: impl Into<Json>,
) {
    let value = value.into();
    if value != Json::Absent {
        object.push((key.into(), value));
    }
}
