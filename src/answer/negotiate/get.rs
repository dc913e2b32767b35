//! What a customer gives for a concession, and what it could be asked for.

use crate::book::{
    Adjustment, Discount, DiscountCondition, DiscountStep, Metric, PricePeriod, Program,
};
use crate::deal::{Deal, ProgramClaim};
use crate::number::{Money, Quantity, Years};
use crate::price::{Pricing, committed};
use crate::quote::billing::{paid_ahead, paid_ahead_of};

/// What a customer gives for a concession.
#[derive(Debug, Clone)]
pub enum Return<'b> {
    /// It buys so much, in its largest year.
    Quantity(Vec<(&'b Metric, Quantity)>),
    /// It commits to years.
    Term {
        /// So many whole ones.
        years: u32,
        /// What it is bound to pay beyond the first whole year.
        beyond: Money,
    },
    /// It pays in advance.
    Prepay {
        /// One of the book's ways.
        way: &'b str,
        /// What is paid earlier than by the standard of the book, or on a ladder than on the terms of
        /// the step before; nothing, if that is not known.
        ahead: Option<Money>,
        /// How many months earlier, at most.
        months: u32,
    },
    /// It pays as one of these ways says.
    Paying(Vec<&'b str>),
    /// It is what a program is for, and does what it promised for it.
    Program(&'b Program, Vec<&'b str>),
    /// It does more for a program.
    Duties(Vec<&'b str>),
    /// It pays so much more.
    Uplift(Money),
}

/// What a customer could be asked for that it does not give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuggestedReturn<'b> {
    /// A commitment to so many years.
    Years(Years),
    /// One of the book's ways to prepay.
    Prepay(&'b str),
    /// What some program asks for.
    Duty(&'b str),
}

impl<'b> Return<'b> {
    pub(super) fn quantity(deal: &Deal<'b>, discount: &Discount) -> Self {
        let mut bought: Vec<(&'b Metric, Quantity)> = Vec::new();
        for metric in deal.lines().iter().map(crate::deal::Line::metric) {
            let is_new = bought.iter().all(|(known, _)| known.name() != metric.name());
            if is_new && discount.applies_to(metric.name()) {
                bought.push((metric, deal.quantity_of(metric)));
            }
        }
        Self::Quantity(bought)
    }

    /// Nothing, if the customer is bound for no more than a year.
    pub(super) fn term(deal: &Deal<'b>, pricing: &Pricing<'b>) -> Option<Self> {
        let years = deal.length().years();
        (years > 1).then(|| Self::Term { years, beyond: beyond_first_year(deal, pricing) })
    }

    pub(super) fn prepay(deal: &Deal<'b>, pricing: &Pricing<'b>, row: &'b DiscountStep) -> Self {
        let ahead = paid_ahead(deal, pricing);
        Self::Prepay {
            way: row.choices().first().map(String::as_str).unwrap_or_default(),
            ahead: ahead.map(|(ahead, _)| ahead),
            months: ahead.map_or(0, |(_, months)| months),
        }
    }

    /// The same beside a deal that the customer has already: it pays ahead of what that is invoiced.
    /// One that is prepaid so at list is asked for it all the same, and stays ahead of the standard.
    pub(super) fn beside(self, deal: &Deal<'b>, pricing: &Pricing<'b>, known: &Deal<'b>) -> Self {
        match self {
            Self::Prepay { way, .. } if known.prepay() != Some(way) => {
                let ahead = paid_ahead_of(deal, known, pricing);
                Self::Prepay {
                    way,
                    ahead: ahead.map(|(ahead, _)| ahead),
                    months: ahead.map_or(0, |(_, months)| months),
                }
            }
            get => get,
        }
    }

    /// What it is worth, where that is money.
    pub const fn money(&self) -> Option<Money> {
        match self {
            Self::Term { beyond, .. } => Some(*beyond),
            Self::Prepay { ahead, .. } => *ahead,
            Self::Uplift(money) => Some(*money),
            Self::Quantity(_) | Self::Paying(_) | Self::Program(..) | Self::Duties(_) => None,
        }
    }
}

/// What a claim stands on; nothing, if its program has no conditions, and nothing is promised.
pub(super) fn of_claim<'b>(claim: &ProgramClaim<'b>) -> Option<Return<'b>> {
    let program = claim.program;
    let promised = program.duties().iter().filter(|duty| claim.duties.contains(duty));
    let promised: Vec<&'b str> = promised.map(String::as_str).collect();
    let has_conditions = !program.incumbents.is_empty()
        || !program.payment.is_empty()
        || program.arr_above.is_some()
        || program.limit.is_some()
        || program.quantity.is_some()
        || program.years.is_some();
    (has_conditions || !promised.is_empty()).then_some(Return::Program(program, promised))
}

/// What is paid after the first year whatever is used.
fn beyond_first_year(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Money {
    let beyond = pricing.lines.iter().map(|bought| {
        let line = &bought.line;
        let years = bought.segments.iter().flat_map(|priced| {
            let annual = match line.metric().price_period() {
                PricePeriod::Hour { .. } => {
                    committed(deal, line, &priced.segment).map(|it| it.at_net.annual)
                }
                PricePeriod::Year | PricePeriod::Once { .. } => Some(priced.at_net.annual),
            };
            (0..priced.length.years()).map(move |_| annual.unwrap_or_default())
        });
        years.skip(1).sum::<Money>()
    });
    beyond.sum()
}

/// What a customer could be asked for: the next longer term, every way to prepay that earns
/// something, and what programs that everybody can claim ask for.
pub(super) fn requests<'b>(deal: &Deal<'b>) -> Vec<SuggestedReturn<'b>> {
    let book = deal.book();
    let is_mine = |discount: &&'b Discount| {
        deal.lines().iter().any(|line| discount.applies_to(line.metric().name()))
    };
    let discounts = || book.discounts().iter().filter(is_mine);
    let longer = book.available_terms().into_iter().find(|years| *years > deal.term());
    let earns = discounts().any(|it| matches!(it.condition, DiscountCondition::Term(_)));
    let mut requests: Vec<_> =
        longer.filter(|_| earns).map(SuggestedReturn::Years).into_iter().collect();
    let prepaid = discounts().filter(|it| matches!(it.condition, DiscountCondition::Prepay { .. }));
    for row in prepaid.flat_map(Discount::rows) {
        let earns =
            !matches!(row.adjustment, Adjustment::Uplift(_)) && !row.adjustment.is_nothing();
        let is_sold = row.min_years.is_none_or(|least| deal.term().count() >= least);
        let way = row.choices().first().map(String::as_str);
        let way = way.filter(|way| earns && is_sold && deal.prepay() != Some(*way));
        requests.extend(way.map(SuggestedReturn::Prepay));
    }
    let programs = discounts().flat_map(Discount::programs);
    for program in programs.filter(|it| !it.exclusive && !it.duties_required) {
        for duty in program.duties() {
            let is_promised = deal.claims.iter().any(|claim| claim.duties.contains(duty));
            if !is_promised && !requests.contains(&SuggestedReturn::Duty(duty)) {
                requests.push(SuggestedReturn::Duty(duty));
            }
        }
    }
    requests
}
