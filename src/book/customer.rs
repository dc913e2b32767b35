//! Kinds of customers: the lists of a book that deals and programs name entries of.

use super::rule::UniqueNames;
use crate::table::{self, Choice, OneTable, Section, TypedKey, choices, keys};
use crate::text::diagnostic::Code;
use crate::text::source::Written;

/// Words for customers of a kind. An empty list takes any word.
#[derive(Debug, Clone, Default)]
pub struct CustomerLists {
    pub(crate) segments: Vec<String>,
    pub(crate) verticals: Vec<String>,
    pub(crate) regions: Vec<String>,
}

choices! {
    /// Fact of a customer that a book lists the words for.
    pub enum CustomerFact {
        Vertical = "vertical",
        Region = "region",
    }
}

keys! {
    pub(super) CUSTOMERS: CustomerKeys = "[customers]", "The kinds of customers that a deal can name.";

    optional segments: Vec<String> =
        "The segments of customers. A deal with another `segment` gets a warning.";
    optional verticals: Vec<String> = "The verticals of customers, for programs with `first_in`.";
    optional regions: Vec<String> = "The regions of customers, for programs with `first_in`.";
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
        let (verticals, regions) = (list(CUSTOMERS.verticals), list(CUSTOMERS.regions));
        Self { segments: list(CUSTOMERS.segments), verticals, regions }
    }

    pub fn of(&self, fact: CustomerFact) -> &[String] {
        match fact {
            CustomerFact::Vertical => &self.verticals,
            CustomerFact::Region => &self.regions,
        }
    }

    /// Reads the facts of which a program is for the first customer, and reports other words and facts
    /// without a list.
    pub(super) fn facts_of(
        &self,
        table: Section<'_>,
        key: TypedKey<Vec<String>>,
    ) -> Vec<CustomerFact> {
        let mut facts = Vec::new();
        for name in table.get(key) {
            let Some(at) = CustomerFact::WORDS.iter().position(|word| *word == name.value) else {
                let message = format!("`{}` cannot have \"{}\"", key.name, name.value);
                let hint = table::suggestion(&name.value, CustomerFact::WORDS.iter().copied());
                table.fault(name.fault(Code::UnknownChoice, message).hint(hint));
                continue;
            };
            let fact = CustomerFact::VALUES[at];
            if self.of(fact).is_empty() {
                let message = format!("the book has no list of {}s", fact.name());
                let hint = format!("add `{}s` to [customers]", fact.name());
                table.fault(name.fault(Code::MissingKey, message).hint(hint));
            }
            facts.push(fact);
        }
        facts
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
