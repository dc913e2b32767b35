//! Terms that are not sold.

use super::{Case, Verdict};

pub(super) fn judge(case: &Case<'_, '_>, verdict: &mut Verdict) {
    let term = case.deal.term;
    if let Some((years, rule)) = &case.deal.book.terms
        && !years.contains(term.count().into())
    {
        verdict.refuse(rule, format!("terms are {}, and this is {term}", years.of("year")));
    }
}
