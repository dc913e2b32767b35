//! One deal, written as flags of `quote`, as a deal file and as a row of `batch`: each way has the same price, the
//! same approvals and the same invoices. Invoices, lines, totals, JSON, CSV and batch have the same sums.

use super::batch::rows::{NAMES, Row, csv};
use super::batch::run::{CSV, desk, priced};
use super::exact::{Exact, exact, read, zero};
use super::model::{Book, Deal as Wanted, Take};
use super::world::{World, load, resolve, world};
use super::written::{decimal, quoted};
use crate::support::{DAY, Desk, OUR_BOOK};
use dealdesk::book::Books;
use dealdesk::deal::Deal;
use dealdesk::document;
use dealdesk::number::Money;
use dealdesk::quote::json::to_json;
use dealdesk::quote::{Quote, quote, rows};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use std::sync::LazyLock;

static BOOK: LazyLock<Books> = LazyLock::new(|| load(OUR_BOOK));

/// A row of `batch` for our book, most of them deals.
fn row() -> impl Strategy<Value = Row> {
    let what = prop_oneof![
        (Just("socket"), 1..1_500_u32),
        (Just("core"), 1..7_000_u32),
        (Just("node"), 1..7_000_u32),
        (Just("consumption"), 1..60_000_u32),
        (Just("perpetual"), 1..300_u32),
    ];
    let program = select(
        &[
            ("", ""),
            ("lighthouse", "10%"),
            ("lighthouse", "0.305"),
            ("first-customer", "25%"),
            ("competitive-displacement", "12.5%"),
            ("large-deal", "20%"),
            ("annual-prepay", "5%"),
            ("national-lab", "50%"),
        ][..],
    );
    let words = (
        select(&["", "1", "2", "3", "4", "6"][..]),
        select(&["", "annual", "multi-year"][..]),
        select(&["", "auto", "none", "10%", "0.075"][..]),
        select(&["", "VMware", "Acme Inc."][..]),
        select(&["", "", "Enterprise", "Community"][..]),
        select(&["", "", "2"][..]),
    );
    (what, program, words).prop_map(|((metric, quantity), (program, rate), words)| {
        let (years, prepay, volume, incumbent, edition, hosts) = words;
        let edition = if metric == "socket" { edition } else { "" };
        Row::of(&[
            ("id", "r1"),
            ("customer", "Acme Bank"),
            ("metric", metric),
            ("quantity", &quantity.to_string()),
            ("term_years", years),
            ("prepay", prepay),
            ("strategic", program),
            ("strategic_rate", rate),
            ("volume", volume),
            ("edition", edition),
            ("hosts", hosts),
            ("incumbent", incumbent),
        ])
    })
}

/// The row as a deal file.
fn file(row: &Row) -> String {
    let key = |name: &str, column: &str| match row.text(column) {
        "" => String::new(),
        text if ["term_years", "hosts"].contains(&column) => format!("{name} = {text}\n"),
        text => format!("{name} = {}\n", quoted(text)),
    };
    let top = ["customer", "term_years", "prepay", "incumbent"].map(|name| key(name, name));
    let line = ["metric", "quantity", "edition", "hosts"].map(|name| key(name, name));
    let table = |header: &str, keys: String| {
        if keys.is_empty() { keys } else { format!("{header}\n{keys}") }
    };
    let claim = key("program", "strategic") + &key("rate", "strategic_rate");
    top.concat()
        + &table("[[line]]", line.concat())
        + &table("[discount]", key("volume", "volume"))
        + &table("[[strategic]]", claim)
}

/// The row as flags of `quote`.
fn flags(row: &Row) -> Vec<String> {
    let mut flags = Vec::new();
    for name in NAMES.iter().filter(|name| !["id", "strategic", "strategic_rate"].contains(*name)) {
        let flag = if *name == "term_years" { "term" } else { name };
        let text = row.text(name);
        flags.extend((!text.is_empty()).then(|| format!("--{flag}={text}")));
    }
    let (program, rate) = (row.text("strategic"), row.text("strategic_rate"));
    flags.extend((!program.is_empty()).then(|| format!("--strategic={program}={rate}")));
    flags
}

/// Runs `quote` with flags, and returns its JSON; nothing if it does not quote the deal.
fn typed(desk: &Desk, flags: &[String]) -> Option<Value> {
    let date = format!("--date={DAY}");
    let first = ["quote", "--price-book", "pricing.toml", "--format", "json", &date];
    let args: Vec<_> = first.into_iter().chain(flags.iter().map(String::as_str)).collect();
    let ran = desk.run(&args);
    assert_eq!(ran.stdout.is_empty(), !matches!(ran.code, Some(0 | 4)), "{}", ran.stderr);
    (!ran.stdout.is_empty()).then(|| serde_json::from_str(&ran.stdout).expect("JSON"))
}

