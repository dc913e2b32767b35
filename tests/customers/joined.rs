//! What deals of one customer cost and need together, on the days that they share.

use super::{acme, day, splits, with};
use crate::pipeline::BOOK;
use crate::support::{DAY, OUR_BOOK};
use dealdesk::deal::CustomerLines;
use dealdesk::price::price;
use dealdesk::text::source::Source;
use dealdesk::{book, deal};

#[track_caller]
fn assert_ours(deals: &[String], expected: &[&str]) {
    let deals: Vec<_> = deals.iter().map(String::as_str).collect();
    assert_eq!(splits(OUR_BOOK, DAY, &deals), expected, "{}", deals.join("---\n"));
}

/// 49 sockets cost $1,500 x 0.85 x 0.95 = $1,211.25, and as part of 441 they cost
/// $2,500 x 0.90 x 0.85 x 0.95 = $1,816.875, rounded to $1,816.88:
/// 441 x 3 x $1,211.25 = $1,602,483.75, and 441 x 3 x $1,816.88 = $2,403,732.24.
#[test]
fn nine_deals_of_49_sockets_cost_what_441_do() {
    let deal = acme("socket", 49, "term_years = 3\nprepay = \"multi-year\"");
    let told = "801248.49: 1 2 3 4 5 6 7 8 9: $1,602,483.75 apart, $2,403,732.24 as 441 sockets";
    assert_ours(&vec![deal.clone(); 9], &[told]);
    let deals = vec![deal.as_str(); 9];
    with(OUR_BOOK, DAY, &deals, |checked| {
        let [split] = checked.splits.as_slice() else { panic!("{:?}", checked.splits) };
        let told = "1, 2, 3, 4, 5 and 4 more of Acme cost $801,248.49 less than together: \
                    $1,602,483.75 apart, $2,403,732.24 as 441 sockets";
        assert_eq!(split.message(), told);
    });
}

/// Each keeps its own term and prepayment, and both have 98 in the first year alone: 49 x $2,500 x 0.95 =
/// $116,375 instead of 49 x $1,500 = $73,500, and 49 x ($1,917.81 + 2 x $1,211.25) = $212,675.19 instead of
/// 49 x 3 x $1,211.25 = $178,053.75. $2,500 x 0.95 x 0.85 x 0.95 is $1,917.8125.
#[test]
fn other_terms_and_payment_join_all_the_same() {
    let year = acme("socket", 49, "");
    let prepaid = acme("socket", 49, "term_years = 3\nprepay = \"multi-year\"");
    let told = "77496.44: 1 2: $251,553.75 apart, $329,050.19 as 98 sockets";
    assert_ours(&[year, prepaid], &[told]);
}

/// Three years from 2027, and a year from 2029: only the third has 98. Apart 49 x 3 x $1,275 = $187,425 and
/// 49 x $1,500 = $73,500. Together 49 x 2 x $1,275 + 49 x $2,018.75 = $223,868.75 and 49 x $2,375 = $116,375.
#[test]
fn only_the_years_that_both_have_are_joined() {
    let long = acme("socket", 49, "start = 2027-01-01\nterm_years = 3");
    let last = acme("socket", 49, "start = 2029-01-01");
    let told = "79318.75: 1 2: $260,925.00 apart, $340,243.75 as 98 sockets";
    assert_ours(&[long.clone(), last], &[told]);
    // A contract that begins on the last day is dearer for a day of 365: $36,443.75 and $42,875 a year.
    let day = "217.31: 1 2: $260,925.00 apart, $261,142.31 as 98 sockets";
    assert_ours(&[long.clone(), acme("socket", 49, "start = 2029-12-31")], &[day]);
    assert_ours(&[long.clone(), acme("socket", 49, "start = 2030-01-01")], &[]);
    // A deal without a start begins on the quote's day: it ends on 20 November 2027.
    assert_ours(
        &[acme("socket", 49, ""), acme("socket", 49, "start = 2027-11-20")],
        &["234.61: 1 2: $147,000.00 apart, $147,234.61 as 98 sockets"],
    );
    assert_ours(&[acme("socket", 49, ""), acme("socket", 49, "start = 2027-11-21")], &[]);
}

