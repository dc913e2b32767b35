//! Terms: how long a customer may be bound.
//!
//! # Why a 4-year term needs an approval
//!
//! The standard license term of the playbook is 1 to 3 years (L1894). A commitment of 4 or 5 years earns 20%
//! instead of 15%, and the playbook sends that to the VP (L1782): the price is fixed longer than any
//! standard contract fixes it, at the lowest price that a commitment can reach, and nobody can raise it
//! before the term ends. The book writes this as a row of its multi-year discount:
//! `{ years = "4-5", rate = "20%", approval = "vp" }`, which asks at any rate, 0% included (see
//! [`DiscountRule`](super::discount::DiscountRule)). A guardrail on the term asks for the days beyond the
//! standard term, whatever they earn: for 3 years and a part of one, for metrics without a discount by
//! term, and for free licenses (see [`GuardrailRule`](super::guardrail::GuardrailRule)).
//!
//! # Why a 6-year term is outside policy
//!
//! The playbook sells no term beyond 5 years at all: no row of its discounts names one. The book states
//! the terms that it sells as `terms`, and [`TermRule`] refuses every other term. A part of a year counts as
//! a started year, so that 5 years and a month are refused like 6 years. A book can state months for deals that
//! state these.
//!
//! A contract that is only a part of a year is no term of the book either: 500 sockets for one day would have
//! the price of a year by the day. It is sold with another contract, whose end it has and which it names.
//!
//! # How far a start may lie from its quote
//!
//! A price is offered for signature while the quote is valid (playbook L1817), for years that follow. A start
//! long before the quote sells years that are over, and earns a commitment with them. A start long after
//! it fixes today's price for years that nobody has planned. The playbook gives no days for either: a book
//! states them in `[term]`, and ours assumes 30 days before the quote, and 180 days after its last day.

use crate::approve::{ApprovalRule, PricedDeal, Promise, VerdictSink};
use crate::book::{Metric, PriceBook};
use crate::deal::ContractPeriod;

/// Refuses terms that the book does not sell and starts before its limit, and asks for the approval of late starts.
#[derive(Debug)]
pub struct TermRule;

impl ApprovalRule for TermRule {
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
        let deal = case.deal;
        let (term, length) = (deal.term, deal.length());
        let in_months = deal.months_in_term.zip(deal.book.commitment.months.as_ref());
        if let Some((months, (sold, rule))) = in_months {
            if !sold.contains(months.into()) {
                let (sold, length) = (sold.of("month"), deal.length_words());
                sink.refuse(rule, format_args!("terms are {sold}, and this deal has {length}"));
            }
        } else if let Some((years, rule)) = &deal.book.terms {
            // A part of a year makes a term longer, though it is no year of commitment.
            let is_sold = |count: u32| years.contains(count.into());
            if !is_sold(term.count()) || !is_sold(length.years_begun()) {
                let years = years.of("year");
                let length = deal.length_words();
                sink.refuse(rule, format_args!("terms are {years}, and this deal has {length}"));
            } else if length.years() == 0 && deal.months().is_none() && deal.joins().is_none() {
                let years = years.of("year");
                let message = format_args!(
                    "terms are {years}, and this deal has {length} and names no contract that it \
                     joins"
                );
                sink.refuse(rule, message);
            }
        }
        start(case, sink);
    }

    fn promises<'b>(&self, book: &'b PriceBook, _: &Metric) -> Vec<Promise<'b>> {
        let sold = book.terms.as_ref();
        let sold = sold.map(|(years, rule)| Promise::constant(rule).term_range(Some(*years)));
        let months = book.commitment.months.as_ref().map(|(_, rule)| Promise::constant(rule));
        let before = book.commitment.start_before.as_ref().map(|(_, rule)| rule);
        let after = book.commitment.start_after.as_ref().map(|later| &later.rule);
        let sold = sold.into_iter().chain(months);
        sold.chain(before.into_iter().chain(after).map(Promise::constant)).collect()
    }
}

/// Judges the first day of the contract, if the deal states it.
fn start<'b>(case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>) {
    let (deal, terms) = (case.deal, &case.deal.book.commitment);
    let Some(start) = deal.period().map(ContractPeriod::start) else { return };
    if let Some((most, rule)) = &terms.start_before
        && start < deal.date.minus_days(*most)
    {
        let (days, date) = (start.days_to(deal.date), deal.date);
        let message = format_args!(
            "the contract starts on {start}, {days} days before this quote of {date}; {most} days \
             are allowed"
        );
        sink.refuse(rule, message);
    }
    let valid_until = deal.book.validity.last_day(deal.date);
    if let Some(later) = &terms.start_after
        && start > later.last_day(valid_until)
    {
        let (days, most) = (valid_until.days_to(start), later.days);
        let reason = format_args!(
            "The contract starts on {start}, {days} days after the last day of this quote; {most} \
             days need no approval"
        );
        sink.require(&later.approval, &later.rule, reason);
    }
}
