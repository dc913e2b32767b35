//! Resolves a draft against the books.

mod committed;
mod currency;
mod extras;
mod figures;
mod line_prices;
mod line_years;
mod lines;
mod partner;
mod paying;
mod programs;
mod timing;
mod value;

use super::Deal;
use super::draft::{DiscountOverride, Draft};
use crate::book::{
    Adjustment, Books, Discount, DiscountCondition, DiscountStep, PriceBook, SignedContract,
};
use crate::number::Date;
use crate::table::{suggestion, unknown};
use crate::text::diagnostic::{Checked, Code, Diagnostic, Diagnostics};
use crate::text::source::{Place, Written};
use timing::ContractTiming;

/// Resolves a draft against the price book of its date and its currency. A draft without a date is quoted on
/// `today`, and one without a currency in the first of the book.
///
/// # Errors
/// Every error in the values of the draft, and everything in it that the book does not know or
/// sell, or that could not be calculated exactly.
pub fn resolve<'b>(draft: &Draft, books: &'b Books, today: Date) -> Checked<Deal<'b>> {
    resolve_beside(draft, books, today, books.contracts())
}

/// Resolves the draft of a contract as the deal that it is. No other contract counts with it: it was priced when it was
/// signed.
///
/// # Errors
/// Errors like those of [`resolve`].
pub fn resolve_contract<'b>(
    draft: &Draft,
    books: &'b Books,
    contract: &'b SignedContract,
) -> Checked<Deal<'b>> {
    let deal = resolve_beside(draft, books, contract.date, &[])?;
    Ok(Deal { signed_as: Some(contract), ..deal })
}

fn resolve_beside<'b>(
    draft: &Draft,
    books: &'b Books,
    today: Date,
    contracts: &'b [SignedContract],
) -> Checked<Deal<'b>> {
    let mut faults = Vec::new();
    let date = draft.date.as_ref().map_or(today, |date| date.value);
    let books = books.on(date);
    let (book, currency_known) = currency::book(draft, books, &mut faults);
    let timing = timing::timing(draft, book, &mut faults);
    let mut resolver = Resolver { draft, books, contracts, book, currency_known, timing, faults };
    let deal = resolver.deal(date);
    let mut faults = resolver.faults;
    faults.extend(draft.faults.iter().cloned());
    if faults.is_empty() { Ok(deal) } else { Err(Diagnostics::sorted(faults)) }
}

struct Resolver<'b, 'f> {
    draft: &'f Draft,
    books: &'b Books,
    contracts: &'b [SignedContract],
    /// Book in the deal's currency.
    book: &'b PriceBook,
    /// Whether the currency could be read, and is one of the book's.
    currency_known: bool,
    timing: ContractTiming,
    faults: Vec<Diagnostic>,
}

