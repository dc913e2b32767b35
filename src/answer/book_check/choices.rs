//! What a deal can choose between: terms, prepayments, and the programs that its customer has.

use super::allowed::{add_breakpoints, is_allowed};
use super::{BookUnderCheck, OrderTerms};
use crate::book::{Discount, DiscountCondition, Metric, Program};
use crate::deal;
use crate::deal::{Deal, Draft, DraftLine, FactValue, INCUMBENT, ProgramClaim};
use crate::number::Quantity;
use crate::price::curve::{LinePrices, PricedSpan, QuantitySpan};
use crate::text::source::{Place, Source, Written};

/// A deal for one metric under every term and prepayment of the book; the shortest term and the
/// standard come first. Quantities are for whoever asks to change.
pub(super) fn deals<'b>(case: &BookUnderCheck<'b>, metric: &'b Metric) -> Vec<Deal<'b>> {
    let Some(first) = metric.tiers().first() else { return Vec::new() };
    let all = Place::whole(Source::typed("book", "book"));
    let mut deals = Vec::new();
    for years in case.book.available_terms() {
        for prepay in prepayments(case) {
            let written = |text: &str| Written::new(text.to_owned(), all.clone());
            let mut line = DraftLine::new(all.clone());
            line.metric = Some(written(metric.name()));
            let quantity = Quantity::whole(first.quantity().from().max(1));
            line.quantity = quantity.map(|quantity| Written::new(quantity, all.clone()));
            let mut draft = Draft::new(all.clone());
            draft.term = Some(Written::new(years, all.clone()));
            draft.prepay = prepay.map(written);
            draft.currency = Some(written(&case.book.currency().code));
            draft.lines = vec![line];
            // What cannot be one is told of its own accord: nothing is sold by it.
            deals.extend(deal::resolve(&draft, case.books, case.date).ok());
        }
    }
    deals
}

/// The ways to prepay as a deal writes them: nothing for the standard, which comes first.
fn prepayments<'b>(case: &BookUnderCheck<'b>) -> Vec<Option<&'b str>> {
    let (rows, standard) = case.book.prepayments().unwrap_or_default();
    let others = rows.iter().enumerate().filter(|(place, _)| *place != standard);
    let names = others.map(|(_, row)| row.choices().first().map(String::as_str));
    std::iter::once(None).chain(names).collect()
}

/// A program with the discount that it belongs to.
type ProgramOffer<'b> = (&'b Discount, &'b Program);

/// The terms of an order, and the programs of whoever orders.
pub(super) struct TermChoice<'b> {
    /// What the terms are.
    pub terms: OrderTerms<'b>,
    /// The order with its programs as far as it can have them, most of them first: all that were
    /// granted, and of those that nobody has to approve all, or some, or none.
    deals: Vec<Deal<'b>>,
    /// Whether the last of them has no program: it is there for everybody.
    is_for_everybody: bool,
}

impl<'b> TermChoice<'b> {
    fn of(deal: &Deal<'b>, set: &[ProgramOffer<'b>]) -> Self {
        let (free, granted): (Vec<ProgramOffer<'_>>, Vec<_>) =
            set.iter().partition(|(_, program)| program.approval.is_nothing());
        let mut some = subsets(&free);
        some.sort_by_key(|some| std::cmp::Reverse(some.len()));
        let mut deal = deal.clone();
        deal.record.set(INCUMBENT, incumbent(set).as_deref().map(FactValue::text));
        let deals = some.iter().map(|some| claiming(&deal, &[&granted, some.as_slice()].concat()));
        let terms = OrderTerms {
            years: deal.term(),
            prepay: deal.prepay(),
            programs: set.iter().map(|(_, program)| *program).collect(),
        };
        Self { terms, deals: deals.collect(), is_for_everybody: granted.is_empty() }
    }

    /// The order as it would be with so many of what is sold.
    pub(super) fn at(&self, quantity: u64) -> Option<&Deal<'b>> {
        let (last, others) = self.deals.split_last()?;
        let is_last = || self.is_for_everybody || is_allowed(last, quantity);
        let allowed = others.iter().find(|deal| is_allowed(deal, quantity));
        allowed.or_else(|| Some(last).filter(|_| is_last()))
    }

    /// The programs that so many are ordered with.
    pub(super) fn programs_at(&self, quantity: u64) -> Vec<&'b Program> {
        let claims = self.at(quantity).map(|deal| deal.claims.iter()).into_iter().flatten();
        claims.map(|claim| claim.program).collect()
    }

    /// The quantities that can be ordered so, in pieces on which a total only grows, each with the
    /// place of the span that it is in.
    pub(super) fn stretches(&self, spans: &[QuantitySpan]) -> Vec<(usize, PricedSpan<'_, 'b>)> {
        let refusable = self.deals.len() - usize::from(self.is_for_everybody);
        let mut stretches = Vec::new();
        for (place, span) in spans.iter().enumerate() {
            let mut starts = vec![span.from];
            for deal in &self.deals[..refusable] {
                add_breakpoints(deal, *span, &mut starts);
            }
            starts.sort_unstable();
            starts.dedup();
            let ends = starts.iter().skip(1).map(|next| Some(next - 1)).chain([span.to]);
            stretches.extend(starts.iter().zip(ends).filter_map(|(&from, to)| {
                let deal = self.at(from)?;
                Some((place, LinePrices::of(deal).priced_span(QuantitySpan { from, to })))
            }));
        }
        stretches
    }
}

