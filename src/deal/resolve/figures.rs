//! Figures of a deal that could not be calculated exactly.

use super::Resolver;
use crate::deal::precision_limits::{
    LARGEST_DEAL, LARGEST_YEAR, contract, is_exact, is_within_limit, segment_fits, sums_fit,
};
use crate::deal::{Deal, DraftLine};
use crate::number::{DIGITS, grouped};
use crate::text::diagnostic::Code;
use crate::text::source::Place;

impl Resolver<'_, '_> {
    /// Reports figures that could not be calculated exactly. The sums of a deal are looked at only
    /// if all its lines are exact.
    pub(super) fn check_figures(&mut self, deal: &Deal<'_>) {
        for (line, written) in self.draft.lines.iter().enumerate() {
            self.check_line(deal, line, written);
        }
        if self.faults.is_empty() {
            self.check_sums(deal);
        }
    }

    fn check_line(&mut self, deal: &Deal<'_>, at: usize, written: &DraftLine) {
        let Some(line) = deal.lines.get(at) else { return };
        let place = written.quantity.as_ref().map_or(&written.place, |quantity| &quantity.place);
        for segment in &line.segments {
            if !is_within_limit(segment) {
                let limit = grouped(&LARGEST_YEAR);
                let message = "a year of this line costs more than dealdesk can calculate";
                let hint = format!("the limit is {limit} per year at list; split the deal");
                self.too_many_digits(place, message, &hint);
            } else if !segment_fits(deal, line, segment) {
                let message =
                    format!("the figures of this line could need more than {DIGITS} digits");
                let hint = "use rates with fewer decimals, or split the line";
                self.too_many_digits(place, &message, hint);
            }
        }
        if let Some(committed) = &written.committed
            && (0..line.segments.len()).any(|segment| deal.committed(at, segment).is_none())
        {
            let message =
                format!("the figures of this commitment could need more than {DIGITS} digits");
            let hint = "use rates with fewer decimals, or split the line";
            self.too_many_digits(&committed.place, &message, hint);
        }
    }

    fn check_sums(&mut self, deal: &Deal<'_>) {
        let place = &self.draft.place;
        let contract = contract(deal);
        if !contract.is_within(LARGEST_DEAL) {
            let limit = grouped(&LARGEST_DEAL);
            let hint = format!("the limit is {limit} at list; split the deal");
            self.too_many_digits(place, "this contract is too large", &hint);
        } else if !sums_fit(deal, contract) {
            let message = format!("the totals of this deal could need more than {DIGITS} digits");
            let hint = "use rates and prices with fewer decimals, or split the deal";
            self.too_many_digits(place, &message, hint);
        } else if unused(deal).is_some_and(|unused| !is_exact(&unused)) {
            let hint = "commit to less, or split the deal";
            self.too_many_digits(place, "the commitment of this deal is too large", hint);
        }
    }

    fn too_many_digits(&mut self, place: &Place, message: &str, hint: &str) {
        self.fault(Code::TooManyDigits, place, message, hint);
    }
}

/// Returns the deal with the committed quantity in each line that has one, or `None` if no line
/// has. The engine prices it too, and a smaller quantity can cost more.
fn unused<'b>(deal: &Deal<'b>) -> Option<Deal<'b>> {
    if deal.lines.iter().all(|line| line.committed.is_none()) {
        return None;
    }
    let mut unused = deal.clone();
    for (at, line) in unused.lines.iter_mut().enumerate() {
        for (segment, unused) in line.segments.iter_mut().enumerate() {
            if let Some(committed) = deal.committed(at, segment) {
                *unused = committed;
            }
        }
    }
    Some(unused)
}
