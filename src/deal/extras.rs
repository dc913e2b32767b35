//! Services and clauses that a deal asks for.

use super::draft::Draft;
use super::resolve::text;
use crate::book::{Clause, PriceBook, Service};
use crate::number::Money;
use crate::table::{Section, keys, not_in_coins, unknown};
use crate::text::diagnostic::{Code, Diagnostic};
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
    /// Value of the service by itself.
    pub value: Written<Money>,
}

#[derive(Debug, Clone, Copy)]
pub struct DealService<'b> {
    pub(crate) service: &'b Service,
    pub(crate) value: Money,
}

impl<'b> DealService<'b> {
    pub const fn service(&self) -> &'b Service {
        self.service
    }

    pub const fn value(&self) -> Money {
        self.value
    }
}

pub(super) fn read_service(table: Section<'_>) -> Option<DraftService> {
    let (name, value) = (table.get(SERVICE.name), table.get(SERVICE.value));
    Some(DraftService { name: name?, value: value? })
}

pub(super) fn services<'b>(
    draft: &Draft,
    book: &'b PriceBook,
    faults: &mut Vec<Diagnostic>,
) -> Vec<DealService<'b>> {
    let mut asked = Vec::new();
    for (index, DraftService { name, value }) in draft.services.iter().enumerate() {
        let Some(service) = book.service(&name.value) else {
            let names = book.services().iter().map(Service::name);
            faults.push(unknown(Code::UnknownService, "service", name, names));
            continue;
        };
        let same = |other: &&DraftService| other.name.value == name.value;
        if let Some(first) = draft.services[..index].iter().find(same) {
            let what = format!("the service \"{}\"", name.value);
            faults.push(
                Diagnostic::twice(name.place.clone(), first.name.place.clone(), &what)
                    .hint("a service is included once: write one entry with the whole value"),
            );
        }
        faults.extend(not_in_coins(value, &book.currency));
        asked.push(DealService { service, value: value.value });
    }
    asked
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

impl<'b> DealClause<'b> {
    pub const fn clause(&self) -> &'b Clause {
        self.clause
    }
}

pub(super) fn read_clause(table: Section<'_>) -> Option<DraftClause> {
    let (name, reason) = (table.get(CLAUSE.name), table.get(CLAUSE.reason));
    Some(DraftClause { name: name?, reason })
}

pub(super) fn clauses<'b>(
    draft: &Draft,
    book: &'b PriceBook,
    faults: &mut Vec<Diagnostic>,
) -> Vec<DealClause<'b>> {
    let mut asked = Vec::new();
    for (index, DraftClause { name, reason }) in draft.clauses.iter().enumerate() {
        let Some(clause) = book.clause(&name.value) else {
            let names = book.clauses().iter().map(Clause::name);
            faults.push(unknown(Code::UnknownClause, "clause", name, names));
            continue;
        };
        let same = |other: &&DraftClause| other.name.value == name.value;
        if let Some(first) = draft.clauses[..index].iter().find(same) {
            let what = format!("the clause \"{}\"", name.value);
            faults.push(
                Diagnostic::twice(name.place.clone(), first.name.place.clone(), &what)
                    .hint("remove one of them"),
            );
        }
        asked.push(DealClause { clause, reason: text(reason.as_ref()) });
    }
    asked
}
