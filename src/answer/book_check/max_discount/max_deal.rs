//! The deal with everything that some approvals allow.

use crate::approve::Verdict;
use crate::book::{
    Adjustment, ApprovalNeed, BillingSchedule, DealMeasure, Discount, DiscountCondition,
    DiscountStep, Guardrail, Level, Metric, PriceBook, Program, TierMode,
};
use crate::deal::{Deal, DiscountOverride, Line, ProgramClaim, Segment};
use crate::number::Rate;
use crate::price::curve::QuantitySpan;
use std::cmp::Reverse;

/// The highest level that may approve a deal, and whether reviews are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ApprovalCap {
    pub level: Level,
    pub reviews: bool,
}

impl ApprovalCap {
    /// The cap that allows every approval of a book.
    pub fn everybody(book: &PriceBook) -> Self {
        let level = book.ladder().levels().last().map_or(Level::NONE, |(level, _)| level);
        Self { level, reviews: true }
    }

    pub fn grants(self, need: &ApprovalNeed) -> bool {
        need.is_nothing() || self.reviews && need.level <= self.level
    }

    pub fn permits(self, verdict: &Verdict) -> bool {
        !verdict.is_refused() && verdict.required.iter().all(|it| self.grants(&it.approval))
    }

    /// The smallest discount limit of a guardrail that refuses larger discounts, or sends them to an
    /// approval beyond the cap.
    pub fn discount_limit(self, book: &PriceBook) -> Option<Rate> {
        self.limits(book).filter(|(_, guardrail)| guardrail.when.is_empty()).map(|it| it.0).min()
    }

    /// The limit of [`Self::discount_limit`], or a smaller one of a guardrail that looks at more facts.
    pub fn limit_of_all_facts(self, book: &PriceBook) -> Option<Rate> {
        self.limits(book).map(|it| it.0).min()
    }

    /// The discount limits of guardrails that stop larger discounts.
    fn limits(self, book: &PriceBook) -> impl Iterator<Item = (Rate, &Guardrail)> {
        let stops = move |it: &&Guardrail| it.refuse || !self.grants(&it.approval);
        book.guardrails.iter().filter(stops).flat_map(|guardrail| {
            let limits = guardrail.measures().filter_map(|measure| match measure {
                DealMeasure::Discount(limit) => Some(limit),
                DealMeasure::Acv(_)
                | DealMeasure::Tcv(_)
                | DealMeasure::Term(_)
                | DealMeasure::Margin(_) => None,
            });
            limits.map(move |limit| (limit, guardrail))
        })
    }
}

/// The quantities of a span that are priced: the first one, and the first one that is not free. A larger
/// quantity of the span has no larger discount.
pub(super) fn first_quantities(
    metric: &Metric,
    span: QuantitySpan,
) -> impl Iterator<Item = u64> + use<> {
    let free = match metric.mode {
        TierMode::Package { included, .. } => u64::from(included),
        TierMode::Volume | TierMode::Graduated => 0,
    };
    let paid = Some(free + 1).filter(|&it| it > span.from && span.to.is_none_or(|to| it <= to));
    std::iter::once(span.from).chain(paid)
}

/// Returns a deal of one line with every discount as far as the cap grants it, and with the programs of the
/// largest rates that `has` allows, all their duties promised. Programs that exclude every other discount
/// are for customers of a kind, and are left out.
pub(super) fn max_deal<'b>(
    deal: &Deal<'b>,
    cap: ApprovalCap,
    has: impl Fn(&Program) -> bool,
) -> Deal<'b> {
    let mut full = deal.clone();
    let Some(line) = deal.lines.first() else { return full };
    let metric = line.metric;
    for discount in deal.book.discounts.iter().filter(|it| it.applies_to(metric.name())) {
        match &discount.condition {
            DiscountCondition::Program { programs, at_most } => {
                let fits = |it: &&Program| {
                    cap.grants(&it.approval) && is_available(it, deal, metric) && has(it)
                };
                let mut programs: Vec<_> = programs.iter().filter(fits).collect();
                programs.sort_by_key(|it| (Reverse(it.max_rate), it.approval.level));
                let most = programs.into_iter().take(*at_most as usize);
                full.claims.extend(most.map(|it| ProgramClaim::at_max_rate(discount, it)));
            }
            // A discount for the payment depends on how the customer pays, and cannot be withheld. Neither can what
            // is put on the price of a year.
            _ if !discount.can_be_withheld() => {}
            _ => {
                let steps = given_steps(deal, discount).into_iter();
                let changes = steps.filter_map(|step| granted_override(discount, step, deal, cap));
                full.discount_overrides.extend(least(changes).map(|change| (discount, change)));
            }
        }
    }
    full
}

/// Returns the steps of a discount that a deal of one line is given, in each run of equal years.
fn given_steps<'b>(deal: &Deal<'b>, discount: &'b Discount) -> Vec<&'b DiscountStep> {
    let lines = deal.lines.iter().take(1);
    let years = lines.flat_map(|line| line.segments.iter().map(move |year| (line, year)));
    let given = |(line, year): (&Line<'b>, &Segment<'b>)| {
        discount.given(&deal.discount_context(line.metric, year)).next()
    };
    years.filter_map(given).collect()
}

