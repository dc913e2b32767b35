//! Deals of one customer: which of them count together.

use super::rule::{Rule, rule};
use crate::table::{Section, WholeNumber, keys};

/// Rules on the deals of one customer, where a book has them.
#[derive(Debug, Clone)]
pub struct CustomerRules {
    /// Days after its last valid day on which a quote still counts with the customer's other deals.
    pub(crate) expired_quote_days: u32,
    /// Whether the playbook does not give these days.
    pub(crate) assumed: bool,
    pub(crate) rule: Rule,
}

keys! {
    pub(super) CUSTOMER: CustomerKeys = "[customer]",
        "Which deals of one customer count together in `check` and `desk`.";

    required expired_quote_days: WholeNumber<0, 3650> =
        "Days after its last valid day on which a quote still counts with the customer's other \
         deals. Without the table: 0.";
    optional assumed: bool = "The figure is not from the playbook; answers say so.";
}

pub(super) fn read(table: Section<'_>) -> Option<CustomerRules> {
    let days = table.get(CUSTOMER.expired_quote_days)?;
    Some(CustomerRules {
        expired_quote_days: days.value,
        assumed: table.get(CUSTOMER.assumed),
        rule: rule("customer", &days.place),
    })
}
