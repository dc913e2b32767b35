//! The deals that the search for a requiring deal writes.

use super::approval_places::ApprovalPlace;
use super::draft_parts;
use super::draft_parts::{
    claim, claiming, included_service, larger_service, line, partners, place, put_into, text, unit,
    with_partners, withheld, written,
};
use super::finding::BookUnderCheck;
use super::ways_to_pay::{Way, ways};
use crate::approve::spans;
use crate::book::{
    DealMeasure, Discount, DiscountCondition, DiscountStep, Metric, PriceBook, Program, Service,
    TierMode,
};
use crate::deal::{
    AgreedPrice, DiscountOverride, Draft, DraftClause, DraftLine, FactValue, JOINS, resolve,
};
use crate::number::{Date, Money, Quantity, Rate, Years, bisect};
use crate::price::price;
use std::cmp::Reverse;

/// The largest quantity that is tried in a span without an end.
const LARGEST_QUANTITY: u64 = 100_000_000;

/// Writes one deal after the other until `is_found` says that one of them needs the approval of a place.
pub(super) fn drafts<'b>(
    check: &BookUnderCheck<'b>,
    place: ApprovalPlace<'b>,
    is_found: &mut dyn FnMut(&Draft) -> bool,
) {
    let writer = Writer { check, place };
    for way in ways(check.book, place) {
        for metric in writer.metrics() {
            for quantity in writer.quantities(metric, &way) {
                let draft = writer.draft(metric, quantity, &way);
                for draft in writer.sized(&draft, metric, quantity, &way) {
                    for draft in writer.variants(&draft, metric) {
                        if is_found(&draft) {
                            return;
                        }
                    }
                }
            }
        }
    }
}

struct Writer<'a, 'b> {
    check: &'a BookUnderCheck<'b>,
    place: ApprovalPlace<'b>,
}

