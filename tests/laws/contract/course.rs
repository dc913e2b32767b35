//! The answers of a rule along one axis of a deal.

use dealdesk::approve::{ApprovalRule, Course, Direction, PricedDeal, Promise, VerdictSink};
use dealdesk::book::{ApprovalNeed, Metric, PriceBook, Rule};
use dealdesk::deal::Deal;
use dealdesk::number::Quantity;
use dealdesk::price::{PricingStep, price, pricing_steps};
use std::collections::BTreeSet;
use std::fmt::Arguments;

/// An axis of a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DealAxis {
    /// The quantity of the first line, in units.
    Quantity,
    /// A rate, in millionths.
    Rate,
    /// The term, in years.
    Term,
}

/// Lines of the book that ask (`false`) or refuse (`true`).
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Answers(BTreeSet<(String, bool)>);

impl<'b> VerdictSink<'b> for Answers {
    fn add_requirement(&mut self, _: &'b ApprovalNeed, rule: &'b Rule, _: Arguments<'_>) {
        self.0.insert((rule.id.clone(), false));
    }

    fn refuse(&mut self, rule: &'b Rule, _: Arguments<'_>) {
        self.0.insert((rule.id.clone(), true));
    }
}

impl Answers {
    /// What one line of the book answers: whether it asks, and whether it refuses.
    fn of(&self, rule: &str) -> [bool; 2] {
        [false, true].map(|refuses| self.0.contains(&(rule.to_owned(), refuses)))
    }
}

impl DealAxis {
    pub fn course<'p>(self, promise: &'p Promise<'_>) -> &'p Course {
        match self {
            Self::Quantity => &promise.quantity,
            Self::Rate => &promise.rate,
            Self::Term => &promise.term,
        }
    }

    fn of_step(self, step: &dyn PricingStep) -> Vec<u64> {
        match self {
            Self::Quantity => step.quantity_breakpoints(),
            Self::Rate => step.rate_breakpoints(),
            Self::Term => step.term_breakpoints(),
        }
    }

    /// Every breakpoint of the price.
    pub fn of_price(self, book: &PriceBook, metric: &Metric) -> Vec<u64> {
        pricing_steps(book, metric).flat_map(|step| self.of_step(step)).collect()
    }

    /// Every breakpoint with its neighbors, the middles between them, and a few numbers beyond.
    pub fn samples(
        self,
        rules: &[&dyn ApprovalRule],
        book: &PriceBook,
        metric: &Metric,
    ) -> Vec<u64> {
        let promises = rules.iter().flat_map(|rule| rule.promises(book, metric));
        let mine = promises.flat_map(|promise| self.course(&promise).breakpoints.clone());
        let mut all: BTreeSet<u64> = mine.chain(self.of_price(book, metric)).collect();
        let most = match self {
            Self::Quantity => all.last().map_or(100, |last| 20 * last).clamp(100, Quantity::MAX),
            Self::Rate => 1_000_000,
            Self::Term => 8,
        };
        all.extend([1, most]);
        let ends: Vec<_> = all.iter().copied().collect();
        let middles = ends.windows(2).map(|pair| pair[0].midpoint(pair[1]));
        all.extend(middles);
        all.extend(ends.iter().flat_map(|end| [end.saturating_sub(1), end + 1]));
        all.into_iter().filter(|number| *number <= most).collect()
    }
}

/// The answers of a rule for deals along an axis, ascending; nothing for a deal that is free at list, of which
/// no promise speaks.
pub fn answers<'b>(
    rule: &dyn ApprovalRule,
    deals: impl Iterator<Item = (u64, Deal<'b>)>,
) -> Vec<(u64, Answers)> {
    deals
        .filter_map(|(number, deal)| {
            let pricing = price(&deal);
            let list = pricing.lines[0].segments[0].list;
            if list.price.is_zero() || list.times.is_zero() {
                return None;
            }
            let mut found = Answers::default();
            rule.judge(&PricedDeal { deal: &deal, pricing: &pricing }, &mut found);
            Some((number, found))
        })
        .collect()
}

/// Holds answers against the promises of a rule.
///
/// # Errors
/// The first answer that breaks one.
pub fn check(
    promises: &[Promise<'_>],
    axis: DealAxis,
    of_price: &[u64],
    answers: &[(u64, Answers)],
) -> Result<(), String> {
    let declared: BTreeSet<_> = promises.iter().map(|promise| promise.rule.id.as_str()).collect();
    for (number, found) in answers {
        if let Some((rule, _)) = found.0.iter().find(|(rule, _)| !declared.contains(rule.as_str()))
        {
            return Err(format!("{rule} answers at {number} and is not declared"));
        }
    }
    for promise in promises {
        let Course { breakpoints, between } = axis.course(promise);
        let with_price = if *between == Direction::Constant { &[][..] } else { of_price };
        let is_cut = |from: u64, to: u64| {
            breakpoints.iter().chain(with_price).any(|at| from < *at && *at <= to)
        };
        let rule = promise.rule.id.as_str();
        for refuses in [0, 1] {
            let mut turns = 0;
            for pair in answers.windows(2) {
                let [(from, before), (to, after)] = pair else { continue };
                if is_cut(*from, *to) {
                    turns = 0;
                    continue;
                }
                let (before, after) = (before.of(rule)[refuses], after.of(rule)[refuses]);
                turns += usize::from(before != after);
                let is_kept = match between {
                    Direction::Constant => before == after,
                    Direction::Rises => before <= after,
                    Direction::Falls => before >= after,
                    Direction::TurnsOnce => turns <= 1,
                    Direction::Unproved => true,
                };
                if !is_kept {
                    return Err(format!(
                        "{rule}: {axis:?} {between:?}, but {before} at {from} and {after} at {to}"
                    ));
                }
            }
        }
    }
    Ok(())
}
