//! From list down to the most that each level gives, worked by hand.

mod levels;
mod parts;
mod paying;

use crate::support::{DAY, OUR_BOOK, assert_shows};
use dealdesk::answer::negotiate::{
    ConcessionKind, ConcessionLadder, CustomerRequest, Goal, LadderStep, Return, Search,
    SuggestedReturn, concessions,
};
use dealdesk::book::Books;
use dealdesk::document::{Canvas, markdown, terminal};
use dealdesk::number::{Date, Money, Rate};
use dealdesk::text::source::Source;
use dealdesk::{book, deal};

/// The playbook's customer: 500 sockets for 3 years.
const SOCKETS: &str = r#"
customer = "Acme Bank"
term_years = 3

[[line]]
metric = "socket"
quantity = 500
"#;

fn ours() -> Books {
    load(OUR_BOOK)
}

fn load(text: &str) -> Books {
    book::load(&Source::file("pricing.toml", text)).expect("a book")
}

fn table<'b>(deal: &str, books: &'b Books) -> CustomerRequest<'b> {
    let draft = deal::read(&Source::file("deal.toml", deal));
    CustomerRequest::new(draft, books, Date::parse(DAY).expect("a date")).expect("a deal")
}

fn ladder<'b>(deal: &str, books: &'b Books, locked: &[&str]) -> ConcessionLadder<'b> {
    let table = table(deal, books);
    let goal = Goal::Discount(Rate::parse("100%").expect("a rate"));
    let search = Search::new(&table, goal, &[], locked).expect("levers");
    ConcessionLadder::new(&table, search, &|_| true)
}

/// Unit price, off list, conceded, approval and where it ends, of each step.
fn rows(ladder: &ConcessionLadder<'_>) -> Vec<String> {
    let names = ladder.book.ladder();
    let row = |step: &LadderStep<'_>| {
        let net = step.offer.pricing.lines[0].segments[0].net();
        let ends: Vec<_> = step.ends.iter().map(|level| names.name(*level)).collect();
        let conceded = step.conceded.map(|it| it.to_string()).unwrap_or_default();
        let approval = names.name(step.offer.level());
        format!("{} {} {conceded} {approval} {}", net.at_least(2), step.off(), ends.join("+"))
    };
    ladder.steps.iter().map(row).collect()
}

/// 500 sockets at $3,000 for 3 years, $4,500,000 at list. Of a unit, in the order of their size:
///
/// - volume 15%: 3,000 - 450 = 2,550, 15% off
/// - 3 years 15%: 2,550 - 382.50 = 2,167.50, 27.75% off
/// - multi-year prepay 5%: 2,167.50 - 108.375 = 2,059.125 -> 2,059.13, 31.36% off: what nobody has to
///   approve ends here
/// - displacement 20% is 13.73 points, and the prepayment was 3.61: of 2 parts the first would be
///   4/7 of it, of 3 it would be 4/10, of 4 4/13 (4.22), and of 5 10/40 (3.43). So 5 parts of 10, 9,
///   8, 7 and 6 fortieths of 20%: to 5%, 9.5%, 13.5%, 17% and 20%. 2,059.125 x 0.95 = 1,956.16875,
///   x 0.905 = 1,863.508125, x 0.865 = 1,781.143125, x 0.83 = 1,709.07375, x 0.8 = 1,647.30: the VP
///   ends here
/// - lighthouse 30% in its place is 6.86 points, and the last part was 2.06: 5 parts again, of the
///   10% above 20%: to 22.5%, 24.75%, 26.75%, 28.5% and 30%. 2,059.125 x 0.775 = 1,595.821875,
///   x 0.7525 = 1,549.4915625, x 0.7325 = 1,508.3090625, x 0.715 = 1,472.274375,
///   x 0.7 = 1,441.3875 -> 1,441.39: the SVP ends here, and nobody gives more
#[test]
fn five_hundred_sockets_for_three_years() {
    let books = ours();
    let ladder = ladder(SOCKETS, &books, &["term"]);
    let expected = [
        "3000.00 0.00%  none ",
        "2550.00 15.00% 15.00% none ",
        "2167.50 27.75% 12.75% none ",
        "2059.13 31.36% 3.61% none none",
        "1956.17 34.79% 3.43% vp ",
        "1863.51 37.88% 3.09% vp ",
        "1781.14 40.63% 2.75% vp ",
        "1709.07 43.03% 2.40% vp ",
        "1647.30 45.09% 2.06% vp vp",
        "1595.82 46.81% 1.72% svp ",
        "1549.49 48.35% 1.54% svp ",
        "1508.31 49.72% 1.37% svp ",
        "1472.27 50.92% 1.20% svp ",
        "1441.39 51.95% 1.03% svp svp",
    ];
    assert_eq!(rows(&ladder), expected);
    assert!(ladder.is_all());
    assert!(ladder.steps.iter().all(|step| !step.is_larger));
}