impl<'b> Writer<'_, 'b> {
    fn book(&self) -> &'b PriceBook {
        self.check.book
    }

    /// Returns the metrics whose lines can meet the conditions of the place.
    fn metrics(&self) -> impl Iterator<Item = &'b Metric> {
        let place = self.place;
        self.book().metrics().iter().filter(move |metric| match place {
            ApprovalPlace::Metric(own) => own.name == metric.name,
            ApprovalPlace::Step(discount, _)
            | ApprovalPlace::Program(discount, _)
            | ApprovalPlace::Grant(discount, ..) => discount.applies_to(metric.name()),
            _ => true,
        })
    }

    fn program(&self) -> Option<(&'b Discount, &'b Program)> {
        match self.place {
            ApprovalPlace::Program(discount, program)
            | ApprovalPlace::Grant(discount, program, _) => Some((discount, program)),
            _ => None,
        }
    }

    /// Returns the ends of each span of quantities, and the first quantity above the ARR of a program: first those
    /// that the place is for.
    fn quantities(&self, metric: &'b Metric, way: &Way<'b>) -> Vec<Quantity> {
        let increment = metric.increment();
        let free = match metric.mode {
            TierMode::Package { included, .. } => u64::from(included),
            TierMode::Volume | TierMode::Graduated => 0,
        };
        let paid = increment.first(free + 1);
        let mut counts = Vec::new();
        for span in spans(self.book(), metric, increment) {
            let from = span.from.max(1);
            let last = span.to.unwrap_or_else(|| increment.last(LARGEST_QUANTITY).max(from));
            let is_inside = |count: &u64| (from..=last).contains(count);
            counts.extend([from, paid, increment.last(1)].into_iter().filter(is_inside));
            counts.extend(span.to.filter(is_inside));
            if let Some((_, Program { arr_above: Some(floor), .. })) = self.program() {
                let arr_exceeds = |count: u64| {
                    let quantity = increment.quantity(count);
                    let draft = quantity.map(|it| self.draft(metric, it, way));
                    draft.is_some_and(|draft| self.arr(&draft).is_none_or(|arr| arr > *floor))
                };
                if arr_exceeds(last) && !arr_exceeds(from) {
                    counts.push(bisect(from, last, arr_exceeds));
                }
            }
        }
        let range = match self.place {
            ApprovalPlace::Step(discount, step) => {
                let is_by_quantity = matches!(discount.condition, DiscountCondition::Quantity(_));
                step.range.filter(|_| is_by_quantity)
            }
            _ => self.program().and_then(|(_, program)| program.quantity),
        };
        let is_outside = |count: u64| {
            let quantity = increment.quantity(count).map(Quantity::ceil);
            range.zip(quantity).is_some_and(|(range, quantity)| !range.contains(quantity))
        };
        counts.sort_unstable_by_key(|&count| (is_outside(count), count));
        counts.dedup();
        counts.into_iter().filter_map(|count| increment.quantity(count)).collect()
    }

    fn arr(&self, draft: &Draft) -> Option<Money> {
        let deal = resolve(draft, self.check.books, self.check.date).ok()?;
        Some(price(&deal).totals.arr_before_programs)
    }

    /// Writes an order of one line, which withholds every discount that can be withheld.
    fn draft(&self, metric: &'b Metric, quantity: Quantity, way: &Way<'b>) -> Draft {
        let (book, date) = (self.book(), self.check.date);
        let mut draft = Draft::new(place());
        let start = match self.place {
            ApprovalPlace::LateStart(later) => {
                Some(later.last_day(book.validity.last_day(date)).plus_days(1))
            }
            _ => way.years.is_none().then_some(date),
        };
        draft.start = start.map(written);
        draft.term = way.years.map(written);
        if way.years.is_none() {
            draft.co_term_end = start.map(written);
            draft.record.set(JOINS, FactValue::text("the contract"));
        }
        draft.date = Some(written(date));
        draft.prepay = way.prepay.map(text);
        draft.payment = way.payment.map(text);
        draft.billing = way.billing.map(text);
        put_into(&mut draft, book);
        draft.lines = std::iter::once(line(metric, quantity)).chain(self.shared(metric)).collect();
        draft.discount_overrides = withheld(book.discounts.iter());
        draft
    }

    /// Returns the smallest orders of the metrics that a metric is a share of, without which nobody can order it.
    fn shared(&self, metric: &'b Metric) -> impl Iterator<Item = DraftLine> {
        let names = metric.share.iter().flat_map(|share| &share.of);
        let metrics = names.filter_map(|name| self.book().metric(name));
        metrics.filter_map(|metric| Some(line(metric, first_quantity(metric)?)))
    }

    /// Returns the order, and larger ones: with a price far above list, beside a line that brings ARR, or beside the
    /// other metrics of a discount by order. An order for a step also has larger years after the first one.
    fn sized(
        &self,
        draft: &Draft,
        metric: &'b Metric,
        quantity: Quantity,
        way: &Way<'b>,
    ) -> Vec<Draft> {
        let mut drafts = vec![draft.clone()];
        let above = match self.place {
            ApprovalPlace::Guardrail(it) => it.measures().find_map(|measure| match measure {
                DealMeasure::Acv(most) | DealMeasure::Tcv(most) => Some(most),
                DealMeasure::Discount(_) | DealMeasure::Term(_) | DealMeasure::Margin(_) => None,
            }),
            _ => None,
        };
        if let Some(most) = above {
            let mut draft = draft.clone();
            draft.lines[0].agreed = Some(written(AgreedPrice::UnitPrice(most + unit())));
            drafts.push(draft);
        }
        if let Some((_, Program { arr_above: Some(floor), .. })) = self.program() {
            for other in self.book().metrics() {
                let first = first_quantity(other).filter(|_| other.share.is_none());
                let Some(first) = first else { continue };
                let mut line = line(other, first);
                line.agreed = Some(written(AgreedPrice::UnitPrice(*floor + unit())));
                let mut draft = draft.clone();
                draft.lines.push(line);
                drafts.push(draft);
            }
        }
        if let ApprovalPlace::Step(discount, _) = self.place
            && discount.is_by_order()
        {
            let mut draft = draft.clone();
            for other in self.book().metrics().iter().filter(|it| it.name != metric.name) {
                let Some(first) = first_quantity(other) else { continue };
                if discount.applies_to(other.name()) {
                    draft.lines.push(line(other, first));
                    drafts.push(draft.clone());
                }
            }
        }
        let years = way.years.map_or(1, Years::count);
        if matches!(self.place, ApprovalPlace::Step(..)) && years > 1 {
            let tiers = metric.tiers().iter().filter(|tier| !tier.is_free());
            let firsts = tiers.filter_map(|tier| Quantity::whole(tier.quantity().from().max(1)));
            drafts.extend(firsts.map(|later| {
                let of_year = |year: u32| if year == 1 { quantity } else { later };
                let mut draft = draft.clone();
                let line = &mut draft.lines[0];
                line.quantity = None;
                line.years = (1..=years).map(|year| draft_parts::year(of_year(year))).collect();
                draft
            }));
        }
        drafts
    }

    /// Returns the order with what the place asks about, with no other discount and with all of them.
    fn variants(&self, draft: &Draft, metric: &'b Metric) -> Vec<Draft> {
        let with_all = Draft { discount_overrides: Vec::new(), ..draft.clone() };
        let plain = [draft.clone(), with_all];
        match self.place {
            ApprovalPlace::Metric(_) | ApprovalPlace::LateStart(_) => plain.into(),
            ApprovalPlace::Step(discount, step) => {
                plain.iter().flat_map(|it| self.with_step(it, discount, step)).collect()
            }
            ApprovalPlace::Program(_, program) => {
                plain.iter().flat_map(|it| with_program(it, program, None)).collect()
            }
            ApprovalPlace::Grant(_, program, grant) => {
                let start = draft.start.as_ref().map_or(self.check.date, |start| start.value);
                let day = start.plus_days(grant.within_days).plus_days(1);
                plain.iter().flat_map(|it| with_program(it, program, Some(day))).collect()
            }
            ApprovalPlace::Channel(channel) => {
                let partners = partners(channel);
                plain.iter().flat_map(|it| with_partners(it, &partners)).collect()
            }
            ApprovalPlace::Incentive(channel, incentive) => {
                let partners = claiming(channel, incentive);
                plain.iter().flat_map(|it| with_partners(it, &partners)).collect()
            }
            ApprovalPlace::Clause(clause) => {
                let asked = DraftClause {
                    name: text(&clause.name),
                    rate: clause.standard_rates.map(|_| written(Rate::ONE)),
                    error_reported: false,
                    reason: None,
                };
                let with = |draft: Draft| Draft { clauses: vec![asked.clone()], ..draft };
                plain.into_iter().map(with).collect()
            }
            ApprovalPlace::Service(service, _) => {
                let asked = included_service(service);
                let largest = plain.iter().flat_map(|it| self.discounted(it, metric));
                let with = |draft: Draft| Draft { services: vec![asked.clone()], ..draft };
                largest.map(with).collect()
            }
            ApprovalPlace::Guardrail(_) => {
                plain.iter().flat_map(|it| self.discounted(it, metric)).collect()
            }
        }
    }

    /// Returns an order with all of a step, with the least of the step that needs approval, and with none.
    fn with_step(&self, draft: &Draft, discount: &'b Discount, step: &DiscountStep) -> Vec<Draft> {
        let mut takes = vec![None];
        if discount.can_be_withheld() {
            takes.push(Some(DiscountOverride::Withheld));
            let least = step.rate_without_approval;
            takes.extend(least.map(|free| {
                Some(DiscountOverride::Rate(Rate::of_millionths(free.millionths() + 1)))
            }));
        }
        let with = |take: Option<DiscountOverride>| {
            let mut draft = draft.clone();
            draft.discount_overrides.retain(|(name, _)| name.value != discount.name);
            draft.discount_overrides.extend(take.map(|take| (text(&discount.name), take)));
            draft
        };
        let mut drafts: Vec<_> = takes.into_iter().map(with).collect();
        // Beside a free license, services have the conditions of a later payment.
        if matches!(discount.condition, DiscountCondition::Payment(_)) {
            let services = self.book().services.iter();
            let with = |service: &Service| Draft {
                services: vec![larger_service(service)],
                ..draft.clone()
            };
            drafts.extend(services.map(with));
        }
        drafts
    }

    /// Returns an order without programs, with each program alone, and with as many as it may have: by itself,
    /// and through each partner.
    fn discounted(&self, draft: &Draft, metric: &'b Metric) -> Vec<Draft> {
        let discounts = self.check.discounts_of(metric);
        let mut all = draft.clone();
        let mut drafts = vec![draft.clone()];
        for discount in discounts {
            let DiscountCondition::Program { programs, at_most } = &discount.condition else {
                continue;
            };
            let mut most: Vec<_> = programs.iter().filter(|it| !it.exclusive).collect();
            most.sort_by_key(|it| Reverse(it.max_rate));
            for program in most.into_iter().take(*at_most as usize) {
                claim(&mut all, program, program.rate.is_none().then_some(program.max_rate));
            }
            drafts.extend(programs.iter().map(|program| {
                let mut draft = draft.clone();
                claim(&mut draft, program, program.rate.is_none().then_some(program.max_rate));
                draft
            }));
        }
        drafts.push(all);
        let channels = self.book().channels.iter();
        let partners: Vec<_> = channels.flat_map(partners).collect();
        let through: Vec<_> = drafts.iter().flat_map(|it| with_partners(it, &partners)).collect();
        drafts.extend(through);
        drafts
    }
}

/// Returns an order that claims a program at its largest and at its smallest rate.
fn with_program(draft: &Draft, program: &Program, grant: Option<Date>) -> Vec<Draft> {
    let rates = match program.rate {
        Some(_) => vec![None],
        None => vec![Some(program.max_rate), Some(Rate::of_millionths(1))],
    };
    let with = |rate: Option<Rate>| {
        let mut draft = draft.clone();
        claim(&mut draft, program, rate);
        for claimed in &mut draft.programs {
            claimed.grant = grant.map(written);
            claimed.grant_reference = grant.map(|_| text("the grant"));
        }
        draft
    };
    rates.into_iter().map(with).collect()
}

/// Returns the smallest quantity above zero that is sold of a metric.
fn first_quantity(metric: &Metric) -> Option<Quantity> {
    Quantity::whole(metric.tiers().first()?.quantity().from().max(1))
}
