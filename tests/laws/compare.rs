//! One need by every metric that fits, held against quoting each alone and against every quantity.

use super::cases;
use super::world::world;
use dealdesk::answer::compare::text::ComparisonView;
use dealdesk::answer::compare::{
    BreakEven, Candidate, CompareOptions, CountBasis, CrossoverRange, ListOrNet, Need,
    NeedComparison, UnitBreakEven, UnitCount, UseBreakEven,
};
use dealdesk::book::Books;
use dealdesk::deal::Deal;
use dealdesk::document::{Answer, Canvas};
use dealdesk::number::{Date, Money, Quantity, Rate};
use dealdesk::price::price;
use dealdesk::quote::quote;
use dealdesk::text::source::Source;
use dealdesk::{book, deal, document};
use proptest::prelude::*;
use std::fmt::Write;

/// The most units that are tried one by one.
const MOST: u64 = 60;

/// A metric of a small book.
#[derive(Debug, Clone)]
struct Metric {
    unit: usize,
    per: usize,
    mode: usize,
    /// Where ranges begin, with the price in cents.
    tiers: Vec<(u64, u64)>,
    /// Quantities from here on are 10% off.
    off_from: Option<u64>,
}

fn metric() -> impl Strategy<Value = Metric> {
    let tiers = prop::collection::btree_map(1..40_u64, 0..3_000_u64, 1..4);
    let off = prop::option::of(2..50_u64);
    (0..2_usize, 0..4_usize, 0..3_usize, tiers, off).prop_map(
        |(unit, per, mode, tiers, off_from)| {
            let mut tiers: Vec<_> = tiers.into_iter().collect();
            // Graduated prices leave no unit out.
            if mode == 0 {
                tiers[0].0 = 1;
            }
            Metric { unit, per, mode, tiers, off_from }
        },
    )
}

fn toml(metrics: &[Metric]) -> String {
    let head = "[book]\nname = \"Small\"\nversion = \"1\"\ncurrency = \"EUR\"\n\
                quote_valid = \"30 days\"\n";
    let mut text = head.to_owned();
    let mut discounts = String::new();
    let mut order = Vec::new();
    for (at, metric) in metrics.iter().enumerate() {
        let per = match metric.per {
            0 => "per = \"hour\"\nhours_per_month = 2",
            1 => "per = \"once\"\nmaintenance = \"20%\"",
            _ => "per = \"year\"",
        };
        let mode = match metric.mode {
            0 => "mode = \"graduated\"",
            1 => "mode = \"package\"\nsize = 7",
            _ => "mode = \"volume\"",
        };
        let ends = metric.tiers.iter().skip(1).map(|(from, _)| format!("{}", from - 1));
        let ends = ends.chain([String::new()]);
        let tiers = metric.tiers.iter().zip(ends).map(|(&(from, cents), to)| {
            let range = if to.is_empty() { format!("{from}+") } else { format!("{from}-{to}") };
            let price = format!("{}.{:02}", cents / 100, cents % 100);
            format!("{{ quantity = \"{range}\", price = \"{price}\" }}")
        });
        let tiers = tiers.collect::<Vec<_>>().join(", ");
        let unit = ["a", "b"][metric.unit];
        writeln!(
            text,
            "[metric.m{at}]\ntitle = \"M{at}\"\nunit = \"{unit}\"\nunits = \"{unit}s\"\n\
             places = 2\n{per}\n{mode}\ntiers = [{tiers}]"
        )
        .expect("a String takes it");
        if let Some(from) = metric.off_from {
            order.push(format!("\"d{at}\""));
            writeln!(
                discounts,
                "[discount.d{at}]\ntitle = \"D\"\nby = \"quantity\"\nbase = \"running\"\n\
                 metrics = [\"m{at}\"]\nsteps = [{{ quantity = \"{from}+\", rate = \"10%\" }}]"
            )
            .expect("a String takes it");
        }
    }
    if !order.is_empty() {
        writeln!(text, "[waterfall]\norder = [{}]", order.join(", ")).expect("a String takes it");
    }
    text + &discounts
}