/// Returns the override that leaves least of a discount: one holds for all years.
fn least(changes: impl Iterator<Item = DiscountOverride>) -> Option<DiscountOverride> {
    let rate = |change: &DiscountOverride| match change {
        DiscountOverride::Rate(rate) => *rate,
        DiscountOverride::Withheld | DiscountOverride::Auto => Rate::ZERO,
    };
    changes.min_by_key(rate)
}

/// Whether a program can be claimed beside others under the terms of a deal.
fn is_available(program: &Program, deal: &Deal<'_>, metric: &Metric) -> bool {
    let paying = deal.paying(metric);
    !program.exclusive
        && !program.max_rate.is_zero()
        && program.years.is_none_or(|years| years.contains(deal.term.count().into()))
        && program.payment.iter().all(|name| paying.contains(&Some(name.as_str())))
}

/// The override that leaves as much of a discount as the cap grants. Returns `None` for all of it.
fn granted_override(
    discount: &Discount,
    step: &DiscountStep,
    deal: &Deal<'_>,
    cap: ApprovalCap,
) -> Option<DiscountOverride> {
    if step.min_years.is_some_and(|least| deal.term.count() < least) {
        return (!step.adjustment.is_nothing()).then_some(DiscountOverride::Withheld);
    }
    if cap.grants(&step.approval) || step.adjustment.is_nothing() {
        return None;
    }
    // A step without such a rate needs its approval at any rate, and withholding it grants no deal.
    let free = step.rate_without_approval?;
    let has_free_rate = !free.is_zero() && has_only_rates(discount);
    Some(if has_free_rate { DiscountOverride::Rate(free) } else { DiscountOverride::Withheld })
}

/// Whether a deal can have a smaller rate of a discount: no step gives a fixed amount.
pub(super) fn has_only_rates(discount: &Discount) -> bool {
    discount.rows().iter().all(|step| matches!(step.adjustment, Adjustment::Rate(_)))
}

/// The adjustment that a deal gets of an automatic discount, with the override of the deal: the largest one of its
/// years. Returns `None` if the deal gets nothing of it.
pub(super) fn automatic_adjustment<'b>(
    deal: &Deal<'b>,
    discount: &'b Discount,
) -> Option<Adjustment> {
    deal.lines.first().filter(|line| discount.applies_to(&line.metric.name))?;
    let steps = given_steps(deal, discount).into_iter();
    let given = steps.map(|step| match (deal.discount_override(discount), step.adjustment) {
        (DiscountOverride::Withheld, _) => Adjustment::Rate(Rate::ZERO),
        (DiscountOverride::Rate(most), Adjustment::Rate(rate)) => Adjustment::Rate(rate.min(most)),
        (_, adjustment) => adjustment,
    });
    let given = given.filter(|it| !it.is_nothing());
    given.max_by_key(|it| if let Adjustment::Rate(rate) = it { *rate } else { Rate::ZERO })
}

/// Returns the deal, and the deal with each payment term and billing schedule for which the book has a
/// discount, or a program that demands it.
pub(super) fn payment_variants<'b>(deal: &Deal<'b>, metric: &Metric) -> Vec<Deal<'b>> {
    let names = discounted_payments(deal, metric);
    let mut deals = vec![deal.clone()];
    let terms = deal.book.payment.iter().flat_map(|payment| &payment.terms);
    for term in terms.filter(|term| names.contains(&term.name.as_str()) && !term.refuse) {
        if deal.payment.is_none_or(|own| own.name != term.name) {
            deals.push(Deal { payment: Some(term), ..deal.clone() });
        }
    }
    let schedules = deal.book.billing.iter().flat_map(|billing| &billing.schedules);
    let own = deal.billing_schedule(metric).map(|schedule| schedule.name.as_str());
    let is_other = |it: &&BillingSchedule| {
        let name = it.name.as_str();
        names.contains(&name) && metric.billing.is_none() && own != Some(name)
    };
    for schedule in schedules.filter(is_other) {
        let billed: Vec<_> = deals.iter().filter(|it| it.billing.is_none()).cloned().collect();
        deals.extend(billed.into_iter().map(|it| {
            // A prepayment that is billed by another schedule gives way to the schedule that the deal names.
            let prepay = it.prepay.filter(|place| !differs(&it, *place, schedule));
            Deal { billing: Some(schedule), prepay, ..it }
        }));
    }
    deals
}

/// Whether a prepayment is billed by another schedule.
fn differs(deal: &Deal<'_>, prepay: usize, schedule: &BillingSchedule) -> bool {
    let row = deal.book.prepayments().and_then(|(rows, _)| rows.get(prepay));
    let own = row.and_then(|row| deal.book.billing_schedule(row.billing));
    own.is_some_and(|own| own.name != schedule.name)
}

/// The names of payment terms and billing schedules that could lower a price, or spare an approval.
fn discounted_payments<'b>(deal: &Deal<'b>, metric: &Metric) -> Vec<&'b str> {
    let discounts = deal.book.discounts.iter().filter(|it| it.applies_to(metric.name()));
    let names = discounts.flat_map(|discount: &'b Discount| {
        let asks = discount.rows().iter().any(DiscountStep::always_needs_approval);
        let rows = discount.rows().iter().filter(move |row| {
            matches!(discount.condition, DiscountCondition::Payment(_))
                && (asks || !matches!(row.adjustment, Adjustment::Uplift(_)))
        });
        let programs = discount.programs().iter().filter(|it| !it.exclusive);
        rows.flat_map(|row| &row.choices).chain(programs.flat_map(|it| &it.payment))
    });
    names.map(String::as_str).collect()
}
