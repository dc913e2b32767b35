//! A deal that can be offered, what we keep of it, and what the customer commits to.

use crate::approve::{ApprovalRule, PricedDeal, Verdict, run_rules};
use crate::book::{BillingFrequency, Level};
use crate::deal::{Deal, DiscountOverride};
use crate::number::present_value::present_value;
use crate::number::{Money, Quantity, Rate};
use crate::price::{Pricing, price};
use crate::quote::billing;
use std::cmp::Ordering;

/// A deal that can be offered.
#[derive(Debug, Clone)]
pub struct Offer<'b> {
    /// It.
    pub deal: Deal<'b>,
    /// Its figures.
    pub pricing: Pricing<'b>,
    /// Who must agree.
    pub verdict: Verdict,
    /// What the customer commits to.
    pub commitment: Commitment,
    /// What its payments are worth at the start of the contract, if a discount rate was stated.
    pub present_value: Option<Money>,
}

/// What a customer commits to; more of each is better for us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// How long it is bound.
    pub years: u32,
    /// How many months it pays ahead at most.
    pub months_ahead: u32,
    /// How many days it takes to pay.
    pub days_to_pay: u32,
    /// How much it buys: of which metric, in each year.
    pub quantities: Vec<(String, Quantity)>,
    /// The programs that it has to deserve.
    pub programs: Vec<String>,
}

impl<'b> Offer<'b> {
    /// Of a deal, if somebody can grant it.
    pub(super) fn of(rules: &[&dyn ApprovalRule], deal: Deal<'b>) -> Option<Self> {
        Some(Self::judged(rules, deal)).filter(|offer| !offer.verdict.is_refused())
    }

    /// Of a deal, whoever would have to grant it.
    pub(super) fn judged(rules: &[&dyn ApprovalRule], deal: Deal<'b>) -> Self {
        let pricing = price(&deal);
        let mut verdict = Verdict::default();
        run_rules(rules, &PricedDeal { deal: &deal, pricing: &pricing }, &mut verdict);
        let commitment = Commitment::of(&deal);
        Self { deal, pricing, verdict, commitment, present_value: None }
    }

    /// The level that it needs.
    pub fn level(&self) -> Level {
        self.verdict.level()
    }

    /// What the contract is worth.
    pub fn tcv(&self) -> Money {
        self.pricing.totals.tcv
    }

    /// The same, held against others by what its payments are worth at a yearly rate.
    pub(super) fn at_rate(self, rate: Option<Rate>) -> Self {
        let present = rate.and_then(|rate| {
            let (start, payments) = billing::payments(&self.deal, &self.pricing)?;
            let places = self.deal.book().currency().minor;
            Some(present_value(payments, start, rate, places))
        });
        Self { present_value: present, ..self }
    }

    /// What we keep: the present value, where a discount rate was stated, or else the contract.
    pub fn present_value_kept(&self) -> Money {
        self.present_value.unwrap_or(self.tcv())
    }

    /// Whether it is no worse than another one in anything: as easy to approve, worth as much, and
    /// asking no more of the customer.
    pub fn is_no_worse_than(&self, other: &Self) -> bool {
        self.approval_effort().is_no_worse_than(other.approval_effort())
            && self.keeps_as_much_as(other, other.present_value_kept())
    }

    /// How easy it is to get.
    pub(super) fn approval_effort(&self) -> ApprovalEffort {
        ApprovalEffort { level: self.level(), reviews: self.verdict.reviews().len() }
    }

    /// Whether it keeps as much, and asks no more of the customer, if the other one is worth so much.
    pub(super) fn keeps_as_much_as(&self, other: &Self, worth: Money) -> bool {
        self.present_value_kept() >= worth && self.commitment.is_within(&other.commitment)
    }

    /// Which of two is told first: what is easier to approve, then what is worth more, then what
    /// holds back less of what the book gives by itself.
    pub(super) fn first(&self, other: &Self) -> Ordering {
        let held_back = |offer: &Self| {
            offer
                .deal
                .discount_overrides
                .iter()
                .filter(|(_, take)| *take != DiscountOverride::Auto)
                .count()
        };
        self.approval_effort()
            .cmp(&other.approval_effort())
            .then(other.present_value_kept().cmp(&self.present_value_kept()))
            .then(held_back(self).cmp(&held_back(other)))
    }
}

/// How easy something is to get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ApprovalEffort {
    level: Level,
    reviews: usize,
}

impl ApprovalEffort {
    /// Whether it is no harder in either.
    pub fn is_no_worse_than(self, other: Self) -> bool {
        self.level <= other.level && self.reviews <= other.reviews
    }
}

impl Commitment {
    fn of(deal: &Deal<'_>) -> Self {
        let ahead =
            |line: &crate::deal::Line<'_>| match deal.billing_schedule(line.metric())?.frequency {
                BillingFrequency::Months { arrears: true, .. } => None,
                BillingFrequency::Months { months, .. } => Some(months),
                BillingFrequency::Term => Some(12 * deal.term().count()),
            };
        let lines = deal.lines().iter();
        let quantities = lines.clone().flat_map(|line| {
            let name = line.metric().name();
            line.segments().iter().map(move |it| (name.to_owned(), it.quantity()))
        });
        Self {
            years: deal.length().years_begun(),
            months_ahead: lines.clone().filter_map(ahead).max().unwrap_or_default(),
            days_to_pay: deal.payment.map_or(0, |term| term.days),
            quantities: quantities.collect(),
            programs: deal.claims.iter().map(|it| it.program.name().to_owned()).collect(),
        }
    }

    /// Whether it asks no more of the customer than another one does. Quantities of different metrics
    /// cannot be told apart.
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
