//! Effect of a new book on a portfolio, summed up, with the largest deals of each kind.

use super::{MetricChange, RepricedDeal};
use crate::answer::batch::DealFigures;
use crate::approve::ApprovalOutcome;
use crate::book::PriceBook;
use crate::number::Total;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// Deals with a contract value under each of two books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OldNewTotals {
    pub deals: u64,
    pub tcv: [Total; 2],
}

/// A deal that is named, because it is one of the largest of its kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RankedDeal {
    pub id: String,
    /// Place among all deals, counted from 1, for a deal whose id cannot be read.
    pub row: Option<u64>,
    pub old: Option<Total>,
    pub new: Option<Total>,
    /// Reason for which a book has no price.
    pub error: Option<String>,
}

impl RankedDeal {
    /// Returns the id of the deal, or the number of its row.
    pub(super) fn name(&self) -> String {
        self.row.map_or_else(|| self.id.clone(), |row| format!("row {row}"))
    }
}

/// Deals of one kind, of which the largest are named. Deals with equal amounts are in the order of their
/// ids, so that the result does not depend on the order in which deals are added.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DealGroup {
    pub deals: u64,
    pub total: Total,
    most: usize,
    largest: Vec<(Total, RankedDeal)>,
}

impl DealGroup {
    pub fn new(most: usize) -> Self {
        Self { most, ..Self::default() }
    }

    /// Adds a deal. `name` is called only if its amount is large enough: most deals are not named.
    pub fn add(&mut self, amount: Total, name: impl FnOnce() -> RankedDeal) {
        self.deals += 1;
        self.total += amount;
        self.rank(amount, name);
    }

    fn rank(&mut self, amount: Total, name: impl FnOnce() -> RankedDeal) {
        let is_full = self.largest.len() == self.most;
        if is_full && self.largest.last().is_none_or(|(least, _)| amount < *least) {
            return;
        }
        let named = name();
        let is_before = |(other, there): &(Total, RankedDeal)| (amount, there) < (*other, &named);
        let place = self.largest.partition_point(is_before);
        self.largest.insert(place, (amount, named));
        self.largest.truncate(self.most);
    }

    /// Adds the deals of another group, before which `behind` deals came.
    pub fn merge(&mut self, other: Self, behind: u64) {
        self.deals += other.deals;
        self.total += other.total;
        for (amount, named) in other.largest {
            self.rank(amount, || RankedDeal { row: named.row.map(|row| behind + row), ..named });
        }
    }

    pub fn largest(&self) -> impl Iterator<Item = &RankedDeal> {
        self.largest.iter().map(|(_, named)| named)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ApprovalsNeeded {
    pub outcome: ApprovalOutcome,
    /// Names of the reviews beside the level.
    pub reviews: Vec<String>,
}

/// Effect of a new book on deals. Impacts of parts add up to that of the whole in any order; only the numbers
/// of rows without an id depend on the order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Impact {
    /// Deals with a price under both books.
    pub both: OldNewTotals,
    /// Contract value of these deals at list under the old book and under the new one.
    pub list: [Total; 2],
    /// Contract value of these deals without what partners keep.
    pub our_net: [Total; 2],
    /// Deals that cost more than before, by their increases.
    pub rises: DealGroup,
    /// Deals that cost less, by their decreases.
    pub falls: DealGroup,
    /// Deals that the new book refuses and the old one did not, at their new prices.
    pub newly_refused: DealGroup,
    /// Deals that only the old book has a price for, at its prices.
    pub lost: DealGroup,
    /// Deals that only the new book has a price for, at its prices.
    pub gained: DealGroup,
    /// Deals that neither book has a price for, or that could not be read; the first by id are named.
    pub unpriced: DealGroup,
    /// Number of deals in another currency than the one that is compared.
    pub elsewhere: u64,
    /// Deals by the approvals that they need under the old book and under the new one.
    pub moved: BTreeMap<[ApprovalsNeeded; 2], OldNewTotals>,
    metrics: BTreeMap<String, OldNewTotals>,
    services: OldNewTotals,
}

impl OldNewTotals {
    fn add(&mut self, tcv: [Total; 2]) {
        *self += Self { deals: 1, tcv };
    }
}

impl AddAssign for OldNewTotals {
    fn add_assign(&mut self, other: Self) {
        self.deals += other.deals;
        add(&mut self.tcv, other.tcv);
    }
}

fn add(mine: &mut [Total; 2], [old, new]: [Total; 2]) {
    mine[0] += old;
    mine[1] += new;
}

impl ApprovalsNeeded {
    pub(super) fn of(figures: &DealFigures) -> Self {
        Self { outcome: figures.outcome, reviews: figures.reviews.clone() }
    }

