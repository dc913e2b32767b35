//! Services that come with a contract, up to a value, or that are sold beside it.

use super::ladder::{ApprovalNeed, ApproverNames};
use super::rule::{Rule, rule_of};
use crate::number::{Currency, Money, Quantity, Rate};
use crate::table::{FlagOrText, Section, WholeNumber, choices, keys, not_in_coins};
use crate::text::source::Written;

#[derive(Debug, Clone)]
pub struct Service {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) included: Money,
    pub(crate) included_share: Option<IncludedShare>,
    /// Months in which a customer gets the included value once.
    pub(crate) included_months: Option<u32>,
    pub(crate) beyond: BeyondIncluded,
    /// Unit that the service is counted in; the deal states its value without one.
    pub(crate) unit: Option<ServiceUnit>,
    pub(crate) assumed: FlagOrText,
    pub(crate) rule: Rule,
}

/// Share of the contract that can be included without an approval.
#[derive(Debug, Clone)]
pub struct IncludedShare {
    pub(crate) share: Rate,
    /// Approval of more than the share.
    pub(crate) approval: ApprovalNeed,
}

/// Unit of a service with its price, such as a day.
#[derive(Debug, Clone)]
pub struct ServiceUnit {
    pub(crate) unit: String,
    pub(crate) units: String,
    pub(crate) price: Money,
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
    optional unit: String = "The unit that it is counted in, in the singular: day.";
    optional units: String = "The unit in the plural: days.";
    optional price: Money =
        "The price of a unit. A deal then states a `quantity` in place of a `value`.";
    required included: Money = "The value up to which the service is free.";
    optional included_share: Rate =
        "The share of the committed TCV, at our net, up to which including it needs nobody. A \
         contract that costs nothing includes nothing.";
    optional approval: String = "The level that including more than the share needs.";
    optional review: String = "The review that including more than the share needs.";
    optional included_months: WholeNumber<1, 120> =
        "The months in which a customer gets the included value once.";
    required beyond: BeyondIncluded =
        "What becomes of more than that: priced at its value, once; or outside policy too.";
    optional assumed: FlagOrText =
        "A figure or the approval is not from the playbook; quotes say so. A text says what the \
         playbook does not give.";
}

/// Reads one service. `currency` is the currency of the book, if it can be read.
pub(super) fn read(
    name: &Written<String>,
    table: Section<'_>,
    approvers: &ApproverNames,
    currency: Option<&Currency>,
) -> Option<Service> {
    let (title, included) = (table.value(SERVICE.title), table.get(SERVICE.included));
    let beyond = table.value(SERVICE.beyond);
    let coins = included.as_ref().zip(currency);
    if let Some(error) = coins.and_then(|(included, currency)| not_in_coins(included, currency)) {
        table.fault(error);
    }
    let included_share = included_share(table, approvers);
    let unit = unit(table);
    Some(Service {
        name: name.value.clone(),
        title: title?,
        included: included?.value,
        included_share,
        included_months: table.value(SERVICE.included_months),
        beyond: beyond?,
        unit,
        assumed: table.get(SERVICE.assumed),
        rule: rule_of("service", name),
    })
}

fn included_share(table: Section<'_>, approvers: &ApproverNames) -> Option<IncludedShare> {
    let approval = approvers.approval_need(table, SERVICE.approval, SERVICE.review);
    let has_share =
        !table.is_missing(SERVICE.included_share) || table.is_misspelled(SERVICE.included_share);
    for key in [SERVICE.approval, SERVICE.review] {
        table.report_unless(has_share, key, "`included_share`");
    }
    if has_share && table.is_missing(SERVICE.approval) && table.is_missing(SERVICE.review) {
        let message = "a share that is included needs somebody who agrees to more";
        table.report_missing(message, "add `approval` or `review`");
    }
    Some(IncludedShare { share: table.value(SERVICE.included_share)?, approval })
}

fn unit(table: Section<'_>) -> Option<ServiceUnit> {
    let has_price = !table.is_missing(SERVICE.price) || table.is_misspelled(SERVICE.price);
    for key in [SERVICE.unit, SERVICE.units] {
        table.report_unless(has_price, key, "`price`");
        if has_price {
            let hint = "add `unit` and `units`, such as \"day\" and \"days\"";
            table.require(key, "a service with the price of a unit", hint);
        }
    }
    Some(ServiceUnit {
        unit: table.value(SERVICE.unit)?,
        units: table.value(SERVICE.units)?,
        price: table.value(SERVICE.price)?,
    })
}

impl ServiceUnit {
    /// Returns a quantity with its unit: "1 day", "12.5 days".
    pub fn count(&self, quantity: Quantity) -> String {
        let noun = if quantity == Quantity::ONE { &self.unit } else { &self.units };
        format!("{} {noun}", quantity.grouped())
    }
}
