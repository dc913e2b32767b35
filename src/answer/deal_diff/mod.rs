//! What changed between two versions of a deal that one book prices.
//!
//! A [`Difference`] has only what changed. What each line costs more or less adds up to what the
//! contract does, and a difference read from the other side is the same with its signs turned.

mod change;
mod changes;
mod facts;
pub mod json;
mod lines;
pub mod rows;
mod said;
pub mod text;

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

/// What changed between two versions of a deal; one of them may be missing.
#[derive(Debug)]
pub struct DealDiff<'q, 'b> {
    /// Both versions, as far as they are there.
    pub quotes: Change<&'q Quote<'q, 'b>>,
    /// What the deal says of itself: its customer, its term, its programs.
    pub facts: Vec<FactChange>,
    /// What it buys.
    pub lines: Vec<LineChange<'q, 'b>>,
    /// The services that come with it.
    pub services: Vec<Change<&'q PricedService<'b>>>,
    /// Who must say yes.
    pub requirements: Vec<Change<&'q Requirement>>,
    /// What nobody can say yes to.
    pub violations: Vec<Change<&'q Violation>>,
    /// What its reader should know.
    pub notices: Vec<Change<&'q Notice>>,
}

/// What changed from one version to another, both priced by one book.
pub fn difference<'q, 'b>(
    old: Option<&'q Quote<'q, 'b>>,
    new: Option<&'q Quote<'q, 'b>>,
) -> DealDiff<'q, 'b> {
    let quotes = Change::new(old, new);
    DealDiff {
        facts: facts::changed(&quotes),
        lines: lines::changed(&quotes),
        services: services(&quotes),
        requirements: said::requirements(&quotes),
        violations: said::violations(&quotes),
        notices: said::notices(&quotes),
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
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.status() == ChangeStatus::Same
    }

    /// What became of the deal.
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

    /// The currency of both versions; nothing, if they differ in it, so that no amount of one can be
    /// held against one of the other.
    pub fn currency(&self) -> Option<&'b Currency> {
        let currency = self.quotes.map(|quote| quote.deal.book().currency());
        let is_one = currency.old.zip(currency.new).is_none_or(|(old, new)| old == new);
        currency.latest().copied().filter(|_| is_one)
    }

    /// The contract value.
    pub fn tcv(&self) -> Change<Money> {
        self.quotes.map(|quote| quote.pricing.totals.tcv)
    }

    /// The contract value at list.
    pub fn list_tcv(&self) -> Change<Money> {
        self.quotes.map(|quote| quote.pricing.totals.list_tcv)
    }

    /// What it is worth a year.
    pub fn arr(&self) -> Change<Money> {
        self.quotes.map(|quote| quote.pricing.totals.arr)
    }

    /// How far it lies below list.
    pub fn discount(&self) -> Change<Share> {
        self.quotes.map(|quote| quote.pricing.totals.discount)
    }

    /// Who must say yes to all of it.
    pub fn standing(&self) -> Change<ApprovalOutcome> {
        self.quotes.map(|quote| quote.verdict.outcome())
    }

    /// The reviews beside that.
    pub fn reviews(&self) -> Change<Vec<&str>> {
        self.quotes.map(|quote| quote.verdict.reviews())
    }
}
