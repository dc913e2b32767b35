//! What an offer gives, and what the customer gives for it.

use super::get::{Return, SuggestedReturn, of_claim, requests};
use super::{Offer, payment};
use crate::book::{
    Adjustment, Clause, ClauseClass, Discount, DiscountCondition, DiscountStep, Level, Program,
    Rule, Service,
};
use crate::deal::{Deal, DealClause};
use crate::number::{Money, Rate};
use crate::price::{StepSource, WaterfallStep, tcv_at_price};

/// Something that an offer gives.
#[derive(Debug, Clone)]
pub struct Concession<'b> {
    /// It.
    pub kind: ConcessionKind<'b>,
    /// The rate, where it is one and the same everywhere.
    pub rate: Option<Rate>,
    /// Every rate of it that some line or year has, each once.
    pub rates: Vec<Rate>,
    /// How much less the customer pays for it over the contract; of a service its value.
    pub money: Money,
    /// The line of the book that gives it.
    pub rule: &'b Rule,
    /// Who has to agree.
    pub level: Level,
    /// What the customer gives for it.
    pub counterpart: Option<Return<'b>>,
    /// What could be asked for instead, where the customer gives nothing.
    pub instead: Vec<SuggestedReturn<'b>>,
}

/// What is given.
#[derive(Debug, Clone)]
pub enum ConcessionKind<'b> {
    /// A discount that the book gives by itself.
    Discount(&'b Discount),
    /// What a program gives.
    Program(&'b Program),
    /// A price that was agreed.
    Agreed,
    /// Later or more frequent payment, in the words of the book.
    Payment(Vec<&'b str>),
    /// A service at no price.
    Service(&'b Service),
    /// A clause that not everybody gets.
    Clause(&'b Clause),
}

impl ConcessionKind<'_> {
    /// The words that people read.
    pub fn title(&self) -> String {
        match self {
            Self::Discount(discount) => discount.title().to_owned(),
            Self::Program(program) => program.title().to_owned(),
            Self::Agreed => "Negotiated price".to_owned(),
            Self::Payment(words) => words.join(", "),
            Self::Service(service) => service.title().to_owned(),
            Self::Clause(clause) => clause.title().to_owned(),
        }
    }

    /// The name that files use; nothing for what has none.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Discount(discount) => Some(discount.name()),
            Self::Program(program) => Some(program.name()),
            Self::Service(service) => Some(service.name()),
            Self::Clause(clause) => Some(clause.name()),
            Self::Agreed | Self::Payment(_) => None,
        }
    }

    /// Whether it is the same, however much of it.
    pub(super) fn is(&self, other: &ConcessionKind<'_>) -> bool {
        match (self, other) {
            (Self::Agreed, ConcessionKind::Agreed) => true,
            (Self::Discount(mine), ConcessionKind::Discount(other)) => mine.name() == other.name(),
            (Self::Program(mine), ConcessionKind::Program(other)) => mine.name() == other.name(),
            (Self::Payment(mine), ConcessionKind::Payment(other)) => mine == other,
            (Self::Service(mine), ConcessionKind::Service(other)) => mine.name() == other.name(),
            (Self::Clause(mine), ConcessionKind::Clause(other)) => mine.name() == other.name(),
            _ => false,
        }
    }
}

impl Concession<'_> {
    /// Whether the customer gives nothing for it.
    pub fn has_no_return(&self) -> bool {
        self.counterpart.is_none()
    }
}

/// Everything that an offer gives: discounts in the order of the waterfall, then what is given
/// beside the price.
pub fn concessions<'b>(offer: &Offer<'b>) -> Vec<Concession<'b>> {
    let mut given: Vec<Concession<'b>> = Vec::new();
    for (step, money) in steps(offer) {
        let Some(one) = concession(offer, step, money) else { continue };
        match given.iter_mut().find(|known| known.kind.is(&one.kind)) {
            Some(known) => known.add(&one, matches!(step.grant, StepSource::Floor(_))),
            None => given.push(one),
        }
    }
    let mut given: Vec<_> = given.into_iter().map(Concession::or_paid).collect();
    given.extend(payment::free_payment_terms(&offer.deal, &given));
    given.extend(services(offer));
    given.extend(clauses(&offer.deal));
    let requests = requests(&offer.deal);
    for concession in given.iter_mut().filter(|it| it.counterpart.is_none()) {
        concession.instead.clone_from(&requests);
    }
    given
}

/// What rounding puts on the contract; below zero, where it takes something off.
pub fn rounding(offer: &Offer<'_>) -> Money {
    let steps = steps(offer).into_iter();
    let rounding = steps.filter(|(step, _)| matches!(step.grant, StepSource::Rounding));
    Money::ZERO - rounding.map(|(_, money)| money).sum()
}

