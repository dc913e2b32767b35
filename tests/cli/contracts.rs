//! `--contracts`: contracts that customers have signed.

use super::{book, json};
use crate::support::{DAY, Desk};

const DEAL: &str =
    "customer = \"Acme\"\nstart = 2026-12-01\n[[line]]\nmetric = \"seat\"\nquantity = 1\n";

/// The contract of one customer, signed on the day of the quotes.
fn signed() -> String {
    format!("date = {DAY}\n{}", DEAL.replace("quantity = 1", "quantity = 2"))
}

/// A desk with seats that count by customer, a deal and a contract of one customer.
fn desk() -> Desk {
    let by_customer =
        book("Seats").replace("mode = \"volume\"", "mode = \"volume\"\ncounted = \"customer\"");
    Desk::new()
        .file("pricing.toml", &by_customer)
        .file("deals/acme.toml", DEAL)
        .file("deals/signed/first.toml", &signed())
}

#[test]
fn a_folder_of_contracts_counts_and_is_no_folder_of_deals() {
    let words =
        ["check", "deals", "--contracts", "deals/signed", "--date", DAY, "--format", "json"];
    let checked = json(&desk().run(&words).stdout);
    let deals = checked["deals"].as_array().expect("deals");
    let names: Vec<_> = deals.iter().map(|deal| deal["name"].as_str().expect("a name")).collect();
    assert_eq!(names, ["deals/acme.toml"]);
    let words = ["quote", "deals/acme.toml", "--contracts", "deals/signed", "--date", DAY];
    let quote = desk().run(&words);
    let noted = "2 seats of the signed contract first.toml count too, until 2027-11-30";
    assert!(quote.stdout.contains(noted), "{}", quote.stdout);
    assert!(quote.stdout.contains("(3 seats in all lines and contracts)"), "{}", quote.stdout);
}

