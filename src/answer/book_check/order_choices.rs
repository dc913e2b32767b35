//! The choices of an order: its term, its prepayment, its payment, and the programs of its customer.

use super::finding::{BookUnderCheck, OrderTerms};
use super::refusals::{add_breakpoints, is_grantable};
use crate::book::{Adjustment, Discount, DiscountCondition, Metric, Program};
use crate::deal::{self, Deal, Draft, DraftLine, FactValue, INCUMBENT, ProgramClaim};
use crate::number::Quantity;
use crate::price::curve::{LinePrices, PricedSpan, QuantitySpan};
use crate::text::source::{Place, Source, Written};

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
            draft.currency = Some(written(&check.book.currency().code));
            draft.lines = vec![line];
            // Terms that the book does not sell together give no deal.
            let deal = deal::resolve(&draft, check.books, check.date).ok();
            deals.extend(deal.map(Deal::on_any_day));
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
        subsets.sort_by_key(|subset| std::cmp::Reverse(subset.len()));
        let mut deal = deal.clone();
        deal.record.set(INCUMBENT, incumbent(set).as_deref().map(FactValue::text));
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
            let ends = starts.iter().skip(1).map(|next| Some(next - 1)).chain([span.to]);
            pieces.extend(starts.iter().zip(ends).filter_map(|(&from, to)| {
                let deal = self.at(from)?;
                Some((place, LinePrices::of(deal).priced_span(QuantitySpan { from, to })))
            }));
        }
        pieces
    }
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

/// The incumbent vendor that all programs displace, or else one that the first of them does.
fn incumbent(set: &[ProgramOffer<'_>]) -> Option<String> {
    let named = set.iter().map(|(_, program)| &program.incumbents).filter(|it| !it.is_empty());
    let first = named.clone().next()?;
    let common = first.iter().find(|it| named.clone().all(|all| all.contains(it)));
    common.or_else(|| first.first()).cloned()
}