/// Each thing is given for what it depends on. 2,167.50 x 500 = 1,083,750 a year, of which two come
/// after the first: 2,167,500. Paid at signature, 2,059.13 x 500 x 2 = 2,059,130 comes ahead, the last
/// of it 24 months earlier. What is given in parts asks for one duty after the other, and then for
/// nothing: those steps are told.
#[test]
fn each_step_has_its_ask() {
    let books = ours();
    let ladder = ladder(SOCKETS, &books, &["term"]);
    let [_, volume, term, prepay, first, second, third, .., fifth, sixth, seventh, _, _] =
        ladder.steps.as_slice()
    else {
        unreachable!("fewer steps than worked out")
    };
    let [Return::Quantity(bought)] = volume.asks.as_slice() else { panic!("{:?}", volume.asks) };
    assert_eq!((bought[0].0.name(), bought[0].1.ceil()), ("socket", 500));
    let [Return::Term { years: 3, beyond }] = term.asks[..] else { panic!("{:?}", term.asks) };
    assert_eq!(beyond, money("2167500"));
    let [Return::Prepay { way: "multi-year", ahead, months: 24 }] = prepay.asks[..] else {
        panic!("{:?}", prepay.asks)
    };
    assert_eq!(ahead, Some(money("2059130")));
    let [Return::Program(program, duties)] = first.asks.as_slice() else {
        panic!("{:?}", first.asks)
    };
    assert_eq!((program.name(), duties.len()), ("competitive-displacement", 0));
    for step in [second, third] {
        assert!(step.has_no_return());
        assert_eq!(step.instead.len(), 4);
        assert!(step.instead.contains(&SuggestedReturn::Duty("case-study")));
    }
    let [Return::Program(program, duties)] = fifth.asks.as_slice() else {
        panic!("{:?}", fifth.asks)
    };
    assert_eq!((program.name(), duties.as_slice()), ("lighthouse", ["reference"].as_slice()));
    let [ConcessionKind::Program(replaced)] = fifth.replaced[..] else {
        panic!("{:?}", fifth.replaced)
    };
    assert_eq!(replaced.name(), "competitive-displacement");
    assert!(matches!(&sixth.asks[..], [Return::Duties(duties)] if duties == &["case-study"]));
    assert!(matches!(&seventh.asks[..], [Return::Duties(duties)] if duties == &["press-release"]));
}

/// Who pays by quarters has less ahead of it than who pays by years. 137 sockets at 1,526.18 are
/// 627,259.98 over 3 years, all of it paid at signature, before the first of 12 quarters is invoiced: the last
/// of them begins 33 months after the start.
#[test]
fn a_prepayment_is_ahead_of_how_the_deal_is_billed() {
    let books = ours();
    let deal = "term_years = 3\nstart = 2027-01-31\npayment = \"net-60\"\nbilling = \"quarterly\"\n\
                [[line]]\nmetric = \"socket\"\nquantity = 137\n";
    let ladder = ladder(deal, &books, &["term"]);
    let asks = ladder.steps.iter().flat_map(|step| &step.asks);
    let prepaid: Vec<_> = asks.filter(|it| matches!(it, Return::Prepay { .. })).collect();
    let [Return::Prepay { ahead, months: 33, .. }] = prepaid[..] else { panic!("{prepaid:?}") };
    assert_eq!(*ahead, Some(money("627259.98")));
}