/// The second and the third are never there at once, so that nobody has more than 70. Each unit costs $2,375 instead of
/// $1,500: the 40 always, 30 on 181 of 365 days and 30 on 184 of 366. $35,000 + $13,017.12 + $13,196.72.
#[test]
fn units_of_different_days_are_not_added() {
    let deals = [
        acme("socket", 40, "start = 2027-01-01"),
        acme("socket", 30, "start = 2026-07-01"),
        acme("socket", 30, "start = 2027-07-01"),
    ];
    assert_ours(&deals, &["61213.84: 1 2 3: $150,000.00 apart, $211,213.84 as 70 sockets"]);
}

/// 60 nodes cost $250 each, and 30 cost $500: who splits such an order pays more.
#[test]
fn a_split_that_costs_more_saves_nothing() {
    assert_ours(&[acme("node", 30, ""), acme("node", 30, "term_years = 2")], &[]);
}

/// Each metric is told by itself: the nodes of both cost less together.
#[test]
fn one_metric_hides_nothing_of_another() {
    let both = acme("socket", 49, "") + "[[line]]\nmetric = \"node\"\nquantity = 30\n";
    let told = "85750.00: 1 2: $147,000.00 apart, $232,750.00 as 98 sockets";
    assert_ours(&[both.clone(), both], &[told]);
}

/// A program for up to 40 boxes is for all boxes of the customer, whatever their terms, as it is for all boxes of one
/// deal: a claim is of the whole deal. So it is where each line counts by itself for its price. Only an exclusive
/// program counts its own boxes alone.
#[test]
fn the_limit_of_a_program_counts_the_units_of_all_deals() {
    for counted in ["deal", "line"] {
        let counted = format!("[metric.box]\ncounted = \"{counted}\"\n");
        let book = BOOK.replace("[metric.box]\n", &counted);
        the_limit_of_a_program_holds(&book, &["school.school: 1 2"]);
        let mark = "quantity = \"1-40\"\n";
        let exclusive = book.replace(mark, &format!("{mark}exclusive = true\n"));
        the_limit_of_a_program_holds(&exclusive, &[]);
    }
}

fn the_limit_of_a_program_holds(book: &str, beside_others: &[&str]) {
    let school =
        |boxes, rest: &str| acme("box", boxes, rest) + "[strategic]\nprogram = \"school\"\n";
    let told = |deals: &[String]| {
        let deals: Vec<_> = deals.iter().map(String::as_str).collect();
        splits(book, DAY, &deals)
    };
    let none = Vec::<String>::new();
    assert_eq!(told(&[school(20, ""), school(21, "term_years = 2")]), ["school.school: 1 2"]);
    assert_eq!(told(&[school(20, ""), school(20, "term_years = 2")]), none);
    assert_eq!(told(&[school(20, ""), acme("box", 25, "term_years = 2")]), beside_others);
    assert_eq!(told(&[school(20, ""), acme("box", 25, "")]), beside_others);
    assert_eq!(told(&[school(20, ""), acme("box", 20, "")]), none);
    let later = "start = 2027-11-21\nterm_years = 2";
    assert_eq!(told(&[school(20, ""), school(21, later)]), none);
}

