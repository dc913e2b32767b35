//! The concessions of an offer: discounts, programs, payment terms, services and clauses, each with the
//! money that it costs us and the customer's return for it.

use super::offer::Offer;
use super::returns::{Return, SuggestedReturn, return_for_claim, suggested_returns};
use crate::book::{
    BillingFrequency, Clause, ClauseClass, Discount, DiscountCondition, DiscountStep, Level,
    PaymentTerm, Program, Rule, Service,
};
use crate::deal::{Deal, DealClause, ProgramClaim};
use crate::number::{Money, Rate};
use crate::price::{StepSource, WaterfallStep, applied_rows, tcv_at_price};
use std::mem::discriminant;

#[derive(Debug, Clone)]
pub struct Concession<'b> {
    pub kind: ConcessionKind<'b>,
    /// The rate, if all lines and years have the same one.
    pub rate: Option<Rate>,
    /// The rates of all lines and years, each once.
    pub rates: Vec<Rate>,
    /// The amount that the customer pays less over the contract, or the value of a service.
    pub money: Money,
    pub rule: &'b Rule,
    pub level: Level,
    /// The customer's return. `None` if the customer gives nothing.
    pub counterpart: Option<Return<'b>>,
    /// The returns that we could ask for, if the customer gives nothing.
    pub instead: Vec<SuggestedReturn<'b>>,
}

#[derive(Debug, Clone)]
pub enum ConcessionKind<'b> {
    /// An automatic discount, which the book gives without a claim.
    Discount(&'b Discount),
    Program(&'b Program),
    Agreed,
    /// The discount of other lines, of which the line is a share.
    NetShare,
    /// The least price of a line, which takes discounts back.
    Minimum,
    /// Later or more frequent payment, with the titles of the book.
    Payment(Vec<&'b str>),
    /// A service that is included at no price.
    Service(&'b Service),
    Clause(&'b Clause),
}

impl ConcessionKind<'_> {
    pub fn title(&self) -> String {
        match self {
            Self::Discount(discount) => discount.title.clone(),
            Self::Program(program) => program.title.clone(),
            Self::Agreed => "Negotiated price".to_owned(),
            Self::NetShare => "Share of net prices".to_owned(),
            Self::Minimum => "Minimum".to_owned(),
            Self::Payment(titles) => titles.join(", "),
            Self::Service(service) => service.title.clone(),
            Self::Clause(clause) => clause.title.clone(),
        }
    }

    /// The name in files. `None` for a negotiated price and for payment, which have none.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Discount(discount) => Some(discount.name.as_str()),
            Self::Program(program) => Some(program.name()),
            Self::Service(service) => Some(service.name.as_str()),
            Self::Clause(clause) => Some(clause.name.as_str()),
            Self::Agreed | Self::NetShare | Self::Minimum | Self::Payment(_) => None,
        }
    }

    /// Whether both are the same concession, at whatever rate.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Payment(mine), Self::Payment(other)) => mine == other,
            _ => discriminant(self) == discriminant(other) && self.name() == other.name(),
        }
    }
}

impl<'b> Concession<'b> {
    fn new(kind: ConcessionKind<'b>, money: Money, rule: &'b Rule, level: Level) -> Self {
        let (rates, instead) = (Vec::new(), Vec::new());
        Self { kind, rate: None, rates, money, rule, level, counterpart: None, instead }
    }

    pub fn has_no_return(&self) -> bool {
        self.counterpart.is_none()
    }

    /// Adds the same concession of another line or year. A floor only takes back some of its program's
    /// discount, so its rate is not added.
    fn add(&mut self, other: &Self, is_floor: bool) {
        self.money = self.money + other.money;
        self.level = self.level.max(other.level);
        if !is_floor {
            self.rate = self.rate.filter(|_| self.rate == other.rate);
            let new = other.rates.iter().filter(|rate| !self.rates.contains(rate)).copied();
            self.rates.extend(new.collect::<Vec<_>>());
        }
    }
}

/// Lists discounts in the order of the waterfall, then payment, services and clauses.
pub fn concessions<'b>(offer: &Offer<'b>) -> Vec<Concession<'b>> {
    let mut given: Vec<Concession<'b>> = Vec::new();
    for (step, money) in steps(offer) {
        let Some(one) = of_step(offer, step, money) else { continue };
        match given.iter_mut().find(|known| known.kind.is_same(&one.kind)) {
            Some(known) => known.add(&one, matches!(step.grant, StepSource::Floor(_))),
            None => given.push(one),
        }
    }
    // The customer pays for a concession that raises the price, as an uplift for later payment does.
    for raised in given.iter_mut().filter(|it| it.money.is_negative()) {
        raised.counterpart = Some(Return::Uplift(Money::ZERO - raised.money));
        raised.money = Money::ZERO;
    }
    given.extend(free_payment(&offer.deal, &given));
    given.extend(services(offer));
    given.extend(clauses(&offer.deal));
    let suggested = suggested_returns(&offer.deal);
    for concession in given.iter_mut().filter(|it| it.has_no_return()) {
        concession.instead.clone_from(&suggested);
    }
    given
}

