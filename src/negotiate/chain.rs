//! Everything that can be given off a price, in the order in which it is given.
//!
//! What nobody has to approve comes first, and what asks for more comes later. So the deals along a
//! chain get cheaper step by step, and need no less approval for it: the first of them that meets a
//! goal is the dearest one that does, and the easiest to get. At most one discount of a deal is given
//! in part; those before it are given in full, and those behind it not at all.

use crate::book::{Cut, Discount, Given, Level, PriceBook, Row};
use crate::deal::{Deal, Take};
use crate::value::Rate;

/// The deals between what is given at the least and at the most.
#[derive(Debug)]
pub(super) struct Chain<'b> {
    deal: Deal<'b>,
    parts: Vec<Part<'b>>,
    /// Rates are multiples of it, but for the ends of parts; in millionths.
    unit: u32,
}

/// Rates of one discount that ask for the same.
#[derive(Debug, Clone, Copy)]
struct Part<'b> {
    of: Of<'b>,
    /// In millionths, without the first of them.
    from: u32,
    to: u32,
    /// Who has to agree, and whether there is a review.
    asks: (Level, bool),
}

#[derive(Debug, Clone, Copy)]
enum Of<'b> {
    /// A discount that the book gives by itself.
    Take(&'b Discount),
    /// Which claim of the deal.
    Claim(usize),
}

impl<'b> Chain<'b> {
    /// Of a deal whose claims are at the largest rates. Discounts that the book gives by itself are on
    /// the chain where `takes` says so, and as the deal takes them elsewhere.
    pub fn of(deal: Deal<'b>, takes: bool, unit: u32) -> Self {
        let is_exclusive = deal.claims.iter().any(|claim| claim.program.exclusive);
        let mut parts = Vec::new();
        if takes && !is_exclusive {
            let discounts = deal.book().discounts().iter();
            parts.extend(discounts.flat_map(|discount| rows(&deal, discount)));
        }
        for (place, claim) in deal.claims.iter().enumerate() {
            // A fixed rate is given or not, and so is one without which other discounts are.
            if claim.program.rate.is_none() && !is_exclusive {
                let ask = &claim.program.ask;
                parts.push(Part {
                    of: Of::Claim(place),
                    from: 0,
                    to: claim.rate.millionths(),
                    asks: (ask.level, ask.review.is_some()),
                });
            }
        }
        parts.sort_by_key(|part| part.asks);
        Self { deal, parts, unit }
    }

    /// The book that its deals are of.
    pub const fn book(&self) -> &'b PriceBook {
        self.deal.book()
    }

    /// How many deals there are behind the first one.
    pub fn len(&self) -> u32 {
        self.parts.iter().map(|part| part.steps(self.unit)).sum()
    }

    /// Where parts end: at most there a deal asks for more than the one before it.
    pub fn ends(&self) -> Vec<u32> {
        let steps = self.parts.iter().map(|part| part.steps(self.unit));
        let ends = steps.scan(0, |at, steps| {
            *at += steps;
            Some(*at)
        });
        std::iter::once(0).chain(ends).collect()
    }

    /// One of its deals, if its figures can be exact.
    pub fn at(&self, place: u32) -> Option<Deal<'b>> {
        let mut deal = self.deal.clone();
        let mut left = place;
        let mut given: Vec<u32> = self.parts.iter().map(|_| 0).collect();
        for (given, part) in given.iter_mut().zip(&self.parts) {
            let steps = part.steps(self.unit).min(left);
            left -= steps;
            *given = part.rate(steps, self.unit);
        }
        self.give(&mut deal, &given);
        deal.is_exact().then_some(deal)
    }

    /// The rates of the part that a deal ends in, from it to another one of the same part: the one
    /// with the fewest digits.
    pub fn plainest(&self, from: u32, to: u32) -> Option<Deal<'b>> {
        let ends = self.ends();
        let part = ends.iter().skip(1).position(|end| from <= *end)?;
        let at =
            |place: u32| self.parts[part].rate(place.min(ends[part + 1]) - ends[part], self.unit);
        let rate = plainest(at(from), at(to));
        let mut deal = self.deal.clone();
        let given: Vec<u32> = self
            .parts
            .iter()
            .enumerate()
            .map(|(place, it)| {
                if place < part {
                    it.to
                } else if place == part {
                    rate
                } else {
                    0
                }
            })
            .collect();
        self.give(&mut deal, &given);
        deal.is_exact().then_some(deal)
    }

    fn give(&self, deal: &mut Deal<'b>, given: &[u32]) {
        for (part, rate) in self.parts.iter().zip(given) {
            match part.of {
                Of::Claim(place) => deal.claims[place].rate = Rate::of_millionths(*rate),
                Of::Take(discount) => {
                    // The parts of a discount follow one another.
                    if *rate > 0 || part.from == 0 {
                        let most =
                            self.parts.iter().filter(|it| it.is_of(discount)).map(|it| it.to);
                        let take = match *rate {
                            0 => Some(Take::Nothing),
                            rate if Some(rate) == most.max() => None,
                            rate => Some(Take::Rate(Rate::of_millionths(rate))),
                        };
                        deal.takes.retain(|(known, _)| known.name() != discount.name());
                        deal.takes.extend(take.map(|take| (discount, take)));
                    }
                }
            }
        }
        deal.claims.retain(|claim| !claim.rate.is_zero());
    }
}

