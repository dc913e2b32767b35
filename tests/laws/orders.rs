//! Discounts by order: several metrics find one step together, in each contract year.

use super::batch::run::{CSV, desk, priced};
use super::exact::{Exact, Half, exact, round, scaled, whole, zero};
use super::world::{load, resolve};
use dealdesk::number::Money;
use dealdesk::price::curve::LinePrices;
use dealdesk::price::{PricedLine, price};
use proptest::prelude::*;

/// Unit prices in cents. The last metric is in no discount.
const PRICES: [u64; 3] = [10_000, 33_333, 12_345];

/// Measure of an order, with the steps that it finds, each by its start and its rate in percent.
#[derive(Debug, Clone)]
struct Steps {
    measure: &'static str,
    starts: Vec<(u64, u32)>,
}

impl Steps {
    fn toml(&self) -> String {
        let next = |at: usize| self.starts.get(at + 1).map(|(next, _)| next - 1);
        let step = |(at, (start, rate)): (usize, &(u64, u32))| {
            let range = next(at).map_or_else(|| format!("{start}+"), |to| format!("{start}-{to}"));
            let condition = match self.measure {
                "amount" => format!("from = \"{start}.00\""),
                measure => format!("{measure} = \"{range}\""),
            };
            format!("{{ {condition}, rate = \"{rate}%\" }}")
        };
        let steps: Vec<_> = self.starts.iter().enumerate().map(step).collect();
        let pooled = if self.measure == "quantity" { "pooled = true\n" } else { "" };
        format!(
            "by = \"{}\"\nbase = \"list\"\nmetrics = [\"a\", \"b\"]\n{pooled}steps = [{}]\n",
            self.measure,
            steps.join(", ")
        )
    }

    /// Returns the rate for what a year buys of the first two metrics.
    fn rate(&self, units: [u64; 2]) -> Exact {
        let number = match self.measure {
            "quantity" => units[0] + units[1],
            "metrics" => units.iter().filter(|it| **it > 0).count() as u64,
            _ => (units[0] * PRICES[0] + units[1] * PRICES[1]) / 100,
        };
        let step = self.starts.iter().rev().find(|(start, _)| *start <= number);
        step.map_or_else(zero, |(_, rate)| scaled(u64::from(*rate), 2))
    }
}

fn book(steps: &Steps) -> String {
    let metric = |(name, cents): (&str, u64)| {
        format!(
            "[metric.{name}]\ntitle = \"{name}\"\nunit = \"u\"\nunits = \"u\"\nper = \"year\"\nmode = \"volume\"\n\
             tiers = [{{ quantity = \"0+\", price = \"{}.{:02}\" }}]\n",
            cents / 100,
            cents % 100
        )
    };
    let metrics: String = ["a", "b", "c"].into_iter().zip(PRICES).map(metric).collect();
    format!(
        "[book]\nname = \"Orders\"\nversion = \"1\"\ncurrency = \"USD\"\nquote_valid = \"30 days\"\n{metrics}\
         [waterfall]\norder = [\"order\"]\n[discount.order]\ntitle = \"Order\"\n{}",
        steps.toml()
    )
}

fn steps() -> impl Strategy<Value = Steps> {
    let starts = |most: u64| {
        let start = (1..=most, 0..60_u32);
        prop::collection::btree_map(
            start.clone().prop_map(|it| it.0),
            start.prop_map(|it| it.1),
            1..4,
        )
    };
    let of = |measure: &'static str, most: u64| {
        starts(most).prop_map(move |starts| Steps { measure, starts: starts.into_iter().collect() })
    };
    prop_oneof![of("quantity", 60), of("metrics", 3), of("amount", 9_000)]
}

/// Lines by the place of their metric, with the quantity of each of two years.
fn lines() -> impl Strategy<Value = Vec<(usize, [u64; 2])>> {
    let quantity = || prop_oneof![1 => Just(0_u64), 4 => 0..40_u64];
    prop::collection::vec(
        (0..3_usize, (quantity(), quantity()).prop_map(|(one, two)| [one, two])),
        1..6,
    )
}

