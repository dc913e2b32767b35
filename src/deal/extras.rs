//! Services and clauses that a deal asks for.

use crate::book::{ApprovalNeed, Clause, Service};
use crate::number::{Money, Quantity, Rate};
use crate::table::{Section, keys};
use crate::text::source::Written;

keys! {
    pub(super) SERVICE: DealServiceKeys = "a service", "A service that comes with the contract.";

    required name: String = "One of the book's services.";
    optional value: Money = "The full value of the service, where the book has no price of a unit.";
    optional quantity: Quantity =
        "The number of units, such as days, where the book has the price of one.";
    optional included_before: Money =
        "The value that other contracts of the customer have included, within the months of the \
         book.";
}

keys! {
    pub(super) CLAUSE: DealClauseKeys =
        "a clause", "A clause that the customer wants in the contract.";

    required name: String = "One of the book's clauses.";
    optional rate: Rate = "The rate of a clause that has one, such as the SLA credits of a month.";
    optional reason: String = "Why the customer wants it.";
}

#[derive(Debug, Clone)]
pub struct DraftService {
    pub name: Written<String>,
    pub value: Option<Written<Money>>,
    pub quantity: Option<Written<Quantity>>,
    pub included_before: Option<Written<Money>>,
    /// Whether a value or a quantity is written that could not be read.
    pub error_reported: bool,
}

#[derive(Debug, Clone, Copy)]
pub struct DealService<'b> {
    pub(crate) service: &'b Service,
    /// Full value: that of the quantity, if the book has the price of a unit.
    pub(crate) value: Money,
    pub(crate) quantity: Option<Quantity>,
    /// Value that other contracts of the customer include.
    pub(crate) included_before: Money,
}

pub(super) fn read_service(table: Section<'_>) -> Option<DraftService> {
    let (value, quantity) = (table.get(SERVICE.value), table.get(SERVICE.quantity));
    let included_before = table.get(SERVICE.included_before);
    let is_unread = |key: &str, is_read: bool| !is_read && !table.is_missing(key);
    let error_reported = is_unread(SERVICE.value.name, value.is_some())
        || is_unread(SERVICE.quantity.name, quantity.is_some());
    let name = table.get(SERVICE.name)?;
    Some(DraftService { name, value, quantity, included_before, error_reported })
}

#[derive(Debug, Clone)]
pub struct DraftClause {
    pub name: Written<String>,
    pub rate: Option<Written<Rate>>,
    /// Whether a rate is written that could not be read.
    pub error_reported: bool,
    pub reason: Option<Written<String>>,
}

#[derive(Debug, Clone)]
pub struct DealClause<'b> {
    pub(crate) clause: &'b Clause,
    /// Rate of a clause that has one.
    pub(crate) rate: Option<Rate>,
    pub(crate) reason: Option<String>,
}

impl<'b> DealClause<'b> {
    /// Returns the approval that the clause needs at its rate.
    pub fn needs(&self) -> Option<&'b ApprovalNeed> {
        let standard = self.clause.standard_rates.zip(self.rate);
        let is_standard = standard.is_some_and(|(rates, rate)| rate <= rates.most());
        Some(&self.clause.approval).filter(|need| !is_standard && !need.is_nothing())
    }

    /// Returns the title with the rate: "SLA credits at 25%".
    pub fn title(&self) -> String {
        let rate = self.rate.map(|rate| format!(" at {rate}"));
        format!("{}{}", self.clause.title, rate.unwrap_or_default())
    }
}

pub(super) fn read_clause(table: Section<'_>) -> Option<DraftClause> {
    let (name, rate, reason) =
        (table.get(CLAUSE.name), table.get(CLAUSE.rate), table.get(CLAUSE.reason));
    let error_reported = rate.is_none() && !table.is_missing(CLAUSE.rate);
    Some(DraftClause { name: name?, rate, error_reported, reason })
}
