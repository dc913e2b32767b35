//! Effect of a new book on a portfolio, summed up.

use super::{LargestDeals, MetricChange, RankedDeal, RepricedDeal};
use crate::answer::batch::DealFigures;
use crate::approve::ApprovalOutcome;
use crate::book::PriceBook;
use crate::number::Total;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// Number and contract value of deals under one book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PortfolioTotals {
    /// Number of deals.
    pub deals: u64,
    /// Contract value.
    pub tcv: Total,
}

/// Totals of the deals that both books have a price for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ComparedTotals {
    /// Number of deals.
    pub deals: u64,
    /// Contract value at list under the old book and under the new one.
    pub list: [Total; 2],
    /// Contract value under the old book and under the new one.
    pub net: [Total; 2],
    /// Number of deals that cost more than before.
    pub more: u64,
    /// Number of deals that cost less.
    pub less: u64,
}

/// Totals of the deals that need one level under the old book, and one under the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ApprovalMove {
    /// Number of deals.
    pub deals: u64,
    /// Contract value under the old book and under the new one.
    pub tcv: [Total; 2],
}

/// Approvals that a deal needs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ApprovalsNeeded {
    /// Place of the approval level, counted from the lowest one; a refusal stands behind the highest.
    pub place: usize,
    /// Names of the reviews beside the level.
    pub reviews: Vec<String>,
}

/// Contract value of one metric in the deals that both books have a price for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricImpact {
    /// Name of the metric; `None` for services.
    pub name: Option<String>,
    /// Number of deals that buy the metric.
    pub deals: u64,
    /// Contract value under the old book and under the new one.
    pub tcv: [Total; 2],
}

/// Effect of a new book on deals. Impacts of parts add up to that of the whole in any order; only the numbers
/// of rows without an id depend on the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impact {
    /// Deals with a price under both books.
    pub both: ComparedTotals,
    /// Deals that only the old book has a price for, at its prices.
    pub lost: PortfolioTotals,
    /// Deals that only the new book has a price for, at its prices.
    pub gained: PortfolioTotals,
    /// Number of deals that neither book has a price for, or that could not be read.
    pub unpriced: u64,
    /// Number of deals in another currency than the one that is compared.
    pub elsewhere: u64,
    /// Deals that the new book refuses and the old one did not, at their new prices.
    pub newly_refused: PortfolioTotals,
    /// Moves by the level under the old book, and then by the level under the new one.
    moved: Vec<Vec<ApprovalMove>>,
    /// Moves of deals that need a review under one of the books.
    reviewed: BTreeMap<[ApprovalsNeeded; 2], ApprovalMove>,
    /// Metrics by name, services last.
    metrics: Vec<MetricImpact>,
    /// Deals with the largest increases.
    pub rises: LargestDeals,
    /// Deals with the largest decreases.
    pub falls: LargestDeals,
    /// Largest deals that only the new book refuses.
    pub refused: LargestDeals,
    /// Largest deals that only the old book has a price for.
    pub no_longer: LargestDeals,
    /// Largest deals that only the new book has a price for.
    pub at_last: LargestDeals,
    /// Deals without a price, the first by id.
    pub never: LargestDeals,
}

impl Impact {
    /// Begins an impact without deals, which names at most `top` deals of each kind.
    pub fn new(old: &PriceBook, new: &PriceBook, top: usize) -> Self {
        let outcomes = |book: &PriceBook| book.ladder().names().count() + 1;
        let largest = || LargestDeals::new(top);
        Self {
            both: ComparedTotals::default(),
            lost: PortfolioTotals::default(),
            gained: PortfolioTotals::default(),
            unpriced: 0,
            elsewhere: 0,
            newly_refused: PortfolioTotals::default(),
            moved: vec![vec![ApprovalMove::default(); outcomes(new)]; outcomes(old)],
            reviewed: BTreeMap::new(),
            metrics: Vec::new(),
            rises: largest(),
            falls: largest(),
            refused: largest(),
            no_longer: largest(),
            at_last: largest(),
            never: largest(),
        }
    }