/// Every step of every waterfall, with what it takes off the contract.
fn steps<'o, 'b>(offer: &'o Offer<'b>) -> Vec<(&'o WaterfallStep<'b>, Money)> {
    let mut steps = Vec::new();
    for line in &offer.pricing.lines {
        for segment in &line.segments {
            let worth = |price| tcv_at_price(offer.deal.book(), line.line.metric(), segment, price);
            // Amounts are differences, so that they add up whatever is rounded on the way.
            let pairs = segment.waterfall.steps().windows(2);
            steps.extend(pairs.map(|pair| (&pair[1], worth(pair[0].price) - worth(pair[1].price))));
        }
    }
    steps
}

fn concession<'b>(
    offer: &Offer<'b>,
    step: &WaterfallStep<'b>,
    money: Money,
) -> Option<Concession<'b>> {
    let deal = &offer.deal;
    let (give, level, get) = match step.grant {
        StepSource::List(_) | StepSource::Rounding => return None,
        StepSource::Row(row) => {
            let discount = deal.book().discount(step.name)?;
            let is_asked = step.rate.is_none_or(|rate| rate > row.rate_without_approval);
            let level = if is_asked { row.approval.level } else { Level::NONE };
            if let Adjustment::Uplift(_) = row.adjustment {
                (ConcessionKind::Payment(payment::words(deal, row)), level, None)
            } else {
                (ConcessionKind::Discount(discount), level, counterpart_of(offer, discount, row))
            }
        }
        StepSource::Program(program) | StepSource::Floor(program) => {
            let claim = deal.claims.iter().find(|claim| claim.program.name() == program.name());
            (ConcessionKind::Program(program), program.approval.level, claim.and_then(of_claim))
        }
        StepSource::Negotiated => {
            let levels = deal.claims.iter().map(|claim| claim.program.approval.level);
            let level = levels.max().unwrap_or_default();
            (ConcessionKind::Agreed, level, deal.claims.iter().find_map(of_claim))
        }
    };
    let WaterfallStep { rate, rule, .. } = *step;
    let rates = rate.into_iter().collect();
    Some(Concession {
        kind: give,
        rate,
        rates,
        money,
        rule,
        level,
        counterpart: get,
        instead: Vec::new(),
    })
}

/// What the customer does for a discount that the book gives by itself.
fn counterpart_of<'b>(
    offer: &Offer<'b>,
    discount: &'b Discount,
    row: &'b DiscountStep,
) -> Option<Return<'b>> {
    match discount.condition {
        DiscountCondition::Quantity(_) => Some(Return::quantity(&offer.deal, discount)),
        DiscountCondition::Term(_) => Return::term(&offer.deal, &offer.pricing),
        DiscountCondition::Prepay { .. } => Some(Return::prepay(&offer.deal, &offer.pricing, row)),
        DiscountCondition::Payment(_) => Some(Return::Paying(payment::words(&offer.deal, row))),
        DiscountCondition::Always(_) | DiscountCondition::Program { .. } => None,
    }
}

impl Concession<'_> {
    /// Adds what another line or year of the contract is given. A floor takes back some of what its
    /// program gives, and is no rate of it.
    fn add(&mut self, other: &Self, is_floor: bool) {
        self.money = self.money + other.money;
        self.level = self.level.max(other.level);
        if is_floor {
            return;
        }
        if self.rate != other.rate {
            self.rate = None;
        }
        for rate in &other.rates {
            if !self.rates.contains(rate) {
                self.rates.push(*rate);
            }
        }
    }

    /// What takes nothing off is paid for.
    fn or_paid(mut self) -> Self {
        if self.money.is_negative() {
            self.counterpart = Some(Return::Uplift(Money::ZERO - self.money));
            self.money = Money::ZERO;
        }
        self
    }
}

fn services<'b>(offer: &Offer<'b>) -> impl Iterator<Item = Concession<'b>> {
    let included = offer.pricing.services.iter().filter(|it| !it.included.is_zero());
    included.map(|it| Concession {
        kind: ConcessionKind::Service(it.service),
        rate: None,
        rates: Vec::new(),
        money: it.included,
        rule: &it.service.rule,
        level: Level::NONE,
        counterpart: None,
        instead: Vec::new(),
    })
}

fn clauses<'b>(deal: &Deal<'b>) -> impl Iterator<Item = Concession<'b>> {
    let asked = deal.clauses.iter().map(DealClause::clause);
    asked.filter(|clause| clause.class() != ClauseClass::Standard).map(|clause| Concession {
        kind: ConcessionKind::Clause(clause),
        rate: None,
        rates: Vec::new(),
        money: Money::ZERO,
        rule: &clause.rule,
        level: clause.approval.level,
        counterpart: None,
        instead: Vec::new(),
    })
}