impl<'b> Resolver<'b, '_> {
    fn deal(&mut self, date: Date) -> Deal<'b> {
        let (draft, timing) = (self.draft, self.timing);
        let billing = self.billing();
        let (claims, claims_of_nothing) = self.claims();
        let mut deal = Deal {
            book: self.book,
            record: draft.record.clone(),
            date,
            is_what_if: false,
            is_apart: false,
            term: timing.term,
            months_in_term: draft.months.as_ref().map(|months| months.value),
            period: timing.period,
            prepay: self.prepay(billing),
            payment: self.payment(),
            billing,
            lines: self.lines(),
            companions: Vec::new(),
            signed: Vec::new(),
            signed_as: None,
            later_contracts: Vec::new(),
            earlier_contracts: Vec::new(),
            discount_overrides: self.overrides(),
            claims,
            claims_of_nothing,
            partner: self.partner(),
            horizon: draft.horizon.as_ref().map(|horizon| horizon.value),
            services: self.services(),
            clauses: self.clauses(),
            alternatives: self.alternatives(),
            own_costs: self.costs(&draft.own_costs, "cost"),
            value_claims: self.value_claims(),
        };
        if let Some(date) = draft.co_term_end.as_ref().or(draft.first_year.as_ref())
            && !deal.lines.is_empty()
            && deal.months().is_some()
        {
            let message = "this deal is for some months and has no term in years";
            self.fault(Code::Conflict, &date.place, message, "remove the date");
        }
        self.check_partner(deal.partner.as_ref(), &deal.lines);
        if timing.is_sure {
            self.check_horizons(&deal);
        }
        if self.faults.is_empty() {
            self.count_signed(&mut deal);
        }
        if self.faults.is_empty() {
            self.check_figures(&deal);
        }
        deal
    }

    fn fault(
        &mut self,
        code: Code,
        place: &Place,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.faults.push(Diagnostic::new(code, place.clone(), message).hint(hint));
    }

    /// Returns the entry of the book with a name, and reports a name that the book does not have.
    fn find<T>(
        &mut self,
        asked: &Written<String>,
        known: &'b [T],
        name: fn(&T) -> &str,
        (code, what): (Code, &str),
    ) -> Option<&'b T> {
        let found = known.iter().find(|it| name(it) == asked.value);
        if found.is_none() {
            self.faults.push(unknown(code, what, asked, known.iter().map(name)));
        }
        found
    }

    /// Reports a name that was given before. `what` is a noun for the named thing.
    fn check_new<'n>(
        &mut self,
        name: &Written<String>,
        mut before: impl Iterator<Item = &'n Written<String>>,
        what: &str,
        hint: &str,
    ) {
        if let Some(first) = before.find(|first| first.value == name.value) {
            let what = format_args!("the {what} \"{}\"", name.value);
            self.faults.push(name.twice(first, what).hint(hint));
        }
    }

    fn overrides(&mut self) -> Vec<(&'b Discount, DiscountOverride)> {
        let book = self.book;
        let mut takes = Vec::new();
        for (name, take) in &self.draft.discount_overrides {
            let automatic = |discount: &&Discount| discount.is_automatic();
            let Some(discount) = book.discount(&name.value).filter(automatic) else {
                let has = |book: &PriceBook| {
                    book.discount(&name.value).is_some_and(Discount::is_automatic)
                };
                if self.is_elsewhere(name, "given", has) {
                    continue;
                }
                let names = book.discounts.iter().filter(automatic).map(|it| it.name.as_str());
                let message = format!("the book has no automatic discount \"{}\"", name.value);
                let hint = match book.discount(&name.value) {
                    Some(_) => "claim one of its programs instead, in [strategic]".to_owned(),
                    None => suggestion(&name.value, names),
                };
                self.fault(Code::UnknownDiscount, &name.place, message, hint);
                continue;
            };
            // Only another way of payment takes an uplift away.
            if matches!(discount.condition, DiscountCondition::Payment(_)) {
                let message = format!("{} is decided by `payment` and `billing`", name.value);
                let hint = "change `payment` or `billing` instead";
                self.fault(Code::Conflict, &name.place, message, hint);
                continue;
            }
            if !discount.can_be_withheld() {
                let message = format!("{} puts something on the price of some years", name.value);
                let hint = "remove it: nobody can take that away";
                self.fault(Code::Conflict, &name.place, message, hint);
                continue;
            }
            let fixed = |row: &DiscountStep| match row.adjustment {
                Adjustment::Amount(_) => Some("takes a fixed amount off"),
                Adjustment::OrderAmount(_) => Some("takes a fixed amount off the order"),
                Adjustment::FreeMonths(_) => Some("gives free months"),
                _ => None,
            };
            if matches!(take, DiscountOverride::Rate(_))
                && let Some(gives) = discount.rows().iter().find_map(fixed)
            {
                let message = format!("{} {gives}, not a rate", name.value);
                self.fault(Code::Conflict, &name.place, message, "write auto or none");
            }
            takes.push((discount, *take));
        }
        takes
    }
}

/// Returns a text without the blanks around it.
fn text(written: Option<&Written<String>>) -> Option<String> {
    written.map(|written| written.value.trim().to_owned())
}
