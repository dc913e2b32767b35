//! Terms that are not sold.

use super::{Case, Clerk};

pub(super) fn judge<'b>(case: &Case<'_, 'b>, clerk: &mut dyn Clerk<'b>) {
    let (term, length) = (case.deal.term, case.deal.length());
    if let Some((years, rule)) = &case.deal.book.terms {
        // A part of a year makes a term longer, though it is no year of commitment.
        let is_sold = |count: u32| years.contains(count.into());
        if !is_sold(term.count()) || !is_sold(length.years_begun()) {
            clerk
                .refuse(rule, format_args!("terms are {}, and this is {length}", years.of("year")));
        }
    }
}
