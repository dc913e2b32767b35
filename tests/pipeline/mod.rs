//! Deals of one customer that are split: which are told, and which are none.

mod first_customer;
mod in_force;
mod told;

use crate::support::DAY;
use dealdesk::answer::pipeline::{Check, NamedDeal, SplitDeal, check};
use dealdesk::book::{Books, Level};
use dealdesk::number::Date;
use dealdesk::text::source::Source;
use dealdesk::{book, deal};

/// Seats and boxes at 100 a year. Seats have a step that a VP gives, a program and a package for so
/// many, and a service of which so much is included; the rules on money are 10,000 a year, 25,000 in
/// all, and 60,000 for legal.
pub const BOOK: &str = r#"
[book]
name = "Seats"
version = "1"
currency = "USD"
symbol = "$"
quote_valid = "30 days"

[[approval]]
level = "vp"
title = "VP"

[[approval]]
level = "svp"
title = "SVP"

[[review]]
name = "legal"
title = "Legal review"

[metric.seat]
title = "Seat"
unit = "seat"
units = "seats"
per = "year"
mode = "volume"
places = 2
tiers = [{ quantity = "1+", price = "100.00" }]

[metric.box]
title = "Box"
unit = "box"
units = "boxes"
per = "year"
mode = "volume"
places = 2
tiers = [{ quantity = "1+", price = "100.00" }]

[waterfall]
order = ["volume", "school"]

[discount.volume]
title = "Volume discount"
by = "quantity"
base = "running"
metrics = ["box"]
steps = [{ quantity = "50+", rate = "5%", approval = "vp" }]

[discount.school]
title = "School program"
by = "program"
base = "running"
metrics = ["box"]

[discount.school.program.school]
title = "School"
rate = "50%"
approval = "none"
quantity = "1-40"

[channel.reseller]
title = "Reseller"
rate = "10%-20%"
base = "customer-net"

[service.training]
title = "Training"
included = "1000.00"
beyond = "refused"

[clause.escrow]
title = "Escrow"
class = "red-line"
approval = "svp"
review = "legal"
reason = "it costs us"

[clause.never]
title = "Unlimited liability"
class = "never"
reason = "never"

[[guardrail]]
name = "a-year"
measure = "acv"
above = "10000.00"
approval = "vp"
reason = "Large"

[[guardrail]]
name = "in-all"
measure = "tcv"
above = "25000.00"
approval = "svp"
reason = "Very large"

[[guardrail]]
name = "read"
measure = "tcv"
above = "60000.00"
review = "legal"
reason = "Read it"
"#;

fn books() -> Books {
    book::load(&Source::file("pricing.toml", BOOK)).expect("a book")
}

pub fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

/// A deal of a customer, in keys and lines.
fn deal(customer: &str, rest: &str) -> String {
    // Rust writes a letter without width as TOML does, but for the braces.
    let customer = format!("{customer:?}").replace("\\u{200b}", "\\u200b");
    format!("customer = {customer}\n{rest}")
}

fn line(metric: &str, quantity: u32) -> String {
    format!("[[line]]\nmetric = \"{metric}\"\nquantity = {quantity}\n")
}

/// A deal of Acme for so many seats.
fn seats(quantity: u32) -> String {
    deal("Acme", &line("seat", quantity))
}

/// Each split as "rule: the numbers of its deals".
fn splits_on(today: &str, texts: &[String]) -> Vec<String> {
    with(today, texts, |checked| {
        let told =
            |split: &SplitDeal<'_, '_>| format!("{}: {}", split.rule.id, split.deals.join(" "));
        checked.splits.iter().map(told).collect()
    })
}

fn with<T>(today: &str, texts: &[String], look: impl FnOnce(&Check<'_, '_>) -> T) -> T {
    let books = books();
    let named = texts.iter().enumerate().map(|(at, text)| {
        let draft = deal::read(&Source::file("deal.toml", text));
        let deal = deal::resolve(&draft, &books, day(today));
        NamedDeal { name: (at + 1).to_string(), deal: Ok(deal.unwrap_or_else(|it| panic!("{it}"))) }
    });
    let named: Vec<_> = named.collect();
    look(&check(&named, books.first(), day(today), None))
}

