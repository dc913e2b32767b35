//! Terms: how long a customer may be bound.
//!
//! # Why a 4-year term needs an approval
//!
//! The standard license term of the playbook is 1 to 3 years (L1894). A commitment of 4 or 5 years earns 20%
//! instead of 15%, and the playbook sends that to the VP (L1782): the price is fixed longer than any
//! standard contract fixes it, at the lowest price that a commitment can reach, and nobody can raise it
//! before the term ends. The book writes this as a row of its multi-year discount:
//! `{ years = "4-5", rate = "20%", approval = "vp" }`. The approval is asked for by
//! [`DiscountRule`](super::discount::DiscountRule), and with `otherwise = "15%"` in that row a deal of 4
//! years that takes only 15% needs none. Without `otherwise` the row asks at any rate, 0% included. A
//! guardrail on the term asks at any rate too, also for free licenses (see
//! [`GuardrailRule`](super::guardrail::GuardrailRule)).
//!
//! # Why a 6-year term is outside policy
//!
//! The playbook sells no term beyond 5 years at all: no row of its discounts names one. The book states
//! the terms that it sells as `terms`, and [`TermRule`] refuses every other term. A part of a year counts as
//! a started year, so that 5 years and a month are refused like 6 years.

use crate::approve::{ApprovalRule, PricedDeal, Promise, VerdictSink};
use crate::book::{Metric, PriceBook};

/// Refuses terms that the book does not sell.
#[derive(Debug)]
pub struct TermRule;

impl ApprovalRule for TermRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        let (term, length) = (case.deal.term, case.deal.length());
        if let Some((years, rule)) = &case.deal.book.terms {
            // A part of a year makes a term longer, though it is no year of commitment.
            let is_sold = |count: u32| years.contains(count.into());
            if !is_sold(term.count()) || !is_sold(length.years_begun()) {
                let years = years.of("year");
                sink.refuse(rule, format_args!("terms are {years}, and this deal has {length}"));
            }
        }
    }

    fn promises<'b>(&self, book: &'b PriceBook, _: &Metric) -> Vec<Promise<'b>> {
        let sold = book.terms.as_ref();
        sold.map(|(years, rule)| Promise::constant(rule).term_range(Some(*years)))
            .into_iter()
            .collect()
    }
}