#[test]
fn contracts_that_would_count_for_nothing_are_refused() {
    let signed = ["--contracts", "deals/signed/first.toml"];
    for (words, expected) in [
        (
            &["quote", "deals/signed/first.toml"][..],
            "deals/signed/first.toml is both a deal and a contract of --contracts",
        ),
        (&["book", "check"], "--contracts: this command looks at books alone"),
        (&["book", "show"], "--contracts: this command is about one price book"),
        (
            &["book", "diff", "pricing.toml", "pricing.toml"],
            "--contracts: this command compares books",
        ),
        (
            &["batch", "deals.csv", "--output", "out.csv"],
            "--contracts: `batch` prices each row by itself",
        ),
    ] {
        let ran = desk()
            .file("deals.csv", "id,metric,quantity\n1,seat,1\n")
            .run(&[words, &signed].concat());
        assert_eq!(ran.code, Some(2), "{words:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(expected), "{words:?}: {}", ran.stderr);
    }
}

#[test]
fn a_contract_with_an_error_prices_nothing() {
    for (contract, expected) in [
        (signed().replace("seat", "chair"), "the book has no metric \"chair\""),
        (signed().replace("customer = \"Acme\"\n", ""), "the contract does not name its customer"),
        (DEAL.to_owned(), "the contract does not state the day on which it was signed"),
    ] {
        let desk = desk().file("contract.toml", &contract);
        let ran = desk.run(&["quote", "deals/acme.toml", "--contracts", "contract.toml"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{}", ran.stderr);
        assert!(ran.stderr.contains(expected), "{}", ran.stderr);
        assert!(
            ran.stderr.contains("the contract contract.toml cannot be counted"),
            "{}",
            ran.stderr
        );
    }
}

/// A contract of a metric that is sold no more is reported like a deal that cannot be read. The other contract counts, and
/// the deal is judged with it.
#[test]
fn a_contract_with_an_error_hides_nothing_of_a_check() {
    let desk = desk().file("deals/signed/old.toml", &signed().replace("seat", "chair"));
    let signed = ["--contracts", "deals/signed", "--date", DAY, "--format", "json"];
    for (words, name) in
        [(&["check", "deals/acme.toml"][..], "deals/acme.toml"), (&["desk", "deals"], "acme.toml")]
    {
        let ran = desk.run(&[words, &signed].concat());
        assert_eq!(ran.code, Some(1), "{words:?}: {}", ran.stderr);
        let expected = "the contract deals/signed/old.toml cannot be counted";
        assert!(ran.stderr.contains(expected), "{words:?}: {}", ran.stderr);
        assert!(ran.stderr.contains("the book has no metric \"chair\""), "{}", ran.stderr);
        let text = ran.stdout;
        assert!(text.contains(name), "{text}");
        assert!(text.contains("2 seats of the signed contract first.toml count too"), "{text}");
        assert!(text.contains("deals/signed/old.toml"), "{text}");
    }
}

#[test]
fn a_contract_that_is_dated_later_is_none() {
    let later = signed().replace(DAY, "2028-06-01");
    let desk = desk().file("deals/signed/first.toml", &later);
    let signed = ["--contracts", "deals/signed", "--date", DAY];
    for (words, day) in [
        (&["quote", "deals/acme.toml"][..], "the quote, which is of 2026-11-21"),
        (&["negotiate", "deals/acme.toml", "--ladder"], "the quote, which is of 2026-11-21"),
        (&["check", "deals/acme.toml"], "the check on 2026-11-21"),
        (&["desk", "deals"], "the check on 2026-11-21"),
    ] {
        let ran = desk.run(&[words, &signed].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{words:?}: {}", ran.stderr);
        let expected = format!("the contract is dated 2028-06-01, after {day}");
        assert!(ran.stderr.contains(&expected), "{words:?}: {}", ran.stderr);
    }
    // A contract of another customer changes no quote.
    let desk = desk.file("deals/signed/first.toml", &later.replace("Acme", "Globex"));
    let ran = desk.run(&[&["quote", "deals/acme.toml"][..], &signed].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}

#[test]
fn a_contract_counts_for_no_quote_of_an_earlier_day() {
    let desk = desk()
        .file("deals/acme.toml", &format!("date = 2026-11-20\n{DEAL}"))
        .file("deals/next.toml", &format!("date = {DAY}\n{DEAL}"));
    let words =
        ["check", "deals", "--contracts", "deals/signed", "--date", DAY, "--format", "json"];
    let checked = json(&desk.run(&words).stdout);
    let deals = checked["deals"].as_array().expect("deals").iter();
    let told = deals.map(|deal| {
        let notices = deal["warnings"].as_array().expect("warnings").iter();
        let told = notices
            .filter(|it| it["code"].as_str().is_some_and(|code| code.starts_with("contract-")));
        told.map(|it| it["message"].as_str().expect("a message").to_owned()).collect::<Vec<_>>()
    });
    let expected = [
        "the contract first.toml of 2026-11-21 does not count: the quote is of 2026-11-20",
        "2 seats of the signed contract first.toml count too, until 2027-11-30",
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected.map(|it| vec![it.to_owned()]));
}

#[test]
fn a_copy_of_the_deal_is_no_contract() {
    let deal = signed();
    let desk = desk()
        .file("deals/acme.toml", &deal)
        .file("deals/signed/first.toml", &deal.replace('\n', "\r\n"));
    let signed = ["--contracts", "deals/signed", "--date", DAY];
    for (words, code) in [
        (&["quote", "deals/acme.toml"][..], 2),
        (&["quote", "deals/acme.toml", "--quantity", "9"], 2),
        (&["negotiate", "deals/acme.toml", "--ladder"], 2),
        (&["check", "deals"], 1),
    ] {
        let ran = desk.run(&[words, &signed].concat());
        assert_eq!(ran.code, Some(code), "{words:?}: {}", ran.stderr);
        let expected = "acme.toml has the text of the contract deals/signed/first.toml";
        assert!(ran.stderr.contains(expected), "{words:?}: {}", ran.stderr);
    }
}

/// A second copy of a contract file, whatever its comments, is the contract that is there already.
#[test]
fn a_contract_counts_once() {
    let copy = format!("# A copy.\n{}", signed());
    let desk = desk().file("deals/signed/second.toml", &copy);
    let words = ["quote", "deals/acme.toml", "--contracts", "deals/signed", "--date", DAY];
    let ran = desk.run(&words);
    let expected = "the contract says what deals/signed/first.toml says";
    assert_eq!((ran.code, ran.stderr.contains(expected)), (Some(1), true), "{}", ran.stderr);
}

/// A deal of nobody counts with no contract: that is an error, as it is among several deals.
#[test]
fn a_deal_of_nobody_beside_contracts_is_an_error() {
    let nameless = DEAL.replace("customer = \"Acme\"\n", "");
    let desk = desk().file("deals/acme.toml", &nameless);
    let signed = ["--contracts", "deals/signed", "--date", DAY];
    for words in [&["quote", "deals/acme.toml"][..], &["check", "deals/acme.toml"]] {
        let ran = desk.run(&[words, &signed].concat());
        assert_eq!(ran.code, Some(1), "{words:?}: {}", ran.stderr);
        assert!(ran.stderr.contains("the deal does not name its customer"), "{}", ran.stderr);
        assert!(ran.stderr.contains("cannot be checked with contracts"), "{}", ran.stderr);
    }
    let alone = desk.run(&["check", "deals/acme.toml", "--date", DAY]);
    assert_eq!(alone.code, Some(0), "{}", alone.stderr);
}