impl Part<'_> {
    /// How many rates it has.
    fn steps(&self, unit: u32) -> u32 {
        self.to.div_ceil(unit) - self.from / unit
    }

    /// One of them; nothing, if it is not reached.
    fn rate(&self, step: u32, unit: u32) -> u32 {
        if step == 0 { 0 } else { ((self.from / unit + step) * unit).min(self.to) }
    }

    fn is_of(&self, discount: &Discount) -> bool {
        matches!(self.of, Of::Take(mine) if mine.name() == discount.name())
    }
}

/// What a discount gives by itself: what nobody has to approve, and what is left.
fn rows<'b>(deal: &Deal<'b>, discount: &'b Discount) -> Vec<Part<'b>> {
    if matches!(discount.given, Given::Payment(_) | Given::Program { .. }) {
        return Vec::new();
    }
    let lines = deal.lines().iter().filter(|line| discount.applies_to(line.metric().name()));
    let segments = lines.flat_map(|line| line.segments().iter().map(move |it| (line, it)));
    let rows: Vec<&Row> = segments
        .filter_map(|(line, it)| discount.row(&deal.occasion(line.metric(), it.quantity())))
        .collect();
    let rate = |row: &Row| match row.cut {
        Cut::Rate(rate) => Some(rate.millionths()),
        Cut::Amount(_) | Cut::Uplift(_) => None,
    };
    let Some(rates) = rows.iter().map(|row| rate(row)).collect::<Option<Vec<_>>>() else {
        return Vec::new();
    };
    let to = rates.into_iter().max().unwrap_or(0);
    let asking = || rows.iter().filter(|row| !row.ask.is_nothing());
    let free = asking().map(|row| row.otherwise.millionths()).min().unwrap_or(to).min(to);
    let asks = asking().map(|row| (row.ask.level, row.ask.review.is_some())).max();
    let part = |from, to, asks| Part { of: Of::Take(discount), from, to, asks };
    let parts = [part(0, free, (Level::NONE, false)), part(free, to, asks.unwrap_or_default())];
    parts.into_iter().filter(|part| part.from < part.to).collect()
}

/// Of the rates from one to another the one with the fewest digits; all in millionths.
fn plainest(from: u32, to: u32) -> u32 {
    let units = (0..=4).rev().map(|zeros| 10_u32.pow(zeros));
    let mut rates = units.map(|unit| from.div_ceil(unit) * unit);
    rates.find(|rate| *rate <= to).unwrap_or(from)
}
