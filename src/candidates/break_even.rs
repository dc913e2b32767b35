//! Where it turns which of two metrics costs less: by units, by use, by years.

use super::course::{Side, Span as Compared};
use super::turns::{Line, Range};
use super::{Candidate, Need, Question, is_package};
use crate::book::{Metric, Per};
use crate::compare::{ConsumptionUse, PerpetualCourse};
use crate::curve::{Prices, Span, spans};
use crate::deal::Deal;
use crate::price::{Charges, PricedSegment};
use crate::value::{Increment, Money, Quantity, Ratio};

/// Where it turns.
#[derive(Debug)]
pub enum BreakEven<'b> {
    /// By how many units of another metric the need is.
    Units(Turning<'b>),
    /// By how many of its units are in use.
    Use(UseTurning<'b>),
    /// By the years that go by.
    Years(YearsTurning<'b>),
}

/// The same before discounts and after them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sides<T> {
    /// Before them.
    pub list: T,
    /// After them.
    pub net: T,
}

/// Units of another metric, beside what the deal asks for.
#[derive(Debug)]
pub struct Turning<'b> {
    /// What is counted.
    pub metric: &'b Metric,
    /// How many units of its own the deal is for.
    pub of: Quantity,
    /// Which quantities cost less than the deal, and which more.
    pub ranges: Sides<Vec<Range>>,
}

/// Units in use on average, beside the same units by another metric.
#[derive(Debug)]
pub struct UseTurning<'b> {
    /// What is paid by the hour.
    pub metric: &'b Metric,
    /// What it is held against.
    pub other: &'b Metric,
    /// How many units there are.
    pub units: Quantity,
    /// Which averages cost less than the other, and which more.
    pub ranges: Sides<Vec<Range>>,
    /// A year of both with all units in use, whose price an hour holds for fewer only in the same
    /// range; nothing where that is not sold.
    pub at_all: Option<Sides<ConsumptionUse>>,
}

/// A licence for good, beside what is paid every year.
#[derive(Debug)]
pub struct YearsTurning<'b> {
    /// What is bought once.
    pub metric: &'b Metric,
    /// What it is held against.
    pub other: &'b Metric,
    /// Both as the years go by.
    pub courses: Sides<PerpetualCourse>,
}

impl UseTurning<'_> {
    /// The share of all hours at which it would turn, if the hourly price of all units held for fewer
    /// too; nothing where it would not.
    #[must_use]
    pub fn at_price_of_all(costs: &ConsumptionUse) -> Option<Ratio> {
        let turns = !costs.is_never_dearer() && !costs.is_never_cheaper();
        costs.break_even().filter(|_| turns)
    }

    /// Whether it does turn there.
    #[must_use]
    pub fn turns_at_price_of_all(&self, costs: &ConsumptionUse, ranges: &[Range]) -> bool {
        let is_dearer = |count| {
            let count = Quantity::whole(count).unwrap_or(self.units);
            costs.consumption * count > costs.subscription * self.units
        };
        ranges.iter().filter_map(|range| range.to).any(|to| !is_dearer(to) && is_dearer(to + 1))
    }
}

impl<T> Sides<T> {
    fn of(mut make: impl FnMut(Side) -> T) -> Self {
        Self { list: make(Side::List), net: make(Side::Net) }
    }
}

/// Every break-even of a need whose years do not differ.
pub(super) fn all<'b>(
    deal: &Deal<'b>,
    need: &Need<'b>,
    question: &Question,
    span: Compared,
) -> Vec<BreakEven<'b>> {
    let Some(of) = need.flat().filter(|_| !is_package(need.own.metric)) else { return Vec::new() };
    let mut found = Vec::new();
    let metrics = deal.book().metrics().iter();
    for metric in metrics.filter(|it| it.unit() != need.own.metric.unit()) {
        let turning = units(deal, need, metric, of, span);
        found.extend(turning.map(BreakEven::Units));
    }
    for other in &need.others {
        let pair = [&need.own, other];
        let hours = pair.map(|it| matches!(it.metric.per(), Per::Hour { .. }));
        let turning = match hours {
            [true, false] => question.units(need, need.own.metric).map(|units| (0, units)),
            [false, true] => question.units(need, other.metric).map(|units| (1, units)),
            _ => None,
        };
        found.extend(turning.map(|(at, units)| {
            BreakEven::Use(in_use(deal, [pair[at], pair[1 - at]], units, span))
        }));
        let once = pair.map(|it| matches!(it.metric.per(), Per::Once { .. }));
        found.extend(match once {
            [true, false] => Some(BreakEven::Years(years(pair))),
            [false, true] => Some(BreakEven::Years(years([other, &need.own]))),
            _ => None,
        });
    }
    found
}

/// How many of another metric cost less than the deal.
fn units<'b>(
    deal: &Deal<'b>,
    need: &Need<'b>,
    metric: &'b Metric,
    of: Quantity,
    span: Compared,
) -> Option<Turning<'b>> {
    if is_package(metric) {
        return None;
    }
    let spans = spans(deal.book(), metric, Increment::UNIT);
    let begin = Quantity::whole(spans.first()?.from)?;
    let terms = deal.terms_alone().buying(metric, begin)?;
    let ranges = Sides::of(|side| {
        let line = Line { prices: Prices::of_units(&terms), side, compared: span, least: 0 };
        line.beside(need.own.over(side, span), &spans)
    });
    Some(Turning { metric, of, ranges })
}

/// How many units in use cost less than all of them by another metric.
fn in_use<'b>(
    deal: &Deal<'b>,
    [used, other]: [&Candidate<'b>; 2],
    units: Quantity,
    span: Compared,
) -> UseTurning<'b> {
    let metric = used.metric;
    let most = units.floor();
    let up_to = |it: Span| Span { to: Some(it.to.unwrap_or(most).min(most)), ..it };
    let within = spans(deal.book(), metric, Increment::UNIT).into_iter().map(up_to);
    let within: Vec<_> = within.collect();
    let committed = used.deal.lines().first().and_then(|line| line.committed);
    let prices = Prices::of_units(&used.deal);
    let least = committed.map_or(0, Quantity::ceil);
    let ranges = Sides::of(|side| {
        let line = Line { prices, side, compared: span, least };
        line.beside(other.over(side, span), &within)
    });
    let yearly = |side: Side, priced: Option<&PricedSegment<'_>>| {
        priced.map_or(Money::ZERO, |priced| side.of(priced).annual)
    };
    let paid = committed.and_then(|committed| prices.at(committed.ceil()));
    let bought = other.segments().first();
    let at_all = prices.at(units.ceil()).filter(|_| matches!(other.metric.per(), Per::Year));
    let at_all = at_all.map(|all| {
        Sides::of(|side| ConsumptionUse {
            consumption: yearly(side, Some(&all)),
            committed: yearly(side, paid.as_ref()),
            subscription: yearly(side, bought),
        })
    });
    UseTurning { metric, other: other.metric, units, ranges, at_all }
}

/// In which year a licence for good has cost no more.
fn years<'b>([licence, other]: [&Candidate<'b>; 2]) -> YearsTurning<'b> {
    let charges = |candidate: &Candidate<'b>, side: Side| {
        let none = Charges { once: Money::ZERO, annual: Money::ZERO };
        candidate.segments().first().map_or(none, |priced| side.of(priced))
    };
    let courses = Sides::of(|side| PerpetualCourse {
        licence: charges(licence, side),
        subscription: charges(other, side).annual,
    });
    YearsTurning { metric: licence.metric, other: other.metric, courses }
}
