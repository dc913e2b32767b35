//! Prices of each year of a contract, with steps that take off, put on, grow and give months.

use super::exact::{Exact, Half, exact, round, scaled, whole, zero};
use super::world::{load, resolve};
use crate::findings::day;
use dealdesk::answer::book_check::findings;
use dealdesk::number::Quantity;
use dealdesk::price::curve::LinePrices;
use dealdesk::price::price;
use proptest::collection::vec;
use proptest::prelude::*;
use std::fmt::Write;

/// The change of a step: rates in hundredths, amounts in cents.
#[derive(Debug, Clone, Copy)]
enum Change {
    Rate(u64),
    Amount(u64),
    Uplift(u64),
    Growth(u64),
    Months(u64),
}

/// A book with two discounts by contract year, one by quantity and an exclusive program with a floor.
#[derive(Debug, Clone)]
struct Years {
    /// Prices of 1-99 and of 100 or more units, in cents.
    prices: [u64; 2],
    is_graduated: bool,
    is_off_list: bool,
    volume: u64,
    /// Changes of the years 1, 2, 3-4 and 5+.
    steps: Vec<Change>,
    /// Rates of the same years, of which a deal can take less.
    loyalty: Vec<u64>,
    floor: u64,
}

#[derive(Debug, Clone)]
struct Order {
    quantity: u64,
    months: u64,
    claims: bool,
    /// The most of the loyalty discount, in hundredths.
    at_most: Option<u64>,
}

const RANGES: [&str; 4] = ["1", "2", "3-4", "5+"];

/// Returns the place of the step of a year and the first year of that step.
const fn step_of(year: u64) -> (usize, u64) {
    match year {
        1 => (0, 1),
        2 => (1, 2),
        3 | 4 => (2, 3),
        _ => (3, 5),
    }
}

impl Change {
    const fn is_surcharge(self) -> bool {
        matches!(self, Self::Uplift(_) | Self::Growth(_))
    }

    fn written(self) -> String {
        match self {
            Self::Rate(rate) => format!("rate = \"{rate}%\""),
            Self::Amount(cents) => format!("amount = \"{}.{:02}\"", cents / 100, cents % 100),
            Self::Uplift(rate) => format!("uplift = \"{rate}%\""),
            Self::Growth(rate) => format!("growth = \"{rate}%\""),
            Self::Months(months) => format!("free_months = {months}"),
        }
    }
}

impl Years {
    fn toml(&self) -> String {
        let cents = |cents: u64| format!("{}.{:02}", cents / 100, cents % 100);
        let mut text = format!(
            "[book]\nname = \"b\"\nversion = \"1\"\ncurrency = \"USD\"\nquote_valid = \"1 days\"\n\
             [metric.unit]\ntitle = \"u\"\nunit = \"u\"\nunits = \"u\"\nper = \"year\"\nmode = \"{}\"\n\
             tiers = [{{ quantity = \"1-99\", price = \"{}\" }}, {{ quantity = \"100+\", price = \"{}\" }}]\n\
             [waterfall]\norder = [\"volume\", \"loyalty\", \"program\", \"steps\"]\n",
            if self.is_graduated { "graduated" } else { "volume" },
            cents(self.prices[0]),
            cents(self.prices[1]),
        );
        let base = if self.is_off_list { "list" } else { "running" };
        let mut discount = |name: &str, by: &str, rest: String| {
            writeln!(
                text,
                "[discount.{name}]\ntitle = \"{name}\"\nby = \"{by}\"\nbase = \"{base}\"\n\
                 metrics = [\"unit\"]\n{rest}"
            )
            .expect("a text");
        };
        let steps = |change: &dyn Fn(usize) -> String| {
            let rows = RANGES.iter().enumerate();
            let rows = rows
                .map(|(at, years)| format!("{{ contract_years = \"{years}\", {} }}", change(at)));
            format!("steps = [{}]", rows.collect::<Vec<_>>().join(", "))
        };
        let volume = format!("steps = [{{ quantity = \"50+\", rate = \"{}%\" }}]", self.volume);
        discount("volume", "quantity", volume);
        let loyalty = |at: usize| format!("rate = \"{}%\"", self.loyalty[at]);
        discount("loyalty", "contract-year", steps(&loyalty));
        let program = format!(
            "program.campus = {{ title = \"c\", rate = \"30%\", approval = \"none\", \
             exclusive = true, floor = \"{}\" }}",
            cents(self.floor)
        );
        discount("program", "program", program);
        discount("steps", "contract-year", steps(&|at| self.steps[at].written()));
        text
    }

