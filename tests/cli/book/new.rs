//! A first price book from a few answers.

use super::book;
use crate::findings::day;
use crate::support::{Desk, Ran, assert_shows_whole};
use dealdesk::answer::book_check::{FindingSeverity, findings};
use dealdesk::answer::book_new::{
    BOOK_KINDS, BookAnswers, BookDiscount, BookKind, BookPeriod, book_new, book_price,
};
use dealdesk::book;
use dealdesk::deal;
use dealdesk::text::source::Source;

/// Texts that would end a string, a table or a line, or stand for a value of a template.
const HOSTILE: &[&str] = &[
    "\"",
    "\"\n[metric.free]\ntitle = \"x",
    "\n[[example]]\n",
    "[[example]]",
    "$name",
    "\"$tcv\"",
    "$price x 90%",
    "\\",
    "'''",
    "\u{1b}[31m",
    "\u{202e}\u{0}\r",
    "東京 🦀",
    "#",
    "server",
];

fn made(answers: &BookAnswers) -> String {
    book_new(answers, day()).unwrap_or_else(|faults| panic!("{answers:?}: {faults}"))
}

/// Loads a book and checks that its examples hold, and that it has no error.
fn proves(answers: &BookAnswers) {
    let text = made(answers);
    let source = Source::file("pricing.toml", &text);
    let books = book::load(&source).unwrap_or_else(|faults| panic!("{text}\n{faults}"));
    assert!(deal::examples(&source).len() >= 2, "{text}");
    let found = findings(&[&books], day());
    let errors = found.iter().filter(|it| it.code.severity == FindingSeverity::Error);
    let errors: Vec<_> = errors.map(|it| &it.message).collect();
    assert!(errors.is_empty(), "{text}\n{errors:?}");
}

/// Answers for each kind, period, discount and way to sell.
fn every_choice() -> impl Iterator<Item = BookAnswers> {
    let of_kind = |kind: &'static BookKind| {
        let periods: &[_] = if kind.has_period {
            &[None, Some(BookPeriod::Year), Some(BookPeriod::Month)]
        } else {
            &[None]
        };
        periods.iter().map(move |period| (kind, *period))
    };
    let discounts = [None, Some(BookDiscount::Steps), Some(BookDiscount::Approved)];
    BOOK_KINDS.iter().flat_map(of_kind).flat_map(move |(kind, period)| {
        let of = move |discount| {
            [Some(false), Some(true)].map(|has_partners| BookAnswers {
                kind: Some(kind),
                period,
                discount,
                has_partners,
                ..BookAnswers::default()
            })
        };
        discounts.into_iter().flat_map(of)
    })
}

#[test]
fn every_kind_with_every_choice_proves_itself() {
    every_choice().for_each(|answers| proves(&answers));
}

/// The least and the largest price, and prices of an odd number of coins, in currencies of 0, 2 and 3 decimals.
#[test]
fn every_price_makes_a_book_that_proves_itself() {
    for kind in &BOOK_KINDS {
        // A year of 100,000 units a month has the most digits.
        let most = if kind.word == "use" { "100000" } else { "1000000000" };
        for price in ["0.00000001", "0.01", "99.99", "12345.6789", most] {
            for currency in ["USD", "JPY", "BHD"] {
                proves(&BookAnswers {
                    kind: Some(kind),
                    currency: Some(currency.to_owned()),
                    price: Some(book_price(price).expect("a price")),
                    discount: Some(BookDiscount::Approved),
                    has_partners: Some(true),
                    ..BookAnswers::default()
                });
            }
        }
    }
}