/// The amount that rounding adds to the contract, of prices and of charges; negative if it takes something off.
pub fn rounding(offer: &Offer<'_>) -> Money {
    let steps = steps(offer).into_iter();
    let given = steps.filter(|(step, _)| !matches!(step.grant, StepSource::Rounding));
    let off = offer.pricing.lines.iter().map(|line| line.list_tcv - line.tcv);
    given.map(|(_, money)| money).sum::<Money>() - off.sum()
}

/// Every step of every waterfall, with the amount that it takes off the contract.
fn steps<'o, 'b>(offer: &'o Offer<'b>) -> Vec<(&'o WaterfallStep<'b>, Money)> {
    let mut steps = Vec::new();
    for line in &offer.pricing.lines {
        for segment in &line.segments {
            let worth = |price| tcv_at_price(offer.deal.book, line.line.metric, segment, price);
            let pairs = segment.waterfall.steps.windows(2);
            steps.extend(pairs.map(|pair| (&pair[1], worth(pair[0].price) - worth(pair[1].price))));
        }
    }
    steps
}

fn of_step<'b>(
    offer: &Offer<'b>,
    step: &WaterfallStep<'b>,
    money: Money,
) -> Option<Concession<'b>> {
    let deal = &offer.deal;
    let (kind, level, counterpart) = match step.grant {
        StepSource::List(_) | StepSource::Rounding => return None,
        StepSource::NetShare => (ConcessionKind::NetShare, Level::NONE, None),
        StepSource::Minimum => (ConcessionKind::Minimum, Level::NONE, None),
        StepSource::Row(row) => {
            let discount = deal.book.discount(step.name)?;
            let is_free = step.rate.is_some_and(|rate| row.rate_without_approval >= Some(rate));
            let level = if is_free { Level::NONE } else { row.approval.level };
            let is_payment = matches!(discount.condition, DiscountCondition::Payment(_));
            if is_payment && row.adjustment.is_uplift() {
                (ConcessionKind::Payment(payment_titles(deal, row)), level, None)
            } else {
                (ConcessionKind::Discount(discount), level, return_for(offer, discount, row))
            }
        }
        StepSource::Program(program) | StepSource::Floor(program) => {
            let claim = deal.claims.iter().find(|claim| claim.program.name() == program.name());
            let counterpart = claim.and_then(return_for_claim);
            (ConcessionKind::Program(program), program.approval.level, counterpart)
        }
        StepSource::Negotiated => {
            let levels = deal.claims.iter().map(|claim| claim.program.approval.level);
            let level = levels.max().unwrap_or_default();
            (ConcessionKind::Agreed, level, deal.claims.iter().find_map(return_for_claim))
        }
    };
    let (rate, rates) = (step.rate, step.rate.into_iter().collect());
    Some(Concession { rate, rates, counterpart, ..Concession::new(kind, money, step.rule, level) })
}

fn return_for<'b>(
    offer: &Offer<'b>,
    discount: &'b Discount,
    row: &'b DiscountStep,
) -> Option<Return<'b>> {
    match discount.condition {
        DiscountCondition::Quantity(_) | DiscountCondition::Order(_) => {
            Some(Return::quantity(&offer.deal, discount))
        }
        DiscountCondition::Term(_) => Return::term(offer),
        DiscountCondition::Prepay { .. } => Some(Return::prepay(offer, row)),
        DiscountCondition::Payment(_) => Some(Return::Paying(payment_titles(&offer.deal, row))),
        DiscountCondition::ContractYear(_)
        | DiscountCondition::Always(_)
        | DiscountCondition::Program { .. } => None,
    }
}

/// Payment that is better than the standard, and for which no step of a waterfall adds an uplift. Payment
/// that a program includes is given in return for the conditions of the program.
fn free_payment<'b>(deal: &Deal<'b>, given: &[Concession<'b>]) -> Vec<Concession<'b>> {
    let is_paid_for = |title: &str| {
        let mut kinds = given.iter().map(|it| &it.kind);
        kinds.any(|it| matches!(it, ConcessionKind::Payment(titles) if titles.contains(&title)))
    };
    let better = better_payments(deal).into_iter().filter(|better| !is_paid_for(better.title));
    let free = better.map(|better| {
        let includes = |claim: &&ProgramClaim<'_>| {
            claim.program.includes.iter().any(|name| name == better.name)
        };
        let kind = ConcessionKind::Payment(vec![better.title]);
        let counterpart = deal.claims.iter().find(includes).and_then(return_for_claim);
        let level = payment_level(deal, better.name);
        let given = Concession::new(kind, Money::ZERO, better.rule, level);
        Concession { counterpart, ..given }
    });
    free.collect()
}

