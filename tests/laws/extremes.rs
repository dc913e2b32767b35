//! Figures at the edge of what can be calculated exactly: what the door lets in is exact, and what
//! it refuses, it refuses in words.

use super::books::no_finer;
use super::model::{Book, Cut, Deal, Given, Metric, Mode, Money, Per, Rate, Year};
use super::world::{World, resolve, world};
use super::{totals, waterfall};
use dealdesk::quote::json::to_json;
use dealdesk::quote::quote;
use proptest::collection::vec;
use proptest::prelude::*;

/// The largest amount that can be written down, in millionths.
const MOST_MICROS: u64 = 999_999_999_999_999_999;

/// Random numbers, as many as are asked for.
#[derive(Debug, Clone)]
struct Noise(Vec<u64>, usize);

impl Noise {
    fn next(&mut self) -> u64 {
        self.1 = (self.1 + 1) % self.0.len();
        self.0[self.1]
    }

    /// The least, the most, or many digits.
    fn stretch(&mut self, money: &mut Money) {
        let noise = self.next();
        money.micros = match noise % 5 {
            0 => 1,
            1 => MOST_MICROS,
            2 => noise % 1_000_000_000_000_000_000,
            3 => noise % 100_000_000,
            _ => money.micros,
        };
    }

    /// Mostly all the decimals that a rate may have.
    fn refine(&mut self, rate: &mut Rate) {
        let noise = self.next();
        if !noise.is_multiple_of(4) {
            rate.millionths = u32::try_from(noise % 1_000_000).unwrap_or(1);
        }
    }
}

/// A world stretched to its limits.
pub fn extreme() -> impl Strategy<Value = World> {
    (world(), vec(any::<u64>(), 40)).prop_map(|(mut world, noise)| {
        let mut noise = Noise(noise, 0);
        stretch_book(&mut world.book, &mut noise);
        stretch_deal(&mut world, &mut noise);
        world
    })
}

fn stretch_book(book: &mut Book, noise: &mut Noise) {
    for metric in &mut book.metrics {
        for tier in &mut metric.tiers {
            tier.price.iter_mut().chain(&mut tier.flat).for_each(|money| noise.stretch(money));
        }
        let charges = metric.fee.iter_mut().chain(&mut metric.minimum);
        charges.chain(&mut metric.net_minimum).for_each(|money| noise.stretch(money));
        if let Per::Once(maintenance) = &mut metric.per {
            noise.refine(maintenance);
        }
        no_finer(metric);
    }
    book.discounts.truncate(usize::try_from(noise.next() % 5).unwrap_or(0));
    for discount in &mut book.discounts {
        let cuts: Vec<&mut Cut> = match &mut discount.given {
            Given::Quantity(rows) | Given::Term(rows) | Given::ContractYear(rows) => {
                rows.iter_mut().map(|(_, row)| (&mut row.cut, row.otherwise = None).0).collect()
            }
            Given::Always(row) => vec![(&mut row.cut, row.otherwise = None).0],
            Given::Prepay { .. } | Given::Program { .. } => Vec::new(),
        };
        for cut in cuts {
            match cut {
                Cut::Rate(rate) => noise.refine(rate),
                Cut::Amount(amount) => noise.stretch(amount),
            }
        }
    }
}

fn stretch_deal(world: &mut World, noise: &mut Noise) {
    let discounts = world.book.discounts.len();
    let deal: &mut Deal = &mut world.deal;
    deal.takes.retain(|(discount, _)| *discount < discounts);
    deal.claims.retain(|claim| claim.program.0 < discounts);
    deal.prepay = deal.prepay.filter(|_| !world.book.ways().is_empty());
    if noise.next().is_multiple_of(3) {
        deal.term = 30;
    }
    for line in &mut deal.lines {
        let metric = &world.book.metrics[line.metric];
        let sold = (metric, line.edition, line.committed(metric).unwrap_or(0));
        let prices = line.years.iter_mut().flat_map(|year| [&mut year.unit_price, &mut year.fee]);
        for price in prices.flatten() {
            *price =
                metric.agreed(if noise.next().is_multiple_of(2) { MOST_MICROS } else { *price });
        }
        line.years.iter_mut().for_each(|year| large(year, sold, noise));
        if line.ramp {
            let turns = line.years.clone();
            line.years = (0..deal.term as usize).map(|year| turns[year % turns.len()]).collect();
        }
    }
}

/// As many units as there may be, where the price list has no end.
fn large(year: &mut Year, line: (&Metric, Option<usize>, u64), noise: &mut Noise) {
    const MOST: u64 = 1_000_000_000_000;
    let (metric, edition, committed) = line;
    if metric.tiers.iter().any(|tier| tier.fee.is_some()) {
        // In another range its fee would have to be named anew.
        return;
    }
    let Some(last) = metric.tiers.last().filter(|last| last.range.to.is_none()) else { return };
    let noise = noise.next();
    let quantity = match noise % 4 {
        0 => MOST,
        1 => noise % MOST,
        2 => noise % 10_000_000,
        _ => return,
    };
    let whole = if metric.fractional { quantity } else { quantity / 1000 * 1000 };
    let larger = Year { quantity: whole.max(last.range.from * 1000), ..*year };
    // An agreed price cannot move to a line that is priced as a whole.
    let charged = Year { quantity: larger.quantity.max(committed), ..larger };
    if year.unit_price.is_none() || !metric.is_whole(edition, charged) {
        *year = larger;
    }
}

