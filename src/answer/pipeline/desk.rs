//! The pipeline of a deal desk: filtered and sorted deals, and whom each deal is waiting on.

use super::check::Check;
use super::judged_deal::{DealTotals, JudgedDeal};
use crate::approve::ApprovalOutcome;
use crate::book::Level;
use crate::number::Total;
use crate::text::folded_words;
use std::cmp::Reverse;

/// The deals to show. A criterion that is not set admits every deal.
#[derive(Debug, Clone, Default)]
pub struct DealFilter {
    /// Only deals within policy that need exactly this level.
    pub level: Option<Level>,
    /// Only deals of customers whose name contains this text, in any case.
    pub customer: Option<String>,
    /// Only quotes that expire within this number of days and have not expired yet.
    pub expires_within: Option<u32>,
    pub outside: bool,
    /// The order of the deals; `None` keeps the order in which they were named.
    pub sort: Option<DealOrder>,
}

/// An order of deals. Equal deals keep their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DealOrder {
    /// Ascending by the name of the customer; deals without one come last.
    Customer,
    /// Largest contract value first, one currency after the other.
    Tcv,
    Discount,
    /// Highest approval level first, with deals outside policy before all levels.
    Level,
    Expiry,
}

#[derive(Debug, Clone)]
pub struct Pipeline<'c, 'a, 'b> {
    pub check: &'c Check<'a, 'b>,
    pub deals: Vec<&'c JudgedDeal<'a, 'b>>,
    /// The queues of the deals. A deal that waits on several is in each of their queues.
    pub queues: Vec<Queue<'c, 'a, 'b>>,
}

/// Deals that wait on the same approver, review or step.
#[derive(Debug, Clone)]
pub struct Queue<'c, 'a, 'b> {
    pub waits_for: WaitingOn<'b>,
    pub deals: Vec<&'c JudgedDeal<'a, 'b>>,
}

/// The next step of a deal on its way to a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitingOn<'b> {
    /// The customer, who can sign: the deal needs no approval.
    Customer,
    Level(Level),
    Review(&'b str),
    /// A change of the deal: no level can approve it.
    Change,
    /// A new quote: this one has expired, so that an approval of it would have no effect.
    Quote,
}

impl<'c, 'a, 'b> Pipeline<'c, 'a, 'b> {
    pub fn of(check: &'c Check<'a, 'b>, filter: &DealFilter) -> Self {
        let mut deals: Vec<_> = check.judged().filter(|it| filter.admits(it, check)).collect();
        if let Some(sort) = filter.sort {
            sort.apply(&mut deals);
        }
        let queues = queues(check, &deals);
        Self { check, deals, queues }
    }

    pub fn deal_totals(&self) -> DealTotals<'b> {
        DealTotals::of(self.deals.iter().copied())
    }

    /// Returns the days until a quote expires, 0 on its last day; `None` if it has expired.
    pub fn days_left(&self, judged: &JudgedDeal<'_, '_>) -> Option<u32> {
        let day = self.check.day;
        (!judged.is_expired(day)).then(|| day.days_to(judged.valid_until))
    }
}

impl Queue<'_, '_, '_> {
    pub fn deal_totals(&self) -> DealTotals<'_> {
        DealTotals::of(self.deals.iter().copied())
    }
}

impl DealFilter {
    fn admits(&self, judged: &JudgedDeal<'_, '_>, check: &Check<'_, '_>) -> bool {
        let standing = judged.standing();
        let is_of = |part: &String| {
            let name = judged.deal.customer();
            name.is_some_and(|name| folded_words(name).contains(&folded_words(part)))
        };
        let is_near = |days: u32| {
            !judged.is_expired(check.day) && judged.valid_until <= check.day.plus_days(days)
        };
        self.level.is_none_or(|level| standing == ApprovalOutcome::Needs(level))
            && (!self.outside || standing == ApprovalOutcome::Refused)
            && self.customer.as_ref().is_none_or(is_of)
            && self.expires_within.is_none_or(is_near)
    }
}

impl DealOrder {
    fn apply(self, deals: &mut [&JudgedDeal<'_, '_>]) {
        match self {
            Self::Customer => deals.sort_by_cached_key(|it| {
                let name = it.deal.customer().map(folded_words);
                (name.is_none(), name)
            }),
            Self::Tcv => deals.sort_by_cached_key(|it| {
                let currency = it.deal.book.currency.code.clone();
                (currency, Reverse(Total::from(it.totals.tcv)))
            }),
            Self::Discount => deals.sort_by_key(|it| Reverse(it.totals.discount)),
            Self::Level => deals.sort_by_key(|it| Reverse(it.standing())),
            Self::Expiry => deals.sort_by_key(|it| it.valid_until),
        }
    }
}

/// Returns the queues that have deals, the nearest to a contract first.
fn queues<'c, 'a, 'b>(
    check: &Check<'a, 'b>,
    deals: &[&'c JudgedDeal<'a, 'b>],
) -> Vec<Queue<'c, 'a, 'b>> {
    let book = check.book;
    let levels = (1..).map_while(|height| book.ladder().level_at(height)).map(WaitingOn::Level);
    let reviews = book.reviews.iter().map(|review| WaitingOn::Review(&review.name));
    let all = std::iter::once(WaitingOn::Customer).chain(levels).chain(reviews);
    let queues = all.chain([WaitingOn::Change, WaitingOn::Quote]).map(|waits_for| {
        let waits = |judged: &&&JudgedDeal<'_, '_>| waits_for.is_for(judged, check);
        Queue { waits_for, deals: deals.iter().filter(waits).copied().collect() }
    });
    queues.filter(|queue| !queue.deals.is_empty()).collect()
}

impl WaitingOn<'_> {
    fn is_for(self, judged: &JudgedDeal<'_, '_>, check: &Check<'_, '_>) -> bool {
        let verdict = &judged.verdict;
        match (judged.is_expired(check.day), verdict.is_refused()) {
            (true, _) => self == Self::Quote,
            (false, true) => self == Self::Change,
            (false, false) => match self {
                Self::Customer => verdict.required.is_empty(),
                Self::Level(level) => verdict.level() == level,
                Self::Review(review) => verdict.reviews().contains(&review),
                Self::Change | Self::Quote => false,
            },
        }
    }
}
