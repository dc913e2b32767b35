//! One need by every metric that fits, through the real binary.

use super::json;
use crate::support::{DAY, Desk, Ran, assert_shows_whole};

/// Seats by the seat, by packages, by the hour and for good, and sites; more than a year needs a boss.
const BOOK: &str = "\
[book]
name = \"Seats\"
version = \"1\"
currency = \"EUR\"
quote_valid = \"30 days\"

[term]
years = \"1-3\"

[[approval]]
level = \"boss\"
title = \"Boss\"

[metric.seat]
title = \"Seat\"
unit = \"seat\"
units = \"seats\"
per = \"year\"
mode = \"volume\"
places = 2
tiers = [
  { quantity = \"1-9\", price = \"10.00\", edition = \"Small\" },
  { quantity = \"10+\", price = \"8.00\", edition = \"Large\" },
]

[metric.flex]
title = \"Flex\"
unit = \"seat\"
units = \"seats\"
per = \"hour\"
hours_per_month = 100
mode = \"volume\"
places = 4
tiers = [{ quantity = \"1-19\", price = \"0.02\" }, { quantity = \"20+\", price = \"0.01\" }]

[metric.owned]
title = \"Owned\"
unit = \"seat\"
units = \"seats\"
per = \"once\"
maintenance = \"20%\"
mode = \"volume\"
places = 2
approval = \"boss\"
tiers = [{ quantity = \"1+\", price = \"20.00\" }]

[metric.site]
title = \"Site\"
unit = \"site\"
units = \"sites\"
per = \"year\"
mode = \"volume\"
places = 2
tiers = [{ quantity = \"1-4\", price = \"100.00\" }, { quantity = \"5+\", price = \"70.00\" }]

[waterfall]
order = [\"volume\"]

[discount.volume]
title = \"Volume\"
by = \"quantity\"
base = \"running\"
metrics = [\"seat\"]
steps = [{ quantity = \"30+\", rate = \"10%\" }]
";

const SEATS: &str = "customer = \"Acme\"\nterm_years = 2\nhorizon_years = 4\n\
                     [[line]]\nmetric = \"seat\"\nquantity = 40\n";

const RAMP: &str = "customer = \"Acme\"\nterm_years = 2\n[[line]]\nmetric = \"site\"\n\
                    year = [{ quantity = 2 }, { quantity = 5 }]\n\
                    [[line]]\nmetric = \"flex\"\nquantity = 30\n";

fn desk() -> Desk {
    Desk::new()
        .file("pricing.toml", BOOK)
        .file("seats.toml", SEATS)
        .file("ramp.toml", RAMP)
        .file("broken.toml", "term_years = \"x\"")
}

fn compare(desk: &Desk, words: &[&str]) -> Ran {
    desk.run(&[&["compare", "--date", DAY], words].concat())
}

#[test]
fn every_format() {
    let desk = desk();
    let cases: [(&str, &[&str]); 2] = [
        ("seats", &["seats.toml", "--units", "site=0.1/seat", "--utilization", "60%"]),
        ("ramp", &["ramp.toml", "--units", "seats=12/site"]),
    ];
    for (name, words) in cases {
        for format in ["table", "json", "markdown"] {
            let ran = compare(&desk, &[words, &["--format", format, "--chart"]].concat());
            assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{name}");
            assert_shows_whole!(format!("compare_{name}_{format}"), ran.stdout);
        }
    }
    let ran = compare(&desk, &["seats.toml", "--output", "seats.svg"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""));
    assert_eq!(ran.stderr, "seats.svg written\n");
    assert_shows_whole!("compare_svg", desk.read("seats.svg"));
}

/// The name of the file says what is written, and nothing else is printed.
#[test]
fn a_file_is_written_in_the_format_of_its_name() {
    let desk = desk();
    let cases = [("a.json", "{\n"), ("a.md", "# Comparison\n"), ("a.txt", "Comparison\n")];
    for (name, begin) in cases {
        let ran = compare(&desk, &["seats.toml", "--output", name]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
        assert!(desk.read(name).starts_with(begin), "{name}");
    }
}

/// A deal in flags is compared as one in a file, and standard output is no file.
#[test]
fn a_deal_in_flags_is_compared_too() {
    let desk = desk();
    let flags = ["--metric", "seat", "--quantity", "40", "--term", "2", "--horizon", "4"];
    let more = ["--format", "json", "--output", "-"];
    let typed = json(&compare(&desk, &[&flags[..], &more].concat()).stdout);
    let read = json(&compare(&desk, &[&["seats.toml"], &more[..]].concat()).stdout);
    assert_eq!(typed["lines"], read["lines"]);
    assert_eq!(typed["lines"][0]["candidates"][0]["net"], "1152.00"); // 4 x 40 x 8 x 0.9
}

/// Outside policy is said of each metric, and is no failure: nothing is offered yet.
#[test]
fn outside_policy_is_told_and_is_no_failure() {
    let ran = compare(&desk(), &["seats.toml", "--term", "4"]);
    assert_eq!(ran.code, Some(0));
    assert_eq!(ran.stdout.matches("Outside policy").count(), 3, "{}", ran.stdout);
}

#[test]
fn a_deal_that_cannot_be_priced_is_not_compared() {
    let desk = desk();
    let ran = compare(&desk, &["broken.toml", "--output", "a.json"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.contains("this deal cannot be compared"), "{}", ran.stderr);
    assert!(!desk.path("a.json").exists());
    assert_eq!(compare(&desk, &["missing.toml"]).code, Some(1));
}

#[test]
fn a_command_line_that_cannot_be_meant_is_answered() {
    let desk = desk();
    let cases: &[(&[&str], &str)] = &[
        (&["seats.toml", "--units", "sits=3"], "did you mean \"site\"?"),
        (&["seats.toml", "--units", "site"], "it has no \"=\": write core=3200, or core=16/socket"),
        (&["seats.toml", "--units", "site=x"], "--units site=x: "),
        (&["seats.toml", "--units", "site=0"], "zero of them meets no need"),
        (
            &["seats.toml", "--units", "site=2/seats", "--units", "seat=2/site"],
            "this count was given already",
        ),
        (
            &["seats.toml", "--units", "site=2", "--units", "site=3/seat"],
            "this count was given already",
        ),
        (&["seats.toml", "--units", "seat=2/seats"], "a unit cannot be counted in itself"),
        (
            &["seats.toml", "--units", "seats=2"],
            "the deal counts seats, to which this does not apply",
        ),
        (
            &["ramp.toml", "--units", "seat=20"],
            "the years of the line differ: give the number in each",
        ),
        (&["seats.toml", "--utilization", "0%"], "give more than 0%"),
        (&["seats.toml", "--utilization", "60"], "write \"60%\""),
        (&["seats.toml", "--output", "a.pdf"], "the format of a.pdf is not known"),
        (&["seats.toml", "--output", "a.svg", "--format", "json"], "leave --format out"),
        (&["seats.toml", "--output", "seats.toml", "--format", "json"], "is made from"),
        (&["seats.toml", "--output", "pricing.toml", "--format", "json"], "is made from"),
    ];
    for (words, said) in cases {
        let ran = compare(&desk, words);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{words:?}");
        assert!(ran.told().contains(said), "{words:?}: {}", ran.stderr);
    }
    assert_eq!(desk.read("seats.toml"), SEATS);
}

/// The book of the program: what is free costs less than anything, and a package lasts for months.
#[test]
fn what_is_free_or_a_package_is_told_in_its_own_words() {
    let desk = Desk::new();
    let free = compare(&desk, &["--metric", "socket", "--quantity", "2"]).stdout;
    assert!(free.contains("CPU core: any number costs more than 2 sockets\n"), "{free}");
    let pilot = ["--metric", "enterprise-pilot", "--quantity", "60"];
    let pilot = compare(&desk, &pilot).stdout;
    assert!(pilot.contains("\n60 VMs\n") && !pilot.contains("for good"), "{pilot}");
    assert!(!pilot.contains("cheapest") && !pilot.contains("Break-evens"), "{pilot}");
}

/// What is free within a limit alone is no saving without it: the limit of the book is told beside.
#[test]
fn the_limit_of_a_free_edition_is_told() {
    let plain = |words: &[&str]| {
        let two = ["--metric", "core", "--quantity", "2", "--units", "core=1/socket"];
        let ran = compare(&Desk::new(), &[&two[..], words].concat());
        ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let told = plain(&[]);
    let saving = "loss CPU socket, 2 sockets: the customer pays $400.00 (100%) less, within \
                  the limit of Community: up to 3 hosts";
    assert!(told.contains(saving), "{told}");
    assert!(told.contains("Limits CPU socket Community is for up to 3 hosts ["), "{told}");
    let turns = "from 3 sockets (1.5 per core) more. Community is limited to 3 hosts";
    assert!(told.contains(turns), "{told}");
    let told = plain(&["--hosts", "5"]);
    assert!(told.contains("Community is for up to 3 hosts, and the deal has more ["), "{told}");
    let never = "outside policy CPU socket, 2 sockets: the customer would save $400.00 (100%)";
    assert!(told.contains(never) && !told.contains("possible loss"), "{told}");
    let limits = json(&plain(&["--hosts", "5", "--format", "json"]));
    let limits = &limits["lines"][0]["candidates"][1]["limits"];
    assert_eq!((&limits[0]["max_hosts"], &limits[0]["kept"]), (&3.into(), &false.into()));

    let few = ["1-9\", price = \"10.00\", edition = \"Small\"", "max_hosts = 3"];
    let book = BOOK.replace(few[0], &format!("{}, {}", few[0], few[1]));
    let told =
        compare(&desk().file("pricing.toml", &book), &["--metric", "seat", "--quantity", "5"]);
    let told = told.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    let unknown = "Small is for up to 3 hosts, and the deal does not state its hosts: add --hosts";
    assert!(told.contains(unknown), "{told}");
}

/// 400 seats at 8.00 are 3,200.00, and 399 sites at 8.01 are 3,195.99: 1.0025 seats each. To 2 places
/// 400 sites would read alike, so there are 3.
#[test]
fn quantities_on_both_sides_of_a_break_even_read_differently() {
    let book = BOOK.replace("price = \"70.00\"", "price = \"8.01\"");
    let desk = desk().file("pricing.toml", &book);
    let ran = compare(&desk, &["--metric", "seat", "--quantity", "400", "--volume", "none"]);
    assert!(ran.stdout.contains("399 sites (1.003 seats each)"), "{}", ran.stdout);
    // 240 sockets and 3,600 nodes: 15 a socket, and one node less is 14.9958.
    let words = ["compare", "--metric", "socket", "--quantity", "240", "--date", DAY];
    let told = Desk::new().run(&words).stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("3,599 nodes (14.996 per socket) cost less"), "{told}");
    assert!(told.contains("3,600 nodes (15 per socket) as much"), "{told}");
    // The price of each socket beside prices of a year says that it is for the whole term.
    let words = [&words[..], &["--term", "3"]].concat();
    assert!(Desk::new().run(&words).stdout.contains("Per socket, 3 years"));
}

/// Several lines of other units could be meant by a count in all.
#[test]
fn a_count_in_all_is_for_one_line() {
    let lines =
        "[[line]]\nmetric = \"seat\"\nquantity = 4\n[[line]]\nmetric = \"flex\"\nquantity = 4\n";
    let desk = desk().file("lines.toml", lines);
    let ran = compare(&desk, &["lines.toml", "--units", "site=2"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("several lines"), "{}", ran.stderr);
    assert_eq!(compare(&desk, &["lines.toml", "--units", "site=2/seat"]).code, Some(0));
}

/// Titles of a book and names in a deal are words, whatever is in them.
#[test]
fn hostile_words_mean_only_themselves() {
    let book = BOOK.replace("title = \"Flex\"", "title = \"<b>\\u001b[31m|`*\\u202e\"");
    let deal = SEATS.replace("\"Acme\"", "\"</svg>\\u001b]0;x\\u0007&\"");
    let desk = desk().file("pricing.toml", &book).file("seats.toml", &deal);
    for format in ["table", "json", "markdown"] {
        let ran = compare(&desk, &["seats.toml", "--chart", "--format", format]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(!ran.stdout.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{format}");
    }
    assert_eq!(compare(&desk, &["seats.toml", "--output", "a.svg"]).code, Some(0));
    let svg = desk.read("a.svg");
    assert!(svg.contains("&lt;b&gt;") && !svg.contains("<b>") && !svg.contains('\u{1b}'), "{svg}");
    assert!(!compare(&desk, &["--help"]).stdout.is_empty());
}
