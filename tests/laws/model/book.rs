//! What a book says.

use super::{Currencies, Money, Range, Rate, Year};

#[derive(Debug, Clone)]
pub struct Book {
    pub currencies: Currencies,
    pub symbol: Option<String>,
    /// Half to even, half up, or not said.
    pub half_even: Option<bool>,
    pub terms: Option<Range>,
    pub levels: Vec<String>,
    pub reviews: Vec<String>,
    pub metrics: Vec<Metric>,
    /// In the order of the waterfall.
    pub discounts: Vec<Discount>,
    pub guardrails: Vec<Guardrail>,
    pub services: Vec<Service>,
}

/// Level 0 is "none", 1 the lowest of the ladder.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ask {
    pub level: Option<usize>,
    pub review: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Volume,
    Graduated,
    Package { size: u32, included: u32 },
}

#[derive(Debug, Clone, Copy)]
pub enum Per {
    Year,
    Month,
    /// With so many hours to a month.
    Hour(u32),
    Use,
    /// With maintenance at this share of the net price.
    Once(Rate),
}

impl Per {
    /// Whether a quantity is an estimate of use.
    pub fn is_metered(self) -> bool {
        matches!(self, Self::Hour(_) | Self::Use)
    }

    /// Whether a month is what is paid for, so that it is rounded by itself.
    pub fn is_by_month(self) -> bool {
        matches!(self, Self::Month | Self::Use)
    }
}

#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of a metric")]
pub struct Metric {
    pub name: String,
    pub per: Per,
    pub mode: Mode,
    /// Decimal places of its net price in the main currency.
    pub places: u32,
    /// They are not written, because they are those of the currency.
    pub silent_places: bool,
    /// It is sold in the main currency only.
    pub main_only: bool,
    pub fractional: bool,
    /// Its lines count together: else each counts by itself.
    pub counts_all_lines: bool,
    pub fee: Option<Money>,
    pub minimum: Option<Money>,
    /// The least after discounts.
    pub net_minimum: Option<Money>,
    /// Price of use beyond a commitment, in ten thousandths of the price; see [`Self::overage`].
    pub overage: Option<u32>,
    pub ask: Ask,
    pub tiers: Vec<Tier>,
}

impl Metric {
    /// A price that can be agreed: one with no more decimals than it is charged with.
    pub fn agreed(&self, micros: u64) -> u64 {
        micros - micros % 10_u64.pow(6 - self.places)
    }

    /// The price of use beyond a commitment, where a metric can have one.
    pub fn overage(&self) -> Option<u32> {
        let can_have = matches!(self.per, Per::Use) && self.mode == Mode::Volume;
        self.overage.filter(|_| can_have && !self.counts_all_lines)
    }

    /// Whether a line of so much has no price of one unit or package.
    pub fn is_whole(&self, edition: Option<usize>, year: Year) -> bool {
        let landed = self.tiers.iter().position(|tier| tier.range.contains(year.landing()));
        let tier = edition.or(landed).map(|tier| &self.tiers[tier]);
        let flat = tier.is_some_and(|tier| tier.flat.is_some() || tier.fee.is_some());
        let is_charged = [self.fee, self.minimum, self.net_minimum].iter().any(Option::is_some);
        flat || self.mode == Mode::Graduated || is_charged
    }
}

#[derive(Debug, Clone)]
pub struct Tier {
    pub range: Range,
    pub price: Option<Money>,
    pub flat: Option<Money>,
    /// The least and the most, in place of `price` and `flat`.
    pub fee: Option<(Money, Money)>,
    pub edition: Option<String>,
    pub max_hosts: Option<u32>,
    /// Only with `max_hosts`.
    pub units_per_host: Option<u32>,
    /// Only with an edition.
    pub exclusive: bool,
    pub assumed: bool,
}

#[derive(Debug, Clone)]
pub struct Discount {
    pub name: String,
    /// Off the list price, not off what the step before left.
    pub off_list: bool,
    /// It is given in the main currency only.
    pub main_only: bool,
    /// Which metrics it applies to, by their place in the book.
    pub metrics: Vec<usize>,
    pub given: Given,
}

#[derive(Debug, Clone)]
pub enum Given {
    Quantity(Vec<(Range, Row)>),
    Term(Vec<(Range, Row)>),
    /// By the year of the contract, from 1.
    ContractYear(Vec<(Range, Row)>),
    Prepay {
        ways: Vec<(String, Row)>,
        standard: usize,
    },
    Always(Row),
    Program {
        programs: Vec<Program>,
        at_most: u32,
    },
}

#[derive(Debug, Clone, Copy)]
pub enum Cut {
    Rate(Rate),
    Amount(Money),
}

#[derive(Debug, Clone)]
pub struct Row {
    pub cut: Cut,
    pub ask: Ask,
    pub otherwise: Option<Rate>,
    pub min_years: Option<u32>,
    pub assumed: bool,
}

#[derive(Debug, Clone)]
pub struct Program {
    pub name: String,
    pub max_rate: Rate,
    /// It gives `max_rate` to everybody who claims it.
    pub fixed: bool,
    /// Excludes every other discount.
    pub exclusive: bool,
    /// The least that a year of a line costs.
    pub floor: Option<Money>,
    pub quantity: Option<Range>,
    pub years: Option<Range>,
    pub level: usize,
    pub review: Option<usize>,
    pub duties: Vec<String>,
    pub limit: Option<u32>,
    pub incumbents: Vec<String>,
    pub arr_above: Option<Money>,
    pub assumed: bool,
}

#[derive(Debug, Clone, Copy)]
pub enum Measure {
    Discount(Rate),
    Acv(Money),
    Tcv(Money),
    Term(u32),
}

#[derive(Debug, Clone)]
pub struct Guardrail {
    pub measure: Measure,
    /// A figure that has to be exceeded too.
    pub also: Option<Measure>,
    pub ask: Ask,
    pub refuse: bool,
}

/// A service that costs nothing up to so many hundredths.
#[derive(Debug, Clone)]
pub struct Service {
    pub included: u64,
    pub refused_beyond: bool,
}

impl Discount {
    /// Whether a rate can be taken in place of what it gives.
    pub fn takes_rates(&self) -> bool {
        let by_rate = |row: &Row| matches!(row.cut, Cut::Rate(_));
        match &self.given {
            Given::Quantity(rows) | Given::Term(rows) | Given::ContractYear(rows) => {
                rows.iter().all(|(_, row)| by_rate(row))
            }
            Given::Prepay { ways, .. } => ways.iter().all(|(_, row)| by_rate(row)),
            Given::Always(row) => by_rate(row),
            Given::Program { .. } => false,
        }
    }

    pub fn programs(&self) -> &[Program] {
        match &self.given {
            Given::Program { programs, .. } => programs,
            _ => &[],
        }
    }
}

impl Book {
    /// The ways to prepay.
    pub fn ways(&self) -> Vec<String> {
        let given = self.discounts.iter().find_map(|discount| match &discount.given {
            Given::Prepay { ways, .. } => Some(ways),
            _ => None,
        });
        given.map_or(Vec::new(), |ways| ways.iter().map(|(way, _)| way.clone()).collect())
    }
}
