//! Services that come with a contract.

use super::rule_of;
use crate::book::Service;
use crate::number::Currency;
use crate::table::Section;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

/// `currency` is that of the book, if it could be read.
pub(super) fn all(top: Section<'_>, currency: Option<&Currency>) -> Vec<Service> {
    let services = top.named("service");
    services.into_iter().filter_map(|(name, table)| service(&name, table, currency)).collect()
}

fn service(
    name: &Written<String>,
    table: Section<'_>,
    currency: Option<&Currency>,
) -> Option<Service> {
    let title = table.text("title");
    let included = table.money("included");
    let beyond = table.choice("beyond");
    if let (Some(included), Some(currency)) = (&included, currency)
        && included.value.decimals() > currency.minor
    {
        let (code, minor) = (&currency.code, currency.minor);
        let message = format!("an amount in {code} has at most {minor} decimal places");
        table.fault(
            Diagnostic::new(Code::BadNumber, included.place.clone(), message)
                .hint("what is paid is not rounded: write what it is"),
        );
    }
    Some(Service {
        name: name.value.clone(),
        title: title?.value,
        included: included?.value,
        refused_beyond: beyond?.value == 1,
        rule: rule_of("service", name),
    })
}
