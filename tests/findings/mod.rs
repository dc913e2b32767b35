//! What is found in a price book: in the repository's own, held against trying everything, and in
//! specimens, each of which has one thing that its name begins with.

mod approvals;
mod choices;
mod floors;
mod gaps;
mod limits;
mod lowered_rates;
mod payments;
mod reached;
mod rounded_charges;
mod small_book;
pub mod splitting;
mod undercut;

use crate::support::{DAY, assert_shows_whole, root};
use dealdesk::answer::book_check::{BookCheck, FINDING_KINDS, Finding, findings};
use dealdesk::approve::{PricedDeal, route};
use dealdesk::book::{Books, Metric};
use dealdesk::deal::Deal;
use dealdesk::document::{Answer as _, Canvas};
use dealdesk::number::{Date, Increment, Money, Quantity, Share};
use dealdesk::price::price;
use dealdesk::text::source::Source;
use dealdesk::{book, deal, document};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

static BOOK: LazyLock<Books> = LazyLock::new(|| load("pricing.toml", &read("pricing.toml")));

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("a book")
}

fn load(name: &str, text: &str) -> Books {
    let loaded = book::load(&Source::file(name, text));
    loaded.unwrap_or_else(|faults| panic!("{faults}"))
}

pub fn day() -> Date {
    Date::parse(DAY).expect("a date")
}

fn found(books: &Books) -> Vec<Finding<'_>> {
    findings(&[books], day())
}

pub fn resolve<'b>(books: &'b Books, text: &str) -> Option<Deal<'b>> {
    deal::resolve(&deal::read(&Source::file("deal.toml", text)), books, day()).ok()
}

/// A deal for one unit, or as many as a metric begins with.
fn terms<'b>(books: &'b Books, metric: &str, years: u32, prepay: &str) -> Deal<'b> {
    let text = format!(
        "term_years = {years}\nprepay = \"{prepay}\"\n[[line]]\nmetric = \"{metric}\"\nquantity = 10"
    );
    resolve(books, &text).expect("a deal")
}

/// What so many of what is sold cost, by trying.
pub fn total(deal: &Deal<'_>, count: u64) -> Option<Money> {
    let metric = deal.lines()[0].metric();
    let deal = deal.with_order(metric, metric.increment().quantity(count)?)?;
    Some(price(&deal).totals.tcv)
}

/// A quantity as a count of what is sold.
pub fn count(metric: &Metric, quantity: Quantity) -> u64 {
    let text = quantity.to_string();
    let (units, parts) = text.split_once('.').unwrap_or((&text, ""));
    if metric.increment() == Increment::UNIT {
        assert_eq!(parts, "", "{text} is sold whole");
        return units.parse().expect("a number");
    }
    format!("{units}{parts:0<3}").parse().expect("a number")
}

/// The first and the last count that a finding is of.
pub fn counts(it: &Finding<'_>) -> (u64, u64) {
    let metric = it.book.metric(it.metric.expect("a metric")).expect("a metric");
    let (from, to) = it.quantities.expect("quantities");
    (count(metric, from), count(metric, to.expect("an end")))
}

/// Quantities up to `last` that cost more than a larger one, as intervals within which nothing
/// begins anew.
pub fn tried(deal: &Deal<'_>, last: u64) -> BTreeSet<u64> {
    let mut least: Option<Money> = None;
    let mut dear = BTreeSet::new();
    for quantity in (1..=last).rev() {
        let Some(total) = total(deal, quantity) else { continue };
        if least.is_some_and(|least| total > least) {
            dear.insert(quantity);
        }
        least = Some(least.map_or(total, |least| least.min(total)));
    }
    dear
}

