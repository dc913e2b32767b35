//! The choices of an order: its term, its prepayment, its payment, and the programs of its customer.

use super::draft_parts::put_into;
use super::finding::{BookUnderCheck, OrderTerms};
use super::refusals::{add_breakpoints, is_grantable};
use crate::book::{Adjustment, Discount, DiscountCondition, Metric, PriceBook, Program, Rule};
use crate::deal::{self, Deal, Draft, DraftLine, FactValue, INCUMBENT, ProgramClaim, SEGMENT};
use crate::number::Quantity;
use crate::price::curve::{LinePrices, PricedSpan, QuantitySpan};
use crate::text::source::{Place, Source, Written};
use std::cmp::Reverse;

/// The most sets of programs that are tried, except that each program alone is always tried.
const MOST_SETS: usize = 64;

/// The most free programs of which every subset is tried. Of more, a customer has all or none.
const MOST_FREE: usize = 4;

/// Returns one deal for a metric under every term and prepayment of the book, the shortest term and the
/// standard prepayment first. Callers replace the quantity.
pub(super) fn deals<'b>(check: &BookUnderCheck<'b>, metric: &'b Metric) -> Vec<Deal<'b>> {
    deals_paid(check, metric, None)
}

/// Returns the same deals with a payment that costs more, for the terms that may have it.
fn deals_paid<'b>(
    check: &BookUnderCheck<'b>,
    metric: &'b Metric,
    paying: Option<&DearerPayment<'b>>,
) -> Vec<Deal<'b>> {
    let Some(first) = metric.tiers().first() else { return Vec::new() };
    let place = Place::whole(Source::typed("book", "book"));
    let mut deals = Vec::new();
    let least = paying.and_then(|paying| paying.min_years).unwrap_or_default();
    for years in check.book.available_terms().into_iter().filter(|it| it.count() >= least) {
        for prepay in prepayments(check) {
            let written = |text: &str| Written::new(text.to_owned(), place.clone());
            let mut line = DraftLine::new(place.clone());
            line.metric = Some(written(metric.name()));
            let quantity = Quantity::whole(first.quantity().from().max(1));
            line.quantity = quantity.map(|quantity| Written::new(quantity, place.clone()));
            let mut draft = Draft::new(place.clone());
            draft.term = Some(Written::new(years, place.clone()));
            draft.prepay = prepay.map(written);
            match paying {
                Some(DearerPayment { name, is_billing: true, .. }) => {
                    draft.billing = Some(written(name));
                }
                Some(paying) => draft.payment = Some(written(paying.name)),
                None => {}
            }
            put_into(&mut draft, check.book);
            draft.lines = vec![line];
            // Terms that the book does not sell together give no deal.
            let deal = deal::resolve(&draft, check.books, check.date).ok();
            deals.extend(deal.map(Deal::of_lines_apart));
        }
    }
    deals
}

/// A way to pay that puts something on the price.
struct DearerPayment<'b> {
    name: &'b str,
    /// Whether it is a billing schedule, and not a payment term.
    is_billing: bool,
    min_years: Option<u32>,
}

/// Returns one way to pay for each step of the book that puts something on the price of a metric.
fn dearer_payments<'b>(check: &BookUnderCheck<'b>, metric: &Metric) -> Vec<DearerPayment<'b>> {
    let terms = check.book.payment.iter().flat_map(|payment| &payment.terms);
    let is_term = |name: &str| terms.clone().any(|term| term.name == name && !term.refuse);
    let rows = check.discounts_of(metric).flat_map(Discount::rows);
    let dearer = rows.filter(|row| matches!(row.adjustment, Adjustment::Uplift(_)));
    let payments = dearer.filter_map(|row| {
        let names = || row.choices.iter().map(String::as_str);
        let term = names().find(|name| is_term(name)).map(|name| (name, false));
        // The schedule of a metric with one of its own is not chosen.
        let is_chosen = metric.billing.is_none();
        let billing = || names().find(|_| is_chosen).map(|name| (name, true));
        let (name, is_billing) = term.or_else(billing)?;
        Some(DearerPayment { name, is_billing, min_years: row.min_years })
    });
    payments.collect()
}

