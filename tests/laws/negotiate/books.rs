//! Books so small that every deal of them can be tried, as plain data and as TOML.
//!
//! A price of a few cents has few prices below it: rates that lie no further apart than a cent of it
//! reach them all. So trying every vector of such rates tries every price that any rates can make.

use super::paying::Paying;
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use std::fmt::Write;
use std::ops::RangeInclusive;

/// In hundredths of a percent.
pub type Points = u32;

/// How many levels the ladder has.
pub const LEVELS: usize = 2;

/// What somebody has to say yes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asks {
    /// Height on the ladder.
    pub level: usize,
    /// One of two.
    pub review: Option<usize>,
}

impl Asks {
    pub const NOTHING: Self = Self { level: 0, review: None };
}

/// A discount that the book gives by itself.
#[derive(Debug, Clone)]
pub struct Given {
    /// Quantity, term, prepayment, nothing.
    pub by: usize,
    /// From so many units or years.
    pub from: u32,
    pub off_list: bool,
    pub rate: Points,
    /// Cents, in place of a rate.
    pub amount: Option<u32>,
    pub asks: Asks,
    pub otherwise: Option<Points>,
    pub min_years: Option<u32>,
}

#[derive(Debug, Clone)]
pub struct Program {
    pub most: Points,
    /// It is given as it is, or not at all.
    pub is_fixed: bool,
    pub is_exclusive: bool,
    pub asks: Asks,
    pub from: Option<u32>,
    pub years: Option<u32>,
    /// Thousandths of a year at list.
    pub arr_above: Option<u32>,
    /// A way to pay that then costs nothing.
    pub includes: Option<&'static str>,
    /// A way to pay that it is for.
    pub needs: Option<&'static str>,
}

#[derive(Debug, Clone)]
pub struct Guardrail {
    /// Discount, ACV, TCV, term.
    pub measure: usize,
    /// Hundredths of a percent, or thousandths of the price at list.
    pub above: u32,
    pub asks: Asks,
    pub refuses: bool,
}

#[derive(Debug, Clone)]
pub struct Small {
    /// Cents.
    pub price: u32,
    pub quantity: u32,
    /// Lines with a quantity for each year, in place of one that is flat.
    pub ramps: Vec<Vec<u32>>,
    /// The longest term.
    pub years: u32,
    pub given: Vec<Given>,
    pub programs: Vec<Program>,
    pub at_most: usize,
    /// They stand before the last discount that is given.
    pub is_before: bool,
    /// Programs take off the list price.
    pub off_list: bool,
    pub guardrails: Vec<Guardrail>,
    /// Ways to pay beside the standard.
    pub paying: Option<Paying>,
}

fn points() -> impl Strategy<Value = Points> {
    prop_oneof![(1..=30_u32).prop_map(|it| it * 100), 1..3000_u32]
}

pub fn asks() -> impl Strategy<Value = Asks> {
    let some = (0..=LEVELS, weighted(0.4, 0..2_usize));
    prop_oneof![2 => Just((0, None)), 3 => some].prop_map(|(level, review)| Asks { level, review })
}

fn given() -> impl Strategy<Value = Given> {
    let rest = (asks(), weighted(0.5, 0..2000_u32), weighted(0.2, 1..3_u32));
    let first = (0..4_usize, 1..4_u32, prop::bool::weighted(0.2));
    (first, points(), weighted(0.15, 1..8_u32), rest).prop_map(
        |((by, from, off_list), rate, amount, (asks, otherwise, min_years))| {
            // Only what asks for something has a rate that does not.
            let is_part = amount.is_none() && asks != Asks::NOTHING;
            let otherwise = otherwise.filter(|it| *it < rate && is_part);
            Given { by, from, off_list, rate, amount, asks, otherwise, min_years }
        },
    )
}

fn program() -> impl Strategy<Value = Program> {
    let kind = (prop::bool::weighted(0.1), prop::bool::weighted(0.2));
    let needs = (weighted(0.2, 1..4_u32), weighted(0.2, 1..3_u32), weighted(0.25, 500..1000_u32));
    (points(), kind, asks(), needs).prop_map(
        |(most, (is_fixed, is_exclusive), asks, (from, years, arr_above))| Program {
            most,
            is_fixed,
            is_exclusive,
            asks,
            from,
            years,
            arr_above,
            includes: None,
            needs: None,
        },
    )
}

fn guardrail() -> impl Strategy<Value = Guardrail> {
    let measure = prop_oneof![2 => Just(0), 2 => 1..3_usize, 1 => Just(3)];
    let asks = asks().prop_filter("it has to ask for something", |it| *it != Asks::NOTHING);
    (measure, any::<u32>(), asks, prop::bool::weighted(0.3)).prop_map(
        |(measure, above, asks, refuses)| {
            let above = match measure {
                0 => above % 4000,
                3 => above % 3,
                _ => 500 + above % 500,
            };
            Guardrail { measure, above, asks, refuses }
        },
    )
}

