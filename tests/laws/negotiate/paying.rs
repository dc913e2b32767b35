//! How the deals of small books are paid: what a book says of it, and what it makes of a price.

use super::books::{Asks, Points, Small, asks, percent};
use super::trying::whole;
use crate::findings::day;
use crate::laws::exact::Exact;
use dealdesk::number::{Date, Money, Rate};
use num_bigint::BigInt;
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// What cost something, where the book offers it, and programs can include.
const COSTLY: [&str; 3] = ["late", "quarterly", "behind"];

/// What a book and a deal say of paying.
#[derive(Debug, Clone)]
pub struct Paying {
    /// The first day of the contract.
    start: &'static str,
    /// Days to pay by the later of two terms.
    late: u32,
    is_late_refused: bool,
    /// By the first that is for how a deal is paid something is put on, or taken off.
    rows: Vec<Row>,
    /// What a later payment loses in a year, if that counts.
    pub discount_rate: Option<Rate>,
}

#[derive(Debug, Clone)]
struct Row {
    choices: Vec<&'static str>,
    is_uplift: bool,
    rate: Points,
    asks: Asks,
    min_years: Option<u32>,
}

/// One way to pay: what a deal says.
#[derive(Debug, Clone, Copy, Default)]
pub struct Way {
    pub prepay: Option<&'static str>,
    pub billing: Option<&'static str>,
    pub payment: Option<&'static str>,
}

fn row() -> impl Strategy<Value = Row> {
    let costly = subsequence(COSTLY.to_vec(), 1..=3).prop_map(|choices| (choices, true));
    let early = select(vec!["at-once", "soon"]).prop_map(|choice| (vec![choice], false));
    let min_years = weighted(0.2, 1..3_u32);
    (prop_oneof![4 => costly, 1 => early], 1..3000_u32, asks(), min_years).prop_map(
        |((choices, is_uplift), rate, asks, min_years)| Row {
            choices,
            is_uplift,
            rate,
            asks,
            min_years,
        },
    )
}

fn paying() -> impl Strategy<Value = Paying> {
    let start = select(vec!["2026-11-21", "2027-01-31", "2027-07-01", "2028-02-29"]);
    let rate = prop_oneof![1..200_000_u32, 1..1_000_000_u32].prop_map(Rate::of_millionths);
    (start, 31..120_u32, prop::bool::weighted(0.1), vec(row(), 0..=3), weighted(0.8, rate))
        .prop_map(|(start, late, is_late_refused, rows, discount_rate)| Paying {
            start,
            late,
            is_late_refused,
            rows,
            discount_rate,
        })
}

/// The book with several ways to pay, some of which programs include or need.
pub fn paid(small: impl Strategy<Value = Small>) -> impl Strategy<Value = Small> {
    let choice = || weighted(0.3, select(COSTLY.to_vec()));
    let choices = vec((choice(), weighted(0.1, select(COSTLY.to_vec()))), 2);
    // Of large quantities a day is worth cents.
    let times = prop_oneof![Just(1), Just(101)];
    (small, paying(), choices, times).prop_map(|(mut small, paying, choices, times)| {
        let dearest = match small.given.len() + small.programs.len() {
            0 | 1 => 40,
            2 => 20,
            3 => 8,
            _ => 5,
        };
        small.price = small.price % dearest + 1;
        small.quantity *= times;
        small.paying = Some(paying);
        for (program, (includes, needs)) in small.programs.iter_mut().zip(choices) {
            program.includes = includes;
            program.needs = needs;
        }
        small
    })
}

impl Row {
    fn toml(&self) -> String {
        let cut = if self.is_uplift { "uplift" } else { "rate" };
        let mut keys = vec![
            format!("payment = {:?}", self.choices),
            format!("{cut} = {}", percent(self.rate)),
        ];
        keys.extend(self.asks.keys());
        keys.extend(self.min_years.map(|it| format!("min_years = {it}")));
        format!("{{ {} }}", keys.join(", "))
    }
}

impl Paying {
    /// The name of what is put on, in the order of the waterfall.
    pub fn name(&self) -> Option<&'static str> {
        (!self.rows.is_empty()).then_some("\"pay\"")
    }

    pub fn toml(&self) -> String {
        let refuse = if self.is_late_refused { "refuse = true\n" } else { "" };
        let mut text = format!(
            "[billing.ways.quarterly]\ntitle = \"quarterly\"\nmonths = 3\n\
             [billing.ways.behind]\ntitle = \"behind\"\nmonths = 6\narrears = true\n\
             [payment]\nstandard = \"soon\"\n\
             [payment.terms.soon]\ntitle = \"soon\"\ndays = 30\n\
             [payment.terms.late]\ntitle = \"late\"\ndays = {}\n{refuse}",
            self.late
        );
        if !self.rows.is_empty() {
            let rows: Vec<_> = self.rows.iter().map(Row::toml).collect();
            text += "[discount.pay]\ntitle = \"Pay\"\nby = \"payment\"\nbase = \"running\"\n\
                     metrics = [\"seat\"]\nsteps = [";
            text += &rows.join(", ");
            text += "]\n";
        }
        text
    }

    /// What a deal says of its first day.
    pub fn start(&self) -> String {
        format!("start = {}\n", self.start)
    }
}