/// The prepayments as a deal writes them: `None` for the standard, which comes first.
fn prepayments<'b>(check: &BookUnderCheck<'b>) -> Vec<Option<&'b str>> {
    let (rows, standard) = check.book.prepayments().unwrap_or_default();
    let others = rows.iter().enumerate().filter(|(place, _)| *place != standard);
    let names = others.map(|(_, row)| row.choices.first().map(String::as_str));
    std::iter::once(None).chain(names).collect()
}

type ProgramOffer<'b> = (&'b Discount, &'b Program);

impl OrderTerms<'_> {
    /// Returns "3 years with multi-year prepayment and Lighthouse customer 30%". The standard prepayment is not
    /// named.
    pub(super) fn text(&self, book: &PriceBook) -> String {
        let (rows, standard) = book.prepayments().unwrap_or_default();
        let standard = rows.get(standard).and_then(|row| row.choices.first()).map(String::as_str);
        let prepay = self.prepay.filter(|it| Some(*it) != standard);
        let prepay = prepay.map(|prepay| format!("{prepay} prepayment"));
        let had = Some(programs_text(&self.programs)).filter(|it| !it.is_empty());
        let payment = self.payment.map(str::to_owned);
        let with: Vec<_> = prepay.into_iter().chain(payment).chain(had).collect();
        if with.is_empty() {
            return self.years.to_string();
        }
        format!("{} with {}", self.years, with.join(" and "))
    }
}

/// Returns "Lighthouse customer 30%".
pub(super) fn programs_text(programs: &[&Program]) -> String {
    let each = programs.iter().map(|it| format!("{} {}", it.title, it.max_rate));
    each.collect::<Vec<_>>().join(" and ")
}

/// One choice of the terms, and of the programs that a customer has.
pub(super) struct TermChoice<'b> {
    pub terms: OrderTerms<'b>,
    /// The order with all granted programs and a subset of the free ones, which nobody has to approve; the
    /// largest subset first. All duties are promised. The order is the first deal that no rule refuses.
    deals: Vec<Deal<'b>>,
    /// Whether the last deal has no program: then it is possible for every customer.
    is_for_everybody: bool,
}

impl<'b> TermChoice<'b> {
    fn new(deal: &Deal<'b>, paying: Option<&'b str>, set: &[ProgramOffer<'b>]) -> Self {
        let (free, granted): (Vec<ProgramOffer<'_>>, Vec<_>) =
            set.iter().partition(|(_, program)| program.approval.is_nothing());
        let mut subsets = subsets(&free);
        subsets.sort_by_key(|subset| Reverse(subset.len()));
        let mut deal = deal.clone();
        deal.record.set(INCUMBENT, named_by(set, |it| &it.incumbents).map(FactValue::text));
        deal.record.set(SEGMENT, named_by(set, |it| &it.segments).map(FactValue::text));
        let claiming = |subset: &Vec<_>| {
            let set = granted.iter().chain(subset);
            let claims =
                set.map(|(discount, program)| ProgramClaim::at_max_rate(discount, program));
            Deal { claims: claims.collect(), ..deal.clone() }
        };
        let terms = OrderTerms {
            years: deal.term(),
            prepay: deal.prepay(),
            payment: paying,
            programs: set.iter().map(|(_, program)| *program).collect(),
        };
        let deals = subsets.iter().map(claiming).collect();
        Self { terms, deals, is_for_everybody: granted.is_empty() }
    }

    /// The order with as many programs as a quantity may have. Returns `None` if every deal is refused.
    pub fn at(&self, count: u64) -> Option<&Deal<'b>> {
        let (last, others) = self.deals.split_last()?;
        let is_last = || self.is_for_everybody || is_grantable(last, count);
        let grantable = others.iter().find(|deal| is_grantable(deal, count));
        grantable.or_else(|| Some(last).filter(|_| is_last()))
    }

    pub fn programs_at(&self, count: u64) -> Vec<&'b Program> {
        let claims = self.at(count).into_iter().flat_map(|deal| &deal.claims);
        claims.map(|claim| claim.program).collect()
    }