    /// Returns what a year of a quantity costs.
    fn year(&self, order: &Order, year: u64) -> Exact {
        let (at, first) = step_of(year);
        let change = self.steps[at];
        let [low, high] = self.prices.map(|price| scaled(price, 2));
        let quantity = whole(order.quantity);
        let (mut list, mut times) = match order.quantity {
            many @ 100.. if self.is_graduated => {
                (low * whole(99) + high * whole(many - 99), whole(1))
            }
            _ if self.is_graduated => (low * &quantity, whole(1)),
            100.. => (high, quantity),
            _ => (low, quantity),
        };
        let gives_months = matches!(change, Change::Months(_)) && !order.claims;
        if gives_months {
            (list, times) = (list * times, whole(1));
        }
        let grown = year + 1 - first;
        if !order.claims {
            let price = self.discounted(order, at, &list);
            let price = self.changed(change, grown, &price, &list);
            return coins(&(coins(&price) * times));
        }
        let mut price = &list - &list * scaled(30, 2);
        let floor = scaled(self.floor, 2);
        if coins(&price) * &times < floor {
            list *= &times;
            price = (&list - &list * scaled(30, 2)).max(floor);
            times = whole(1);
        }
        if change.is_surcharge() {
            price = self.changed(change, grown, &price, &list);
        }
        coins(&(coins(&price) * times))
    }

    /// Returns a price after the discounts by quantity and for loyalty.
    fn discounted(&self, order: &Order, at: usize, list: &Exact) -> Exact {
        let volume = if order.quantity >= 50 { self.volume } else { 0 };
        let loyalty = order.at_most.map_or(self.loyalty[at], |most| most.min(self.loyalty[at]));
        [volume, loyalty].into_iter().fold(list.clone(), |price, rate| {
            let base = if self.is_off_list { list.clone() } else { price.clone() };
            (price - base * scaled(rate, 2)).max(zero())
        })
    }

    fn changed(&self, change: Change, grown: u64, price: &Exact, list: &Exact) -> Exact {
        let base = if self.is_off_list { list.clone() } else { price.clone() };
        let after = match change {
            Change::Rate(rate) => price - base * scaled(rate, 2),
            Change::Amount(cents) => price - scaled(cents, 2),
            Change::Uplift(rate) => price + base * scaled(rate, 2),
            Change::Growth(rate) => {
                let grow = |price: Exact, _| coins(&(&price + &price * scaled(rate, 2)));
                price + (0..grown).fold(base.clone(), grow) - base
            }
            Change::Months(months) => price - base * whole(months) / whole(12),
        };
        after.max(zero())
    }
}

fn coins(amount: &Exact) -> Exact {
    round(amount, 2, Half::Away)
}

impl Order {
    fn toml(&self, is_ramp: bool) -> String {
        let mut text = format!("months = {}\n", self.months);
        if self.claims {
            text += "strategic = { program = \"campus\" }\n";
        } else if let Some(most) = self.at_most {
            writeln!(text, "discount.loyalty = \"{most}%\"").expect("a text");
        }
        let year = format!("quantity = {}", self.quantity);
        let years = vec![format!("{{ {year} }}"); usize::try_from(self.months / 12).expect("few")];
        let years = format!("year = [{}]", years.join(", "));
        text + "line = [{ metric = \"unit\", " + if is_ramp { &years } else { &year } + " }]\n"
    }
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (0..=100_u64).prop_map(Change::Rate),
        (0..100_000_u64).prop_map(Change::Amount),
        (0..=100_u64).prop_map(Change::Uplift),
        (0..=40_u64).prop_map(Change::Growth),
        (1..=11_u64).prop_map(Change::Months),
    ]
}

