//! A change of a price book that is said to be neutral leaves every price and every level as they are.

use super::cases;
use super::loosening::{deals, effects, source};
use crate::support::{DAY, OUR_BOOK};
use dealdesk::answer::book_tables::ChangeEffect;
use dealdesk::book::Books;
use dealdesk::number::{Date, Money};
use dealdesk::quote::quote;
use dealdesk::text::source::Source;
use dealdesk::{book, deal};
use proptest::prelude::*;
use proptest::sample::Index;

/// A row of an approval matrix, with a list of each kind, and a program with two incumbents.
const MATRIX: &str = r#"
[[guardrail]]
name = "matrix"
measure = "discount"
above = "10%"
when = { metric = ["socket", "core"], segment = ["enterprise", "research"], region = ["Europe", "Asia-Pacific"] }
approval = "svp"
reason = "a row of the matrix"

[[guardrail]]
name = "partners"
measure = "tcv"
above = "100000.00"
when = { channel = ["reseller", "msp"] }
review = "legal"
reason = "a row of the matrix"

[[guardrail]]
name = "small"
measure = "acv"
below = "50000.00"
segments = ["enterprise", "edge"]
reason = "small deals take as much work"

[discount.strategic.program.rivals]
title = "Rivals"
max_rate = "20%"
approval = "vp"
incumbents = ["VMware", "Nutanix"]
currencies = ["USD"]
"#;

fn book() -> String {
    // The lists of an example are in the order of its lines and years.
    let own = OUR_BOOK.split("\n# ---- Examples").next().expect("a book");
    format!("{own}\n{MATRIX}")
}

/// The lists of words of a book, but for the order of the waterfall: from the first quotation mark to the last.
fn lists(book: &str) -> Vec<(usize, usize)> {
    let begins = book.match_indices("= [\"").filter(|(at, _)| !book[..*at].ends_with("order "));
    let list = |(at, begin): (usize, &str)| {
        let from = at + begin.len() - 1;
        let until = from + book[from..].find(']').expect("the end of the list");
        (from, until)
    };
    begins.map(list).collect()
}

/// Returns the words of a list in reverse.
fn reversed(list: &str) -> String {
    let mut words: Vec<_> = list.trim_matches('"').split("\", \"").collect();
    words.reverse();
    format!("\"{}\"", words.join("\", \""))
}

/// Returns the price of a deal, with what it needs.
fn outcome(books: &Books, text: &str) -> Option<(Money, String, Vec<String>)> {
    let day = Date::parse(DAY).expect("a date");
    let deal = deal::resolve(&deal::read(&Source::file("deal.toml", text)), books, day).ok()?;
    let quote = quote(&deal);
    let needs = quote.verdict.outcome().name(books.first()).to_owned();
    let reviews = quote.verdict.reviews().into_iter().map(str::to_owned).collect();
    Some((quote.pricing.totals.tcv, needs, reviews))
}

fn load(text: &str) -> Books {
    book::load(&source(text)).expect("a book")
}

fn is_neutral(old: &str, new: &str) -> bool {
    effects(old, new).iter().all(|(_, effect)| *effect == ChangeEffect::Neutral)
}

/// Each list in reverse is one neutral change.
#[test]
fn a_list_in_another_order_is_neutral() {
    let old = book();
    let mut found = Vec::new();
    for (from, until) in lists(&old) {
        let new = format!("{}{}{}", &old[..from], reversed(&old[from..until]), &old[until..]);
        let effects = effects(&old, &new);
        assert!(is_neutral(&old, &new), "{effects:?}");
        found.extend(
            effects.into_iter().filter_map(|(path, _)| Some(path.rsplit_once('.')?.1.to_owned())),
        );
    }
    found.sort_unstable();
    found.dedup();
    let keys = [
        "channel",
        "duties",
        "first_in",
        "inclusions",
        "incumbents",
        "metric",
        "metrics",
        "payment",
        "region",
        "regions",
        "segment",
        "segments",
        "verticals",
    ];
    assert_eq!(found, keys);
    let order = old.replacen(
        "order = [\"volume\", \"multi-year\"",
        "order = [\"multi-year\", \"volume\"",
        1,
    );
    assert!(!is_neutral(&old, &order));
}

/// Rows of which one has its words in another order are still in an order of their own.
#[test]
fn rows_keep_their_order_when_their_words_do_not() {
    let rows = |first: &str, second: &str| {
        let from = OUR_BOOK.find("[discount.payment-terms]").expect("the discount");
        let begin = from + OUR_BOOK[from..].find("steps = [").expect("the steps");
        let end = begin + OUR_BOOK[begin..].find("\n]").expect("their end");
        format!("{}steps = [\n{first},\n{second},{}", &OUR_BOOK[..begin], &OUR_BOOK[end..])
    };
    let two = r#"{ payment = ["net-60", "annual"], uplift = "1%" }"#;
    let turned = r#"{ payment = ["annual", "net-60"], uplift = "1%" }"#;
    let other = r#"{ payment = ["net-90"], uplift = "2%" }"#;
    assert!(is_neutral(&rows(two, other), &rows(turned, other)));
    assert!(!is_neutral(&rows(two, other), &rows(other, turned)));
}

const CEO: &str = "[[approval]]\nlevel = \"ceo\"\ntitle = \"CEO\"\n\n";

/// Returns a book with a level above all others.
fn with_ceo(book: &str) -> String {
    let svp = "level = \"svp\"\ntitle = \"SVP\"\n\n";
    assert!(book.contains(svp));
    book.replacen(svp, &format!("{svp}{CEO}"), 1)
}

#[test]
fn a_level_on_top_that_nothing_names_is_neutral() {
    let old = book();
    let new = with_ceo(&old);
    assert_eq!(effects(&old, &new), [("approval.ceo".to_owned(), ChangeEffect::Neutral)]);
    assert!(!is_neutral(&new, &old));
    let below = old.replacen("[[approval]]", &format!("{CEO}[[approval]]"), 1);
    assert!(!is_neutral(&old, &below));
    let used = new.replacen("approval = \"svp\"", "approval = \"ceo\"", 1);
    assert!(!is_neutral(&old, &used));
    // The ladder stays as it was, so that another level can be shown to be higher.
    let higher = new.replacen("approval = \"vp\"", "approval = \"svp\"", 1);
    let found: Vec<_> = effects(&old, &higher).into_iter().map(|it| it.1).collect();
    assert_eq!(found, [ChangeEffect::Tightens, ChangeEffect::Neutral]);
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn lists_in_another_order_and_an_unused_level_change_no_deal(
        places in prop::collection::vec(any::<Index>(), 6),
        has_ceo in any::<bool>(),
        deals in prop::collection::vec(deals(), 30),
    ) {
        let mut new = book();
        for place in places {
            let lists = lists(&new);
            let (from, until) = lists[place.index(lists.len())];
            let list = reversed(&new[from..until]);
            new.replace_range(from..until, &list);
        }
        let new = if has_ceo { with_ceo(&new) } else { new };
        let (old, new) = (load(&book()), load(&new));
        for text in deals {
            prop_assert_eq!(outcome(&old, &text), outcome(&new, &text), "{}", text);
        }
    }
}
