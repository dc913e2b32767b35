//! Services and clauses that a deal asks for.

use crate::book::{Clause, Service};
use crate::number::Money;
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
    pub reason: Option<Written<String>>,
}

#[derive(Debug, Clone)]
pub struct DealClause<'b> {
    pub(crate) clause: &'b Clause,
    pub(crate) reason: Option<String>,
}

pub(super) fn read_clause(table: Section<'_>) -> Option<DraftClause> {
    let (name, reason) = (table.get(CLAUSE.name), table.get(CLAUSE.reason));
    Some(DraftClause { name: name?, reason })
}