    /// Splits spans into pieces on which the order has the same programs, so that a total only grows.
    /// Returns each piece with the place of its span. Quantities that are refused are in no piece.
    pub fn pieces(&self, spans: &[QuantitySpan]) -> Vec<(usize, PricedSpan<'_, 'b>)> {
        let refusable = self.deals.len() - usize::from(self.is_for_everybody);
        let mut pieces = Vec::new();
        for (place, span) in spans.iter().enumerate() {
            let mut starts = vec![span.from];
            for deal in &self.deals[..refusable] {
                add_breakpoints(deal, *span, &mut starts);
            }
            starts.sort_unstable();
            starts.dedup();
            pieces.extend(span.cut(&starts).filter_map(|piece| {
                let deal = self.at(piece.from)?;
                Some((place, LinePrices::of(deal).priced_span(piece)))
            }));
        }
        pieces
    }
}

/// The line of the book that begins with a quantity: a program, a range of the price list, or a step of a
/// discount. If none begins there, the line of the first program, whose price does.
pub(super) fn rule_from<'b>(
    check: &BookUnderCheck<'b>,
    metric: &'b Metric,
    programs: &[&'b Program],
    count: u64,
) -> &'b Rule {
    let limits = programs.iter().filter_map(|it| Some((it.quantity?, &it.rule)));
    let increment = metric.increment();
    let tier = increment.quantity(count).and_then(|it| metric.tier(it));
    let tier = tier.map(|tier| (tier.quantity(), &tier.rule));
    let is_by_quantity = |it: &&Discount| matches!(it.condition, DiscountCondition::Quantity(_));
    let rows = check.discounts_of(metric).filter(is_by_quantity).flat_map(Discount::rows);
    let rows = rows.filter_map(|row| Some((row.range?, &row.rule)));
    let mut all = limits.chain(tier).chain(rows);
    let rule = all.find(|(range, _)| increment.first(range.from()) == count).map(|(_, rule)| rule);
    let is_by_order = |it: &&Discount| {
        let breakpoints = it.order_breakpoints(metric).into_iter();
        breakpoints.map(|from| increment.first(from)).any(|from| from == count)
    };
    let rule = rule.or_else(|| check.discounts_of(metric).find(is_by_order).map(|it| &it.rule));
    rule.or_else(|| programs.first().map(|it| &it.rule)).unwrap_or(&metric.rule)
}

/// Quantities of which a finding is true under one choice of terms.
pub(super) trait RangeUnderTerms<'b> {
    fn from(&self) -> u64;

    /// Returns the last quantity, or [`u64::MAX`] where the range has no end.
    fn to(&self) -> u64;

    fn terms(&self) -> &OrderTerms<'b>;

    /// Whether the terms are the shortest term with the standard prepayment and no program.
    fn is_standard(&self) -> bool;
}

/// Returns the ranges of one span that are reported: first the range under the standard terms, or else one
/// without a program, and then each range with quantities that no reported range covers. The range that begins
/// earliest stands beside the first one, because the rounding of unit prices, or a program, can move the
/// beginning.
pub(super) fn reported<'r, 'b, R: RangeUnderTerms<'b>>(
    ranges: &'r [R],
) -> Vec<(&'r R, Option<&'r R>)> {
    let standard = ranges.iter().find(|it| it.is_standard());
    let plain = ranges.iter().filter(|it| it.terms().programs.is_empty());
    let main = standard.or_else(|| plain.min_by_key(|it| it.from()));
    let overlaps =
        |it: &&R| standard.is_some_and(|main| it.from() < main.from() && main.from() <= it.to());
    let earliest = ranges.iter().filter(overlaps).min_by_key(|it| it.from());
    let mut reported: Vec<_> = main.into_iter().map(|main| (main, earliest)).collect();
    let mut others: Vec<_> = ranges.iter().collect();
    others.sort_by_key(|it| (it.from(), Reverse(it.to())));
    for other in others {
        let is_covered = reported.iter().any(|(range, earliest)| {
            earliest.unwrap_or(range).from() <= other.from() && other.to() <= range.to()
        });
        if !is_covered {
            reported.push((other, None));
        }
    }
    reported
}

