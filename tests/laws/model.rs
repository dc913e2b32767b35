//! A book and a deal as plain data. Numbers are whole numbers of their smallest part, so that
//! there is nothing to misread.

use super::exact::{Exact, scaled};

/// An amount in millionths of the currency that deals are in, and how it is written.
#[derive(Debug, Clone, Copy)]
pub struct Money {
    pub micros: u64,
    /// The amount in the other currencies of the book, in their millionths.
    pub elsewhere: [u64; 2],
    pub style: Style,
}

/// A rate in millionths, and how it is written.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    pub millionths: u32,
    pub style: Style,
}

/// The ways to write one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// In quotes, with no more decimals than it has; a rate as a percentage.
    Quoted,
    /// In quotes, with all the decimals that there may be; a rate as a share.
    Long,
    /// Without quotes; a rate as a share.
    Bare,
}

impl Money {
    /// An amount that is a whole one in every other currency.
    pub const fn of(micros: u64) -> Self {
        Self { micros, elsewhere: [1_000_000, 2_000_000], style: Style::Quoted }
    }

    pub fn exact(self) -> Exact {
        scaled(self.micros, 6)
    }
}

impl Rate {
    pub fn exact(self) -> Exact {
        scaled(self.millionths.into(), 6)
    }
}

/// Both ends included.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    pub from: u64,
    pub to: Option<u64>,
}

impl Range {
    pub fn contains(self, number: u64) -> bool {
        self.from <= number && self.to.is_none_or(|to| number <= to)
    }
}

/// The currencies of a book.
#[derive(Debug, Clone)]
pub struct Currencies {
    /// That of the deals.
    pub main: &'static str,
    pub others: Vec<&'static str>,
    /// How many of the others stand before the main one.
    pub before: usize,
    /// The book sells something that is not sold in the main one.
    pub foreign: bool,
    /// Deals name the main one even where it is the first.
    pub named: bool,
}

impl Currencies {
    /// A book with one, which its deals have no need to name.
    pub const fn only(main: &'static str) -> Self {
        Self { main, others: Vec::new(), before: 0, foreign: false, named: false }
    }

    /// The decimal places of the smallest coin of the main one.
    pub fn minor(&self) -> u32 {
        match self.main {
            "JPY" => 0,
            "BHD" => 3,
            _ => 2,
        }
    }

    /// So many hundredths, as far as there are coins for them.
    pub fn coins(&self, hundredths: u64) -> u64 {
        if self.minor() == 0 { hundredths / 100 * 100 } else { hundredths }
    }

    /// In the order of the file, each with its place in [`Money::elsewhere`].
    pub fn in_order(&self) -> Vec<(&'static str, Option<usize>)> {
        let others = self.others.iter().enumerate().map(|(at, code)| (*code, Some(at)));
        let mut all: Vec<_> = others.collect();
        all.insert(self.before.min(all.len()), (self.main, None));
        all
    }
}

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
    /// With so many hours to a month.
    Hour(u32),
    /// With maintenance at this share of the net price.
    Once(Rate),
}

#[derive(Debug, Clone)]
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
    pub fee: Option<Money>,
    pub minimum: Option<Money>,
    pub ask: Ask,
    pub tiers: Vec<Tier>,
}

impl Metric {
    /// A price that can be agreed: one with no more decimals than it is charged with.
    pub fn agreed(&self, micros: u64) -> u64 {
        micros - micros % 10_u64.pow(6 - self.places)
    }

    /// Whether a line of so much has no price of one unit or package.
    pub fn is_whole(&self, edition: Option<usize>, year: Year) -> bool {
        let landed = self.tiers.iter().position(|tier| tier.range.contains(year.landing()));
        let tier = edition.or(landed).map(|tier| &self.tiers[tier]);
        let flat = tier.is_some_and(|tier| tier.flat.is_some() || tier.fee.is_some());
        flat || self.mode == Mode::Graduated || self.fee.is_some() || self.minimum.is_some()
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
    Prepay { ways: Vec<(String, Row)>, standard: usize },
    Always(Row),
    Program { programs: Vec<Program>, at_most: u32 },
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
    pub ask: Ask,
    pub refuse: bool,
}

/// A service that costs nothing up to so many hundredths.
#[derive(Debug, Clone)]
pub struct Service {
    pub included: u64,
    pub refused_beyond: bool,
}

#[derive(Debug, Clone)]
pub struct Deal {
    pub customer: Option<String>,
    pub incumbent: Option<String>,
    pub term: u32,
    /// Which of the book's ways to prepay.
    pub prepay: Option<usize>,
    pub lines: Vec<Line>,
    /// By the place of the discount in the waterfall.
    pub takes: Vec<(usize, Take)>,
    pub claims: Vec<Claim>,
    /// The place of the service in the book, and its value in hundredths.
    pub services: Vec<(usize, u64)>,
}

#[derive(Debug, Clone)]
pub struct Line {
    pub metric: usize,
    /// Which tier's edition it names.
    pub edition: Option<usize>,
    pub hosts: Option<u32>,
    /// In thousandths of a unit.
    pub committed: Option<u64>,
    /// One for each year of a ramp; one alone for a flat line.
    pub years: Vec<Year>,
    pub ramp: bool,
}

impl Line {
    pub fn year(&self, index: usize) -> Year {
        self.years[index.min(self.years.len() - 1)]
    }

    /// What is paid for even if it is not used.
    pub fn committed(&self, metric: &Metric) -> Option<u64> {
        self.committed.filter(|_| matches!(metric.per, Per::Hour(_)))
    }

    /// The same with what is charged, which is what is committed if that is more.
    pub fn charged(&self, metric: &Metric, index: usize) -> Year {
        let year = self.year(index);
        let least = self.committed(metric).unwrap_or(0);
        Year { quantity: year.quantity.max(least), ..year }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Year {
    /// In thousandths of a unit.
    pub quantity: u64,
    /// Negotiated, in millionths.
    pub unit_price: Option<u64>,
    /// Named for the whole line, in millionths.
    pub fee: Option<u64>,
}

impl Year {
    /// A fraction between two ranges belongs to the upper one.
    pub fn landing(self) -> u64 {
        self.quantity.div_ceil(1000)
    }
}

#[derive(Debug, Clone, Copy)]
pub enum Take {
    Auto,
    Nothing,
    Rate(Rate),
}

#[derive(Debug, Clone)]
pub struct Claim {
    /// The discount and the program in it.
    pub program: (usize, usize),
    pub rate: Option<Rate>,
    pub duties: Vec<String>,
    pub count: Option<u32>,
}

impl Discount {
    /// Whether a rate can be taken in place of what it gives.
    pub fn takes_rates(&self) -> bool {
        let by_rate = |row: &Row| matches!(row.cut, Cut::Rate(_));
        match &self.given {
            Given::Quantity(rows) | Given::Term(rows) => rows.iter().all(|(_, row)| by_rate(row)),
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
