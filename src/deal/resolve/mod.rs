//! From a draft to a deal of a book.

mod claims;
mod lines;
mod partner;

use super::Deal;
use super::door;
use super::draft::{Draft, Take};
use crate::book::{Cut, Discount, Given, PriceBook, Row};
use crate::diagnostic::{Checked, Code, Diagnostic, Faults};
use crate::reading::suggestion;
use crate::source::{Place, Written};
use crate::value::{Date, Years};

/// Resolves a draft against a book; a draft without a date is of `today`.
///
/// # Errors
/// Everything that was wrong with the words of the draft, and everything in it that the book does
/// not know, sell or allow to be exact.
pub fn resolve<'b>(draft: &Draft, book: &'b PriceBook, today: Date) -> Checked<Deal<'b>> {
    let mut faults = Vec::new();
    let term = draft.term.as_ref().map(|term| term.value).or(Years::new(1));
    let deal = term.map(|term| {
        let written = draft.term.as_ref().map(|term| &term.place);
        let term_unread = draft.term.is_none() && !draft.faults.is_empty();
        let mut asking =
            Asking { book, term, written_term: written, term_unread, faults: &mut faults };
        let deal = Deal {
            book,
            customer: text(draft.customer.as_ref()),
            segment: text(draft.segment.as_ref()),
            opportunity: text(draft.opportunity.as_ref()),
            incumbent: text(draft.incumbent.as_ref()),
            notes: text(draft.notes.as_ref()),
            date: draft.date.as_ref().map_or(today, |date| date.value),
            term,
            prepay: asking.prepay(draft.prepay.as_ref()),
            lines: asking.lines(draft),
            takes: asking.takes(&draft.takes),
            claims: asking.claims(&draft.programs, draft),
            partner: draft.partner.as_ref().and_then(|partner| asking.partner(partner)),
            horizon: draft.horizon.as_ref().map(|horizon| horizon.value),
        };
        if asking.faults.is_empty() {
            door::check(draft, &deal, asking.faults);
        }
        deal
    });
    faults.extend(draft.faults.iter().cloned());
    match deal {
        Some(deal) if faults.is_empty() => Ok(deal),
        _ => Err(Faults::sorted(faults)),
    }
}

fn text(written: Option<&Written<String>>) -> Option<String> {
    written.map(|written| written.value.trim().to_owned())
}

struct Asking<'b, 'f> {
    book: &'b PriceBook,
    term: Years,
    written_term: Option<&'f Place>,
    /// There may be a term that could not be read.
    term_unread: bool,
    faults: &'f mut Vec<Diagnostic>,
}

impl<'b> Asking<'b, '_> {
    fn fault(&mut self, code: Code, place: &Place, message: String, hint: String) {
        self.faults.push(Diagnostic::new(code, place.clone(), message).hint(hint));
    }

    fn prepay(&mut self, asked: Option<&Written<String>>) -> Option<usize> {
        let asked = asked?;
        let rows = self.book.prepayments().map_or(&[][..], |(rows, _)| rows);
        let names = rows.iter().filter_map(|row| row.choice.as_deref());
        let found = names.clone().position(|name| name == asked.value);
        if found.is_none() {
            let message = format!("the book has no way to prepay called \"{}\"", asked.value);
            self.fault(Code::UnknownChoice, &asked.place, message, suggestion(&asked.value, names));
        }
        found
    }

    fn takes(&mut self, asked: &[(Written<String>, Take)]) -> Vec<(&'b Discount, Take)> {
        let book = self.book;
        let mut takes = Vec::new();
        for (name, take) in asked {
            let automatic = |discount: &&Discount| !matches!(discount.given, Given::Program { .. });
            let Some(discount) = book.discount(&name.value).filter(automatic) else {
                let names = book.discounts().iter().filter(automatic).map(Discount::name);
                let message = format!("the book gives no discount \"{}\" by itself", name.value);
                let hint = match book.discount(&name.value) {
                    Some(_) => "claim one of its programs instead, in [strategic]".to_owned(),
                    None => suggestion(&name.value, names),
                };
                self.fault(Code::UnknownDiscount, &name.place, message, hint);
                continue;
            };
            let fixed = |row: &Row| matches!(row.cut, Cut::Amount(_));
            if matches!(take, Take::Rate(_)) && discount.rows().iter().any(fixed) {
                let message = format!("{} takes a fixed amount off, not a rate", name.value);
                let hint = "write auto or none".to_owned();
                self.fault(Code::Conflict, &name.place, message, hint);
            }
            takes.push((discount, *take));
        }
        takes
    }
}
