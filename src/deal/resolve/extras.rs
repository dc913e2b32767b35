//! Services and clauses that a deal asks for.

use super::{Resolver, text};
use crate::book::{Clause, Service};
use crate::deal::{DealClause, DealService, DraftClause, DraftService};
use crate::number::{Money, Rate};
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
            let before = asked.included_before.as_ref();
            self.faults.extend(before.and_then(|it| not_in_coins(it, &self.book.currency)));
            let Some(value) = self.service_value(asked, service) else { continue };
            services.push(DealService {
                service,
                value,
                quantity: asked.quantity.as_ref().map(|quantity| quantity.value),
                included_before: before.map_or(Money::ZERO, |it| it.value),
            });
        }
        services
    }

    /// Returns the full value of a service: its quantity at the price of the book, rounded to the smallest
    /// coin, or the value that the deal states where the book has no price.
    fn service_value(&mut self, asked: &DraftService, service: &Service) -> Option<Money> {
        let name = &service.name;
        match (&service.unit, &asked.quantity, &asked.value) {
            (Some(unit), quantity, value) => {
                if let Some(value) = value {
                    let units = &unit.units;
                    let message = format!("the value of {name} follows from its {units}");
                    let hint = "write `quantity` in place of `value`";
                    self.fault(Code::Conflict, &value.place, message, hint);
                    return None;
                }
                let Some(quantity) = quantity else {
                    if !asked.error_reported {
                        let message = format!("the service \"{name}\" needs a quantity");
                        let hint = format!("add `quantity`, the number of {}", unit.units);
                        self.fault(Code::MissingKey, &asked.name.place, message, hint);
                    }
                    return None;
                };
                let (rounding, coin) = (self.book.rounding, self.book.currency.minor);
                Some(rounding.round(unit.price * quantity.value, coin))
            }
            (None, Some(quantity), _) => {
                let message = format!("the book has no price of a unit of {name}");
                let hint = "write `value` in place of `quantity`";
                self.fault(Code::Conflict, &quantity.place, message, hint);
                None
            }
            (None, None, Some(value)) => {
                self.faults.extend(not_in_coins(value, &self.book.currency));
                Some(value.value)
            }
            (None, None, None) => {
                if !asked.error_reported {
                    let message = format!("the service \"{name}\" needs a value");
                    let hint = "add `value`, its price by itself";
                    self.fault(Code::MissingKey, &asked.name.place, message, hint);
                }
                None
            }
        }
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
