//! Services and clauses that a deal asks for.

use crate::book::{ApprovalNeed, Clause, Service};
use crate::number::{Money, Rate};
use crate::table::{Section, keys};
use crate::text::source::Written;

keys! {
    pub(super) SERVICE: DealServiceKeys = "a service", "A service that comes with the contract.";

    required name: String = "One of the book's services.";
    required value: Money = "The full value of the service.";
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
    pub value: Written<Money>,
}

#[derive(Debug, Clone, Copy)]
pub struct DealService<'b> {
    pub(crate) service: &'b Service,
    pub(crate) value: Money,
}

pub(super) fn read_service(table: Section<'_>) -> Option<DraftService> {
    let (name, value) = (table.get(SERVICE.name), table.get(SERVICE.value));
    Some(DraftService { name: name?, value: value? })
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