#[track_caller]
fn assert_splits(texts: &[String], expected: &[&str]) {
    assert_eq!(splits_on(DAY, texts), expected, "{}", texts.join("\n---\n"));
}

const YEAR: &str = "guardrail.a-year";
const ALL: &str = "guardrail.in-all";

#[test]
fn two_deals_cross_what_each_stays_under() {
    assert_splits(&[seats(60), seats(40)], &[]);
    assert_splits(&[seats(60), seats(41)], &[&format!("{YEAR}: 1 2")]);
}

/// No two of them cross it.
#[test]
fn three_deals_cross_what_no_two_of_them_do() {
    assert_splits(&[seats(40), seats(40)], &[]);
    assert_splits(&[seats(40), seats(40), seats(40)], &[&format!("{YEAR}: 1 2 3")]);
}

#[test]
fn a_deal_that_crosses_it_alone_is_no_part_of_it() {
    assert_splits(&[seats(101), seats(40)], &[]);
    assert_splits(&[seats(101), seats(60), seats(60)], &[&format!("{YEAR}: 2 3")]);
}

/// It needs more for a reason of its own, which says nothing of the size of both.
#[test]
fn a_clause_of_one_hides_nothing() {
    let clause = "\n[[clause]]\nname = \"escrow\"\n";
    let first = deal("Acme", &(line("seat", 60) + clause));
    assert_splits(&[first.clone(), seats(60)], &[&format!("{YEAR}: 1 2")]);
    assert_splits(&[first.clone(), first.clone()], &[]);
    let never = clause.replace("escrow", "never");
    let refused = deal("Acme", &(line("seat", 60) + &never));
    assert_splits(&[refused.clone(), seats(60)], &[&format!("{YEAR}: 1 2")]);
    assert_splits(&[refused, first], &[&format!("{YEAR}: 1 2")]);
}

#[test]
fn every_level_has_those_who_cross_it() {
    // The first is above the yearly rule by itself, and all of them are above the others.
    assert_splits(
        &[seats(240), seats(60), seats(60)],
        &[&format!("{YEAR}: 2 3"), &format!("{ALL}: 1 2 3")],
    );
    assert_splits(
        &[seats(240), seats(240), seats(240)],
        &[&format!("{ALL}: 1 2 3"), "guardrail.read: 1 2 3"],
    );
}

#[test]
fn a_customer_is_its_name_however_it_is_written() {
    let of = |name: &str| deal(name, &line("seat", 60));
    for same in ["acme", " ACME ", "\tAcMe\n", "Ac\u{200b}me"] {
        assert_splits(&[of("Acme"), of(same)], &[&format!("{YEAR}: 1 2")]);
    }
    assert_splits(&[of("Acme Bank"), of("ACME   bank")], &[&format!("{YEAR}: 1 2")]);
    assert_splits(&[of("Straße"), of("STRAßE")], &[&format!("{YEAR}: 1 2")]);
    assert_splits(&[of("Acme"), of("A-CME Ltd.")], &[&format!("{YEAR}: 1 2")]);
    for other in ["Acme Group", "Acmes", "\u{200b}"] {
        assert_splits(&[of("Acme"), of(other)], &[]);
    }
    assert_splits(&[of("\u{200b}"), of("\u{200b}")], &[]);
    assert_splits(&[line("seat", 60), line("seat", 60)], &[]);
}

/// Rules on quantities are for the lines of a metric as one, and a program is for so many.
#[test]
fn quantities_are_counted_over_both() {
    let boxes = |quantity| deal("Acme", &line("box", quantity));
    assert_splits(&[boxes(20), boxes(29)], &[]);
    assert_splits(&[boxes(20), boxes(30)], &["volume.50+: 1 2"]);
    // A deal that has it in two lines of its own has split nothing from the other.
    let both = deal("Acme", &(line("box", 20) + &line("box", 30)));
    assert_splits(&[both, boxes(20)], &[]);
    let school =
        |quantity| deal("Acme", &(line("box", quantity) + "[[strategic]]\nprogram = \"school\"\n"));
    assert_splits(&[school(20), school(20)], &[]);
    assert_splits(&[school(20), school(21)], &["school.school: 1 2"]);
    let training = |value: &str| {
        let service = format!("[[service]]\nname = \"training\"\nvalue = \"{value}\"\n");
        deal("Acme", &(line("seat", 1) + &service))
    };
    assert_splits(&[training("600.00"), training("400.00")], &[]);
    assert_splits(&[training("600.00"), training("400.01")], &["service.training: 1 2"]);
}