/// Any small book.
pub fn small() -> impl Strategy<Value = Small> {
    let sizes = (any::<u32>(), 2..5_u32, 1..=3_u32);
    let programs = (vec(program(), 0..=2), 1..=2_usize, any::<bool>(), prop::bool::weighted(0.2));
    (
        sizes,
        prop_oneof![1 => vec(given(), 0..=1), 3 => vec(given(), 2)],
        programs,
        vec(guardrail(), 0..=2),
    )
        .prop_map(|((price, quantity, years), mut given, programs, guardrails)| {
            // A book has one discount by prepayment.
            if given.iter().filter(|it| it.by == 2).count() > 1 {
                given[0].by = 3;
            }
            let (programs, at_most, is_before, off_list) = programs;
            // The more rates, the fewer of each there have to be.
            let dearest = match given.len() + programs.len() {
                0 | 1 => 9_999,
                2 => 60,
                3 => 20,
                _ => 10,
            };
            Small {
                price: price % dearest + 1,
                quantity,
                ramps: Vec::new(),
                years,
                given,
                programs,
                at_most,
                is_before,
                off_list,
                guardrails,
                paying: None,
            }
        })
}

pub fn percent(points: Points) -> String {
    format!("\"{}.{:02}%\"", points / 100, points % 100)
}

pub fn money(cents: u32) -> String {
    format!("\"{}.{:02}\"", cents / 100, cents % 100)
}

impl Asks {
    /// As keys of a table, one after the other.
    pub fn keys(self) -> Vec<String> {
        let level = ["none", "lead", "head"][self.level];
        let review = self.review.map(|it| format!("review = \"{}\"", ["legal", "risk"][it]));
        let level = (self != Self::NOTHING).then(|| format!("approval = \"{level}\""));
        level.into_iter().chain(review).collect()
    }
}

const HEAD: &str = "[book]\nname = \"Small\"\nversion = \"1\"\ncurrency = \"USD\"\n\
    quote_valid = \"30 days\"\n[[approval]]\nlevel = \"lead\"\ntitle = \"Lead\"\n\
    [[approval]]\nlevel = \"head\"\ntitle = \"Head\"\n[[review]]\nname = \"legal\"\n\
    title = \"Legal\"\n[[review]]\nname = \"risk\"\ntitle = \"Risk\"\n\
    [billing]\nstandard = \"yearly\"\n[billing.ways.yearly]\ntitle = \"yearly\"\nmonths = 12\n\
    [billing.ways.at-once]\ntitle = \"at once\"\nwhole_term = true\n\
    [metric.seat]\ntitle = \"Seat\"\nunit = \"seat\"\nunits = \"seats\"\nper = \"year\"\nplaces = 2\n\
    mode = \"volume\"\n";

impl Small {
    /// The same without programs that need an ARR. What keeps it is a rate as fine as rates get, and
    /// no enumeration has those.
    pub fn without_needs(mut self) -> Self {
        self.programs.iter_mut().for_each(|it| it.arr_above = None);
        self
    }

    pub fn toml(&self) -> String {
        let mut text = HEAD.to_owned();
        let mut write = |line: String| {
            text += &line;
            text += "\n";
        };
        write(format!("tiers = [{{ quantity = \"1+\", price = {} }}]", money(self.price)));
        write(format!("[term]\nyears = \"1-{}\"", self.years));
        let mut names: Vec<_> = (0..self.given.len()).map(|at| format!("\"a{at}\"")).collect();
        if !self.programs.is_empty() {
            let at = if self.is_before { names.len().saturating_sub(1) } else { names.len() };
            names.insert(at, "\"strategic\"".to_owned());
        }
        names.extend(self.paying.iter().filter_map(Paying::name).map(str::to_owned));
        write(format!("[waterfall]\norder = [{}]", names.join(",")));
        self.given.iter().enumerate().for_each(|(at, given)| write(given.toml(at)));
        if !self.programs.is_empty() {
            write(format!(
                "[discount.strategic]\ntitle = \"Strategic\"\nby = \"program\"\nbase = \"{}\"\n\
                metrics = [\"seat\"]\nat_most = {}",
                if self.off_list { "list" } else { "running" },
                self.at_most
            ));
        }
        self.programs.iter().enumerate().for_each(|(at, program)| {
            write(program.toml(at, self.price * self.quantity));
        });
        for (at, guardrail) in self.guardrails.iter().enumerate() {
            write(guardrail.toml(at, self.price * self.quantity, self.years));
        }
        self.paying.iter().for_each(|paying| write(paying.toml()));
        text
    }

    /// What a customer asks for who has no number yet.
    pub fn deal(&self) -> String {
        format!("term_years = {}\n{}", self.terms().start(), self.head() + &self.lines())
    }

