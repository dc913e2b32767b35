//! Resolves a draft against the books.

mod currency;
mod lines;
mod paying;
mod timing;

use super::draft::{DiscountOverride, Draft};
use super::{Deal, extras, precision_limits, value};
use crate::book::{Adjustment, Books, Discount, DiscountStep, PriceBook};
use crate::number::{Date, Length};
use crate::table::suggestion;
use crate::text::diagnostic::{Checked, Code, Diagnostic, Diagnostics};
use crate::text::source::{Place, Written};

/// Resolves a draft against the price book in its currency, which is the first if the draft names
/// none. A draft without a date is quoted on `today`.
///
/// # Errors
/// Every error in the values of the draft, and everything in it that the book does not know or
/// sell, or that could not be calculated exactly.
pub fn resolve<'b>(draft: &Draft, books: &'b Books, today: Date) -> Checked<Deal<'b>> {
    let mut faults = Vec::new();
    let (book, currency_known) = currency::book(draft, books, &mut faults);
    let timing = timing::timing(draft, book, &mut faults);
    let written = draft.term.as_ref().map(|term| &term.place);
    let mut resolver = Resolver {
        books,
        book,
        currency_known,
        length: timing.length,
        written_term: written.or(draft.co_term_end.as_ref().map(|end| &end.place)),
        term_unread: !timing.is_sure,
        faults: &mut faults,
    };
    let paying = resolver.paying(draft);
    let deal = Deal {
        book,
        record: draft.record.clone(),
        date: draft.date.as_ref().map_or(today, |date| date.value),
        term: timing.term,
        period: timing.period,
        prepay: paying.prepay,
        payment: paying.payment,
        billing: paying.billing,
        lines: resolver.lines(draft),
        discount_overrides: resolver.resolve_overrides(&draft.discount_overrides),
        claims: resolver.claims(&draft.programs, draft),
        partner: draft.partner.as_ref().and_then(|partner| resolver.partner(partner)),
        horizon: draft.horizon.as_ref().map(|horizon| horizon.value),
        services: extras::services(draft, book, resolver.faults),
        clauses: extras::clauses(draft, book, resolver.faults),
        alternatives: value::alternatives(draft, book, resolver.faults),
        own_costs: value::own_costs(draft, book, resolver.faults),
        value_claims: value::value_claims(draft, book, resolver.faults),
    };
    if let Some(date) = draft.co_term_end.as_ref().or(draft.first_year.as_ref())
        && !deal.lines.is_empty()
        && deal.months().is_some()
    {
        let message = "this deal is for some months and has no term in years".to_owned();
        let hint = "remove the date".to_owned();
        resolver.fault(Code::Conflict, &date.place, message, hint);
    }
    if !resolver.term_unread {
        value::horizons(draft, &deal, resolver.faults);
    }
    if resolver.faults.is_empty() {
        precision_limits::check(draft, &deal, resolver.faults);
    }
    faults.extend(draft.faults.iter().cloned());
    if faults.is_empty() { Ok(deal) } else { Err(Diagnostics::sorted(faults)) }
}

pub(super) fn text(written: Option<&Written<String>>) -> Option<String> {
    written.map(|written| written.value.trim().to_owned())
}

pub(super) struct Resolver<'b, 'f> {
    books: &'b Books,
    /// Book in the deal's currency.
    pub book: &'b PriceBook,
    /// Whether the currency could be read, and is one of the book's.
    currency_known: bool,
    length: Length,
    written_term: Option<&'f Place>,
    /// Whether the term is uncertain, because its key or a date could not be read.
    term_unread: bool,
    pub faults: &'f mut Vec<Diagnostic>,
}

impl<'b> Resolver<'b, '_> {
    pub fn fault(&mut self, code: Code, place: &Place, message: String, hint: String) {
        self.faults.push(Diagnostic::new(code, place.clone(), message).hint(hint));
    }

    fn resolve_overrides(
        &mut self,
        asked: &[(Written<String>, DiscountOverride)],
    ) -> Vec<(&'b Discount, DiscountOverride)> {
        let book = self.book;
        let mut takes = Vec::new();
        for (name, take) in asked {
            let automatic = |discount: &&Discount| discount.is_automatic();
            let Some(discount) = book.discount(&name.value).filter(automatic) else {
                let has = |book: &PriceBook| {
                    book.discount(&name.value).is_some_and(Discount::is_automatic)
                };
                if self.is_elsewhere(name, "given", has) {
                    continue;
                }
                let names = book.discounts().iter().filter(automatic).map(Discount::name);
                let message = format!("the book has no automatic discount \"{}\"", name.value);
                let hint = match book.discount(&name.value) {
                    Some(_) => "claim one of its programs instead, in [strategic]".to_owned(),
                    None => suggestion(&name.value, names),
                };
                self.fault(Code::UnknownDiscount, &name.place, message, hint);
                continue;
            };
            if self.withholds_uplift(&discount.condition, name) {
                continue;
            }
            let fixed = |row: &DiscountStep| matches!(row.adjustment, Adjustment::Amount(_));
            if matches!(take, DiscountOverride::Rate(_)) && discount.rows().iter().any(fixed) {
                let message = format!("{} takes a fixed amount off, not a rate", name.value);
                let hint = "write auto or none".to_owned();
                self.fault(Code::Conflict, &name.place, message, hint);
            }
            takes.push((discount, *take));
        }
        takes
    }
}
