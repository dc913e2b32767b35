//! What was used is invoiced as fractions make it, however it is written down.

use super::exact::{Exact, Half, exact, read, round, scaled, whole, zero};
use super::world::{load, resolve};
use super::written::decimal;
use dealdesk::answer::usage;
use dealdesk::answer::usage::{UsageStatement, UsageTerms};
use dealdesk::book::{Books, MonthHours};
use dealdesk::deal::Deal;
use dealdesk::number::Money;
use dealdesk::price;
use dealdesk::price::PricedSegment;
use dealdesk::quote::quote;
use dealdesk::text::diagnostic::render;
use dealdesk::text::source::Source;
use proptest::prelude::*;
use std::fmt::Write;

/// A price list by the hour, and what was used under it.
#[derive(Debug, Clone)]
struct Metered {
    /// The first units of ranges, after 1.
    starts: Vec<u64>,
    /// One a range, in millionths.
    prices: Vec<u64>,
    per_month: u32,
    real: bool,
    committed: Option<u64>,
    /// In millionths.
    agreed: Option<u64>,
    /// Core-hours in thousandths, a month.
    used: Vec<u64>,
    /// How many months the first is after January 2024.
    first: u32,
}

fn metered() -> impl Strategy<Value = Metered> {
    let used = prop_oneof![
        1 => Just(0),
        2 => 1..1_000_000_u64,
        4 => 1..60_000_000_000_u64,
        // Whole averages, where ranges begin and end.
        2 => (1..60_000_u64).prop_map(|cores| cores * 730_000),
        1 => (1..60_000_u64).prop_map(|cores| cores * 730_000 + 1),
    ];
    let lists = prop::collection::btree_set(2..50_000_u64, 0..4).prop_flat_map(|starts| {
        let starts: Vec<_> = starts.into_iter().collect();
        // Of no more places than the metric: 4.
        let price = (0..20_000_u64).prop_map(|price| price * 100);
        let prices = prop::collection::vec(price, starts.len() + 1);
        (Just(starts), prices)
    });
    (
        lists,
        prop_oneof![Just(730), 1..745_u32],
        any::<bool>(),
        prop::option::of(1..40_000_u64),
        // Charged as it stands: to 4 places.
        prop::option::of((1..20_000_u64).prop_map(|price| price * 100)),
        prop::collection::vec(used, 1..15),
        0..40_u32,
    )
        .prop_map(|((starts, prices), per_month, real, committed, agreed, used, first)| {
            Metered { starts, prices, per_month, real, committed, agreed, used, first }
        })
}

impl Metered {
    fn book(&self) -> String {
        let starts: Vec<_> = std::iter::once(1).chain(self.starts.iter().copied()).collect();
        let tiers = starts.iter().zip(&self.prices).enumerate().map(|(at, (from, price))| {
            let to = starts.get(at + 1).map_or("+".to_owned(), |next| format!("-{}", next - 1));
            format!("{{ quantity = \"{from}{to}\", price = \"{}\" }},\n", decimal(*price, 6))
        });
        format!(
            "[book]\nname = \"Hours\"\nversion = \"1\"\ncurrency = \"USD\"\n\
             quote_valid = \"30 days\"\n[metric.core]\ntitle = \"Core\"\nunit = \"core\"\n\
             units = \"cores\"\nper = \"hour\"\nhours_per_month = {}\nmode = \"volume\"\n\
             places = 4\ntiers = [\n{}]\n",
            self.per_month,
            tiers.collect::<String>()
        )
    }

    fn deal(&self, quantity: u64) -> String {
        let mut deal = format!("[[line]]\nmetric = \"core\"\nquantity = {quantity}\n");
        if let Some(committed) = self.committed {
            writeln!(deal, "committed = {committed}").expect("a string");
        }
        if let Some(agreed) = self.agreed {
            writeln!(deal, "unit_price = \"{}\"", decimal(agreed, 6)).expect("a string");
        }
        deal
    }

