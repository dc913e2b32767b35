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
/// 25 get nothing, alone or side by side.
#[test]
fn a_violation_that_only_lines_as_one_have_is_told() {
    let text = BOOK
        .replace("unit = \"box\"", "counted = \"line\"\nunit = \"box\"")
        .replace("rate = \"5%\", approval = \"vp\"", "rate = \"20%\"")
        + "[[guardrail]]\nname = \"deep\"\nmeasure = \"discount\"\nabove = \"15%\"\nrefuse = true\n\
           reason = \"Too deep\"\n";
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