fn json(deal: &Deal<'_>) -> Value {
    serde_json::from_str(&to_json(&quote(deal)).to_string()).expect("JSON")
}

/// Returns the sum of a column of a CSV file.
fn column(text: &str, name: &str) -> Exact {
    let mut file = csv::Reader::from_reader(text.as_bytes());
    let at = file.headers().expect("a header").iter().position(|it| it == name).expect("a column");
    let records = file.records().map(|row| read(&row.expect("a row")[at]));
    records.fold(zero(), |sum, amount| sum + amount)
}

/// Returns the sum of a key of a list in JSON.
fn key(list: &Value, name: &str) -> Exact {
    let items = list.as_array().map_or(&[][..], Vec::as_slice).iter();
    items.fold(zero(), |sum, item| sum + read(item[name].as_str().expect("an amount")))
}

/// Whether every place that has the contract value of a quote has the same one.
fn sums_hold(quote: &Quote<'_, '_>) -> Result<(), TestCaseError> {
    let sum = |amounts: &mut dyn Iterator<Item = Money>| {
        amounts.fold(zero(), |sum, amount| sum + exact(amount))
    };
    let pricing = &quote.pricing;
    let tcv = exact(pricing.totals.tcv);
    let services = sum(&mut pricing.services.iter().map(|it| it.price));
    let lines = sum(&mut pricing.lines.iter().map(|line| line.tcv));
    prop_assert_eq!(&(lines + &services), &tcv);
    let json: Value = serde_json::from_str(&to_json(quote).to_string()).expect("JSON");
    prop_assert_eq!(&(key(&json["lines"], "tcv") + &services), &tcv);
    prop_assert_eq!(&read(json["totals"]["tcv"].as_str().expect("a total")), &tcv);
    let records = document::csv(&rows::records(quote));
    prop_assert_eq!(&column(&records, "tcv"), &tcv);
    prop_assert_eq!(&column(&records, "list_tcv"), &exact(pricing.totals.list_tcv));
    if let Some(schedule) = &quote.schedule {
        let invoices = sum(&mut schedule.invoices.iter().map(|it| it.amount));
        let items = schedule.invoices.iter().flat_map(|it| &it.items);
        prop_assert_eq!(&sum(&mut items.map(|it| it.amount)), &invoices);
        prop_assert_eq!(&exact(schedule.total), &invoices);
        prop_assert_eq!(&invoices, &tcv);
        prop_assert_eq!(&key(&json["invoices"], "amount"), &tcv);
        prop_assert_eq!(&column(&document::csv(&rows::invoice_records(quote)), "amount"), &tcv);
    }
    Ok(())
}

/// The level and the reviews of a quote as a cell of `batch`.
fn approval(json: &Value) -> String {
    let is_refused = json["violations"].as_array().is_some_and(|it| !it.is_empty());
    let level =
        if is_refused { "refused" } else { json["approvals"]["level"].as_str().expect("a level") };
    let reviews = json["approvals"]["reviews"].as_array().map_or(&[][..], Vec::as_slice);
    let reviews = reviews.iter().map(|it| it.as_str().expect("a review"));
    std::iter::once(level).chain(reviews).collect::<Vec<_>>().join("+")
}

proptest! {
    #![proptest_config(super::cases(20))]

    /// Flags and a deal file of our book have one JSON, with the invoices, and one refusal.
    #[test]
    fn flags_and_a_deal_file_are_one_quote(row in row(), is_started in any::<bool>()) {
        let desk = Desk::new().file("pricing.toml", OUR_BOOK);
        let start = if is_started { "start = 2026-12-20\n" } else { "" };
        let deal = resolve(&(start.to_owned() + &file(&row)), &BOOK).ok();
        let mut flags = flags(&row);
        flags.extend(is_started.then(|| "--start=2026-12-20".to_owned()));
        prop_assert_eq!(typed(&desk, &flags), deal.as_ref().map(json), "{:?}", flags);
    }

    /// Flags and a deal file of any book have one JSON. A deal of flags has one line.
    #[test]
    fn flags_and_a_deal_file_of_any_book_are_one_quote(world in world().prop_map(of_flags)) {
        let desk = Desk::new().file("pricing.toml", &world.book.toml());
        let books = world.load();
        let deal = world.resolve(&books);
        let flags = world_flags(&world.book, &world.deal);
        prop_assert_eq!(typed(&desk, &flags), deal.as_ref().map(json), "{:?}", flags);
    }
}

