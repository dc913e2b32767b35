//! Changes between two versions of a deal that one book prices.
//!
//! A [`DealDiff`] has only what changed. The differences of lines and services add up to the
//! difference of the contract, and exchanging old and new only turns the signs.

mod change;
mod changes;
mod facts;
pub mod json;
mod lines;
pub mod rows;
pub mod text;
mod verdicts;

pub use change::{Change, ChangeStatus};
pub use changes::{ComparedDeal, DealDiffs, UncomparedDeal};
pub use facts::FactChange;
pub use lines::{BoughtLine, LineChange, SegmentChange};

use crate::approve::{ApprovalOutcome, Requirement, Violation};
use crate::number::{Currency, Money, Share};
use crate::price::PricedService;
use crate::quote::Quote;
use crate::quote::notice::Notice;
use change::matched;

/// Changes between two versions of a deal, of which one may be missing.
#[derive(Debug)]
pub struct DealDiff<'q, 'b> {
    /// Quotes of both versions.
    pub quotes: Change<&'q Quote<'q, 'b>>,
    /// Facts of the deal that changed: customer, term, programs.
    pub facts: Vec<FactChange>,
    /// Lines that changed.
    pub lines: Vec<LineChange<'q, 'b>>,
    /// Services that changed.
    pub services: Vec<Change<&'q PricedService<'b>>>,
    /// Required approvals that changed.
    pub requirements: Vec<Change<&'q Requirement>>,
    /// Violations of policy that changed.
    pub violations: Vec<Change<&'q Violation>>,
    /// Notes and warnings that changed.
    pub notices: Vec<Change<&'q Notice>>,
}

/// Compares two versions of a deal, both priced by one book.
pub fn difference<'q, 'b>(
    old: Option<&'q Quote<'q, 'b>>,
    new: Option<&'q Quote<'q, 'b>>,
) -> DealDiff<'q, 'b> {
    let quotes = Change::new(old, new);
    DealDiff {
        facts: facts::changed(&quotes),
        lines: lines::changed(&quotes),
        services: services(&quotes),
        requirements: verdicts::requirements(&quotes),
        violations: verdicts::violations(&quotes),
        notices: verdicts::notices(&quotes),
        quotes,
    }
}

fn services<'q, 'b>(quotes: &Change<&'q Quote<'q, 'b>>) -> Vec<Change<&'q PricedService<'b>>> {
    let of = |quote: Option<&'q Quote<'q, 'b>>| {
        quote.map_or(&[][..], |quote| quote.pricing.services.as_slice())
    };
    let alike =
        |old: &PricedService<'_>, new: &PricedService<'_>| old.service.name() == new.service.name();
    let mut found = matched(of(quotes.old), of(quotes.new), &[&alike]);
    found.retain(|it| {
        !it.map(|service| (service.service.name(), service.value, service.price)).is_same()
    });
    found
}

impl<'b> DealDiff<'_, 'b> {
    /// Whether both versions are equal.
    pub fn is_empty(&self) -> bool {
        self.status() == ChangeStatus::Same
    }

    /// Returns the status of the deal.
    pub fn status(&self) -> ChangeStatus {
        match (self.quotes.old, self.quotes.new) {
            (None, Some(_)) => ChangeStatus::Added,
            (Some(_), None) => ChangeStatus::Removed,
            _ => {
                let is_same = self.facts.is_empty()
                    && self.lines.is_empty()
                    && self.services.is_empty()
                    && self.requirements.is_empty()
                    && self.violations.is_empty()
                    && self.notices.is_empty();
                if is_same { ChangeStatus::Same } else { ChangeStatus::Changed }
            }
        }
    }

    /// Returns the currency of both versions, or `None` if they differ in it, so that their
    /// amounts cannot be compared.
    pub fn currency(&self) -> Option<&'b Currency> {
        let currency = self.quotes.map(|quote| quote.deal.book().currency());
        let is_one = currency.old.zip(currency.new).is_none_or(|(old, new)| old == new);
        currency.latest().copied().filter(|_| is_one)
    }

    /// Returns the contract value.
    pub fn tcv(&self) -> Change<Money> {
        self.quotes.map(|quote| quote.pricing.totals.tcv)
    }

    /// Returns the contract value at list.
    pub fn list_tcv(&self) -> Change<Money> {
        self.quotes.map(|quote| quote.pricing.totals.list_tcv)
    }

    /// Returns the recurring revenue per year (ARR).
    pub fn arr(&self) -> Change<Money> {
        self.quotes.map(|quote| quote.pricing.totals.arr)
    }

    /// Returns the discount off list.
    pub fn discount(&self) -> Change<Share> {
        self.quotes.map(|quote| quote.pricing.totals.discount)
    }

    /// Returns the highest approval that the deal needs, or that it is refused.
    pub fn standing(&self) -> Change<ApprovalOutcome> {
        self.quotes.map(|quote| quote.verdict.outcome())
    }

    /// Returns the reviews that the deal needs.
    pub fn reviews(&self) -> Change<Vec<&str>> {
        self.quotes.map(|quote| quote.verdict.reviews())
    }
}
