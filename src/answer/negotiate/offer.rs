//! An offer: a priced and judged deal, its worth to us, and the commitments of the customer.

use crate::approve::{APPROVAL_RULES, ApprovalRule, PricedDeal, Verdict, run_rules};
use crate::book::{BillingFrequency, Level};
use crate::deal::{Deal, DiscountOverride, Line};
use crate::number::present_value::present_value;
use crate::number::{Money, Quantity, Rate, Share};
use crate::price::{Pricing, price};
use crate::quote::billing;
use std::cmp::Ordering;

#[derive(Debug, Clone)]
pub struct Offer<'b> {
    pub deal: Deal<'b>,
    pub pricing: Pricing<'b>,
    pub verdict: Verdict,
    pub commitment: Commitment,
    /// The payments' worth at the start of the contract, if a discount rate was stated.
    pub present_value: Option<Money>,
}

/// The commitments of a customer. More of each is better for us, except for the days to pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// The years of the contract; a year that has begun counts.
    pub years: u32,
    /// The most months that any line is paid ahead.
    pub months_ahead: u32,
    pub days_to_pay: u32,
    /// The metric and the quantity of each line and year.
    pub quantities: Vec<(String, Quantity)>,
    /// The claimed programs, whose conditions the customer has to meet.
    pub programs: Vec<String>,
}

impl<'b> Offer<'b> {
    /// Prices and judges a deal, even if no level can grant the deal.
    pub(super) fn new(rules: &[&dyn ApprovalRule], deal: Deal<'b>) -> Self {
        let pricing = price(&deal);
        let mut verdict = Verdict::default();
        run_rules(rules, &PricedDeal { deal: &deal, pricing: &pricing }, &mut verdict);
        let commitment = Commitment::of(&deal);
        Self { deal, pricing, verdict, commitment, present_value: None }
    }

    /// Returns `None` if no level can grant the deal.
    pub(super) fn grantable(rules: &[&dyn ApprovalRule], deal: Deal<'b>) -> Option<Self> {
        Some(Self::new(rules, deal)).filter(|offer| !offer.verdict.is_refused())
    }

    /// Prices a deal, and judges it by the program's rules. Returns `None` if its figures have more digits
    /// than the engine keeps exact, or if no level can grant the deal.
    pub(super) fn exact(deal: Deal<'b>) -> Option<Self> {
        deal.is_exact().then(|| Self::grantable(APPROVAL_RULES, deal))?
    }

    pub fn level(&self) -> Level {
        self.verdict.level()
    }

    pub fn tcv(&self) -> Money {
        self.pricing.totals.tcv
    }

    pub(super) fn list_tcv(&self) -> Money {
        self.pricing.totals.list_tcv
    }

    pub(super) fn discount(&self) -> Share {
        self.pricing.totals.discount
    }

    pub(super) fn with_present_value(self, rate: Option<Rate>) -> Self {
        let present = rate.and_then(|rate| {
            let (start, payments) = billing::payments(&self.deal, &self.pricing)?;
            let places = self.deal.book.currency.minor;
            Some(present_value(payments, start, rate, places))
        });
        Self { present_value: present, ..self }
    }

    /// The worth to us: the present value if a discount rate was stated, or else the contract value.
    pub fn present_value_kept(&self) -> Money {
        self.present_value.unwrap_or(self.tcv())
    }

    pub(super) fn approval_effort(&self) -> ApprovalEffort {
        ApprovalEffort { level: self.level(), reviews: self.verdict.reviews().len() }
    }

    /// Whether this offer is worth at least an amount, and asks for no more commitment than another one.
    pub(super) fn keeps_as_much_as(&self, other: &Self, worth: Money) -> bool {
        self.present_value_kept() >= worth && self.commitment.is_within(&other.commitment)
    }

    /// Orders by approval, then by worth, the most first, then by how few discounts are held back.
    pub(super) fn display_order(&self, other: &Self) -> Ordering {
        let held_back = |offer: &Self| {
            let overrides = offer.deal.discount_overrides.iter();
            overrides.filter(|(_, change)| *change != DiscountOverride::Auto).count()
        };
        self.approval_effort()
            .cmp(&other.approval_effort())
            .then(other.present_value_kept().cmp(&self.present_value_kept()))
            .then(held_back(self).cmp(&held_back(other)))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ApprovalEffort {
    level: Level,
    reviews: usize,
}

impl ApprovalEffort {
    /// Whether this needs no higher level and no more reviews.
    pub fn is_no_worse_than(self, other: Self) -> bool {
        self.level <= other.level && self.reviews <= other.reviews
    }
}

impl Commitment {
    fn of(deal: &Deal<'_>) -> Self {
        let months_ahead = |line: &Line<'_>| match deal.billing_schedule(line.metric)?.frequency {
            BillingFrequency::Months { arrears: true, .. } => None,
            BillingFrequency::Months { months, .. } => Some(months),
            BillingFrequency::Term => Some(12 * deal.term.count()),
        };
        let quantities = quantities(deal).map(|(metric, count)| (metric.to_owned(), count));
        Self {
            years: deal.length().years_begun(),
            months_ahead: deal.lines.iter().filter_map(months_ahead).max().unwrap_or_default(),
            days_to_pay: deal.payment.map_or(0, |term| term.days),
            quantities: quantities.collect(),
            programs: deal.claims.iter().map(|it| it.program.name().to_owned()).collect(),
        }
    }

    /// Whether this asks for no more than another commitment. Quantities of different metrics cannot be
    /// compared, so neither is within the other.
    fn is_within(&self, other: &Self) -> bool {
        let pairs = || self.quantities.iter().zip(&other.quantities);
        self.years <= other.years
            && self.months_ahead <= other.months_ahead
            && self.days_to_pay >= other.days_to_pay
            && self.quantities.len() == other.quantities.len()
            && pairs().all(|((_, count), (_, most))| count <= most)
            && pairs().all(|((metric, _), (other, _))| metric == other)
            && self.programs.iter().all(|program| other.programs.contains(program))
    }
}

/// The metric and the quantity of each line and year.
pub(super) fn quantities<'d>(deal: &'d Deal<'_>) -> impl Iterator<Item = (&'d str, Quantity)> {
    deal.lines.iter().flat_map(|line| {
        let name = line.metric.name();
        line.segments.iter().map(move |it| (name, it.quantity))
    })
}