/// What one deal claims, withholds or pays in another way changes nothing of what both buy.
#[test]
fn deals_of_different_terms_count_together() {
    let boxes = |rest: &str| deal("Acme", &(line("box", 30) + rest));
    // A claim is of the whole deal, and 60 boxes are too many for the program.
    let school = boxes("[strategic]\nprogram = \"school\"\n");
    let both = ["school.school: 1 2", "volume.50+: 1 2"];
    assert_splits(&[boxes(""), school.clone()], &both);
    assert_splits(&[school, boxes("")], &both);
    for other in [
        "",
        "[discount]\nvolume = \"none\"\n",
        "[discount]\nvolume = \"2%\"\n",
        "[channel]\nname = \"reseller\"\nrate = \"10%\"\n",
    ] {
        assert_splits(&[boxes(""), boxes(other)], &["volume.50+: 1 2"]);
        assert_splits(&[boxes(other), boxes("")], &["volume.50+: 1 2"]);
    }
}

/// Deals that cannot be one are held against the rules on money, which have no other terms.
#[test]
fn sums_count_where_terms_differ() {
    let of = |years: u32, quantity| {
        deal("Acme", &format!("term_years = {years}\n{}", line("seat", quantity)))
    };
    assert_splits(&[of(1, 60), of(2, 40)], &[]);
    assert_splits(&[of(1, 60), of(2, 41)], &[&format!("{YEAR}: 1 2")]);
    assert_splits(&[of(2, 90), of(1, 70)], &[&format!("{YEAR}: 1 2")]);
    assert_splits(&[of(2, 100), of(3, 17)], &[&format!("{YEAR}: 1 2"), &format!("{ALL}: 1 2")]);
    // A day later is no other term.
    let begun = |start: &str| deal("Acme", &format!("start = {start}\n{}", line("box", 25)));
    let texts = [begun("2027-01-01"), begun("2027-01-02")];
    assert_splits(&texts, &["volume.50+: 1 2"]);
    // What those with the same terms cross is not said again of all.
    let texts = [of(1, 60), of(1, 60), of(2, 10)];
    assert_splits(&texts, &[&format!("{YEAR}: 1 2")]);
}

#[test]
fn what_has_expired_is_no_part_of_it() {
    let old = deal("Acme", &format!("date = 2026-10-01\n{}", line("seat", 60)));
    assert_eq!(splits_on("2026-10-31", &[old.clone(), seats(60)]), [format!("{YEAR}: 1 2")]);
    assert_eq!(splits_on("2026-11-01", &[old, seats(60)]), Vec::<String>::new());
}

/// Each of the deals is warned, with the others' names, and none is worse for it.
#[test]
fn each_of_them_says_so() {
    with(DAY, &[seats(60), seats(1), seats(60)], |checked| {
        let said = checked.judged().map(|judged| {
            let mut warnings = judged.warnings().filter(|it| it.kind.code == "deals-split");
            let found = warnings.next().map(|it| it.message.clone());
            assert!(warnings.next().is_none());
            assert_eq!(judged.verdict.level(), Level::NONE);
            found
        });
        let told = "1, 2 and 3 of Acme together need VP approval: Large (ACV of $12,100.00, more \
                    than $10,000.00)";
        assert_eq!(said.collect::<Vec<_>>(), vec![Some(told.to_owned()); 3]);
    });
}

/// A sentence has an end, however many deals there are; the list of them is whole.
#[test]
fn a_sentence_has_an_end() {
    for (count, names) in
        [(6, "1, 2, 3, 4, 5 and 6 of Acme"), (7, "1, 2, 3, 4, 5 and 2 more of Acme")]
    {
        with(DAY, &vec![seats(20); count], |checked| {
            let [split] = checked.splits.as_slice() else { panic!("{:?}", checked.splits) };
            assert_eq!(split.deals.len(), count);
            assert!(split.message().starts_with(names), "{}", split.message());
        });
    }
}