    /// What every deal says before its lines.
    pub fn head(&self) -> String {
        self.paying.as_ref().map(Paying::start).unwrap_or_default()
    }

    /// What is bought.
    pub fn lines(&self) -> String {
        let line = |more: &str| format!("[[line]]\nmetric = \"seat\"\n{more}");
        if self.ramps.is_empty() {
            return line(&format!("quantity = {}\n", self.quantity));
        }
        let year = |quantity: &u32| format!("[[line.year]]\nquantity = {quantity}\n");
        self.ramps.iter().map(|ramp| line(&ramp.iter().map(year).collect::<String>())).collect()
    }

    /// The terms that it is sold for. A ramp says its own.
    pub fn terms(&self) -> RangeInclusive<u32> {
        if self.ramps.is_empty() { 1..=self.years } else { self.years..=self.years }
    }

    /// Rates up to the largest that reach every cent below the price, and those that rules name.
    pub fn rates(&self, most: Points, otherwise: Option<Points>) -> Vec<Points> {
        // What is put on for paying late makes a cent larger, by less than a third.
        let price = if self.paying.is_some() { self.price * 13 / 10 + 1 } else { self.price };
        let apart = usize::try_from(10_000 / price).expect("few").max(1);
        let mut rates: Vec<_> = (0..=most).step_by(apart).chain(otherwise).chain([most]).collect();
        rates.sort_unstable();
        rates.dedup();
        rates
    }
}

impl Given {
    fn toml(&self, at: usize) -> String {
        let mut cut = vec![match self.amount {
            Some(amount) => format!("amount = {}", money(amount)),
            None => format!("rate = {}", percent(self.rate)),
        }];
        cut.extend(self.asks.keys());
        cut.extend(self.otherwise.map(|it| format!("otherwise = {}", percent(it))));
        cut.extend(self.min_years.map(|it| format!("min_years = {it}")));
        let (from, cut) = (self.from, cut.join(", "));
        let (by, steps) = match self.by {
            0 => ("quantity", format!("{{ quantity = \"{from}+\", {cut} }}")),
            1 => ("term", format!("{{ years = \"{}+\", {cut} }}", from.min(2))),
            2 => (
                "prepay",
                format!(
                    "{{ prepay = \"w0\", rate = \"0%\", billing = \"yearly\" }}, \
                    {{ prepay = \"w1\", billing = \"at-once\", {cut} }}"
                ),
            ),
            _ => ("always", format!("{{ {cut} }}")),
        };
        let standard = if self.by == 2 { "standard = \"w0\"\n" } else { "" };
        let base = if self.off_list { "list" } else { "running" };
        format!(
            "[discount.a{at}]\ntitle = \"A{at}\"\nby = \"{by}\"\nbase = \"{base}\"\n\
            metrics = [\"seat\"]\n{standard}steps = [{steps}]"
        )
    }
}

impl Program {
    fn toml(&self, at: usize, list: u32) -> String {
        let most = if self.is_fixed { "rate" } else { "max_rate" };
        let mut text = format!(
            "[discount.strategic.program.p{at}]\ntitle = \"P{at}\"\n{most} = {}",
            percent(self.most)
        );
        let mut write = |line: String| write!(text, "\n{line}").expect("a String takes it");
        if self.asks == Asks::NOTHING {
            write("approval = \"none\"".to_owned());
        }
        self.asks.keys().into_iter().for_each(&mut write);
        if self.is_exclusive {
            write("exclusive = true".to_owned());
        }
        self.from.into_iter().for_each(|it| write(format!("quantity = \"{it}+\"")));
        self.years.into_iter().for_each(|it| write(format!("years = \"{it}\"")));
        self.includes.into_iter().for_each(|it| write(format!("includes = [\"{it}\"]")));
        self.needs.into_iter().for_each(|it| write(format!("payment = [\"{it}\"]")));
        self.arr_above.into_iter().for_each(|it| {
            write(format!("arr_above = {}", money((list * it / 1000).max(1))));
        });
        text
    }
}

impl Guardrail {
    fn toml(&self, at: usize, list: u32, years: u32) -> String {
        let thousandths = |of: u32| money((of * self.above / 1000).max(1));
        let above = match self.measure {
            0 => percent(self.above),
            1 => thousandths(list),
            2 => thousandths(list * years),
            _ => self.above.to_string(),
        };
        let measure = ["discount", "acv", "tcv", "term"][self.measure];
        let then =
            if self.refuses { "refuse = true".to_owned() } else { self.asks.keys().join("\n") };
        format!(
            "[[guardrail]]\nname = \"g{at}\"\nmeasure = \"{measure}\"\nabove = {above}\n\
            reason = \"A rule\"\n{then}"
        )
    }
}