proptest! {
    #![proptest_config(super::cases(300))]

    /// Whatever is priced is priced exactly, and whatever is not is refused for its digits.
    #[test]
    fn what_the_door_lets_in_is_exact(world in extreme()) {
        let book = world.load();
        match resolve(&world.deal.toml(&world.book), &book) {
            Ok(deal) => {
                waterfall::steps_hold(&world, &deal)?;
                totals::hold(&world, &deal)?;
                prop_assert!(!to_json(&quote(&deal)).to_string().is_empty());
            }
            Err(faults) => {
                for fault in faults.iter() {
                    prop_assert_eq!(fault.code.name(), "too-many-digits", "{}", fault.message);
                }
            }
        }
    }
}

/// A thousand lines, each as large as one can be: the sum is still exact.
#[test]
fn a_thousand_large_lines_are_exact() -> Result<(), TestCaseError> {
    use super::model::{Ask, Currencies, Line, Range, Tier};
    let price = |micros| Some(Money::of(micros));
    let metric = |name: &str, micros, per| Metric {
        name: name.to_owned(),
        per,
        mode: Mode::Volume,
        places: 6,
        silent_places: false,
        main_only: false,
        fractional: true,
        counts_all_lines: false,
        fee: None,
        minimum: None,
        net_minimum: None,
        overage: None,
        ask: Ask::default(),
        tiers: vec![Tier {
            range: Range { from: 0, to: None },
            price: price(micros),
            flat: None,
            fee: None,
            edition: None,
            max_hosts: None,
            units_per_host: None,
            exclusive: false,
            assumed: false,
        }],
    };
    let book = Book {
        currencies: Currencies::only("EUR"),
        symbol: None,
        half_even: None,
        terms: None,
        levels: Vec::new(),
        reviews: Vec::new(),
        metrics: vec![
            metric("dear", 999_999_999_999_999, Per::Year),
            metric("cheap", 1, Per::Hour(744)),
        ],
        discounts: Vec::new(),
        guardrails: Vec::new(),
        services: Vec::new(),
    };
    let line = |index: u64| Line {
        metric: usize::from(index.is_multiple_of(2)),
        edition: None,
        hosts: None,
        committed: None,
        years: vec![Year { quantity: 333_333 - index, unit_price: None, fee: None }],
        ramp: false,
    };
    let deal = Deal {
        customer: None,
        incumbent: None,
        term: 5,
        prepay: None,
        lines: (0..1000).map(line).collect(),
        takes: Vec::new(),
        claims: Vec::new(),
        services: Vec::new(),
    };
    let world = World { book, deal };
    let book = world.load();
    let deal = world.resolve(&book).expect("within the limits");
    waterfall::steps_hold(&world, &deal)?;
    totals::hold(&world, &deal)?;
    prop_assert!(!to_json(&quote(&deal)).to_string().is_empty());
    Ok(())
}

/// A price agreed far above one with many decimals, and lines of unlike sizes: what is between them
/// and their sums need more digits than each of them.
#[test]
fn figures_of_unlike_sizes_are_exact_or_refused() -> Result<(), TestCaseError> {
    const BOOK: &str = r#"
[book]
name = "Unlike"
version = "1"
currency = "EUR"
quote_valid = "30 days"
[waterfall]
order = ["a", "b", "c"]
[discount]
a = { title = "A", by = "always", base = "running", metrics = ["small"], steps = [{ rate = "0.123457" }] }
b = { title = "B", by = "always", base = "running", metrics = ["small"], steps = [{ rate = "0.123457" }] }
c = { title = "C", by = "always", base = "running", metrics = ["small"], steps = [{ rate = "0.12347" }] }
[metric.small]
title = "Small"
unit = "unit"
units = "units"
per = "year"
mode = "volume"
places = 6
tiers = [{ quantity = "0+", price = "0.000001" }]
[metric.large]
title = "Large"
unit = "unit"
units = "units"
per = "year"
mode = "volume"
places = 6
fractional = true
tiers = [{ quantity = "1+", price = "999999999.999999" }]
"#;
    const GUARDRAIL: &str = r#"
[[guardrail]]
name = "deep"
measure = "discount"
above = "0.123457"
refuse = true
reason = "Deep"
"#;
    let book = super::world::load(BOOK);
    let small = "[[line]]\nmetric = \"small\"\nquantity = 1\n";
    let large = "[[line]]\nmetric = \"large\"\nquantity = 900\n";
    let fine = "[[line]]\nmetric = \"large\"\nquantity = \"900.001\"\n";
    let agreed = small.to_owned() + "unit_price = \"999999999.999999\"\n";
    let none = agreed.replace("quantity = 1", "quantity = 0");
    for text in [small.to_owned() + large, agreed, none] {
        let faults = resolve(&text, &book).map(|_| ()).expect_err("more than 28 digits");
        prop_assert!(faults.iter().all(|fault| fault.code.name() == "too-many-digits"));
    }
    for text in [small, large, fine] {
        prop_assert!(resolve(text, &book).is_ok());
    }
    // What a guardrail allows of it is a share of whole cents: 14 digits before the point and 2 + 6 behind it.
    let guarded = super::world::load(&(BOOK.to_owned() + GUARDRAIL));
    let longer = "term_years = 30\n".to_owned() + fine;
    prop_assert!(resolve(fine, &guarded).is_ok() && resolve(&longer, &book).is_ok());
    prop_assert!(resolve(&longer, &guarded).is_ok());
    Ok(())
}

/// A deal has at most a thousand lines, and one more is reported at its place.
#[test]
fn a_line_too_many_is_refused() {
    let book = super::world::load(crate::support::OUR_BOOK);
    let lines = |count| "[[line]]\nmetric = \"core\"\nquantity = 1\n".repeat(count);
    assert!(resolve(&lines(1000), &book).is_ok());
    let faults = resolve(&lines(1001), &book).map(|_| ()).expect_err("too many lines").to_string();
    assert!(faults.contains("a deal has at most 1000 lines"), "{faults}");
}