/// Every choice that there is for a metric. The first is that of the shortest term with the standard
/// prepayment and no program, and those without a program come before all others.
pub(super) fn all<'b>(case: &BookUnderCheck<'b>, metric: &'b Metric) -> Vec<TermChoice<'b>> {
    let deals = deals(case, metric);
    let sets = sets(case, metric);
    sets.iter().flat_map(|set| deals.iter().map(|deal| TermChoice::of(deal, set))).collect()
}

/// As many sets of programs are tried, and each program alone.
const SETS: usize = 64;

/// Every set of programs that one quote may have together, the smallest first.
fn sets<'b>(case: &BookUnderCheck<'b>, metric: &Metric) -> Vec<Vec<ProgramOffer<'b>>> {
    let discounts = case.book.discounts().iter().filter(|it| it.applies_to(metric.name()));
    let offers = discounts.flat_map(|it| it.programs().iter().map(move |program| (it, program)));
    // What gives nothing is no choice.
    let offers: Vec<_> = offers.filter(|(_, program)| !program.max_rate.is_zero()).collect();
    let mut sets: Vec<Vec<usize>> = (0..offers.len()).map(|at| vec![at]).collect();
    let mut grown = 0;
    while grown < sets.len() && sets.len() < SETS {
        let set = sets[grown].clone();
        let next = set.last().map_or(0, |last| last + 1);
        for at in next..offers.len() {
            let more: Vec<_> = set.iter().copied().chain([at]).collect();
            if sets.len() < SETS && may_be(&more, &offers) {
                sets.push(more);
            }
        }
        grown += 1;
    }
    let sets = sets.iter().map(|set| set.iter().map(|at| offers[*at]).collect());
    std::iter::once(Vec::new()).chain(sets).collect()
}

/// Whether one quote may have all of them.
fn may_be(set: &[usize], offers: &[ProgramOffer<'_>]) -> bool {
    let count =
        |discount: &Discount| set.iter().filter(|at| offers[**at].0.name == discount.name).count();
    set.iter().map(|at| offers[*at]).all(|(discount, program)| {
        let DiscountCondition::Program { at_most, .. } = discount.condition else { return false };
        !program.exclusive && count(discount) <= at_most as usize
    })
}

/// Every part of a set of programs, but of a very large one only all of it and nothing.
fn subsets<'b>(set: &[ProgramOffer<'b>]) -> Vec<Vec<ProgramOffer<'b>>> {
    if set.len() > MOST_FREE {
        return vec![set.to_vec(), Vec::new()];
    }
    let mut subsets = vec![Vec::new()];
    for offer in set {
        let with = subsets.iter().map(|it| [it.as_slice(), &[*offer]].concat());
        let with: Vec<_> = with.collect();
        subsets.extend(with);
    }
    subsets
}

/// Of more programs that nobody has to approve a customer has all, or none.
const MOST_FREE: usize = 4;

/// The deal with programs at their largest rates, their duties promised.
fn claiming<'b>(deal: &Deal<'b>, set: &[ProgramOffer<'b>]) -> Deal<'b> {
    let claim =
        |&(discount, program): &ProgramOffer<'b>| ProgramClaim::at_max_rate(discount, program);
    Deal { claims: set.iter().map(claim).collect(), ..deal.clone() }
}

/// Whom all of them displace, or else one of them.
fn incumbent(set: &[ProgramOffer<'_>]) -> Option<String> {
    let named = set.iter().map(|(_, program)| &program.incumbents).filter(|it| !it.is_empty());
    let first = named.clone().next()?;
    let common = first.iter().find(|it| named.clone().all(|all| all.contains(it)));
    common.or_else(|| first.first()).cloned()
}
