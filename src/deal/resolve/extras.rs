//! Services and clauses that a deal asks for.

use super::{Resolver, text};
use crate::book::Clause;
use crate::deal::{DealClause, DealService, DraftClause};
use crate::number::Rate;
use crate::table::not_in_coins;
use crate::text::diagnostic::Code;

impl<'b> Resolver<'b, '_> {
    pub(super) fn services(&mut self) -> Vec<DealService<'b>> {
        let mut services = Vec::new();
        for (index, asked) in self.draft.services.iter().enumerate() {
            let kind = (Code::UnknownService, "service");
            let known = &self.book.services;
            let Some(service) = self.find(&asked.name, known, |it| &it.name, kind) else {
                continue;
            };
            let before = self.draft.services[..index].iter().map(|before| &before.name);
            let hint = "a service is included once: write one entry with the whole value";
            self.check_new(&asked.name, before, "service", hint);
            self.faults.extend(not_in_coins(&asked.value, &self.book.currency));
            services.push(DealService { service, value: asked.value.value });
        }
        services
    }

    pub(super) fn clauses(&mut self) -> Vec<DealClause<'b>> {
        let mut clauses = Vec::new();
        for (index, asked) in self.draft.clauses.iter().enumerate() {
            let kind = (Code::UnknownClause, "clause");
            let known = &self.book.clauses;
            let Some(clause) = self.find(&asked.name, known, |it| &it.name, kind) else { continue };
            let before = self.draft.clauses[..index].iter().map(|before| &before.name);
            self.check_new(&asked.name, before, "clause", "remove one of them");
            self.check_kind(index, clause);
            let rate = self.clause_rate(asked, clause);
            clauses.push(DealClause { clause, rate, reason: text(asked.reason.as_ref()) });
        }
        clauses
    }

    /// Reports a clause beside another one of its kind: a contract has one liability cap.
    fn check_kind(&mut self, index: usize, clause: &Clause) {
        let Some(kind) = &clause.kind else { return };
        let before = self.draft.clauses[..index].iter();
        let mut known = before.filter_map(|asked| {
            let mut clauses = self.book.clauses.iter();
            Some((&asked.name, clauses.find(|it| it.name == asked.name.value)?))
        });
        let same = |other: &Clause| other.kind.as_ref() == Some(kind) && other.name != clause.name;
        if let Some((first, _)) = known.find(|(_, other)| same(other)) {
            let name = &self.draft.clauses[index].name;
            let message = format!("a contract has one clause of the kind \"{kind}\"");
            let fault = name.fault(Code::Duplicate, message);
            let fault = fault.related(first.place.clone(), "another one");
            self.faults.push(fault.hint("remove one of them"));
        }
    }

    /// Returns the rate of a clause, and reports one that is missing or has no meaning.
    fn clause_rate(&mut self, asked: &DraftClause, clause: &Clause) -> Option<Rate> {
        match (&clause.standard_rates, &asked.rate) {
            (Some(rates), None) if !asked.error_reported => {
                let message = format!("the clause \"{}\" needs a rate", clause.name);
                let hint = format!("add `rate`; {rates} is standard");
                self.fault(Code::MissingKey, &asked.name.place, message, hint);
                None
            }
            (None, Some(rate)) => {
                let message = format!("the clause \"{}\" has no rate", clause.name);
                self.fault(Code::Conflict, &rate.place, message, "remove the rate");
                None
            }
            (_, rate) => rate.as_ref().map(|rate| rate.value),
        }
    }
}