    /// Names the level and the reviews, as batch writes them: `none`, `vp+legal`, `refused`.
    pub(super) fn name(&self, book: &PriceBook) -> String {
        let reviews = self.reviews.iter().map(String::as_str);
        std::iter::once(self.outcome.name(book)).chain(reviews).collect::<Vec<_>>().join("+")
    }
}

impl Impact {
    /// Begins an impact without deals, which names at most `top` deals of each kind.
    pub fn new(top: usize) -> Self {
        let group = || DealGroup::new(top);
        Self {
            rises: group(),
            falls: group(),
            newly_refused: group(),
            lost: group(),
            gained: group(),
            unpriced: group(),
            ..Self::default()
        }
    }

    pub fn add(&mut self, change: &RepricedDeal<'_>) {
        let row = change.id.is_empty().then(|| self.deals() + 1);
        let named = || RankedDeal {
            id: change.id.to_owned(),
            row,
            old: change.old.ok().map(|it| it.tcv),
            new: change.new.ok().map(|it| it.tcv),
            error: change.error(),
        };
        match (change.old, change.new) {
            (Ok(old), Ok(new)) => {
                self.compare(old, new, named);
                for part in change.parts {
                    self.add_part(part);
                }
            }
            (Ok(old), Err(_)) => self.lost.add(old.tcv, named),
            (Err(_), Ok(new)) => self.gained.add(new.tcv, named),
            (Err(_), Err(_)) => self.unpriced.add(Total::default(), named),
        }
    }

    fn compare(&mut self, old: &DealFigures, new: &DealFigures, named: impl Fn() -> RankedDeal) {
        let tcv = [old.tcv, new.tcv];
        self.both.add(tcv);
        add(&mut self.list, [old.list_tcv, new.list_tcv]);
        add(&mut self.our_net, [old.our_net, new.our_net]);
        match new.tcv.cmp(&old.tcv) {
            Ordering::Greater => self.rises.add(new.tcv.minus(old.tcv), &named),
            Ordering::Less => self.falls.add(old.tcv.minus(new.tcv), &named),
            Ordering::Equal => {}
        }
        let needs = [old, new].map(ApprovalsNeeded::of);
        self.moved.entry(needs).or_default().add(tcv);
        if new.outcome == ApprovalOutcome::Refused && old.outcome != ApprovalOutcome::Refused {
            self.newly_refused.add(new.tcv, named);
        }
    }

    fn add_part(&mut self, part: &MetricChange<'_>) {
        let totals = match part.metric {
            None => &mut self.services,
            Some(name) => match self.metrics.get_mut(name) {
                Some(known) => known,
                None => self.metrics.entry(name.to_owned()).or_default(),
            },
        };
        totals.add([part.old, part.new]);
    }

    /// Adds the deals of another part, which come behind these.
    pub fn merge(&mut self, other: Self) {
        let behind = self.deals();
        self.both += other.both;
        add(&mut self.list, other.list);
        add(&mut self.our_net, other.our_net);
        self.rises.merge(other.rises, behind);
        self.falls.merge(other.falls, behind);
        self.newly_refused.merge(other.newly_refused, behind);
        self.lost.merge(other.lost, behind);
        self.gained.merge(other.gained, behind);
        self.unpriced.merge(other.unpriced, behind);
        self.elsewhere += other.elsewhere;
        for (needs, other) in other.moved {
            *self.moved.entry(needs).or_default() += other;
        }
        for (name, other) in other.metrics {
            *self.metrics.entry(name).or_default() += other;
        }
        self.services += other.services;
    }

    pub const fn deals(&self) -> u64 {
        self.both.deals + self.failed() + self.gained.deals + self.elsewhere
    }

    /// Counts the deals that the new book has no price for.
    pub const fn failed(&self) -> u64 {
        self.lost.deals + self.unpriced.deals
    }

    pub const fn unchanged(&self) -> u64 {
        self.both.deals - self.rises.deals - self.falls.deals
    }

    /// Lists the totals of each metric by name. Services come last, without a name.
    pub fn metrics(&self) -> impl Iterator<Item = (Option<&str>, OldNewTotals)> {
        let metrics = self.metrics.iter().map(|(name, totals)| (Some(name.as_str()), *totals));
        metrics.chain((self.services.deals > 0).then_some((None, self.services)))
    }
}
