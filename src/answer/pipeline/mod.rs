//! A number of deals, each priced and judged, and what holds across them.
//!
//! A deal stands by itself: its level, its violations and its warnings are those of its
//! [`quote`](crate::quote), and one more warning if that quote has expired. Across deals there is
//! one question: whether somebody has split what would need a higher level. See [`Split`].

pub mod desk;
pub mod json;
mod judged;
pub mod rows;
mod split;
mod sums;
pub mod text;

pub(crate) use judged::customer_key;
pub use judged::{CheckStatus, CheckedDeal, JudgedDeal, NamedDeal};
pub use split::{SplitDeal, SplitNeed};
pub use sums::{CurrencyTotals, DealTotals};

use crate::approve::ApprovalOutcome;
use crate::book::{Level, PriceBook};
use crate::number::Date;
use crate::quote::notice::Notice;
use std::collections::HashMap;

/// Deals that were checked.
#[derive(Debug, Clone)]
pub struct Check<'a, 'b> {
    /// The book that judged them; where there are several currencies, the first.
    pub book: &'b PriceBook,
    /// The day of the check.
    pub day: Date,
    /// The highest level that a deal may need, if there is one.
    pub within: Option<Level>,
    /// In the order in which they were named.
    pub deals: Vec<CheckedDeal<'a, 'b>>,
    /// Deals of one customer that together need more than each of them.
    pub splits: Vec<SplitDeal<'a, 'b>>,
}

/// Checks deals on a day, each by itself and all of a customer together.
///
/// ```
/// use dealdesk::{book, check::{Named, Status, check}, deal, source::Source, value::Date};
/// let books = book::load(&Source::file("pricing.toml", include_str!("../../../pricing.toml")))?;
/// let day = Date::parse("2026-11-21").expect("a date");
/// let text = "term_years = 7\n[[line]]\nmetric = \"node\"\nquantity = 100\n";
/// let draft = deal::read(&Source::file("long.toml", text));
/// let long = Named { name: "long.toml".to_owned(), deal: Ok(deal::resolve(&draft, &books, day)?) };
///
/// let deals = [long];
/// let checked = check(&deals, books.first(), day, None);
/// assert_eq!(checked.worst(), Status::Refused);
/// # Ok::<(), dealdesk::text::diagnostic::Faults>(())
/// ```
pub fn check<'a, 'b>(
    deals: &'a [NamedDeal<'b>],
    book: &'b PriceBook,
    day: Date,
    within: Option<Level>,
) -> Check<'a, 'b> {
    let mut deals: Vec<_> = deals.iter().map(|named| CheckedDeal::of(named, day)).collect();
    let splits = split::splits(deals.iter().filter_map(CheckedDeal::judged), day);
    let mut told: HashMap<&str, Vec<Notice>> = HashMap::new();
    for split in &splits {
        for name in &split.deals {
            told.entry(name).or_default().push(split.notice());
        }
    }
    for judged in deals.iter_mut().filter_map(|deal| deal.outcome.as_mut().ok()) {
        judged.notices.extend(told.remove(judged.name).unwrap_or_default());
    }
    Check { book, day, within, deals, splits }
}

impl<'a, 'b> Check<'a, 'b> {
    /// Those that could be read, in their order.
    pub fn judged(&self) -> impl Iterator<Item = &JudgedDeal<'a, 'b>> {
        self.deals.iter().filter_map(CheckedDeal::judged)
    }

    /// How a deal stands to the highest level that is allowed.
    pub fn status(&self, deal: &CheckedDeal<'_, '_>) -> CheckStatus {
        match (deal.judged().map(JudgedDeal::standing), self.within) {
            (None, _) => CheckStatus::Unread,
            (Some(ApprovalOutcome::Refused), _) => CheckStatus::Refused,
            (Some(ApprovalOutcome::Needs(level)), Some(within)) if level > within => {
                CheckStatus::Above
            }
            (Some(ApprovalOutcome::Needs(_)), _) => CheckStatus::Within,
        }
    }

    /// How the worst of them stands. One that cannot be read is worst: nobody knows what it needs.
    pub fn worst_status(&self) -> CheckStatus {
        self.deals.iter().map(|deal| self.status(deal)).max().unwrap_or(CheckStatus::Within)
    }

    /// How many stand so.
    pub fn count(&self, status: CheckStatus) -> usize {
        self.deals.iter().filter(|deal| self.status(deal) == status).count()
    }

    /// What all that could be read come to.
    pub fn deal_totals(&self) -> DealTotals<'b> {
        self.judged().collect()
    }

    /// By the levels of the ladder, lowest first, and behind them what none grants.
    pub fn standings(&self) -> impl Iterator<Item = (ApprovalOutcome, DealTotals<'b>)> {
        ApprovalOutcome::all(self.book).map(|standing| {
            (standing, self.judged().filter(|deal| deal.standing() == standing).collect())
        })
    }
}