/// The level that a payment term or a billing schedule needs by itself, whatever it adds to the price.
fn payment_level(deal: &Deal<'_>, name: &str) -> Level {
    let is_for_payment = |row: &DiscountStep| {
        let schedule = deal.book.billing_schedule(row.billing);
        row.is_for(&[Some(name)]) || schedule.is_some_and(|it| it.name == name)
    };
    let rows = applied_rows(deal).map(|(_, row)| row);
    let rows = rows.filter(|row| row.always_needs_approval() && is_for_payment(row));
    rows.map(|row| row.approval.level).max().unwrap_or_default()
}

/// Payment that is better for the customer than the standard of the book.
struct BetterPayment<'b> {
    name: &'b str,
    title: &'b str,
    rule: &'b Rule,
}

/// The titles of the deal's payment term and billing schedules that a step of a discount names.
fn payment_titles<'b>(deal: &Deal<'b>, step: &DiscountStep) -> Vec<&'b str> {
    let is_named = |name: &str| step.choices.iter().any(|choice| choice == name);
    let term = deal.payment.filter(|term| is_named(&term.name)).map(|term| term.title.as_str());
    let mut titles: Vec<&'b str> = term.into_iter().collect();
    for line in &deal.lines {
        let schedule = deal.billing_schedule(line.metric);
        let title = schedule.filter(|it| is_named(&it.name)).map(|it| it.title.as_str());
        titles.extend(title.filter(|title| !titles.contains(title)));
    }
    titles
}

/// Returns the payment term and the billing schedules that are better than the standard, each once.
fn better_payments<'b>(deal: &Deal<'b>) -> Vec<BetterPayment<'b>> {
    let book = deal.book;
    let standard = book.standard_payment();
    let is_later = |term: &&PaymentTerm| standard.is_some_and(|it| term.days > it.days);
    let mut better = Vec::new();
    if let Some(term) = deal.payment.filter(is_later) {
        better.push(BetterPayment { name: &term.name, title: &term.title, rule: &term.rule });
    }
    let standard = book.standard_billing();
    // A metric with a billing schedule of its own is billed by its standard.
    for line in deal.lines.iter().filter(|line| line.metric.billing.is_none()) {
        let Some((own, standard)) = deal.billing_schedule(line.metric).zip(standard) else {
            continue;
        };
        let is_known = better.iter().any(|it| it.name == own.name);
        if !is_known && is_better(own.frequency, standard.frequency) {
            better.push(BetterPayment { name: &own.name, title: &own.title, rule: &own.rule });
        }
    }
    better
}

/// Whether the customer pays later than by the standard: in smaller amounts, or in arrears.
fn is_better(frequency: BillingFrequency, standard: BillingFrequency) -> bool {
    match (frequency, standard) {
        (BillingFrequency::Term, _) => false,
        (BillingFrequency::Months { .. }, BillingFrequency::Term) => true,
        (
            BillingFrequency::Months { months, arrears },
            BillingFrequency::Months { months: standard, arrears: standard_arrears },
        ) => months < standard || arrears && !standard_arrears,
    }
}

fn services<'b>(offer: &Offer<'b>) -> impl Iterator<Item = Concession<'b>> {
    let included = offer.pricing.services.iter().filter(|it| !it.included.is_zero());
    included.map(|it| {
        let kind = ConcessionKind::Service(it.service);
        let level = it.needs().map_or(Level::NONE, |need| need.level);
        let given = Concession::new(kind, it.included, &it.service.rule, level);
        // It is included to have the contract signed (playbook L1940).
        let last = offer.deal.book.validity.last_day(offer.deal.date);
        Concession { counterpart: Some(Return::Signature(last)), ..given }
    })
}

fn clauses<'b>(deal: &Deal<'b>) -> impl Iterator<Item = Concession<'b>> {
    let is_given = |asked: &&DealClause<'b>| {
        asked.clause.class == ClauseClass::Never || asked.needs().is_some()
    };
    deal.clauses.iter().filter(is_given).map(|asked| {
        let kind = ConcessionKind::Clause(asked.clause);
        let level = asked.needs().map_or(Level::NONE, |need| need.level);
        let given = Concession::new(kind, Money::ZERO, &asked.clause.rule, level);
        let rates = asked.rate.into_iter().collect();
        Concession { rate: asked.rate, rates, ..given }
    })
}
