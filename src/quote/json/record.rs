//! Plain facts of a deal in JSON: each under its key, and only those that the deal states.

use crate::deal::{CUSTOMER, FactValue, Record};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Plain facts of a deal. A quote names its customer even where the deal does not.
pub(super) struct RecordJson<'a>(pub &'a Record);

impl Serialize for RecordJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(record) = *self;
        let mut map = serializer.serialize_map(None)?;
        if record.text(CUSTOMER).is_none() {
            map.serialize_entry("customer", "")?;
        }
        for (fact, value) in record.iter() {
            match value {
                FactValue::Text(text) => map.serialize_entry(fact.key, text)?,
                FactValue::Date(date) => map.serialize_entry(fact.key, &date.to_string())?,
            }
        }
        map.end()
    }
}