/// Nodes under an exclusive program count for no other node's price, and count among themselves. 30 for pay cost
/// $500 each, also beside 4,990 of a laboratory, and $250 beside 30 more for pay. From 5,000 on they cost $120.
#[test]
fn units_under_an_exclusive_program_count_for_no_others() {
    let lab =
        "term_years = 2\n[strategic]\nprogram = \"national-lab\"\nduties = [\"government-funded\"]";
    let (lab, paid) = (acme("node", 4990, lab), acme("node", 30, ""));
    let first_of = |deals: [&str; 2]| {
        let books = book::load(&Source::file("pricing.toml", OUR_BOOK)).expect("a book");
        let deals = deals.map(|text| {
            let draft = deal::read(&Source::file("deal.toml", text));
            deal::resolve(&draft, &books, day(DAY)).expect("a deal")
        });
        let beside = CustomerLines::of(&[&deals[0], &deals[1]]).beside(&deals[0], 0);
        price(&beside.expect("a deal")).lines[0].segments[0].list.price.at_least(2)
    };
    assert_eq!(first_of([&paid, &lab]), "500.00");
    assert_eq!(first_of([&paid, &paid]), "250.00");
    assert_eq!(first_of([&lab, &paid]), "150.00");
    assert_eq!(first_of([&lab, &lab]), "120.00");
}

/// Pilots of two deals are priced as one at the sum of their fees, and each pays its own: $50,000.00 for 10 nodes, also
/// beside 30 nodes for the same fee.
#[test]
fn a_fee_beside_another_is_its_own() {
    let books = book::load(&Source::file("pricing.toml", OUR_BOOK)).expect("a book");
    let [small, large] = [10, 30].map(|nodes| {
        let text = acme("edge-pilot", nodes, "") + "fee = \"50000.00\"\n";
        deal::resolve(&deal::read(&Source::file("deal.toml", &text)), &books, day(DAY))
            .expect("a deal")
    });
    let beside = CustomerLines::of(&[&small, &large]).beside(&small, 0).expect("a deal");
    assert_eq!(price(&beside).totals.tcv.at_least(2), "50000.00");
}

/// A contract from 1 September on is beside one from 15 December on for 260 days: $85,750 x 260 / 365.
/// A quote of 1 September ends with the quarter on 30 September, and counts for 90 days more: until 29 December.
#[test]
fn an_expired_quote_counts_for_as_long_as_the_book_says() {
    let deals = [acme("socket", 49, "date = 2026-09-01"), acme("socket", 49, "date = 2026-12-15")];
    let deals: Vec<_> = deals.iter().map(String::as_str).collect();
    let told = "61082.19: 1 2: $147,000.00 apart, $208,082.19 as 98 sockets; expired quotes count for 90 \
                more days, which is assumed";
    let source = |told: &str| told.split(" (pricing.toml:").next().map(str::to_owned);
    let on = |book: &str, day| {
        splits(book, day, &deals).iter().filter_map(|it| source(it)).collect::<Vec<_>>()
    };
    assert_eq!(on(OUR_BOOK, "2026-12-29"), [told]);
    assert_eq!(on(OUR_BOOK, "2026-12-30"), Vec::<String>::new());
    // A book that says nothing counts valid quotes.
    let rest = OUR_BOOK.split_once("expired_quote_days = 90").expect("the days of expired quotes");
    let (_, after) = rest.1.split_once("assumed = true\n").expect("their mark");
    let silent = format!("{}\n{after}", rest.0);
    assert_eq!(on(&silent, "2026-12-29"), Vec::<String>::new());
    assert_eq!(on(&silent, "2026-09-30").len(), 1);
}

/// A price list that ends at 80 has no price for 98: nobody knows what they cost together, and that is reported.
#[test]
fn what_the_book_does_not_sell_has_no_price() {
    let book = OUR_BOOK.replacen("{ quantity = \"50-499\", price = \"2500.00\", edition = \"Enterprise\" },\n  { quantity = \"500+\", price = \"3000.00\", edition = \"Enterprise+\" },", "{ quantity = \"50-80\", price = \"2500.00\", edition = \"Enterprise\" },", 1);
    let deals = [acme("socket", 49, ""), acme("socket", 49, "")];
    let deals: Vec<_> = deals.iter().map(String::as_str).collect();
    assert_eq!(splits(&book, DAY, &deals), ["metric.socket: 1 2"]);
    assert_eq!(splits(&book, DAY, &[deals[0], &acme("socket", 31, "")]).len(), 1);
}