impl Way {
    /// What a deal says.
    pub fn keys(&self) -> String {
        let keys = [("prepay", self.prepay), ("billing", self.billing), ("payment", self.payment)];
        let said =
            keys.iter().filter_map(|(key, name)| Some(format!("{key} = \"{}\"\n", (*name)?)));
        said.collect()
    }

    /// How it is invoiced.
    pub fn billed(&self) -> &'static str {
        match (self.billing, self.prepay) {
            (Some(billing), _) => billing,
            (None, Some("w1")) => "at-once",
            (None, _) => "yearly",
        }
    }

    pub fn months_ahead(&self, years: u32) -> u32 {
        match self.billed() {
            "at-once" => 12 * years,
            "quarterly" => 3,
            "behind" => 0,
            _ => 12,
        }
    }
}

impl Small {
    /// The ways to pay that levers set.
    pub fn ways(&self) -> Vec<Way> {
        let billed = |name| Way { billing: Some(name), ..Way::default() };
        let is_prepaid = self.given.iter().any(|it| it.by == 2);
        let prepaid: &[_] = if is_prepaid { &[Some("w0"), Some("w1")] } else { &[None] };
        let mut ways: Vec<_> =
            prepaid.iter().map(|prepay| Way { prepay: *prepay, ..Way::default() }).collect();
        if self.paying.is_none() {
            return ways;
        }
        ways.extend(["quarterly", "behind", "at-once"].map(billed));
        let terms = ["soon", "late"].map(Some);
        let with = |payment| ways.iter().map(move |way| Way { payment, ..*way });
        terms.into_iter().flat_map(with).collect()
    }

    pub fn days_to_pay(&self, way: Way) -> u32 {
        match (&self.paying, way.payment) {
            (Some(paying), Some("late")) => paying.late,
            (Some(_), _) => 30,
            (None, _) => 0,
        }
    }
}

/// Contracts of one length that are paid in one way.
pub struct Manner {
    pub years: u32,
    pub way: Way,
    /// How many invoices a year has; nothing, if there is one for all of them.
    a_year: Option<u32>,
    /// What a cent of each invoice is worth at the start.
    worth: Option<Worth>,
}

/// Fractions with one denominator.
struct Worth {
    over: Vec<BigInt>,
    under: BigInt,
}

impl Manner {
    pub fn of(small: &Small, years: u32, way: Way) -> Self {
        let (months, is_behind) = match way.billed() {
            "at-once" => (12 * years, false),
            "quarterly" => (3, false),
            "behind" => (6, true),
            _ => (12, false),
        };
        let start = small.paying.as_ref().map_or(day(), |it| Date::parse(it.start).expect("a day"));
        let sent = (0..12 * years / months).map(|at| months * (at + u32::from(is_behind)));
        let due = sent.map(|month| later(start, month).plus_days(small.days_to_pay(way)));
        let rate = small.paying.as_ref().and_then(|it| it.discount_rate);
        let worth = rate.map(|rate| {
            let parts: Vec<_> = due.map(|due| discounted(start, due, rate)).collect();
            Worth::of(&parts)
        });
        Self { years, way, a_year: (way.billed() != "at-once").then_some(12 / months), worth }
    }

    /// What we keep of so much a year: what its payments are worth, rounded half up, if that counts.
    pub fn kept(&self, year: Money) -> Money {
        let cents = whole(year);
        let Some(worth) = &self.worth else { return year * self.years };
        let cents = match self.a_year.map(u128::from) {
            None => worth.at(std::iter::once(cents * u128::from(self.years))),
            // The first ones of a year have the cents that are left over.
            Some(count) => {
                let all = (0..count * u128::from(self.years)).map(|at| at % count);
                worth.at(all.map(|at| cents / count + u128::from(at < cents % count)))
            }
        };
        Money::of_scaled(u64::try_from(cents).expect("few cents"), 2)
    }
}

impl Worth {
    fn of(parts: &[Exact]) -> Self {
        let under: BigInt = parts.iter().map(Exact::denom).product();
        let over = parts.iter().map(|part| part.numer() * (&under / part.denom())).collect();
        Self { over, under }
    }

    fn at(&self, cents: impl Iterator<Item = u128>) -> BigInt {
        let worth: BigInt = cents.zip(&self.over).map(|(it, over)| over * it).sum();
        (worth * 2 + &self.under) / (&self.under * 2)
    }
}

fn later(start: Date, months: u32) -> Date {
    start.plus_months(i32::try_from(months).expect("few months"))
}

/// What is left of one that is paid on a day.
fn discounted(start: Date, due: Date, rate: Rate) -> Exact {
    let years = (1..40).find(|years| later(start, 12 * years) > due).expect("a year") - 1;
    let days = later(start, 12 * years).days_to(due);
    let whole = |count: u32| Exact::from_integer(count.into());
    let rate = Exact::new(rate.millionths().into(), 1_000_000.into());
    let year = whole(1) + &rate;
    let under = (0..years).fold(whole(1), |power, _| power * &year);
    whole(1) / (under * (whole(1) + rate * whole(days) / whole(365)))
}