/// The same by the findings.
pub fn proved(found: &[Finding<'_>], metric: &str) -> BTreeSet<u64> {
    let cliffs = found.iter().filter(|it| it.code.name == "larger-order-costs-less");
    let mine = cliffs.filter(|it| it.metric == Some(metric)).map(counts);
    mine.flat_map(|(from, to)| from..=to).collect()
}

/// Every quantity to 20,000, one after the other.
#[test]
fn trying_every_quantity_finds_the_same() {
    let found = found(&BOOK);
    for metric in ["socket", "core", "node", "perpetual"] {
        let deal = terms(&BOOK, metric, 1, "annual");
        assert_eq!(proved(&found, metric), tried(&deal, 20_000), "{metric}");
    }
}

/// At other terms an interval begins where it always does, or where the finding says.
#[test]
fn trying_other_terms_finds_nothing_else() {
    let found = found(&BOOK);
    for (metric, years, prepay) in [
        ("node", 3, "multi-year"),
        ("node", 2, "annual"),
        ("core", 5, "multi-year"),
        ("socket", 4, "annual"),
    ] {
        let tried = tried(&terms(&BOOK, metric, years, prepay), 6_000);
        let proved = proved(&found, metric);
        let elsewhere = found.iter().filter(|it| it.metric == Some(metric));
        let elsewhere: BTreeSet<_> =
            elsewhere.filter_map(|it| Some(it.elsewhere.as_ref()?.from.ceil())).collect();
        let beyond: Vec<_> = tried.difference(&proved).collect();
        assert!(
            beyond.iter().all(|quantity| elsewhere.iter().any(|from| from <= *quantity)),
            "{metric} for {years} years, {prepay}: {beyond:?}, and {elsewhere:?} was said"
        );
    }
    // 150 x 0.85 x 0.95 = 121.125 is rounded up, and 120 x 0.85 x 0.95 = 96.90 is not:
    // 4,000 x 121.13 = 484,520 > 484,500 = 5,000 x 96.90.
    let nodes = tried(&terms(&BOOK, "node", 3, "multi-year"), 6_000);
    assert!(nodes.contains(&4_000) && !proved(&found, "node").contains(&4_000));
}

/// The same with a program, which is there where somebody can grant it; without one, whoever may have
/// it for nothing orders at the price list.
#[test]
fn trying_programs_finds_nothing_else() {
    let found = found(&BOOK);
    let mine: Vec<_> = found.iter().filter(|it| it.metric == Some("node")).collect();
    let ranges = mine.iter().filter_map(|it| {
        if it.code.name != "larger-order-costs-less" {
            return None;
        }
        let (from, to) = counts(it);
        let most = it.at_most.as_ref().expect("a worst case").worst.extra;
        Some((it.elsewhere.as_ref().map_or(from, |it| it.from.ceil()), to, most))
    });
    let ranges: Vec<_> = ranges.collect();
    let mut is_earlier = false;
    for (years, prepay) in [(1, "annual"), (3, "multi-year"), (5, "annual")] {
        let plain = terms(&BOOK, "node", years, prepay);
        for (program, duties, is_free) in [
            ("institutional", "\"accredited-university\"", true),
            ("national-lab", "\"government-funded\"", true),
            ("first-customer", "", false),
            ("large-deal", "", false),
        ] {
            let text = format!(
                "term_years = {years}\nprepay = \"{prepay}\"\n[strategic]\nprogram = \"{program}\"\n\
                 duties = [{duties}]\n{}[[line]]\nmetric = \"node\"\nquantity = 10",
                if is_free { "" } else { "rate = \"25%\"\n" },
            );
            let deal = resolve(&BOOK, &text).expect("a deal");
            let mut least: Option<Money> = None;
            for quantity in (1..=5_500).rev() {
                let claimed = deal.with_order(
                    deal.lines()[0].metric(),
                    Quantity::whole(quantity).expect("a quantity"),
                );
                let claimed = claimed.expect("a deal");
                let pricing = price(&claimed);
                let is_refused =
                    route(&PricedDeal { deal: &claimed, pricing: &pricing }).is_refused();
                let cost = match (is_refused, is_free) {
                    (false, _) => pricing.totals.tcv,
                    (true, true) => total(&plain, quantity).expect("a price"),
                    (true, false) => continue,
                };
                if let Some(least) = least.filter(|least| *least < cost) {
                    let is_told = |it: &(u64, u64, Money)| {
                        it.0 <= quantity && quantity <= it.1 && cost - least <= it.2
                    };
                    assert!(ranges.iter().any(is_told), "{quantity}: {text}");
                    is_earlier |= quantity == 300;
                }
                least = Some(least.map_or(cost, |least| least.min(cost)));
            }
        }
    }
    assert!(is_earlier, "with a quarter off, 300 nodes for three years cost more than 500");
}

#[test]
fn the_intervals_of_the_playbook_are_found() {
    let found = found(&BOOK);
    let cliffs = found.iter().filter(|it| it.code.name == "larger-order-costs-less");
    let cliffs: Vec<_> = cliffs
        .map(|it| {
            let (from, to) = counts(it);
            let worst = it.worst.expect("a worst case");
            (it.metric.expect("a metric"), from, to, worst.extra.at_least(2))
        })
        .collect();
    let expected = [
        ("socket", 95, 99, "10125.00"),      // 99 x 2,375 - 100 x 2,250
        ("socket", 942, 999, "147450.00"),   // 999 x 2,550 - 1,000 x 2,400
        ("core", 438, 499, "12300.00"),      // 499 x 200 - 500 x 175
        ("core", 4_286, 4_999, "124825.00"), // 4,999 x 175 - 5,000 x 150
        ("node", 26, 49, "12000.00"),        // 49 x 500 - 50 x 250
        ("node", 301, 499, "49750.00"),      // 499 x 250 - 500 x 150
        ("node", 4_001, 4_999, "149850.00"), // 4,999 x 150 - 5,000 x 120
    ];
    assert_eq!(
        cliffs,
        expected.map(|(metric, from, to, extra)| (metric, from, to, extra.to_owned()))
    );
}

/// 1 - 0.85 x 0.85 x 0.95, 1 - 0.80 x 0.80 x 0.95 x 0.80, 1 - 0.80 x 0.80 x 0.95 x 0.70.
#[test]
fn what_each_level_can_give_is_found() {
    let gives: Vec<_> = gives(&found(&BOOK)).into_iter().map(|it| it.to_string()).collect();
    assert_eq!(gives, ["31.36%", "51.36%", "57.44%"]);
}

/// By level, lowest first.
fn gives(found: &[Finding<'_>]) -> Vec<Share> {
    let levels = found.iter().filter(|it| it.code.name == "level-gives-at-most");
    levels.map(|it| it.share.expect("a share")).collect()
}

static GIVES: LazyLock<Vec<Share>> = LazyLock::new(|| gives(&found(&BOOK)));

proptest! {
    #![proptest_config(crate::laws::cases(400))]

    /// No deal gives more than is said of its level.
    #[test]
    fn no_deal_gives_more_than_its_level_can(
        metric in select(&["socket", "core", "node"][..]),
        quantity in prop_oneof![1..6000_u64, select(&[3, 49, 50, 100, 499, 500, 999, 1000, 5000][..])],
        years in 1..6_u32,
        prepay in select(&["annual", "multi-year"][..]),
        program in select(&["first-customer", "lighthouse", "competitive-displacement", "large-deal"][..]),
        percent in 0..31_u32,
        cautious in any::<bool>(),
    ) {
        let takes = if cautious { "[discount]\nvolume = \"15%\"\nmulti-year = \"15%\"\n" } else { "" };
        let text = format!(
            "term_years = {years}\nprepay = \"{prepay}\"\nincumbent = \"VMware\"\n{takes}[strategic]\n\
             program = \"{program}\"\nrate = \"{percent}%\"\n[[line]]\nmetric = \"{metric}\"\n\
             quantity = {quantity}"
        );
        let Some(deal) = resolve(&BOOK, &text) else { return Ok(()) };
        let pricing = price(&deal);
        let verdict = route(&PricedDeal { deal: &deal, pricing: &pricing });
        if !verdict.is_refused() {
            let most = GIVES[verdict.level().height()];
            prop_assert!(pricing.totals.discount <= most, "{} > {most}\n{text}", pricing.totals.discount);
        }
    }
}

/// Every code has a specimen that it is found in, and a book with one price for everything has none.
#[test]
fn every_kind_is_found_in_its_specimen() {
    let mut kinds = BTreeSet::new();
    for entry in fs::read_dir(root().join("tests/findings")).expect("the specimens") {
        let path = entry.expect("a file").path();
        if path.extension().is_none_or(|it| it != "toml") {
            continue;
        }
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("a specimen");
        let books = load(&format!("{name}.toml"), &text);
        let found = found(&books);
        let kind = FINDING_KINDS
            .iter()
            .filter(|code| name.starts_with(code.name))
            .max_by_key(|it| it.name.len());
        match kind {
            Some(code) => {
                assert!(found.iter().any(|it| it.code == code), "{name}");
                kinds.insert(code.name);
            }
            None => assert!(found.is_empty(), "{name}"),
        }
        let findings =
            BookCheck { date: day(), books: &[books.first()], found: &found, denied: &[] };
        let paper = Canvas { width: 100, colored: false };
        let drawn = document::terminal(&findings.document(), paper);
        assert_shows_whole!(name, drawn);
    }
    // That one takes two books.
    kinds.insert("dates-between-books");
    assert_eq!(
        kinds,
        FINDING_KINDS.iter().map(|code| code.name).collect(),
        "a code without a specimen"
    );
}

/// Books that follow one another leave no day out, and have none in common.
#[test]
pub fn days_between_books_are_found() {
    let dated = |dates: &str| {
        let text = read("tests/findings/clean.toml");
        load(
            "clean.toml",
            &text.replace(
                "quote_valid = \"30 days\"",
                &format!("quote_valid = \"1 days\"\n{dates}"),
            ),
        )
    };
    let first = |until: &str| dated(&format!("effective = 2026-01-01\n{until}"));
    let next = dated("effective = 2027-01-01");
    for (until, said) in [
        ("until = 2026-12-30", "no book may be quoted from 2026-12-31 to 2026-12-31"),
        ("until = 2027-01-02", "both books may be quoted from 2027-01-01 to 2027-01-02"),
        ("", "the book has no last day, and the next one begins on 2027-01-01"),
    ] {
        let first = first(until);
        let found = findings(&[&first, &next], day());
        let is_said =
            |it: &Finding<'_>| it.message == said && it.code.name == "dates-between-books";
        assert!(found.iter().any(is_said), "{until}: {found:?}");
    }
    let (first, second) = (first("until = 2026-12-31"), next);
    let found = findings(&[&first, &second], day());
    assert!(!found.iter().any(|it| it.message.contains("books") || it.message.contains("no book")));
}

/// 49 sockets cost $73,500. Of 8 cores in each there are 392, at $200.00 more than that; of 11 there are
/// 539, at $120.00 $64,680: cores cost less again, up to 12 in a socket.
#[test]
fn a_metric_can_undercut_another_again() {
    let text = read("pricing.toml")
        .replace("\"500-4999\", price = \"175.00\"", "\"500-4999\", price = \"120.00\"")
        .replace("\"5000+\", price = \"150.00\"", "\"5000+\", price = \"110.00\"");
    let books = load("pricing.toml", &text);
    let found = found(&books);
    let mut mine = found.iter().filter(|it| it.code.name == "metrics-undercut");
    let second = mine.nth(1).expect("a finding");
    assert_eq!(
        second.message,
        "for 4 to 49 sockets, up to 7 cores per socket cost less by the core; from 13, the socket costs \
         less"
    );
}

/// $10 off 25 is 40%, off 100 it is 10% and off 40 a quarter.
#[test]
fn a_fixed_amount_is_most_where_the_price_is_least() {
    let text = read("tests/findings/larger-order-costs-less-by-discount.toml")
        .replace(
            "[{ quantity = \"1+\", price = \"100.00\" }]",
            "[{ quantity = \"1-9\", price = \"100.00\" }, { quantity = \"10-19\", price = \"25.00\" }, \
             { quantity = \"20+\", price = \"40.00\" }]",
        )
        .replace("{ quantity = \"10+\", rate = \"20%\" }", "{ quantity = \"1+\", amount = \"10.00\" }");
    let books = load("book.toml", &text);
    assert_eq!(gives(&found(&books)).iter().map(Share::to_string).collect::<Vec<_>>(), ["40.00%"]);
}

/// A smaller rate stays within a guardrail that a larger one goes beyond: of 500 sockets for two years at
/// 15% and 5.8825%, 3,000 x 0.85 x 0.941175 = 2,399.99625 is rounded to 2,400.00.
#[test]
fn beside_guardrails_a_level_gives_what_they_leave() {
    let rail = "\n[[guardrail]]\nname = \"deep\"\nmeasure = \"discount\"\nabove = \"20%\"\n\
                approval = \"svp\"\nreason = \"More than 20% off list\"\n";
    let books = load("pricing.toml", &(read("pricing.toml") + rail));
    let found = found(&books);
    let gives: Vec<_> = gives(&found).iter().map(Share::to_string).collect();
    assert_eq!(gives, ["20.00%", "20.00%", "57.44%"]);
    assert!(!found.iter().any(|it| it.message.contains("at least")), "{found:?}");
    assert!(!found.iter().any(|it| it.code.name == "unreached"), "{found:?}");
}

/// A line of 4.00 costs 4.00 x 0.87655 x 0.80 = 2.80496, which is rounded to 2.80: half a cent less were
/// 30.00% off too. At 0.70 it is 2.45434, and half a cent less were 38.77% where 2.45 is 38.75%.
#[test]
fn what_is_not_proved_is_told_as_at_least() {
    let text = read("tests/findings/level-gives-at-most.toml")
        .replace("mode = \"volume\"", "mode = \"volume\"\nfee = \"3.00\"")
        .replace("price = \"100.00\"", "price = \"1.00\"")
        .replace("rate = \"10%\"", "rate = \"12.345%\"");
    let books = load("book.toml", &text);
    let found = found(&books);
    let gives = found.iter().filter(|it| it.code.name == "level-gives-at-most");
    let said: Vec<_> = gives.map(|it| it.message.split(" off").next().expect("a part")).collect();
    assert_eq!(
        said,
        [
            "without approval a deal can be 30.00%",
            "with Team lead approval a deal can be at least 38.75%"
        ]
    );
}

/// 500 at 80.00 are 40,000 a year. With 9.9999% in place of 20% they are a little more than 45,000, and the
/// program can be had: 100.00 x 0.900001 x 0.70 is rounded to 63.00.
#[test]
fn less_of_a_discount_can_open_a_program() {
    let text = read("tests/findings/unreached-arr.toml")
        .replace("arr_above = \"50000.00\"", "arr_above = \"45000.00\"")
        .replace("max_rate = \"10%\"", "max_rate = \"30%\"")
        .replace("order = [", "order = [\"volume\", ")
        + "\n[discount.volume]\ntitle = \"Volume\"\nby = \"quantity\"\nbase = \"running\"\n\
           metrics = [\"seat\"]\nsteps = [{ quantity = \"1+\", rate = \"20%\" }]\n";
    let books = load("book.toml", &text);
    let gives: Vec<_> = gives(&found(&books)).iter().map(Share::to_string).collect();
    assert_eq!(gives, ["20.00%", "37.00%"]);
}

/// The row of 0% asks for the head of sales, also where the discount is withheld. So a smaller order has what
/// the lead gives, and 100 seats are 100.00 x 0.80 x 0.90 = 72.00 with the head alone.
#[test]
fn a_row_of_nothing_asks_for_its_level() {
    let text = read("tests/findings/unreached-level.toml")
        .replace("order = [", "order = [\"volume\", ")
        + "\n[discount.volume]\ntitle = \"Volume\"\nby = \"quantity\"\nbase = \"running\"\n\
           metrics = [\"seat\"]\nsteps = [\n{ quantity = \"10-99\", rate = \"0%\", approval = \"head\" },\n";
    let nothing = load("book.toml", &(text.clone() + "]\n"));
    let more = "{ quantity = \"100+\", rate = \"20%\", approval = \"head\" },\n]\n";
    let most = load("book.toml", &(text + more));
    for (books, expected) in [(&nothing, ["10.00%", "10.00%"]), (&most, ["10.00%", "28.00%"])] {
        let found = found(books);
        let gives: Vec<_> = gives(&found).iter().map(Share::to_string).collect();
        assert_eq!(gives, expected);
        assert!(!found.iter().any(|it| it.code.name == "unreached"), "{found:?}");
    }
}

/// A part of a unit takes the range that the next whole unit is in. So ranges begin just above the last whole
/// number before, where larger orders cost less from a little further down on; and whole units cost what
/// they did.
#[test]
fn parts_of_a_unit_move_no_more_than_where_ranges_begin() {
    let text = read("pricing.toml")
        .replace("\nmode = \"volume\"", "\nmode = \"volume\"\nfractional = true");
    let books = load("pricing.toml", &text);
    let (whole, parts) = (found(&BOOK), found(&books));
    let messages = |found: &[Finding<'_>], code: &str| -> Vec<_> {
        found.iter().filter(|it| it.code.name == code).map(|it| it.message.clone()).collect()
    };
    let rises = messages(&parts, "unit-price-rises");
    assert_eq!(rises.len(), messages(&whole, "unit-price-rises").len());
    assert!(rises.iter().any(|it| it.starts_with("from 49.001 sockets (")), "{rises:?}");
    for code in ["metrics-undercut", "level-gives-at-most", "unreached"] {
        assert_eq!(messages(&parts, code), messages(&whole, code));
    }
    let mine = parts.iter().filter(|it| it.code.name == "larger-order-costs-less");
    let node = mine.clone().find(|it| it.metric == Some("node")).expect("nodes");
    // 49.001 x 250 = 12,250.25, and 24.501 x 500 = 12,250.50.
    assert_eq!(counts(node), (24_501, 49_000), "{}", node.message);
}

/// Five million units at $0.001 have an ARR of $5,000.00, and what is above it is 20% off. The first that costs
/// more than $4,000.00 in cents has 4,000,005 units.
#[test]
fn parts_of_a_unit_are_found_however_far_a_program_begins() {
    let text = read("tests/findings/larger-order-costs-less-by-arr-of-a-program.toml")
        .replace("places = 2", "places = 4\nfractional = true")
        .replace("price = \"100.00\"", "price = \"0.001\"");
    let books = load("book.toml", &text);
    let found = found(&books);
    let mine = found.iter().find(|it| it.code.name == "larger-order-costs-less");
    let mine = mine.expect("a finding");
    assert_eq!(counts(mine), (4_000_005_000, 5_000_000_000), "{}", mine.message);
}
