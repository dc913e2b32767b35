//! Promises of the approval rules, and the breakpoints that follow from them.

use super::{APPROVAL_RULES, ApprovalRule};
use crate::book::{Metric, PriceBook, Rule};
use crate::number::{Increment, Interval, Money, Rate};
use crate::price::curve::{QuantitySpan, spans_between};
use crate::price::{PricingStep, ends, pricing_steps};

/// The promise of an approval rule for one line of the book.
///
/// A promise speaks of deals of one metric whose prices follow from the book, and only of quantities that cost
/// something at list: what is free needs no approval for its price. A deal with a negotiated price, to which a
/// fee outside its range belongs, is judged by itself: no consumer concludes from one such deal to another.
#[derive(Debug, Clone)]
pub struct Promise<'b> {
    /// The line of the book that asks or refuses.
    pub rule: &'b Rule,
    /// The course of the answer as the quantity of the line grows, in started units.
    pub quantity: Course,
    /// The course of the answer as one rate grows, in millionths: that of a program, or the part that the
    /// deal takes of a discount.
    pub rate: Course,
    /// The course of the answer as the term grows, in years.
    pub term: Course,
    /// The figure that the answer depends on, where it is one of the priced deal.
    pub threshold: Option<DealThreshold>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Course {
    /// The numbers from which on the rule judges by another condition.
    pub breakpoints: Vec<u64>,
    /// The direction of the answer between two breakpoints of the rule and of the price.
    pub between: Direction,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// The answer stays the same, also across breakpoints of the price.
    #[default]
    Constant,
    /// More never asks for less.
    Rises,
    /// More never asks for more.
    Falls,
    /// The answer begins once or ceases once, and does no other.
    TurnsOnce,
    /// The rule promises nothing. Batch then asks the engine for every row, `negotiate` tries every rate
    /// or reports that its result is not proved, and so does `book check`.
    Unproved,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DealThreshold {
    /// The share off list of all lines.
    Discount(Rate),
    Acv(Money),
    Tcv(Money),
    ArrBeforePrograms(Money),
}

impl<'b> Promise<'b> {
    /// Promises that nothing but the presence of a term, a clause or a metric changes the answer.
    pub fn constant(rule: &'b Rule) -> Self {
        let level = Course::default;
        Self { rule, quantity: level(), rate: level(), term: level(), threshold: None }
    }

    pub fn quantities(mut self, breakpoints: impl IntoIterator<Item = u64>) -> Self {
        self.quantity.breakpoints.extend(breakpoints);
        self
    }

    /// Adds the ends of a range of quantities as breakpoints.
    pub fn quantity_range(self, range: Option<Interval>) -> Self {
        self.quantities(range.into_iter().flat_map(ends))
    }

    pub fn rates(mut self, breakpoints: impl IntoIterator<Item = u64>) -> Self {
        self.rate.breakpoints.extend(breakpoints);
        self
    }

    pub fn terms(mut self, breakpoints: impl IntoIterator<Item = u64>) -> Self {
        self.term.breakpoints.extend(breakpoints);
        self
    }

    pub fn term_range(self, range: Option<Interval>) -> Self {
        self.terms(range.into_iter().flat_map(ends))
    }

    /// Makes the answer depend on a figure of the priced deal, with its directions in quantity, rate and term.
    pub fn depends_on(mut self, threshold: DealThreshold, directions: [Direction; 3]) -> Self {
        self.threshold = Some(threshold);
        self.directions(directions)
    }

    /// Makes the answer change with the price of the deal, in these directions in quantity, rate and term.
    pub fn directions(mut self, [quantity, rate, term]: [Direction; 3]) -> Self {
        (self.quantity.between, self.rate.between, self.term.between) = (quantity, rate, term);
        self
    }

    /// Returns the promise of a rule that asks where this one and another one do. Where one answer begins and the other
    /// ceases, both hold for a part between, so that no direction is promised.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        let courses = [
            (&mut self.quantity, other.quantity),
            (&mut self.rate, other.rate),
            (&mut self.term, other.term),
        ];
        for (own, other) in courses {
            own.breakpoints.extend(other.breakpoints);
            own.between = match (own.between, other.between) {
                (Direction::Constant, only) | (only, Direction::Constant) => only,
                (Direction::Rises, Direction::Rises) => Direction::Rises,
                (Direction::Falls, Direction::Falls) => Direction::Falls,
                _ => Direction::Unproved,
            };
        }
        self.threshold = self.threshold.or(other.threshold);
        self
    }

    /// Returns whether the answers at two breakpoints judge every quantity and every rate between them.
    pub fn is_proved(&self) -> bool {
        ![self.quantity.between, self.rate.between].contains(&Direction::Unproved)
    }
}

pub fn promises<'b>(
    rules: &[&dyn ApprovalRule],
    book: &'b PriceBook,
    metric: &Metric,
) -> Vec<Promise<'b>> {
    rules.iter().flat_map(|rule| rule.promises(book, metric)).collect()
}

/// Returns every quantity, in started units, at which a rule or a pricing step begins or ceases to hold:
/// between two of them only amounts change. Ascending, each once.
pub fn quantity_breakpoints(
    rules: &[&dyn ApprovalRule],
    book: &PriceBook,
    metric: &Metric,
) -> Vec<u64> {
    let priced = pricing_steps(book, metric).flat_map(PricingStep::quantity_breakpoints);
    let judged = promises(rules, book, metric).into_iter().flat_map(|it| it.quantity.breakpoints);
    let mut all: Vec<u64> = priced.chain(judged).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Returns all quantities that a metric is sold in, cut at the breakpoints, as counts of an increment.
pub fn spans(book: &PriceBook, metric: &Metric, increment: Increment) -> Vec<QuantitySpan> {
    spans_between(&quantity_breakpoints(APPROVAL_RULES, book, metric), metric, increment)
}