fn resolve<'b>(text: &str, books: &'b Books) -> Option<Deal<'b>> {
    let today = Date::parse("2026-11-21").expect("a date");
    deal::resolve(&deal::read(&Source::file("deal.toml", text)), books, today).ok()
}

fn text(metric: &str, quantity: Quantity, term: u32, horizon: Option<u32>) -> String {
    let horizon = horizon.map_or(String::new(), |it| format!("horizon_years = {it}\n"));
    format!(
        "term_years = {term}\n{horizon}[[line]]\nmetric = \"{metric}\"\nquantity = \"{quantity}\"\n"
    )
}

/// The same metric in a deal file of its own, quoted.
fn is_as_quoted(books: &Books, it: &Candidate<'_>, term: u32) -> Result<(), TestCaseError> {
    let bought = it.deal.lines()[0].segments()[0].quantity();
    let alone = text(it.metric.name(), bought, term, None);
    let alone = resolve(&alone, books).expect("what is compared is sold");
    let quote = quote(&alone);
    let (mine, its) = (&it.pricing.totals, &quote.pricing.totals);
    prop_assert_eq!((mine.list_tcv, mine.tcv), (its.list_tcv, its.tcv));
    prop_assert_eq!(it.verdict.level(), quote.verdict.level());
    // Once, and so much a year.
    let year = quote.pricing.lines[0].segments[0].at_net;
    prop_assert_eq!(it.net.after(term), its.tcv);
    prop_assert_eq!(it.net.after(term + 2), its.tcv + year.annual * 2);
    Ok(())
}

/// What so many cost over some years, by trying; nothing, where they are not sold.
fn tried(
    deal: &Deal<'_>,
    metric: &str,
    quantity: u64,
    years: u32,
    side: ListOrNet,
) -> Option<Money> {
    let metric = deal.book().metric(metric)?;
    let deal = deal.without_items().with_order(metric, Quantity::whole(quantity)?)?;
    let charges = side.of(price(&deal).lines[0].segments.first());
    Some(charges.once + charges.annual * years)
}

/// Every quantity is in the one range that says what it costs, and in none if it is not sold.
fn turns(
    ranges: &[CrossoverRange],
    last: u64,
    amount: Money,
    tried: impl Fn(u64) -> Option<Money>,
) -> Result<(), TestCaseError> {
    for quantity in 1..=last {
        let within =
            |it: &&CrossoverRange| it.from <= quantity && it.to.is_none_or(|to| quantity <= to);
        let told: Vec<_> = ranges.iter().filter(within).map(|it| it.costs).collect();
        let wanted: Vec<_> = tried(quantity).map(|it| it.cmp(&amount)).into_iter().collect();
        prop_assert_eq!(told, wanted, "{} of {:?} beside {}", quantity, ranges, amount.at_least(2));
    }
    for pair in ranges.windows(2) {
        prop_assert!(pair[0].costs != pair[1].costs || pair[0].to != Some(pair[1].from - 1));
    }
    Ok(())
}

fn by_units(
    deal: &Deal<'_>,
    need: &Need<'_>,
    turning: &UnitBreakEven<'_>,
    years: u32,
) -> Result<(), TestCaseError> {
    for (side, ranges) in
        [(ListOrNet::List, &turning.ranges.list), (ListOrNet::Net, &turning.ranges.net)]
    {
        let own = need.own.deal.lines()[0].segments()[0].quantity().ceil();
        let amount = tried(deal, need.own.metric.name(), own, years, side).expect("sold");
        let name = turning.metric.name();
        turns(ranges, MOST, amount, |quantity| tried(deal, name, quantity, years, side))?;
    }
    Ok(())
}

