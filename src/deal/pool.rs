//! Lines that are priced as one, and the part that each of them takes of an amount.

use crate::book::{ListPrice, PriceBasis};
use crate::number::{Money, Quantity, rounding};
use std::borrow::Cow;
use std::sync::{Arc, Mutex};

/// Lines of one metric that take the price of one range in the same years. What they cost as one line is
/// shared out by quantity: first over the lines with the same agreed price, then over the lines of
/// each, so that a line in two parts changes no amount of another one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LinePool {
    pub quantity: Quantity,
    /// The sum of the fees that the lines name, if any names one.
    pub fee: Option<Money>,
    /// The weight of each group in `groups`.
    pub weights: Vec<u64>,
    /// Ascending by agreed price. The lines without one, if there are any, come first.
    pub groups: Vec<SameTerms>,
    pub shared: SharedAmounts,
}

/// Amounts that were shared out before. Each line of a pool takes its part of the same few amounts, and sharing
/// one out takes a look at every line.
#[derive(Debug, Default)]
pub(super) struct SharedAmounts(Mutex<Vec<SharedAmount>>);

#[derive(Debug)]
struct SharedAmount {
    over: Sharers,
    amount: Money,
    places: u32,
    parts: Arc<[Money]>,
}

/// Takers of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sharers {
    /// The groups of the pool.
    Groups,
    /// The lines of one group.
    Lines(usize),
    /// The lines of two groups, in the order of the deal.
    LinesOfBoth(usize, usize),
}

/// Pools that shared out other amounts are the same pool.
impl PartialEq for SharedAmounts {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for SharedAmounts {}

/// Lines of a pool that agreed on the same price, or on none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SameTerms {
    /// The agreed price as it is charged: rounded to the places of the metric.
    pub agreed: Option<Money>,
    pub quantity: Quantity,
    /// The place of each line in the deal, ascending.
    pub places: Vec<usize>,
    /// The weight of each line: its quantity in thousandths, or the fee that it names.
    pub weights: Vec<u64>,
}

impl LinePool {
    /// Returns one part of an amount that is shared.
    fn part(&self, over: Sharers, at: usize, amount: Money, places: u32) -> Money {
        let share = || -> Vec<Money> {
            rounding::parts_by_weight(amount, &self.weights_of(over), places).collect()
        };
        let part = |parts: &[Money]| parts.get(at).copied().unwrap_or_default();
        let is_one = match over {
            Sharers::Groups => self.groups.len() == 1,
            Sharers::Lines(group) => self.groups[group].weights.len() == 1,
            Sharers::LinesOfBoth(..) => false,
        };
        if is_one {
            return amount;
        }
        let Ok(mut shared) = self.shared.0.lock() else {
            return part(&share());
        };
        let is_known =
            |it: &&SharedAmount| (it.over, it.amount, it.places) == (over, amount, places);
        if let Some(known) = shared.iter().find(is_known) {
            return part(&known.parts);
        }
        let parts: Arc<[Money]> = share().into();
        let found = part(&parts);
        shared.push(SharedAmount { over, amount, places, parts });
        found
    }

    fn weights_of(&self, over: Sharers) -> Cow<'_, [u64]> {
        match over {
            Sharers::Groups => Cow::Borrowed(&self.weights),
            Sharers::Lines(group) => Cow::Borrowed(&self.groups[group].weights),
            Sharers::LinesOfBoth(one, other) => {
                let of = |group: usize| {
                    let SameTerms { places, weights, .. } = &self.groups[group];
                    places.iter().zip(weights)
                };
                let mut lines: Vec<_> = of(one).chain(of(other)).collect();
                lines.sort_unstable();
                lines.into_iter().map(|(_, weight)| *weight).collect()
            }
        }
    }
}

/// Place of a line in its pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolShare {
    pub(super) pool: Arc<LinePool>,
    pub(super) group: usize,
    pub(super) line: usize,
    /// The other group whose lines end at the net price of the line. The engine finds it: whether a price that
    /// the book gives is one that other lines agreed on shows only when it is computed.
    pub(super) joined: Option<usize>,
}

impl PoolShare {
    /// Returns the quantity of all lines of the pool.
    pub fn quantity(&self) -> Quantity {
        self.pool.quantity
    }

    /// Returns the same place, joined with the lines that end at its net price in another way: those that agreed on
    /// the price of the book, or those without an agreed price, whose net price `of_book` computes.
    pub fn at_net(&self, net: Money, of_book: impl FnOnce() -> Money) -> Self {
        let groups = &self.pool.groups;
        let has_plain = groups.first().is_some_and(|first| first.agreed.is_none());
        let joined = match groups[self.group].agreed {
            None => groups.binary_search_by_key(&Some(net), |group| group.agreed).ok(),
            Some(agreed) => (has_plain && of_book() == agreed).then_some(0),
        };
        Self { joined, ..self.clone() }
    }

    /// Returns the price that the line agreed on, as it is charged. `None` where that is the price of the book.
    pub fn agreed_price(&self) -> Option<Money> {
        let agreed = self.pool.groups[self.group].agreed;
        agreed.filter(|_| self.joined.is_none())
    }

    /// Returns the quantity of the lines that end at the same price.
    pub fn quantity_at_terms(&self) -> Quantity {
        let groups = [Some(self.group), self.joined].into_iter().flatten();
        groups.map(|group| self.pool.groups[group].quantity).sum()
    }

    /// Returns the fees that the lines of the pool name, together.
    pub fn fee(&self) -> Option<Money> {
        self.pool.fee
    }

    /// Returns the list price of all lines of the pool as one line, from that of the line.
    pub fn list<'b>(&self, list: ListPrice<'b>) -> ListPrice<'b> {
        match list.basis {
            PriceBasis::Unit => ListPrice { times: self.pool.quantity, ..list },
            PriceBasis::Package(_) | PriceBasis::Line => list,
        }
    }

    /// Returns the part of the line in an amount of the pool, at `places` decimal places at least.
    pub fn of(&self, amount: Money, places: u32) -> Money {
        let places = amount.decimals().max(places);
        let of_group = self.pool.part(Sharers::Groups, self.group, amount, places);
        self.pool.part(Sharers::Lines(self.group), self.line, of_group, places)
    }

    /// Returns the part of the line in an amount of the lines that end at the same price.
    pub fn of_terms(&self, amount: Money, places: u32) -> Money {
        let places = amount.decimals().max(places);
        let Some(joined) = self.joined else {
            return self.pool.part(Sharers::Lines(self.group), self.line, amount, places);
        };
        let (own, other) = (&self.pool.groups[self.group], &self.pool.groups[joined]);
        let place = own.places[self.line];
        let at = self.line + other.places.partition_point(|it| *it < place);
        let both = Sharers::LinesOfBoth(self.group.min(joined), self.group.max(joined));
        self.pool.part(both, at, amount, places)
    }

    /// Returns whether the line is the first of those that agreed on the same price.
    pub(super) const fn is_first(&self) -> bool {
        self.line == 0
    }
}