    /// Adds a deal.
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
                    self.part(part);
                }
            }
            (Ok(old), Err(_)) => {
                self.lost.add(old.tcv);
                self.no_longer.add(old.tcv, named);
            }
            (Err(_), Ok(new)) => {
                self.gained.add(new.tcv);
                self.at_last.add(new.tcv, named);
            }
            (Err(_), Err(_)) => {
                self.unpriced += 1;
                self.never.add(Total::default(), named);
            }
        }
    }

    fn compare(&mut self, old: &DealFigures, new: &DealFigures, named: impl Fn() -> RankedDeal) {
        self.both.deals += 1;
        self.both.list[0] += old.list_tcv;
        self.both.list[1] += new.list_tcv;
        self.both.net[0] += old.tcv;
        self.both.net[1] += new.tcv;
        if new.tcv > old.tcv {
            self.both.more += 1;
            self.rises.add(new.tcv.minus(old.tcv), &named);
        } else if new.tcv < old.tcv {
            self.both.less += 1;
            self.falls.add(old.tcv.minus(new.tcv), &named);
        }
        let row = place(old.outcome, self.moved.len());
        let column = place(new.outcome, self.moved[row].len());
        let moved = if old.reviews.is_empty() && new.reviews.is_empty() {
            &mut self.moved[row][column]
        } else {
            let needs =
                |place, it: &DealFigures| ApprovalsNeeded { place, reviews: it.reviews.clone() };
            self.reviewed.entry([needs(row, old), needs(column, new)]).or_default()
        };
        *moved += ApprovalMove { deals: 1, tcv: [old.tcv, new.tcv] };
        if new.outcome == ApprovalOutcome::Refused && old.outcome != ApprovalOutcome::Refused {
            self.newly_refused.add(new.tcv);
            self.refused.add(new.tcv, named);
        }
    }

    fn part(&mut self, part: &MetricChange<'_>) {
        let metric = self.metric(part.metric);
        metric.deals += 1;
        metric.tcv[0] += part.old;
        metric.tcv[1] += part.new;
    }

    /// Returns the totals of a metric.
    fn metric(&mut self, name: Option<&str>) -> &mut MetricImpact {
        let key = |name: Option<&str>| (name.is_none(), name.unwrap_or_default().to_owned());
        if let Some(place) = self.metrics.iter().position(|it| it.name.as_deref() == name) {
            return &mut self.metrics[place];
        }
        let is_before = |it: &MetricImpact| key(it.name.as_deref()) < key(name);
        let place = self.metrics.partition_point(is_before);
        let name = name.map(str::to_owned);
        self.metrics.insert(place, MetricImpact { name, deals: 0, tcv: <[Total; 2]>::default() });
        &mut self.metrics[place]
    }

    /// Adds the deals of another part, which come behind these.
    pub fn merge(&mut self, other: Self) {
        let behind = self.deals();
        self.both += other.both;
        self.lost += other.lost;
        self.gained += other.gained;
        self.newly_refused += other.newly_refused;
        self.unpriced += other.unpriced;
        self.elsewhere += other.elsewhere;
        let moved = self.moved.iter_mut().flatten().zip(other.moved.into_iter().flatten());
        moved.for_each(|(mine, other)| *mine += other);
        for (needs, other) in other.reviewed {
            *self.reviewed.entry(needs).or_default() += other;
        }
        for theirs in other.metrics {
            let mine = self.metric(theirs.name.as_deref());
            mine.deals += theirs.deals;
            add(&mut mine.tcv, theirs.tcv);
        }
        self.rises.merge(other.rises, behind);
        self.falls.merge(other.falls, behind);
        self.refused.merge(other.refused, behind);
        self.no_longer.merge(other.no_longer, behind);
        self.at_last.merge(other.at_last, behind);
        self.never.merge(other.never, behind);
    }

    /// Counts all deals.
    pub const fn deals(&self) -> u64 {
        self.both.deals + self.failed() + self.gained.deals + self.elsewhere
    }

    /// Counts the deals that the new book has no price for.
    pub const fn failed(&self) -> u64 {
        self.lost.deals + self.unpriced
    }

    /// Returns the deals by the approvals that they need under the old book and under the new one.
    pub fn moved(&self) -> BTreeMap<[ApprovalsNeeded; 2], ApprovalMove> {
        let needs = |place| ApprovalsNeeded { place, reviews: Vec::new() };
        let rows = self.moved.iter().enumerate();
        let plain = rows.flat_map(|(old, row)| {
            row.iter().enumerate().map(move |(new, moved)| ([needs(old), needs(new)], *moved))
        });
        let reviewed = self.reviewed.iter().map(|(needs, moved)| (needs.clone(), *moved));
        plain.filter(|(_, moved)| moved.deals > 0).chain(reviewed).collect()
    }

    /// Returns the metrics by name, services last.
    pub fn metrics(&self) -> &[MetricImpact] {
        &self.metrics
    }
}

/// Returns the place of an outcome among `count` ones, of which the last is a refusal.
fn place(outcome: ApprovalOutcome, count: usize) -> usize {
    match outcome {
        ApprovalOutcome::Needs(level) => level.height(),
        ApprovalOutcome::Refused => count - 1,
    }
}

fn add(mine: &mut [Total; 2], [old, new]: [Total; 2]) {
    mine[0] += old;
    mine[1] += new;
}

impl PortfolioTotals {
    fn add(&mut self, tcv: Total) {
        *self += Self { deals: 1, tcv };
    }
}

impl AddAssign for PortfolioTotals {
    fn add_assign(&mut self, other: Self) {
        self.deals += other.deals;
        self.tcv += other.tcv;
    }
}

impl AddAssign for ApprovalMove {
    fn add_assign(&mut self, other: Self) {
        self.deals += other.deals;
        add(&mut self.tcv, other.tcv);
    }
}

impl AddAssign for ComparedTotals {
    fn add_assign(&mut self, other: Self) {
        self.deals += other.deals;
        self.more += other.more;
        self.less += other.less;
        add(&mut self.list, other.list);
        add(&mut self.net, other.net);
    }
}

impl ComparedTotals {
    /// Counts the deals that cost the same.
    pub const fn same(&self) -> u64 {
        self.deals - self.more - self.less
    }
}