/// Where the term is a lever, a customer of one year is given the discount of three for three years.
#[test]
fn a_longer_term_is_asked_for() {
    let books = ours();
    let ladder = ladder("[[line]]\nmetric = \"socket\"\nquantity = 100\n", &books, &[]);
    let years: Vec<_> = ladder.steps.iter().map(|step| step.offer.commitment.years).collect();
    assert_eq!(years[..3], [1, 3, 3]);
    // 2,500 x 0.85 x 0.9 x 0.95, and 2,500 x 0.8 x 0.9 x 0.95 x 0.8 and x 0.7.
    let ends = ladder.steps.iter().filter(|step| !step.ends.is_empty());
    let ends: Vec<_> = ends.map(|it| it.offer.pricing.lines[0].segments[0].net()).collect();
    assert_eq!(ends, [money("1816.88"), money("1368"), money("1197")]);
}

/// What is given beside the price: an uplift is what the customer gives for later payment; a clause
/// and a service are given for nothing, and told with what to ask for. 1,000 nodes at 150 are 450,000
/// over 3 years, of which 5% are 22,500.
#[test]
fn what_is_given_beside_the_price_is_told() {
    let books = ours();
    let deal = r#"
term_years = 3
payment = "net-60"

[[line]]
metric = "node"
quantity = 1000

[[service]]
name = "migration"
quantity = 20

[[clause]]
name = "sla-99-95"

[[clause]]
name = "dpa"
"#;
    let ladder = ladder(deal, &books, &["term"]);
    let given = &ladder.steps[0].given;
    let titles: Vec<_> = given.iter().map(|it| it.kind.title()).collect();
    let clause = "99.95% uptime, or an SLA of their own";
    assert_eq!(titles, ["Net 60", "Migration services", clause]);
    assert!(matches!(given[0].counterpart, Some(Return::Uplift(paid)) if paid == money("22500")));
    assert_eq!(given[1].money, money("40000"));
    // A service is included to have the contract signed while the quote is valid.
    let last = Date::parse("2026-12-31").expect("a date");
    assert!(matches!(given[1].counterpart, Some(Return::Signature(day)) if day == last));
    assert!(given[2..].iter().all(|it| it.has_no_return() && !it.instead.is_empty()));
    assert_eq!(ladder.steps[0].offer.level(), given[2].level);
}

/// Two services and two clauses are four concessions, each named once. 10 days of migration are $20,000.00.
#[test]
fn two_services_and_two_clauses_are_told() {
    let books = load(&OUR_BOOK.replace(
        "[service.migration]",
        "[service.onboarding]\ntitle = \"Onboarding\"\nincluded = \"30000.00\"\nbeyond = \"priced\"\n\n\
         [service.migration]",
    ));
    let deal = r#"
term_years = 3
clause = [{ name = "sla-99-95" }, { name = "liability-24-months" }]
line = [{ metric = "node", quantity = 1000 }]

[[service]]
name = "migration"
quantity = 10

[[service]]
name = "onboarding"
value = "15000.00"
"#;
    let ladder = ladder(deal, &books, &["term"]);
    let given = &ladder.steps[0].given;
    let given: Vec<_> = given.iter().map(|it| (it.kind.name(), it.money)).collect();
    assert_eq!(
        given,
        [
            (Some("migration"), money("20000")),
            (Some("onboarding"), money("15000")),
            (Some("sla-99-95"), Money::ZERO),
            (Some("liability-24-months"), Money::ZERO),
        ]
    );
}

/// What a program includes is given for what the program asks for: 60 days to a university.
#[test]
fn what_a_program_includes_is_given_for_its_duties() {
    let books = ours();
    let deal = r#"
segment = "research"
term_years = 3
payment = "net-60"

[[line]]
metric = "node"
quantity = 1000

[strategic]
program = "institutional"
duties = ["accredited-university"]
"#;
    let table = table(deal, &books);
    let goal = Goal::Discount(Rate::parse("70%").expect("a rate"));
    let levers = ["term", "prepay", "program", "volume"];
    let search = Search::new(&table, goal, &[], &levers).expect("levers");
    let outcome = search.run(&table, &|_| true);
    let given = concessions(outcome.offers.first().expect("an offer"));
    let titles: Vec<_> = given.iter().map(|it| it.kind.title()).collect();
    assert_eq!(titles, ["Academic institution", "Net 60"]);
    for concession in &given {
        assert!(matches!(&concession.counterpart, Some(Return::Program(program, duties))
                if program.name() == "institutional" && duties == &["accredited-university"]));
    }
}

