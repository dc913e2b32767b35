//! Changes between two versions of a deal that one book prices.
//!
//! A [`DealDiff`] has only what changed. The differences of lines and services add up to the
//! difference of the contract, and exchanging old and new only turns the signs.

mod change;
mod facts;
pub mod json;
mod lines;
pub mod rows;
pub mod text;

pub use change::{Change, ChangeStatus};
pub use facts::FactChange;
pub use lines::{LineChange, SegmentChange};

use crate::approve::{ApprovalOutcome, Requirement, Violation};
use crate::book::PriceBook;
use crate::number::{Currency, Date, Money, Share, Total};
use crate::price::{Measured, PricedService};
use crate::quote::Quote;
use crate::quote::notice::Notice;
use change::changed;

/// Changes between two versions of a deal, of which one may be missing.
#[derive(Debug)]
pub struct DealDiff<'q, 'b> {
    pub quotes: Change<&'q Quote<'q, 'b>>,
    /// Facts of the deal besides lines and services: customer, term, programs.
    pub facts: Vec<FactChange>,
    pub lines: Vec<LineChange<'q, 'b>>,
    pub services: Vec<Change<&'q PricedService<'b>>>,
    pub requirements: Vec<Change<&'q Requirement>>,
    pub violations: Vec<Change<&'q Violation>>,
    pub notices: Vec<Change<&'q Notice>>,
}

/// Compares two versions of a deal, both priced by one book.
pub fn difference<'q, 'b>(
    old: Option<&'q Quote<'q, 'b>>,
    new: Option<&'q Quote<'q, 'b>>,
) -> DealDiff<'q, 'b> {
    let quotes = Change { old, new };
    DealDiff {
        facts: facts::changed(&quotes),
        lines: lines::changed(&quotes),
        services: services(&quotes),
        requirements: changed(
            quotes.map(|it| it.verdict.required.as_slice()),
            &[&Requirement::eq, &|old, new| {
                (&old.approval, &old.rule.id) == (&new.approval, &new.rule.id)
            }],
        ),
        violations: changed(
            quotes.map(|it| it.verdict.violations.as_slice()),
            &[&Violation::eq, &|old, new| old.rule.id == new.rule.id],
        ),
        notices: changed(
            quotes.map(|it| it.notices.as_slice()),
            &[&Notice::eq, &|old, new| old.kind == new.kind && old.rule == new.rule],
        ),
        quotes,
    }
}

fn services<'q, 'b>(quotes: &Change<&'q Quote<'q, 'b>>) -> Vec<Change<&'q PricedService<'b>>> {
    let is_same = |old: &PricedService<'_>, new: &PricedService<'_>| {
        old.service.name == new.service.name
            && [old.value, old.included_before, old.price]
                == [new.value, new.included_before, new.price]
    };
    let services = quotes.map(|it| it.pricing.services.as_slice());
    changed(services, &[&is_same, &|old, new| old.service.name == new.service.name])
}

impl<'b> DealDiff<'_, 'b> {
    pub fn is_empty(&self) -> bool {
        self.status() == ChangeStatus::Same
    }

    pub fn status(&self) -> ChangeStatus {
        let is_same = self.facts.is_empty()
            && self.lines.is_empty()
            && self.services.is_empty()
            && self.requirements.is_empty()
            && self.violations.is_empty()
            && self.notices.is_empty();
        match self.quotes.status() {
            ChangeStatus::Changed if is_same => ChangeStatus::Same,
            status => status,
        }
    }

    pub(super) fn currencies(&self) -> Change<&'b Currency> {
        self.quotes.map(|quote| &quote.deal.book.currency)
    }

    pub fn tcv(&self) -> Change<Money> {
        self.quotes.map(|quote| quote.pricing.totals.tcv)
    }

    pub fn list_tcv(&self) -> Change<Money> {
        self.quotes.map(|quote| quote.pricing.totals.list_tcv)
    }

    /// Returns what reaches us; `None` where neither version has a partner.
    pub fn our_net(&self) -> Option<Change<Money>> {
        let quotes = [self.quotes.old, self.quotes.new].into_iter().flatten();
        let is_through_partner = quotes.clone().any(|quote| quote.deal.partner.is_some());
        let ours = |quote: &Quote<'_, '_>| Measured::of(quote.deal, &quote.pricing).our_net().tcv;
        is_through_partner.then(|| self.quotes.map(|quote| ours(quote)))
    }

    pub fn arr(&self) -> Change<Money> {
        self.quotes.map(|quote| quote.pricing.totals.arr)
    }

    pub fn discount(&self) -> Change<Share> {
        self.quotes.map(|quote| quote.pricing.totals.discount)
    }

    /// Returns the highest approval that the deal needs, or that it is refused.
    pub fn standing(&self) -> Change<ApprovalOutcome> {
        self.quotes.map(|quote| quote.verdict.outcome())
    }

    pub fn reviews(&self) -> Change<Vec<&str>> {
        self.quotes.map(|quote| quote.verdict.reviews())
    }
}

#[derive(Debug)]
pub struct DealDiffs<'q, 'b> {
    /// Revision of git that the deals are compared with, if it is one.
    pub against: Option<&'q str>,
    /// Day of the check, on which quotes can have expired.
    pub day: Date,
    /// Book of that day, in the first of its currencies.
    pub book: &'b PriceBook,
    /// Compared deals, in the order of the command line.
    pub deals: Vec<ComparedDeal<'q, 'b>>,
    pub failed: Vec<UncomparedDeal>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UncomparedDeal {
    /// Name of the deal file.
    pub name: String,
    /// Reason, in one line.
    pub why: String,
}

#[derive(Debug)]
pub struct ComparedDeal<'q, 'b> {
    /// Name of the deal file.
    pub name: String,
    /// Reason why the old version has no price, so that the new version is shown as an added deal.
    pub unpriced: Option<String>,
    pub difference: DealDiff<'q, 'b>,
}

impl<'b> DealDiffs<'_, 'b> {
    /// Returns the contract value of all deals, one for each currency: amounts in two currencies
    /// are never added.
    pub fn totals(&self) -> Vec<(&'b Currency, Change<Total>)> {
        let mut totals: Vec<(&Currency, [Total; 2])> = Vec::new();
        for deal in &self.deals {
            let quotes = &deal.difference.quotes;
            for (side, quote) in [quotes.old, quotes.new].into_iter().enumerate() {
                let Some(quote) = quote else { continue };
                let currency = &quote.deal.book.currency;
                let at = totals.iter().position(|(known, _)| *known == currency);
                let at = at.unwrap_or_else(|| {
                    totals.push((currency, [Total::default(); 2]));
                    totals.len() - 1
                });
                totals[at].1[side].add(quote.pricing.totals.tcv);
            }
        }
        let totals = totals.into_iter();
        let change = |[old, new]: [Total; 2]| Change { old: Some(old), new: Some(new) };
        totals.map(|(currency, sides)| (currency, change(sides))).collect()
    }
}
