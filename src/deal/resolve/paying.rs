//! Payment term, prepayment and billing of a deal.

use super::Resolver;
use crate::book::{BillingSchedule, PaymentTerm};
use crate::table::{suggestion, unknown};
use crate::text::diagnostic::Code;
use crate::text::source::Written;

impl<'b> Resolver<'b, '_> {
    /// Returns the payment term that the deal names, or the book's standard.
    pub(super) fn payment(&mut self) -> Option<&'b PaymentTerm> {
        let terms = self.book.payment.as_ref().map_or(&[][..], |payment| &payment.terms);
        let named = self.one_of(self.draft.payment.as_ref(), terms, |it| &it.name, "payment term");
        named.or(self.book.standard_payment())
    }

    /// Returns the billing schedule that the deal names.
    pub(super) fn billing(&mut self) -> Option<&'b BillingSchedule> {
        let ways = self.book.billing.as_ref().map_or(&[][..], |billing| &billing.schedules);
        self.one_of(self.draft.billing.as_ref(), ways, |it| &it.name, "billing schedule")
    }

    fn one_of<T>(
        &mut self,
        asked: Option<&Written<String>>,
        known: &'b [T],
        name: fn(&T) -> &str,
        what: &str,
    ) -> Option<&'b T> {
        let asked = asked?;
        let found = known.iter().find(|it| name(it) == asked.value);
        if found.is_none() {
            let fault = unknown(Code::UnknownChoice, what, asked, known.iter().map(name));
            let hint = known.is_empty().then(|| "leave it out".to_owned());
            self.faults.push(fault.maybe_hint(hint));
        }
        found
    }

    /// Returns the index of a row of the book's prepayments. A deal with another billing schedule
    /// than the standard prepayment does not prepay; a deal that names both must name the same
    /// billing.
    pub(super) fn prepay(&mut self, billing: Option<&BillingSchedule>) -> Option<usize> {
        let (rows, standard) = self.book.prepayments()?;
        let way = |row: usize| self.book.billing_schedule(rows.get(row)?.billing);
        let differs = |row: usize| match (billing, way(row)) {
            (Some(named), Some(own)) => named.name != own.name,
            _ => false,
        };
        let Some(asked) = &self.draft.prepay else {
            return Some(standard).filter(|row| !differs(*row));
        };
        let names = rows.iter().flat_map(|step| &step.choices).map(String::as_str);
        let found = names.clone().position(|name| name == asked.value);
        match (found, &self.draft.billing) {
            (None, _) => {
                let message = format!("the book has no prepayment \"{}\"", asked.value);
                let hint = suggestion(&asked.value, names);
                self.fault(Code::UnknownChoice, &asked.place, message, hint);
            }
            (Some(row), Some(written)) if differs(row) => {
                let own = way(row).map_or("", |schedule| schedule.title.as_str());
                let message = format!("with {} prepayment, the deal is billed {own}", asked.value);
                let fault = written.fault(Code::Conflict, message);
                let fault = fault.related(asked.place.clone(), "the prepayment");
                self.faults.push(fault.hint("remove `billing` or `prepay`"));
            }
            _ => {}
        }
        found
    }
}
