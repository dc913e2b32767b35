//! Services that come with a contract, up to a value.

use super::rule::{Rule, rule_of};
use crate::number::{Currency, Money};
use crate::table::{Section, choices, keys, not_in_coins};
use crate::text::source::Written;

#[derive(Debug, Clone)]
pub struct Service {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) included: Money,
    pub(crate) beyond: BeyondIncluded,
    pub(crate) rule: Rule,
}

choices! {
    pub enum BeyondIncluded {
        Priced = "priced",
        Refused = "refused",
    }
}

keys! {
    pub(super) SERVICE: ServiceKeys = "a service", "A service that comes with a contract, up to a value.";

    required title: String = "The title that readers see.";
    required included: Money = "The value up to which the service is free.";
    required beyond: BeyondIncluded =
        "What becomes of more than that: priced at its value, once; or outside policy too.";
}

/// Reads one service. `currency` is the currency of the book, if it can be read.
pub(super) fn read(
    name: &Written<String>,
    table: Section<'_>,
    currency: Option<&Currency>,
) -> Option<Service> {
    let (title, included) = (table.value(SERVICE.title), table.get(SERVICE.included));
    let beyond = table.value(SERVICE.beyond);
    let coins = included.as_ref().zip(currency);
    if let Some(error) = coins.and_then(|(included, currency)| not_in_coins(included, currency)) {
        table.fault(error);
    }
    Some(Service {
        name: name.value.clone(),
        title: title?,
        included: included?.value,
        beyond: beyond?,
        rule: rule_of("service", name),
    })
}