    /// Whether so many units are agreed on below what the list gives.
    fn is_below_policy(&self, units: u64) -> bool {
        let range = self.starts.iter().filter(|start| **start <= units).count();
        self.agreed.is_some_and(|agreed| agreed < self.prices[range])
    }

    fn month(&self, index: usize) -> (u32, u32) {
        let months = self.first + u32::try_from(index).expect("a few months");
        (2024 + months / 12, months % 12 + 1)
    }

    fn hours(&self, index: usize) -> u32 {
        let (year, month) = self.month(index);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if self.real { days * 24 } else { self.per_month }
    }

    /// One row a month.
    fn by_month(&self) -> String {
        let rows = self.used.iter().enumerate().map(|(index, used)| {
            let (year, month) = self.month(index);
            format!("{year}-{month:02},{}\n", decimal(*used, 3))
        });
        format!("month,core_hours\n{}", rows.collect::<String>())
    }

    /// The same in so many rows a month, columns the other way round.
    fn by_time(&self, parts: u64) -> String {
        let mut text = "core_hours,timestamp\n".to_owned();
        for (index, used) in self.used.iter().enumerate() {
            let (year, month) = self.month(index);
            for part in 0..parts {
                let rest = if part == 0 { used % parts } else { 0 };
                let share = decimal(used / parts + rest, 3);
                let day = part + 1;
                writeln!(text, "{share},{year}-{month:02}-{day:02}T{part:02}:00:00Z")
                    .expect("a string");
            }
        }
        text
    }

    /// What a month costs: what is charged, the units that decide its price, the price, and the
    /// amount.
    fn oracle(&self, index: usize) -> (Exact, u64, Exact, Exact) {
        let hours = u64::from(self.hours(index));
        let least = self.committed.unwrap_or(0) * hours * 1000;
        let charged = self.used[index].max(least);
        let units = charged.div_ceil(hours * 1000);
        let range = self.starts.iter().filter(|start| **start <= units).count();
        let price = scaled(self.agreed.unwrap_or(self.prices[range]), 6);
        let price = if charged == 0 { zero() } else { round(&price, 4, Half::Away) };
        let charged = scaled(charged, 3);
        let amount = round(&(&charged * &price), 2, Half::Away);
        (charged, units, price, amount)
    }
}

fn rated<T>(
    world: &Metered,
    book: &Books,
    deal: &Deal<'_>,
    text: &str,
    look: impl FnOnce(&UsageStatement<'_, '_>) -> T,
) -> T {
    let metric = book.first().metric("core").expect("the metric");
    let readings = usage::read(&Source::file("usage.csv", text), &usage::column(metric));
    let readings = readings.unwrap_or_else(|faults| unreachable!("{faults}\n{text}"));
    let quote = quote(deal);
    let hours = if world.real { MonthHours::Real } else { MonthHours::Book };
    let terms = UsageTerms { line: 0, segment: 0, hours: Some(hours), is_estimated: true };
    let statement = usage::rate(&quote, terms, &readings);
    look(&statement.unwrap_or_else(|faults| unreachable!("{faults}\n{text}")))
}

fn amounts(statement: &UsageStatement<'_, '_>) -> Vec<(Money, Money)> {
    statement.bills.iter().map(|bill| (bill.figures.baseline, bill.figures.overage)).collect()
}