fn years() -> impl Strategy<Value = Years> {
    let prices = [1..10_000_000_u64, 1..10_000_000_u64];
    let flags = (any::<bool>(), any::<bool>());
    let content = (0..=40_u64, vec(change(), 4), vec(0..=60_u64, 4), 1..100_000_000_u64);
    (prices, flags, content).prop_map(|(prices, flags, (volume, steps, loyalty, floor))| Years {
        prices,
        is_graduated: flags.0,
        is_off_list: flags.1,
        volume,
        steps,
        loyalty,
        floor,
    })
}

fn order() -> impl Strategy<Value = Order> {
    let at_most = proptest::option::weighted(0.3, 0..=40_u64);
    (prop_oneof![1..200_u64, Just(1_u64)], 1..=84_u64, prop::bool::weighted(0.3), at_most)
        .prop_map(|(quantity, months, claims, at_most)| Order { quantity, months, claims, at_most })
}

proptest! {
    #![proptest_config(super::cases(600))]

    /// Each year costs what fractions make of it, and the contract the sum: as a flat line, as a ramp of equal years, and
    /// as a point of a price curve. Months before the first year are twelfths of it.
    #[test]
    fn each_year_costs_what_its_step_makes_of_it(years in years(), order in order()) {
        let books = load(&years.toml());
        let flat = order.toml(false);
        let deal = resolve(&flat, &books).expect("a deal");
        let pricing = price(&deal);
        let segments = &pricing.lines[0].segments;
        let annual = segments.iter().flat_map(|it| {
            std::iter::repeat_n(exact(it.at_net.annual), it.length.years() as usize)
        });
        let wanted: Vec<_> = (1..=order.months / 12).map(|year| years.year(&order, year)).collect();
        prop_assert_eq!(annual.collect::<Vec<_>>(), wanted.clone(), "{}\n{}", years.toml(), flat);
        let lead = coins(&(years.year(&order, 1) * whole(order.months % 12) / whole(12)));
        let lead = if order.claims && order.months % 12 > 0 {
            // A part of a year costs no less than the floor of one, with what is put on it.
            exact(segments[0].stub)
        } else {
            lead
        };
        let tcv = wanted.iter().fold(lead, |sum, year| sum + year);
        prop_assert_eq!(exact(pricing.totals.tcv), tcv, "{}\n{}", years.toml(), flat);
        let curve = LinePrices::of(&deal).total(order.quantity);
        prop_assert_eq!(curve, Some(pricing.totals.tcv));
        if order.months >= 12 {
            let ramp = resolve(&order.toml(true), &books).expect("a ramp");
            prop_assert_eq!(price(&ramp).totals, pricing.totals);
        }
        // A flat line of another quantity changes all years.
        let other = Order { quantity: order.quantity % 199 + 1, ..order };
        let stated = price(&resolve(&other.toml(false), &books).expect("a deal")).totals;
        let quantity = Quantity::whole(other.quantity).expect("a quantity");
        let changed = deal.with_quantity(0, 0, quantity).expect("a deal");
        prop_assert_eq!(price(&changed).totals, stated);
    }
}

proptest! {
    #![proptest_config(super::cases(60))]

    /// No order of whole years without the program has more off list than `book check` says of the book.
    #[test]
    fn no_order_has_more_off_list_than_is_found(years in years(), orders in vec(order(), 8)) {
        let books = load(&years.toml());
        let found = findings(&[&books], day());
        let most = found.iter().filter(|it| it.code.name == "level-gives-at-most");
        let is_open = most.clone().any(|it| it.message.contains("at least"));
        let most = most.filter_map(|it| it.share).max().unwrap_or_default();
        for order in orders {
            let months = order.months.div_ceil(12).min(5) * 12;
            let order = Order { months, claims: false, ..order };
            let deal = resolve(&order.toml(false), &books).expect("a deal");
            let discount = price(&deal).totals.discount;
            prop_assert!(is_open || discount <= most, "{discount} > {most}\n{}\n{}", years.toml(), order.toml(false));
        }
    }
}