/// A hostile name is a text of the book and nothing else: the figures of the examples stay what they are.
#[test]
fn hostile_names_are_texts() {
    let figures = |text: &str| {
        let lines = text.lines().filter(|line| line.starts_with("expect"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    for kind in &BOOK_KINDS {
        let plain = BookAnswers { kind: Some(kind), ..BookAnswers::default() };
        let tables = |text: &str| text.lines().filter(|line| line.starts_with('[')).count();
        for hostile in HOSTILE {
            let named = || Some((*hostile).to_owned());
            let answers = BookAnswers {
                name: named(),
                product: named(),
                unit: named(),
                units: named(),
                ..plain.clone()
            };
            proves(&answers);
            let (text, plain) = (made(&answers), made(&plain));
            assert_eq!(figures(&text), figures(&plain), "{hostile:?}");
            assert_eq!(tables(&text), tables(&plain), "{hostile:?}");
            assert!(!text.contains(['\u{1b}', '\u{202e}', '\r']), "{text:?}");
            let table = toml::de::DeTable::parse(&text).expect("TOML");
            let mut metrics =
                table.get_ref()["metric"].get_ref().as_table().expect("metrics").iter();
            let (_, metric) = metrics.next().expect("a metric");
            for key in ["title", "unit", "units"] {
                assert_eq!(metric.get_ref()[key].get_ref().as_str(), Some(*hostile), "{text}");
            }
        }
    }
}

fn new(flags: &[&str]) -> Ran {
    book(&Desk::new(), &[&["new"], flags].concat())
}

#[test]
fn a_book_of_seats_is_shown() {
    let ran = new(&["--kind", "seats", "--discount", "approval", "--partners", "yes"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_shows_whole!("book_new", ran.stdout);
}

/// 40 users by the month: 12 × (80.00 + 15 × 3.20).
#[test]
fn flags_answer_every_question() {
    let desk = Desk::new();
    let words = "new --kind base --name Elm --currency eur --product Desks --unit desk --units tables --period month \
                 --price 80 --discount none --partners no --output pricing.toml";
    let ran = book(&desk, &words.split_whitespace().collect::<Vec<_>>());
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""));
    assert_eq!(ran.stderr, "pricing.toml written: dealdesk book check pricing.toml proves it\n");
    let text = desk.read("pricing.toml");
    for line in [
        "name = \"Elm\"",
        "currency = \"EUR\"",
        "[metric.desks]",
        "title = \"Desks\"",
        "unit = \"desk\"",
        "units = \"tables\"",
        "per = \"month\"",
        "expect = { arr = \"1536.00\", tcv = \"1536.00\" }",
    ] {
        assert!(text.lines().any(|it| it == line), "{line}: {text}");
    }
    assert!(!text.contains("[discount") && !text.contains("[channel"), "{text}");
    assert_eq!(book(&desk, &["check", "pricing.toml"]).code, Some(0));
}

#[test]
fn a_file_that_exists_is_not_replaced() {
    let desk = Desk::new().file("mine.toml", "mine");
    let ran = book(&desk, &["new", "--kind", "seats", "--output", "mine.toml"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("mine.toml exists"), "{}", ran.stderr);
    assert_eq!(desk.read("mine.toml"), "mine");
}

#[test]
fn without_a_terminal_a_kind_is_needed() {
    let ran = new(&["--name", "Elm"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.contains("needs a terminal"), "{}", ran.stderr);
    assert!(ran.stderr.contains("--name NAME"), "{}", ran.stderr);
}

/// An example with more digits than are exact is an error, and makes no file.
#[test]
fn a_price_whose_example_is_too_long_makes_no_book() {
    let desk = Desk::new();
    let words = "new --kind use --price 1000000000 --output pricing.toml";
    let ran = book(&desk, &words.split_whitespace().collect::<Vec<_>>());
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("these answers make no price book"), "{}", ran.stderr);
    assert!(ran.stderr.contains("more than dealdesk can calculate"), "{}", ran.stderr);
    assert!(!desk.path("pricing.toml").exists());
}

/// A flag that makes no sense is an error of the command line.
#[test]
fn wrong_flags_are_refused() {
    for (flags, message) in [
        ("--kind chairs", "possible values: seats, use"),
        ("--kind use --period year", "--period cannot be used with --kind use"),
        ("--kind seats --price 0", "above zero"),
        ("--kind seats --price 1000000000.01", "at most a billion"),
        ("--kind seats --price 0.123456789", "at most 8 decimals"),
        ("--kind seats --price 1,000", "write 1000"),
        ("--kind seats --currency XYZ", "no currency of ISO 4217"),
        ("--kind seats --unit=", "empty"),
        ("--kind seats --partners perhaps", "possible values: yes, no"),
    ] {
        let ran = new(&flags.split(' ').collect::<Vec<_>>());
        assert_eq!(ran.code, Some(2), "{flags}: {}", ran.stderr);
        assert!(ran.stderr.contains(message), "{flags}: {}", ran.stderr);
    }
}
