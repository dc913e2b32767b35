//! Terms that are not sold.

use crate::approve::{PricedDeal, VerdictSink};

pub(crate) fn judge<'b>(case: &PricedDeal<'_, 'b>, clerk: &mut dyn VerdictSink<'b>) {
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
