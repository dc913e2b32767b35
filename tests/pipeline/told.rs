//! Words of a split, and what only the lines of several deals as one line have.

use super::{BOOK, deal, line, seats, with};
use crate::support::DAY;
use dealdesk::answer::pipeline::{NamedDeal, SplitDeal, SplitNeed, check};
use dealdesk::number::Date;
use dealdesk::text::source::Source;
use dealdesk::{book, deal as deals};

/// The message of the only split by a rule.
fn message(texts: &[String], rule: &str) -> String {
    with(DAY, texts, |checked| {
        let mut mine = checked.splits.iter().filter(|it| it.rule.id == rule);
        let found = mine.next().map(SplitDeal::message);
        assert!(mine.next().is_none(), "{rule} twice");
        found.unwrap_or_else(|| panic!("no {rule}"))
    })
}

#[test]
fn a_review_without_a_level_reads_well() {
    let found = message(&[seats(301), seats(300)], "guardrail.read");
    let told = "1 and 2 of Acme together need Legal review: Read it (TCV of $60,100.00, more than \
                $60,000.00)";
    assert_eq!(found, told);
}

/// Boxes that count each line by itself get 20% off from 50 on in one line, which goes too far: two deals of
/// 25 get nothing, alone or side by side. The book has another metric after them, of which nobody buys anything.
#[test]
fn a_violation_that_only_lines_as_one_have_is_told() {
    let text = BOOK
        .replace("unit = \"box\"", "counted = \"line\"\nunit = \"box\"")
        .replace("rate = \"5%\", approval = \"vp\"", "rate = \"20%\"")
        + "[[guardrail]]\nname = \"deep\"\nmeasure = \"discount\"\nabove = \"15%\"\nrefuse = true\n\
           reason = \"Too deep\"\n\n\
           [metric.last]\ntitle = \"Last\"\nunit = \"one\"\nunits = \"ones\"\nper = \"year\"\n\
           mode = \"volume\"\ntiers = [{ quantity = \"1+\", price = \"1.00\" }]\n";
    let books = book::load(&Source::file("pricing.toml", &text)).expect("a book");
    let day = Date::parse(DAY).expect("a date");
    let of = |name: &str, text: &str| {
        let draft = deals::read(&Source::file("deal.toml", text));
        let deal = deals::resolve(&draft, &books, day).unwrap_or_else(|it| panic!("{it}"));
        NamedDeal { name: name.to_owned(), deal: Ok(deal) }
    };
    let boxes = deal("Acme", &line("box", 25));
    let named = [of("1", &boxes), of("2", &boxes)];
    let checked = check(&named, books.first(), day, None);
    let [split] = checked.splits.as_slice() else { panic!("{:?}", checked.splits) };
    assert_eq!((split.rule.id.as_str(), &split.crossing), ("guardrail.deep", &SplitNeed::Refused));
    let told =
        "1 and 2 of Acme together are outside policy: Too deep (20.00% off list, more than 15%)";
    assert_eq!(split.message(), told);
}

/// A customer is called by the name in the first of the deals that are told, not of those beside them.
#[test]
fn a_service_is_told_of_a_customer_by_its_name_in_those_deals() {
    let text =
        BOOK.replace("included = \"1000.00\"", "included = \"1000.00\"\nincluded_months = 12");
    let books = book::load(&Source::file("pricing.toml", &text)).expect("a book");
    let day = Date::parse(DAY).expect("a date");
    let of = |name: &str, text: &str| {
        let draft = deals::read(&Source::file("deal.toml", text));
        let deal = deals::resolve(&draft, &books, day).unwrap_or_else(|it| panic!("{it}"));
        NamedDeal { name: name.to_owned(), deal: Ok(deal) }
    };
    let training = "[[service]]\nname = \"training\"\nvalue = \"600.00\"\n";
    let named = [
        of("1", &deal("Acme", &line("seat", 1))),
        of("2", &deal("ACME Ltd.", &(line("seat", 1) + training))),
        of("3", &deal("Acme", &(line("seat", 1) + training))),
    ];
    let checked = check(&named, books.first(), day, None);
    let told: Vec<_> = checked.splits.iter().map(SplitDeal::message).collect();
    let expected = "2 and 3 of ACME Ltd. cost $200.00 less than together: Training: $1,200.00 included, of \
                    $1,000.00 that a customer gets once in 12 months";
    assert_eq!(told.first().map(String::as_str), Some(expected));
}
