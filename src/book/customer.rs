//! Customers: the kinds of them that a deal can name, and which deals of one customer count together.

use super::rule::{Rule, UniqueNames, rule};
use crate::table::{self, Choice, OneTable, Section, TypedKey, WholeNumber, choices, keys};
use crate::text::diagnostic::Code;
use crate::text::source::Written;

/// Rules of a book on its customers.
#[derive(Debug, Clone, Default)]
pub struct CustomerRules {
    /// Segments of customers. An empty list takes any word.
    pub(crate) segments: Vec<String>,
    pub(crate) verticals: Vec<String>,
    pub(crate) regions: Vec<String>,
    /// Time for which an expired quote counts with the customer's other deals: none where the book does not say.
    pub(crate) expired_quotes: Option<ExpiredQuotes>,
}

choices! {
    /// Fact of a customer that a book lists the words for.
    pub enum CustomerFact {
        Vertical = "vertical",
        Region = "region",
    }
}

/// Days after the last valid day of a quote, in which it still counts.
#[derive(Debug, Clone)]
pub struct ExpiredQuotes {
    pub(crate) days: u32,
    /// Whether the playbook does not give these days.
    pub(crate) assumed: bool,
    pub(crate) rule: Rule,
}

keys! {
    pub(super) CUSTOMERS: CustomerKeys = "[customers]",
        "The kinds of customers that a deal can name, and which deals of one customer count together.";

    optional segments: Vec<String> =
        "The segments of customers. A deal with another `segment` gets a warning.";
    optional verticals: Vec<String> = "The verticals of customers, for programs with `first_in`.";
    optional regions: Vec<String> = "The regions of customers, for programs with `first_in`.";
    optional expired_quote_days: WholeNumber<0, 3650> =
        "Days after its last valid day on which a quote still counts with the customer's other \
         deals in `check` and `desk`. Without it: 0.";
    optional assumed: bool = "The days are not from the playbook; answers say so.";
}

impl CustomerRules {
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
        let days = table.get(CUSTOMERS.expired_quote_days);
        table.report_unless(days.is_some(), CUSTOMERS.assumed, "`expired_quote_days`");
        let assumed = table.get(CUSTOMERS.assumed);
        let expired_quotes = days.map(|days| ExpiredQuotes {
            days: days.value,
            assumed,
            rule: rule("customers", &days.place),
        });
        let (verticals, regions) = (list(CUSTOMERS.verticals), list(CUSTOMERS.regions));
        Self { segments: list(CUSTOMERS.segments), verticals, regions, expired_quotes }
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