fn deal(lines: &[(usize, [u64; 2])]) -> String {
    let line = |(metric, years): &(usize, [u64; 2])| {
        let name = ["a", "b", "c"][*metric];
        let [one, two] = years;
        if one == two {
            return format!("[[line]]\nmetric = \"{name}\"\nquantity = {one}\n");
        }
        format!(
            "[[line]]\nmetric = \"{name}\"\nyear = [{{ quantity = {one} }}, {{ quantity = {two} }}]\n"
        )
    };
    format!("term_years = 2\n{}", lines.iter().map(line).collect::<String>())
}

/// Returns what a line costs in a year, counted from 0.
fn in_year(line: &PricedLine<'_>, year: usize) -> Money {
    let place = u32::try_from(year).ok().and_then(|year| line.line.segment_of_year(year + 1));
    place.map_or(Money::ZERO, |place| line.segments[place].at_net.annual)
}

proptest! {
    #![proptest_config(super::cases(300))]

    /// Each year costs what fractions make of the units that the metrics of the discount have in it together.
    #[test]
    fn an_order_finds_one_step_for_all_its_metrics(steps in steps(), lines in lines()) {
        let books = load(&book(&steps));
        let deal = resolve(&deal(&lines), &books).expect("a deal");
        let pricing = price(&deal);
        for year in 0..2 {
            let of = |metric: usize| {
                lines.iter().filter(|it| it.0 == metric).map(|it| it.1[year]).sum::<u64>()
            };
            let rate = steps.rate([of(0), of(1)]);
            let net = |metric: usize, rate: Exact| {
                let price = scaled(PRICES[metric], 2) * (whole(1) - rate);
                round(&price, 2, Half::Away) * whole(of(metric))
            };
            let cost = net(0, rate.clone()) + net(1, rate) + net(2, zero());
            let charged = pricing.lines.iter().map(|line| exact(in_year(line, year))).sum::<Exact>();
            prop_assert_eq!(charged, cost, "year {}", year + 1);
        }
    }

    /// A line in two parts costs and needs what it does in one.
    #[test]
    fn a_line_in_two_parts_is_the_same_order(
        steps in steps(),
        lines in lines(),
        (at, share) in (any::<prop::sample::Index>(), 0..=4_u64),
    ) {
        let books = load(&book(&steps));
        let mut parts = lines.clone();
        let cut = at.index(lines.len());
        let whole = parts[cut].1;
        let first = whole.map(|units| units * share / 4);
        parts[cut].1 = first;
        parts.push((lines[cut].0, [whole[0] - first[0], whole[1] - first[1]]));
        let totals = |lines: &[(usize, [u64; 2])]| {
            let deal = resolve(&deal(lines), &books).expect("a deal");
            price(&deal).totals
        };
        prop_assert_eq!(totals(&lines), totals(&parts));
    }

    /// The price of another quantity, a row of a batch and a deal that is written with it are one price.
    #[test]
    fn every_way_to_ask_for_a_quantity_has_one_price(
        steps in steps(),
        metric in 0..2_usize,
        quantities in prop::collection::vec(1..2_000_u64, 1..30),
        beside in prop::option::of(0..40_u64),
        is_school in any::<bool>(),
    ) {
        // Schools have prices of their own, by which an order finds other steps.
        let books = load(&book(&steps).replacen("\"100.00\"", "{ standard = \"100.00\", school = \"41.00\" }", 1).replacen(
            "[metric.a]",
            "[customers]\nsegments = [\"school\"]\n[[price_column]]\nname = \"school\"\nsegment = [\"school\"]\n[metric.a]",
            1,
        ));
        let segment = if is_school { "school" } else { "" };
        let head = if is_school { "segment = \"school\"\n" } else { "" };
        let deal = |lines: &[(usize, [u64; 2])]| head.to_owned() + &deal(lines);
        let name = ["a", "b"][metric];
        let one = |units: u64| {
            let others = beside.into_iter().map(|other| (1 - metric, [other; 2]));
            let all: Vec<_> = std::iter::once((metric, [units; 2])).chain(others).collect();
            resolve(&deal(&all), &books).expect("a deal")
        };
        let first = one(1);
        let prices = LinePrices::of(&first);
        for &units in &quantities {
            let asked = prices.price_at(units).map(|it| it.tcv());
            prop_assert_eq!(asked, Some(price(&one(units)).lines[0].tcv), "{} {}", units, name);
        }
        let row = |units: &u64| format!("r,{name},{units},2,{segment}\n");
        let file = format!("id,metric,quantity,term_years,segment\n{}", quantities.iter().map(row).collect::<String>());
        let ran = priced(&desk(&books, None), file.as_bytes(), CSV);
        let alone = |units: &u64| {
            let deal = resolve(&deal(&[(metric, [*units; 2])]), &books).expect("a deal");
            price(&deal).totals.tcv.at_least(2)
        };
        let expected: Vec<_> = quantities.iter().map(alone).collect();
        let tcv: Vec<_> = ran.rows().into_iter().map(|row| row[4].clone()).collect();
        prop_assert_eq!(tcv, expected, "{}", ran.faults);
    }

    /// An amount off the order is taken off to the coin, whatever its lines are and in whatever order they stand.
    #[test]
    fn an_amount_off_the_order_is_shared_to_the_coin(
        cents in 1..2_000_000_u64,
        lines in lines(),
        rotate in 0..6_usize,
    ) {
        let amount = format!("{}.{:02}", cents / 100, cents % 100);
        let steps = Steps { measure: "metrics", starts: vec![(1, 0)] };
        let by_year = format!(
            "by = \"contract-year\"\nbase = \"list\"\nmetrics = [\"a\", \"b\"]\n\
             steps = [{{ contract_years = \"1\", order_amount = \"{amount}\" }}]\n"
        );
        let books = load(&book(&steps).replace(&steps.toml(), &by_year));
        let mut turned = lines.clone();
        turned.rotate_left(rotate % lines.len());
        let totals = |lines: &[(usize, [u64; 2])]| {
            price(&resolve(&deal(lines), &books).expect("a deal")).totals
        };
        prop_assert_eq!(totals(&lines), totals(&turned));
        let list = |year: usize, last: usize| {
            let of = lines.iter().filter(|it| it.0 <= last);
            of.map(|(metric, units)| units[year] * PRICES[*metric]).sum::<u64>()
        };
        let expected = list(0, 2) - cents.min(list(0, 1)) + list(1, 2);
        prop_assert_eq!(exact(totals(&lines).tcv), scaled(expected, 2));
    }

    /// What is paid once is charged once, and is a part of the order of the first year.
    #[test]
    fn what_is_paid_once_is_ordered_in_the_first_year(steps in steps(), lines in lines()) {
        let perpetual = "per = \"once\"\nmaintenance = \"0%\"\nmode";
        let text = book(&steps);
        let at = text.find("[metric.b]").expect("the metric");
        let (before, after) = text.split_at(at);
        let books = load(&format!("{before}{}", after.replacen("per = \"year\"\nmode", perpetual, 1)));
        let flat = |&(metric, years): &(usize, [u64; 2])| {
            if metric == 1 { (metric, [years[0]; 2]) } else { (metric, years) }
        };
        let lines: Vec<_> = lines.iter().map(flat).collect();
        let pricing = price(&resolve(&deal(&lines), &books).expect("a deal"));
        let of = |metric: usize, year: usize| {
            lines.iter().filter(|it| it.0 == metric).map(|it| it.1[year]).sum::<u64>()
        };
        let net = |metric: usize, year: usize| {
            let rate = steps.rate([of(0, year), if year == 0 { of(1, 0) } else { 0 }]);
            let rate = if metric == 2 { zero() } else { rate };
            let price = scaled(PRICES[metric], 2) * (whole(1) - rate);
            round(&price, 2, Half::Away) * whole(of(metric, year))
        };
        prop_assert_eq!(exact(pricing.totals.once), net(1, 0));
        for year in 0..2 {
            let charged = pricing.lines.iter().map(|line| exact(in_year(line, year))).sum::<Exact>();
            prop_assert_eq!(charged, net(0, year) + net(2, year), "year {}", year + 1);
        }
    }
}