/// 25 and 30 days of migration are $50,000.00 and $60,000.00 of the $100,000.00 that a customer gets once in 12
/// months, whatever the days of the contracts. Each deal has 200 sockets, of which a tenth is $114,750.00.
#[test]
fn an_included_service_is_added_up_over_the_deals_of_a_customer() {
    let migration = |date: &str, start: &str, days: u32| {
        let rest = format!("date = {date}\nterm_years = 3\nstart = {start}");
        let service = format!("[[service]]\nname = \"migration\"\nquantity = {days}\n");
        acme("socket", 200, &rest) + &service
    };
    let first = migration("2026-11-20", "2026-12-01", 25);
    let told = [
        "10000.00: 1 2: Migration services: $110,000.00 included, of $100,000.00 that a customer gets once \
                 in 12 months",
    ];
    let service = |deals: &[&str]| -> Vec<String> {
        let all = splits(OUR_BOOK, DAY, deals).into_iter();
        all.filter(|it| it.contains("Migration")).collect()
    };
    assert_eq!(service(&[&first, &migration("2026-11-21", "2026-12-15", 30)]), told);
    assert_eq!(
        service(&[&first, &migration("2026-11-21", "2026-12-15", 25)]),
        Vec::<String>::new()
    );
}

/// $60,000.00 and $40,000.00 of migration are the $100,000.00 that a customer gets: a deal that states the first in
/// `included_before` includes no more than the rest, and is no split. A deal that states too little is one.
#[test]
fn a_service_that_another_deal_includes_is_counted_once() {
    let migration = |days: u32, before: &str| {
        let service = format!("[[service]]\nname = \"migration\"\nquantity = {days}\n{before}");
        acme("socket", 400, "term_years = 3") + &service
    };
    let told = |first: &str, other: &str| -> Vec<String> {
        let all = splits(OUR_BOOK, DAY, &[first, other]).into_iter();
        all.filter(|it| it.contains("Migration")).collect()
    };
    let first = migration(30, "");
    let rest = migration(20, "included_before = \"60000.00\"");
    assert_eq!(told(&first, &rest), Vec::<String>::new());
    // Of 30 days, $40,000.00 is included and the rest is priced.
    let priced = migration(30, "included_before = \"60000.00\"");
    assert_eq!(told(&first, &priced), Vec::<String>::new());
    let more = "5000.00: 1 2: Migration services: $105,000.00 included, of $100,000.00 that a customer gets once \
                in 12 months";
    assert_eq!(told(&first, &migration(30, "included_before = \"55000.00\"")), [more]);
    // Both state the other: each includes what the other leaves.
    let first = migration(30, "included_before = \"40000.00\"");
    assert_eq!(told(&first, &rest), Vec::<String>::new());
}

/// A free edition stands alone, and its hosts are those of all deals, also where the deals differ in their terms.
#[test]
fn a_free_edition_is_judged_over_deals_of_other_terms() {
    let community = |hosts: u32, rest: &str| {
        let line = format!("edition = \"Community\"\nhosts = {hosts}\n");
        acme("socket", 8 * hosts, &format!("term_years = 2\nstart = 2026-12-01\n{rest}")) + &line
    };
    let paid = acme("socket", 500, "term_years = 2\nstart = 2026-12-01\nprepay = \"multi-year\"");
    assert_eq!(splits(OUR_BOOK, DAY, &[&community(3, ""), &paid]), ["socket.1-2: 1 2"]);
    let other = community(3, "prepay = \"multi-year\"");
    assert_eq!(splits(OUR_BOOK, DAY, &[&community(3, ""), &other]), ["socket.1-2: 1 2"]);
    let other = community(1, "prepay = \"multi-year\"");
    assert_eq!(splits(OUR_BOOK, DAY, &[&community(2, ""), &other]), Vec::<String>::new());
}