proptest! {
    #![proptest_config(super::cases(300))]

    /// A row of `batch` has the price and the approvals of its deal file, and is refused with it.
    #[test]
    fn a_row_and_a_deal_file_are_one_deal(row in row()) {
        let ran = priced(&desk(&BOOK, None), &csv(std::slice::from_ref(&row)), CSV);
        let deal = resolve(&file(&row), &BOOK).ok();
        let expected = deal.as_ref().map(|deal| {
            let json = json(deal);
            let text = |value: &Value| value.as_str().expect("an amount").to_owned();
            let line = &json["lines"][0];
            [&line["list_unit_price"], &line["net_unit_price"], &line["annual"], &json["totals"]["tcv"]]
                .map(text)
                .into_iter()
                .chain([text(&json["totals"]["discount"]), approval(&json)])
                .collect::<Vec<_>>()
        });
        let found = ran.rows().into_iter().next().map(|cells| cells[1..].to_vec());
        prop_assert_eq!(found, expected, "{}", file(&row));
    }

    /// Invoices, lines, totals, JSON and CSV of a deal of our book have one sum.
    #[test]
    fn every_sum_of_a_quote_of_our_book_is_one(row in row()) {
        let text = format!("start = 2026-12-20\n{}", file(&row));
        if let Ok(deal) = resolve(&text, &BOOK) {
            sums_hold(&quote(&deal))?;
        }
    }

    /// Invoices, lines, totals, JSON and CSV of a deal of any book have one sum.
    #[test]
    fn every_sum_of_a_quote_is_one(world in world(), months in select(&[1, 3, 12][..])) {
        let billing = format!(
            "\n[billing]\nstandard = \"own\"\n[billing.ways.own]\ntitle = \"own\"\nmonths = {months}\n"
        );
        let books = load(&(world.book.toml() + &billing));
        let text = format!("start = 2026-12-20\n{}", world.deal.toml(&world.book));
        if let Ok(deal) = resolve(&text, &books) {
            sums_hold(&quote(&deal))?;
        }
    }
}

/// Leaves what flags can say: one line without a ramp, no services, and claims without a count.
fn of_flags(mut world: World) -> World {
    let deal = &mut world.deal;
    deal.services.clear();
    deal.lines.truncate(1);
    for line in &mut deal.lines {
        line.ramp = false;
        line.years.truncate(1);
    }
    let book = &world.book;
    deal.claims.truncate(1);
    for claim in &mut deal.claims {
        claim.count = None;
    }
    // The name of a discount or a program ends at the first `=` of its flag.
    deal.claims
        .retain(|it| !book.discounts[it.program.0].programs()[it.program.1].name.contains('='));
    deal.takes.retain(|(discount, _)| !book.discounts[*discount].name.contains('='));
    world
}

/// The deal as flags of `quote`.
fn world_flags(book: &Book, deal: &Wanted) -> Vec<String> {
    let mut flags = vec![format!("--currency={}", book.currencies.main)];
    let mut flag = |name: &str, value: Option<String>| {
        flags.extend(value.map(|value| format!("--{name}={value}")));
    };
    flag("customer", deal.customer.clone());
    flag("incumbent", deal.incumbent.clone());
    flag("term", Some(deal.term.to_string()));
    flag("prepay", deal.prepay.map(|way| book.ways()[way].clone()));
    let (line, year) = (&deal.lines[0], deal.lines[0].years[0]);
    let metric = &book.metrics[line.metric];
    flag("metric", Some(metric.name.clone()));
    flag("edition", line.edition.and_then(|tier| metric.tiers[tier].edition.clone()));
    flag("hosts", line.hosts.map(|hosts| hosts.to_string()));
    flag("committed", line.committed(metric).map(|it| decimal(it, 3)));
    flag("quantity", Some(decimal(year.quantity, 3)));
    flag("unit-price", year.unit_price.map(|price| decimal(price, 6)));
    flag("fee", year.fee.map(|fee| decimal(fee, 6)));
    for (discount, take) in &deal.takes {
        let take = match take {
            Take::Auto => "auto".to_owned(),
            Take::Nothing => "none".to_owned(),
            Take::Rate(rate) => decimal(rate.millionths.into(), 4) + "%",
        };
        flag("discount", Some(format!("{}={take}", book.discounts[*discount].name)));
    }
    for claim in &deal.claims {
        let (discount, program) = claim.program;
        let name = &book.discounts[discount].programs()[program].name;
        let rate = claim.rate.map(|rate| format!("={}%", decimal(rate.millionths.into(), 4)));
        flag("strategic", Some(format!("{name}{}", rate.unwrap_or_default())));
        for duty in &claim.duties {
            flag("duty", Some(duty.clone()));
        }
    }
    flags
}
