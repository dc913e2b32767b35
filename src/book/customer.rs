//! Kinds of customers: the lists of a book that deals and programs name entries of.

use super::rule::UniqueNames;
use crate::table::{self, OneTable, Section, TypedKey, keys};
use crate::text::diagnostic::Code;
use crate::text::source::Written;

/// Words for customers of a kind. An empty list takes any word.
#[derive(Debug, Clone, Default)]
pub struct CustomerLists {
    pub(crate) segments: Vec<String>,
}

keys! {
    pub(super) CUSTOMERS: CustomerKeys = "[customers]", "The kinds of customers that a deal can name.";

    optional segments: Vec<String> =
        "The segments of customers. A deal with another `segment` gets a warning.";
}

impl CustomerLists {
    pub(super) fn read(top: Section<'_>, key: TypedKey<OneTable<CustomerKeys>>) -> Self {
        let Some(table) = top.get(key) else { return Self::default() };
        let list = |key: TypedKey<Vec<String>>| {
            let mut names = UniqueNames::default();
            let written = table.get(key).into_iter().filter(|it| {
                let what = format_args!("the entry \"{}\" of `{}`", it.value, key.name);
                names.is_new(table, it, what, "remove one of them")
            });
            written.map(|it| it.value).collect()
        };
        Self { segments: list(CUSTOMERS.segments) }
    }

    /// Reads the segments that a program is for, and reports those that the book does not list.
    pub(super) fn segments_of(
        &self,
        table: Section<'_>,
        key: TypedKey<Vec<String>>,
    ) -> Vec<String> {
        let named: Vec<Written<String>> = table.get(key);
        for name in named.iter().filter(|name| !self.segments.contains(&name.value)) {
            let known = self.segments.iter().map(String::as_str);
            let fault = table::unknown(Code::UnknownChoice, "segment", name, known);
            let hint =
                self.segments.is_empty().then(|| "add it with [customers] segments".to_owned());
            table.fault(fault.maybe_hint(hint));
        }
        named.into_iter().map(|name| name.value).collect()
    }
}
