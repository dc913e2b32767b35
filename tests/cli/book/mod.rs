//! What a price book says, and what changes with another one, through the real binary.

mod diff;
mod import;
mod new;
mod show;

use crate::support::{Desk, Ran};

/// A small book with something of everything.
const BOOK: &str = r#"[book]
name = "Seats"
version = "2026"
currency = "EUR"
symbol = "€"
effective = 2026-01-01
quote_valid = "30 days"

[term]
years = "1-3"

[[approval]]
level = "head"
title = "Head of sales"

[metric.seat]
title = "Seat"
unit = "seat"
units = "seats"
per = "year"
mode = "volume"
tiers = [
  { quantity = "1-9", price = "100.00", edition = "Team" },
  { quantity = "10-99", price = "80.00", edition = "Business" },
  { quantity = "100+", price = "50.00", edition = "Enterprise", assumed = true },
]

[metric.setup]
title = "Setup"
unit = "day"
units = "days"
per = "once"
maintenance = "0%"
mode = "volume"
tiers = [{ quantity = "1-5", fee = "1000.00-5000.00" }]

[waterfall]
order = ["term", "special"]

[discount.term]
title = "Term"
by = "term"
base = "running"
metrics = ["seat"]
steps = [{ years = "2-3", rate = "10%", approval = "head", otherwise = "5%" }]

[discount.special]
title = "Special"
by = "program"
base = "running"
metrics = ["seat"]

[discount.special.program.school]
title = "Schools"
max_rate = "50%"
approval = "head"
duties = ["reference"]

[clause.uptime]
title = "99% uptime"
class = "standard"

[[guardrail]]
name = "deep"
measure = "discount"
above = "40%"
approval = "head"
reason = "More than 40% off list"
"#;

/// The same book, a year later.
fn next() -> String {
    let changes = [
        ("version = \"2026\"", "version = \"2027\""),
        ("price = \"80.00\"", "price = \"88.00\""),
        ("{ quantity = \"100+\"", "{ quantity = \"200+\""),
        ("\"10-99\"", "\"10-199\""),
        ("max_rate = \"50%\"", "max_rate = \"0.4\""),
        ("years = \"2-3\"", "years = \"2+\""),
        ("[clause.uptime]\ntitle = \"99% uptime\"\nclass = \"standard\"\n", ""),
        ("quantity = \"1-9\", price = \"100.00\"", "quantity = \"2-9\", price = \"100.00\""),
    ];
    let book = changes.iter().fold(BOOK.to_owned(), |book, (old, new)| {
        assert!(book.contains(old), "{old}");
        book.replacen(old, new, 1)
    });
    book + "\n[metric.site]\ntitle = \"Site\"\nunit = \"site\"\nunits = \"sites\"\nper = \"year\"\n\
        mode = \"volume\"\ntiers = [{ quantity = \"1+\", price = \"900.00\" }]\n"
}

/// A folder with both books.
fn desk() -> Desk {
    Desk::new().file("old.toml", BOOK).file("new.toml", &next())
}

fn book(desk: &Desk, words: &[&str]) -> Ran {
    desk.run(&[&["book"], words].concat())
}

#[test]
fn without_a_command_it_says_which_there_are() {
    let ran = book(&desk(), &[]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("show") && ran.stderr.contains("diff"), "{}", ran.stderr);
}

/// Each command of it has examples, as each command of the program has.
#[test]
fn every_command_of_it_shows_examples() {
    let desk = desk();
    let help = book(&desk, &["--help"]).stdout;
    let list = help.split("Commands:\n").nth(1).expect("a list of commands");
    let lines = list.lines().take_while(|line| !line.is_empty());
    let names: Vec<_> = lines.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.contains(&"show") && names.contains(&"diff"), "{names:?}");
    for name in names {
        let ran = book(&desk, &[name, "--help"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{name}");
        let examples = ran.stdout.split("Examples:\n").nth(1).expect(name);
        assert!(examples.contains(&format!("dealdesk book {name}")), "{name}: {examples}");
    }
}
