//! Services and clauses that a deal asks for.

use super::{Resolver, text};
use crate::deal::{DealClause, DealService};
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
            clauses.push(DealClause { clause, reason: text(asked.reason.as_ref()) });
        }
        clauses
    }
}