/// A program without duties or conditions is given for nothing.
#[test]
fn a_program_that_asks_for_nothing_is_unpaired() {
    let books = ours();
    let deal = format!("{SOCKETS}\n[strategic]\nprogram = \"first-customer\"\nrate = \"10%\"\n");
    let table = table(&deal, &books);
    let goal = Goal::Discount(Rate::parse("34%").expect("a rate"));
    let levers = ["term", "prepay", "program", "volume"];
    let search = Search::new(&table, goal, &[], &levers).expect("levers");
    let outcome = search.run(&table, &|_| true);
    let given = concessions(outcome.offers.first().expect("an offer"));
    let unpaired: Vec<_> = given.iter().filter(|it| it.has_no_return()).collect();
    assert_eq!(unpaired.len(), 1);
    assert_eq!(unpaired[0].kind.name(), Some("first-customer"));
    assert!(unpaired[0].instead.contains(&SuggestedReturn::Prepay("multi-year")));
}

const STEEP: &str = r#"
[book]
name = "Steep"
version = "1"
currency = "USD"
symbol = "$"
quote_valid = "30 days"

[[approval]]
level = "vp"
title = "VP"

[metric.seat]
title = "Seat"
unit = "seat"
units = "seats"
per = "year"
mode = "volume"
places = 2
tiers = [{ quantity = "1+", price = "100.00" }]

[waterfall]
order = ["volume", "friend"]

[discount.volume]
title = "Volume discount"
by = "quantity"
base = "running"
metrics = ["seat"]
steps = [{ quantity = "10+", rate = "2%" }]

[discount.friend]
title = "Friends"
by = "program"
base = "running"
metrics = ["seat"]
at_most = 1

[discount.friend.program.friend]
title = "A friend"
max_rate = "60%"
approval = "vp"
"#;

/// A level that gives ten times what comes before it cannot shrink: 2% and then 60%. That step says so.
#[test]
fn what_cannot_shrink_is_told() {
    let books = load(STEEP);
    let ladder = ladder("[[line]]\nmetric = \"seat\"\nquantity = 20\n", &books, &[]);
    let expected =
        ["100.00 0.00%  none ", "98.00 2.00% 2.00% none none", "39.20 60.80% 58.80% vp vp"];
    assert_eq!(rows(&ladder), expected);
    assert_eq!(
        ladder.steps.iter().map(|it| it.is_larger).collect::<Vec<_>>(),
        [false, false, true]
    );
}

/// A search that is stopped has no ends of the levels that it did not decide.
#[test]
fn a_ladder_that_is_stopped_says_so() {
    let books = ours();
    let table = table(SOCKETS, &books);
    let goal = Goal::Discount(Rate::parse("100%").expect("a rate"));
    let search = Search::new(&table, goal, &[], &[]).expect("levers");
    let stopped = ConcessionLadder::new(&table, search, &|_| false);
    assert!(stopped.steps.is_empty() && !stopped.is_all());
    assert_eq!(stopped.undecided.len(), 3);
}

#[test]
fn it_is_drawn() {
    let books = ours();
    let ladder = ladder(SOCKETS, &books, &["term"]);
    let document = dealdesk::document::Answer::document(&ladder);
    for width in [100, 60] {
        let drawn = terminal(&document, Canvas { width, colored: false });
        assert_shows!(format!("terminal-{width}"), drawn);
    }
    assert_shows!("markdown", markdown(&document));
    assert_shows!("json", dealdesk::answer::negotiate::json::ladder(&ladder).to_string());
}

fn money(text: &str) -> Money {
    Money::parse(text).expect("an amount")
}

/// A price that was agreed is what a negotiation is about: without it the program has no rate yet, and
/// the ladder is that of the same deal without either.
#[test]
fn an_agreed_price_is_open_again() {
    let books = ours();
    let agreed = SOCKETS.replace("quantity = 500", "quantity = 500\ndiscount = \"40%\"")
        + "\n[strategic]\nprogram = \"competitive-displacement\"\n";
    let ladder_of = |deal: &str| rows(&ladder(deal, &books, &["term"]));
    assert_eq!(ladder_of(&agreed), ladder_of(SOCKETS));
}