/// Returns every choice for a metric: first those without a program, and of them first the shortest
/// term with the standard prepayment and payment.
pub(super) fn term_choices<'b>(
    check: &BookUnderCheck<'b>,
    metric: &'b Metric,
) -> Vec<TermChoice<'b>> {
    let standard = deals(check, metric).into_iter().map(|deal| (deal, None));
    let payments = dearer_payments(check, metric);
    let dearer = payments.iter().flat_map(|paying| {
        let deals = deals_paid(check, metric, Some(paying)).into_iter();
        deals.map(move |deal| (deal, Some(paying.name)))
    });
    let deals: Vec<_> = standard.chain(dearer).collect();
    let sets = program_sets(check, metric);
    let choice = |set, (deal, paying): &(Deal<'b>, _)| TermChoice::new(deal, *paying, set);
    sets.iter().flat_map(|set| deals.iter().map(|deal| choice(set.as_slice(), deal))).collect()
}

/// Returns the sets of programs that one quote may have together, the smallest first.
fn program_sets<'b>(check: &BookUnderCheck<'b>, metric: &Metric) -> Vec<Vec<ProgramOffer<'b>>> {
    let offers =
        check.discounts_of(metric).flat_map(|it| it.programs().iter().map(move |of| (it, of)));
    // A program of 0% changes no price.
    let offers: Vec<_> = offers.filter(|(_, program)| !program.max_rate.is_zero()).collect();
    let mut sets: Vec<Vec<usize>> = (0..offers.len()).map(|at| vec![at]).collect();
    let mut grown = 0;
    while grown < sets.len() && sets.len() < MOST_SETS {
        let set = sets[grown].clone();
        let next = set.last().map_or(0, |last| last + 1);
        for at in next..offers.len() {
            let more: Vec<_> = set.iter().copied().chain([at]).collect();
            if sets.len() < MOST_SETS && may_be_together(&more, &offers) {
                sets.push(more);
            }
        }
        grown += 1;
    }
    let sets = sets.iter().map(|set| set.iter().map(|at| offers[*at]).collect());
    std::iter::once(Vec::new()).chain(sets).collect()
}

/// Whether one quote may have all programs of a set.
fn may_be_together(set: &[usize], offers: &[ProgramOffer<'_>]) -> bool {
    let count =
        |discount: &Discount| set.iter().filter(|at| offers[**at].0.name == discount.name).count();
    set.iter().map(|at| offers[*at]).all(|(discount, program)| {
        let DiscountCondition::Program { at_most, .. } = discount.condition else { return false };
        !program.exclusive && count(discount) <= at_most as usize
    })
}

/// Every subset of a set of programs. A set of more than [`MOST_FREE`] has only itself and the empty set.
fn subsets<'b>(set: &[ProgramOffer<'b>]) -> Vec<Vec<ProgramOffer<'b>>> {
    if set.len() > MOST_FREE {
        return vec![set.to_vec(), Vec::new()];
    }
    let mut subsets = vec![Vec::new()];
    for offer in set {
        let with: Vec<_> = subsets.iter().map(|it| [it.as_slice(), &[*offer]].concat()).collect();
        subsets.extend(with);
    }
    subsets
}

/// The incumbent or the segment that all programs name which name any, or else the first that one of them does.
fn named_by<'b>(
    set: &[ProgramOffer<'b>],
    names: impl Fn(&'b Program) -> &'b Vec<String>,
) -> Option<&'b str> {
    let named = set.iter().map(|(_, program)| names(program)).filter(|it| !it.is_empty());
    let first = named.clone().next()?;
    let common = first.iter().find(|it| named.clone().all(|all| all.contains(it)));
    common.or_else(|| first.first()).map(String::as_str)
}
