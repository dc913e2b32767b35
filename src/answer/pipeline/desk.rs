//! The pipeline of a deal desk: the deals that somebody looks for, in the order that helps, and who
//! each of them waits for.

use crate::answer::pipeline::{Check, DealTotals, JudgedDeal, customer_key};
use crate::approve::ApprovalOutcome;
use crate::book::Level;
use crate::number::Total;
use std::cmp::Reverse;

/// What somebody looks for. What is not said leaves every deal in.
#[derive(Debug, Clone, Default)]
pub struct DealFilter {
    /// Deals that need exactly this level, and are within policy.
    pub level: Option<Level>,
    /// Deals of customers with this in their name, whatever the case.
    pub customer: Option<String>,
    /// Quotes that can be accepted today, and no longer than so many days from now.
    pub expires_within: Option<u32>,
    /// Deals outside policy.
    pub outside: bool,
    /// In which order; as they were named, if nothing is said.
    pub sort: Option<DealOrder>,
}

/// An order of deals. Those that are equal in it stay in the order of their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DealOrder {
    /// By the name of the customer; without one, last.
    Customer,
    /// By contract value, largest first, one currency after the other.
    Tcv,
    /// By the share off list, largest first.
    Discount,
    /// By the level that is needed, highest first, and before them what is outside policy.
    Level,
    /// By the last day of the quote, first one first.
    Expiry,
}

/// The deals that were looked for.
#[derive(Debug, Clone)]
pub struct Pipeline<'c, 'a, 'b> {
    /// Everything that was checked.
    pub check: &'c Check<'a, 'b>,
    /// In the order that was asked for.
    pub deals: Vec<&'c JudgedDeal<'a, 'b>>,
    /// Who they wait for, each with the deals that do. A deal that waits for several is in each.
    pub queues: Vec<Queue<'c, 'a, 'b>>,
}

/// Deals that wait for the same.
#[derive(Debug, Clone)]
pub struct Queue<'c, 'a, 'b> {
    /// What they wait for.
    pub waits_for: WaitingOn<'b>,
    /// Those that do, in the order of the pipeline.
    pub deals: Vec<&'c JudgedDeal<'a, 'b>>,
}

/// What a deal waits for before it is a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitingOn<'b> {
    /// Nobody here: the customer can sign.
    Customer,
    /// A level of the ladder.
    Level(Level),
    /// A review beside the ladder.
    Review(&'b str),
    /// Another deal: no level grants this one.
    Change,
    /// Another quote: this one has expired, and whoever agreed would agree to nothing.
    Quote,
}

impl<'c, 'a, 'b> Pipeline<'c, 'a, 'b> {
    /// Looks for deals among those that were checked.
    pub fn of(check: &'c Check<'a, 'b>, wanted: &DealFilter) -> Self {
        let mut deals: Vec<_> = check.judged().filter(|it| wanted.has(it, check)).collect();
        if let Some(sort) = wanted.sort {
            sort.apply(&mut deals);
        }
        let queues = queues(check, &deals);
        Self { check, deals, queues }
    }

    /// What they come to.
    pub fn deal_totals(&self) -> DealTotals<'b> {
        self.deals.iter().copied().collect()
    }

    /// The days until a quote can no longer be accepted, 0 on its last day; nothing, if it has
    /// expired.
    pub fn days_left(&self, judged: &JudgedDeal<'_, '_>) -> Option<u32> {
        let day = self.check.day;
        (!judged.is_expired(day)).then(|| day.days_to(judged.valid_until))
    }
}

impl Queue<'_, '_, '_> {
    /// What its deals come to.
    pub fn deal_totals(&self) -> DealTotals<'_> {
        self.deals.iter().copied().collect()
    }
}

impl DealFilter {
    fn has(&self, judged: &JudgedDeal<'_, '_>, check: &Check<'_, '_>) -> bool {
        let standing = judged.standing();
        let is_of = |wanted: &String| {
            judged.customer_key().is_some_and(|key| key.contains(&customer_key(wanted)))
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
                let key = it.customer_key();
                (key.is_none(), key)
            }),
            Self::Tcv => deals.sort_by_cached_key(|it| {
                let currency = it.deal.book().currency().code.clone();
                (currency, Reverse(Total::from(it.totals.tcv)))
            }),
            Self::Discount => deals.sort_by_key(|it| Reverse(it.totals.discount)),
            Self::Level => deals.sort_by_key(|it| Reverse(it.standing())),
            Self::Expiry => deals.sort_by_key(|it| it.valid_until),
        }
    }
}

/// Who has most to lose from waiting comes last: those who can sign first, then up the ladder.
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