/// 5,000 cores until 2027-06-20 and 5,000 for three years have the price of 10,000, and a part of a year that is
/// rounded for each deal: a cent of that is no saving.
#[test]
fn a_cent_of_rounding_is_no_saving() {
    let part = acme("core", 5000, "joins = \"C\"\nstart = 2026-12-01\nco_term_end = 2027-06-20");
    let whole = acme("core", 5000, "term_years = 3");
    assert_eq!(splits(OUR_BOOK, DAY, &[&part, &whole]), Vec::<String>::new());
}

/// A contract of half a year is beside a longer one on all its days: 182 of 365. 49 x $1,500 = $73,500 a year apart, of
/// which half a year is $36,649.32; 49 x $2,500 x 0.95 = $116,375 together, of which it is $58,028.08. So it is for both:
/// the other half of the year is of 49.
#[test]
fn a_contract_shorter_than_a_year_is_joined() {
    let part = acme("socket", 49, "joins = \"C\"\nstart = 2026-12-01\nco_term_end = 2027-05-31");
    let year = acme("socket", 49, "start = 2026-12-01");
    assert_ours(&[part, year], &["42757.53: 1 2: $110,149.32 apart, $152,906.85 as 98 sockets"]);
}

/// Seats cost 100.00 up to 99 and 50.00 from 100 on. Of 120 and then 40 seats both years count: 120 x 50.00 = 6,000
/// and 40 x 100.00 = 4,000, two thirds. With 10% off they cost 9,000. Beside 60 others the 40 seats cost 50.00 each:
/// 2,000 is a third of 6,000, and one year counts. 6,000 + 2,000 = 8,000, with nothing off.
#[test]
fn years_count_at_the_prices_that_deals_have_together() {
    let book = BOOK
        .replacen("[metric.seat]", "[term]\nyears = \"1-9\"\nkept = \"50%\"\n[metric.seat]", 1)
        .replacen(
            "[{ quantity = \"1+\", price = \"100.00\" }]",
            "[{ quantity = \"1-99\", price = \"100.00\" }, { quantity = \"100+\", price = \"50.00\" }]",
            1,
        )
        .replacen("[\"volume\", ", "[\"term\", \"volume\", ", 1)
        + "[discount.term]\ntitle = \"Term\"\nby = \"term\"\nbase = \"running\"\nmetrics = [\"seat\"]\n\
           steps = [{ years = \"2+\", rate = \"10%\" }]\n";
    let books = book::load(&Source::file("pricing.toml", &book)).expect("a book");
    let resolve = |text: &str| {
        let draft = deal::read(&Source::file("deal.toml", text));
        deal::resolve(&draft, &books, day(DAY)).expect("a deal")
    };
    let ramp = "customer = \"Acme\"\nterm_years = 2\n[[line]]\nmetric = \"seat\"\n\
                year = [{ quantity = 120 }, { quantity = 40 }]\n";
    let (ramp, other) = (resolve(ramp), resolve(&acme("seat", 60, "term_years = 3")));
    let beside = CustomerLines::of(&[&ramp, &other]).beside(&ramp, 0).expect("a deal");
    let tcv = |deal| price(deal).totals.tcv.at_least(2);
    assert_eq!((tcv(&ramp), tcv(&beside)), ("9000.00".to_owned(), "8000.00".to_owned()));
}

/// 16 sockets of the free edition for a year, beside 49 that are paid for three years: whoever pays for sockets pays
/// for all of them. They are priced apart, and a price for 65 is not what is missing.
#[test]
fn a_free_edition_stands_alone_whatever_the_terms() {
    let free = "customer = \"Acme\"\n[[line]]\nmetric = \"socket\"\nquantity = 16\nedition = \"Community\"\nhosts = 2\n";
    let paid = acme("socket", 49, "term_years = 3");
    for deals in [[free, paid.as_str()], [paid.as_str(), free]] {
        with(OUR_BOOK, DAY, &deals, |checked| {
            let [split] = checked.splits.as_slice() else { panic!("{:?}", checked.splits) };
            assert_eq!(split.rule.id, "socket.1-2");
            assert!(split.reason.contains("Community"), "{}", split.reason);
        });
    }
}