fn by_use(
    deal: &Deal<'_>,
    need: &Need<'_>,
    turning: &UseBreakEven<'_>,
    years: u32,
) -> Result<(), TestCaseError> {
    let other = need.all().find(|it| it.metric.name() == turning.other.name()).expect("another");
    let bought = other.deal.lines()[0].segments()[0].quantity().ceil();
    for (side, ranges) in
        [(ListOrNet::List, &turning.ranges.list), (ListOrNet::Net, &turning.ranges.net)]
    {
        let amount = tried(deal, other.metric.name(), bought, years, side).expect("sold");
        let name = turning.metric.name();
        let last = turning.units.floor();
        turns(ranges, last, amount, |quantity| tried(deal, name, quantity, years, side))?;
        prop_assert!(ranges.iter().all(|it| it.to.is_some_and(|to| to <= last)));
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(400))]

    /// Whatever a book sells and a deal asks for, it is compared, and over its term a metric costs its
    /// contract.
    #[test]
    fn any_deal_is_compared(world in world(), percent in 1..=100_u32) {
        let books = world.load();
        let Some(deal) = world.resolve(&books) else { return Ok(()) };
        let utilization = Rate::parse(&format!("{percent}%")).ok();
        let question = CompareOptions { counts: Vec::new(), utilization };
        let compared = NeedComparison::of(&deal, &question);
        prop_assert_eq!(compared.needs.len(), deal.lines().len());
        let priced = price(&deal);
        for (need, line) in compared.needs.iter().zip(&priced.lines) {
            prop_assert_eq!(need.asked, line.tcv);
            for it in need.all().filter(|_| compared.span.is_term) {
                prop_assert_eq!(it.cost_over(ListOrNet::Net, compared.span), it.pricing.totals.tcv);
                prop_assert_eq!(it.cost_over(ListOrNet::List, compared.span), it.pricing.totals.list_tcv);
            }
        }
        let told: Result<serde_json::Value, _> =
            serde_json::from_str(&dealdesk::answer::compare::json::to_json(&compared).to_string());
        prop_assert!(told.is_ok());
        let paper = Canvas { width: 80, colored: false };
        let view = ComparisonView { compared: &compared, with_charts: true };
        prop_assert!(!document::terminal(&view.document(), paper).is_empty());
    }

    /// Every price is that of a deal of its own, and every break-even is where trying all quantities
    /// turns.
    #[test]
    fn a_comparison_is_what_each_costs_alone(
        metrics in prop::collection::vec(metric(), 2..5),
        quantity in 1..MOST,
        term in 1..4_u32,
        horizon in prop::option::of(1..9_u32),
        percent in 1..=100_u32,
        whole in prop::option::of(1..MOST),
    ) {
        let books = toml(&metrics);
        let books = book::load(&Source::file("book.toml", &books))
            .unwrap_or_else(|faults| panic!("{faults}"));
        let quantity = Quantity::whole(quantity).expect("a quantity");
        let Some(deal) = resolve(&text("m0", quantity, term, horizon), &books) else {
            return Ok(());
        };
        let utilization = Rate::parse(&format!("{percent}%")).ok();
        let whole = whole.and_then(Quantity::whole);
        let unit = ["b", "a"][metrics[0].unit].to_owned();
        let counts = whole.map(|it| UnitCount { unit, amount: CountBasis::Whole(it) });
        let question = CompareOptions { counts: counts.into_iter().collect(), utilization };
        let compared = NeedComparison::of(&deal, &question);
        let years = horizon.unwrap_or(term);
        let [need] = compared.needs.as_slice() else { panic!("one line") };
        prop_assert_eq!(need.others.len() + need.left_out.len(), metrics.len() - 1);
        let least = need.all().map(|it| it.net.after(years)).min();
        prop_assert_eq!(Some(need.least(compared.span)), least);
        for it in need.all() {
            is_as_quoted(&books, it, term)?;
            // An absolute count is the quantity that is quoted.
            let its = metrics.iter().enumerate().find(|(at, _)| it.metric.name() == format!("m{at}"));
            let has_own_unit = its.is_none_or(|(_, its)| its.unit == metrics[0].unit);
            if !has_own_unit && !it.metric.is_hourly() {
                prop_assert_eq!(Some(it.deal.lines()[0].segments()[0].quantity()), whole);
            }
            prop_assert_eq!(it.cost_over(ListOrNet::Net, compared.span), it.net.after(years));
        }
        for found in &need.break_evens {
            match found {
                BreakEven::Units(turning) => by_units(&deal, need, turning, years)?,
                BreakEven::Use(turning) => by_use(&deal, need, turning, years)?,
                // Its law is that of `comparison`.
                BreakEven::Years(_) => {}
            }
        }
    }
}
