//! Payment term, prepayment and billing of a deal.

use super::Resolver;
use crate::book::{BillingSchedule, DiscountCondition, DiscountStep, PaymentTerm};
use crate::deal::Draft;
use crate::table::{suggestion, unknown};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

pub(super) struct ResolvedPayment<'b> {
    pub payment: Option<&'b PaymentTerm>,
    pub prepay: Option<usize>,
    pub billing: Option<&'b BillingSchedule>,
}

impl<'b> Resolver<'b, '_> {
    pub(super) fn paying(&mut self, draft: &Draft) -> ResolvedPayment<'b> {
        let book = self.book;
        let terms = book.payment.as_ref().map_or(&[][..], |payment| &payment.terms);
        let ways = book.billing.as_ref().map_or(&[][..], |billing| &billing.schedules);
        let names = |term: &'b PaymentTerm| term.name();
        let payment = self.one_of(draft.payment.as_ref(), terms, names, "payment term");
        let billing =
            self.one_of(draft.billing.as_ref(), ways, BillingSchedule::name, "billing schedule");
        let standard = book.payment.as_ref().and_then(|it| it.terms.get(it.standard));
        let prepay = self.prepay(draft.prepay.as_ref(), draft.billing.as_ref(), billing);
        ResolvedPayment { payment: payment.or(standard), prepay, billing }
    }

    fn one_of<T>(
        &mut self,
        asked: Option<&Written<String>>,
        known: &'b [T],
        name: impl Fn(&'b T) -> &'b str + Copy,
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
    fn prepay(
        &mut self,
        asked: Option<&Written<String>>,
        written: Option<&Written<String>>,
        billing: Option<&BillingSchedule>,
    ) -> Option<usize> {
        let (rows, standard) = self.book.prepayments()?;
        let way = |row: usize| self.book.billing_schedule(rows.get(row)?.billing);
        let differs = |row: usize| match (billing, way(row)) {
            (Some(named), Some(own)) => named.name != own.name,
            _ => false,
        };
        let Some(asked) = asked else { return Some(standard).filter(|row| !differs(*row)) };
        let names = rows.iter().flat_map(DiscountStep::choices).map(String::as_str);
        let found = names.clone().position(|name| name == asked.value);
        match (found, written) {
            (None, _) => {
                let message = format!("the book has no prepayment \"{}\"", asked.value);
                let hint = suggestion(&asked.value, names);
                self.fault(Code::UnknownChoice, &asked.place, message, hint);
            }
            (Some(row), Some(written)) if differs(row) => {
                let own = way(row).map_or("", BillingSchedule::title);
                let message = format!("with {} prepayment, the deal is billed {own}", asked.value);
                self.faults.push(
                    Diagnostic::new(Code::Conflict, written.place.clone(), message)
                        .related(asked.place.clone(), "the prepayment")
                        .hint("remove `billing` or `prepay`"),
                );
            }
            _ => {}
        }
        found
    }

    /// Reports an uplift for the way of payment that the deal withholds, and returns whether there
    /// is one: only another way of payment takes it away.
    pub(super) fn withholds_uplift(
        &mut self,
        given: &DiscountCondition,
        name: &Written<String>,
    ) -> bool {
        let is_uplift = matches!(given, DiscountCondition::Payment(_));
        if is_uplift {
            let message = format!("{} is decided by `payment` and `billing`", name.value);
            let hint = "change `payment` or `billing` instead".to_owned();
            self.fault(Code::Conflict, &name.place, message, hint);
        }
        is_uplift
    }
}