proptest! {
    #![proptest_config(super::cases(300))]

    /// Every month is charged for the larger of what was used and what is committed, at the price
    /// of the range of its average, rounded once; baseline and overage are all of it, and the
    /// months all of the total.
    #[test]
    fn invoices_are_what_fractions_make_them(world in metered()) {
        let book = load(&world.book());
        let deal = resolve(&world.deal(1), &book).expect("a deal");
        rated(&world, &book, &deal, &world.by_month(), |statement| {
            let mut total = zero();
            for (index, bill) in statement.bills.iter().enumerate() {
                let (charged, _, price, amount) = world.oracle(index);
                prop_assert_eq!(read(&bill.figures.charged.to_string()), charged);
                prop_assert_eq!(bill.figures.hours, world.hours(index));
                let net = bill.priced.as_ref().map_or(zero(), |priced| exact(priced.net()));
                prop_assert_eq!(net, price.clone());
                prop_assert_eq!(exact(bill.figures.amount()), amount.clone());
                let committed = world.committed.unwrap_or(0) * u64::from(world.hours(index));
                let due = whole(committed) * price;
                prop_assert_eq!(exact(bill.figures.baseline), round(&due, 2, Half::Away));
                prop_assert!(!bill.figures.overage.is_negative());
                prop_assert!(bill.figures.charged >= bill.figures.used);
                total += amount;
            }
            prop_assert_eq!(statement.bills.len(), world.used.len());
            prop_assert_eq!(exact(statement.total.amount()), total);
            Ok(())
        })?;
    }

    /// How many rows a month has, in which order its columns stand, and whether it is dated by
    /// months or by timestamps changes no invoice.
    #[test]
    fn more_rows_are_the_same_invoice(world in metered(), parts in 1..20_u64) {
        let book = load(&world.book());
        let deal = resolve(&world.deal(1), &book).expect("a deal");
        let months = rated(&world, &book, &deal, &world.by_month(), amounts);
        let times = rated(&world, &book, &deal, &world.by_time(parts), amounts);
        prop_assert_eq!(months, times);
    }

    /// A month has the price that is quoted for its average.
    #[test]
    fn a_month_has_the_price_of_its_quote(world in metered()) {
        let book = load(&world.book());
        let deal = resolve(&world.deal(1), &book).expect("a deal");
        let prices = rated(&world, &book, &deal, &world.by_month(), |statement| {
            let bills = statement.bills.iter();
            bills.map(|bill| bill.priced.as_ref().map(PricedSegment::net)).collect::<Vec<_>>()
        });
        for (index, price) in prices.into_iter().enumerate() {
            let (_, units, _, _) = world.oracle(index);
            let quoted = (units > 0).then(|| {
                let deal = resolve(&world.deal(units), &book).expect("a deal");
                price::price(&deal).lines[0].segments[0].net()
            });
            prop_assert_eq!(price, quoted);
        }
    }

    /// No month has a price below policy that nobody is told of, and no other is refused.
    #[test]
    fn a_month_is_judged_as_the_deal_that_it_is(world in metered()) {
        let book = load(&world.book());
        let deal = resolve(&world.deal(1), &book).expect("a deal");
        rated(&world, &book, &deal, &world.by_month(), |statement| {
            let quoted = &statement.quote.verdict;
            let committed = world.committed.unwrap_or(1);
            prop_assert_eq!(quoted.is_refused(), world.is_below_policy(committed));
            let units = (0..world.used.len()).map(|index| world.oracle(index).1);
            let mut below = units.filter(|units| *units > 0 && world.is_below_policy(*units));
            let refused = quoted.is_refused() || below.next().is_some();
            prop_assert_eq!(statement.verdict.is_refused(), refused);
            if world.agreed.is_none() {
                prop_assert_eq!(&statement.verdict.violations, &quoted.violations);
                prop_assert_eq!(&statement.verdict.required, &quoted.required);
            }
            Ok(())
        })?;
    }

    /// Any text is a usage file, or has faults with places in it.
    #[test]
    fn any_text_is_read(text in "(month|timestamp|core_hours|,|\"|\r|\n|2026-0[1-4]|[0-9.-]{1,5}|T|Z| |\\PC){0,40}") {
        let source = Source::file("usage.csv", &text);
        if let Err(faults) = usage::read(&source, "core_hours") {
            prop_assert!(!faults.is_empty());
            for fault in faults.iter() {
                prop_assert!(text.get(fault.place.span.clone()).is_some());
            }
            prop_assert!(!render(&faults, false, 80).is_empty());
        }
    }
}
