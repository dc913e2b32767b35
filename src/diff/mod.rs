//! What changed between two versions of a deal that one book prices.
//!
//! A [`Difference`] has only what changed. What each line costs more or less adds up to what the
//! contract does, and a difference read from the other side is the same with its signs turned.

mod change;
mod changes;
mod facts;
mod lines;
mod said;

pub use change::{Change, Status};
pub use changes::{Changes, Compared, Failed};
pub use facts::Fact;
pub use lines::{Bought, LineChange, PartChange};
pub use said::Standing;

use crate::advise::Notice;
use crate::approve::{Requirement, Violation};
use crate::price::PricedService;
use crate::quote::Quote;
use crate::value::{Currency, Money, Share};
use change::matched;

/// What changed between two versions of a deal; one of them may be missing.
#[derive(Debug)]
pub struct Difference<'q, 'b> {
    /// Both versions, as far as they are there.
    pub quotes: Change<&'q Quote<'q, 'b>>,
    /// What the deal says of itself: its customer, its term, its programs.
    pub facts: Vec<Fact>,
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
#[must_use]
pub fn difference<'q, 'b>(
    old: Option<&'q Quote<'q, 'b>>,
    new: Option<&'q Quote<'q, 'b>>,
) -> Difference<'q, 'b> {
    let quotes = Change::new(old, new);
    Difference {
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

impl<'b> Difference<'_, 'b> {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.status() == Status::Same
    }

    /// What became of the deal.
    #[must_use]
    pub fn status(&self) -> Status {
        match (self.quotes.old, self.quotes.new) {
            (None, Some(_)) => Status::Added,
            (Some(_), None) => Status::Removed,
            _ => {
                let is_same = self.facts.is_empty()
                    && self.lines.is_empty()
                    && self.services.is_empty()
                    && self.requirements.is_empty()
                    && self.violations.is_empty()
                    && self.notices.is_empty();
                if is_same { Status::Same } else { Status::Changed }
            }
        }
    }

    /// The currency of both versions; nothing, if they differ in it, so that no amount of one can be
    /// held against one of the other.
    #[must_use]
    pub fn currency(&self) -> Option<&'b Currency> {
        let currency = self.quotes.map(|quote| quote.deal.book().currency());
        let is_one = currency.old.zip(currency.new).is_none_or(|(old, new)| old == new);
        currency.latest().copied().filter(|_| is_one)
    }

    /// The contract value.
    #[must_use]
    pub fn tcv(&self) -> Change<Money> {
        self.quotes.map(|quote| quote.pricing.totals.tcv)
    }

    /// The contract value at list.
    #[must_use]
    pub fn list_tcv(&self) -> Change<Money> {
        self.quotes.map(|quote| quote.pricing.totals.list_tcv)
    }

    /// What it is worth a year.
    #[must_use]
    pub fn arr(&self) -> Change<Money> {
        self.quotes.map(|quote| quote.pricing.totals.arr)
    }

    /// How far it lies below list.
    #[must_use]
    pub fn discount(&self) -> Change<Share> {
        self.quotes.map(|quote| quote.pricing.totals.discount)
    }

    /// Who must say yes to all of it.
    #[must_use]
    pub fn standing(&self) -> Change<Standing> {
        self.quotes.map(|quote| Standing::of(&quote.verdict))
    }

    /// The reviews beside that.
    #[must_use]
    pub fn reviews(&self) -> Change<Vec<&str>> {
        self.quotes.map(|quote| quote.verdict.reviews())
    }
}
