//! `dealdesk usage`: formats, exit codes, and what is said on which stream.

use super::json;
use crate::support::{DAY, Desk, OUR_BOOK, Ran, assert_shows};
use std::fmt::Write as _;
use std::io::Write;
use std::process::Stdio;

const USE: &str = "month,core_hours\n2026-01,6205000\n2026-02,8030000.5\n2026-03,0\n";

const COMMITTED: &str = "\
customer = \"Granite Cloud\"

[[line]]
metric = \"socket\"
quantity = 10

[[line]]
metric = \"consumption\"
quantity = 12000
committed = 10000
";

/// Ten years are outside policy.
const REFUSED: &str = "\
term_years = 10

[[line]]
metric = \"consumption\"
quantity = 12000
";

fn desk() -> Desk {
    Desk::new().file("use.csv", USE).file("deal.toml", COMMITTED)
}

fn usage(desk: &Desk, more: &[&str]) -> Ran {
    desk.run(&[&["usage", "use.csv", "--date", DAY], more].concat())
}

#[test]
fn every_format() {
    for (format, ending) in [("table", "txt"), ("json", "json"), ("csv", "csv"), ("markdown", "md")]
    {
        let desk = desk();
        let ran = usage(&desk, &["deal.toml", "--explain", "--format", format]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{format}");
        assert_shows!(format!("usage_{format}"), ran.stdout);
        // The name of a file says the same, and its bytes are those of a pipe.
        let name = format!("out.{ending}");
        let written = usage(&desk, &["deal.toml", "--explain", "--output", &name]);
        assert_eq!((written.code, written.stdout.as_str()), (Some(0), ""));
        assert_eq!(written.stderr, format!("{name} written\n"));
        assert_eq!(desk.read(&name), ran.stdout);
    }
}

#[test]
fn without_a_deal_the_book_prices_it() {
    let ran = usage(&desk(), &["--format", "json"]);
    let statement = json(&ran.stdout);
    assert_eq!(statement["totals"]["amount"], "489100.02");
    assert_eq!(statement["estimate"], serde_json::Value::Null);
    assert_eq!(statement["months"][2]["price"], serde_json::Value::Null);
}

/// 10,000 cores for the 744, 672 and 744 hours of those months.
#[test]
fn flags_win_over_book_and_deal() {
    let ran = usage(&desk(), &["--committed", "10000", "--hours", "real", "--format", "json"]);
    let statement = json(&ran.stdout);
    assert_eq!(statement["hours_basis"], "real");
    assert_eq!(statement["totals"]["baseline"], "648000.00");
    let less = usage(&desk(), &["deal.toml", "--committed", "9000", "--format", "json"]);
    assert_eq!(json(&less.stdout)["committed"], "9000");
}

#[test]
fn standard_input_is_a_file_too() {
    let desk = desk();
    let mut command = desk.command();
    let command = command.args(["usage", "-", "deal.toml"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    child.stdin.take().expect("its input").write_all(USE.as_bytes()).expect("it reads");
    let stdout = child.wait_with_output().expect("it ends").stdout;
    let stdout = String::from_utf8(stdout).expect("text");
    assert!(stdout.contains("standard input: 3 rows, 2026-01 to 2026-03"), "{stdout}");
    let both = desk.run(&["usage", "-", "-"]);
    assert_eq!(both.code, Some(2));
    assert_eq!(both.stderr, "error: only one of the files can be standard input\n");
}

#[test]
fn a_deal_outside_policy_is_rated_and_exits_with_4() {
    let ran = usage(&desk().file("deal.toml", REFUSED), &["deal.toml"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(4), ""));
    assert!(ran.stdout.contains("OUTSIDE POLICY"), "{}", ran.stdout);
    assert!(ran.stdout.contains("$489,100.02"), "{}", ran.stdout);
}

/// $0.02 is policy for 50,000 cores, and $0.05 for 100.
#[test]
fn a_month_at_a_price_for_more_is_outside_policy() {
    let ramp = "term_years = 2\n[[line]]\nmetric = \"consumption\"\n\
                [[line.year]]\nquantity = 10000\n\
                [[line.year]]\nquantity = 50000\nunit_price = \"0.02\"\n";
    let desk = Desk::new()
        .file("deal.toml", ramp)
        .file("use.csv", "month,core_hours\n2027-01,73000\n2027-02,36500000\n2027-03,73000\n");
    assert_eq!(desk.run(&["quote", "deal.toml"]).code, Some(0));
    let first = usage(&desk, &["deal.toml", "--year", "1"]);
    assert_eq!(first.code, Some(0), "{}", first.stdout);
    let second = usage(&desk, &["deal.toml", "--year", "2"]);
    assert_eq!((second.code, second.stderr.as_str()), (Some(4), ""));
    assert_shows!("usage_outside_policy", second.stdout);
    let ran = usage(&desk, &["deal.toml", "--year", "2", "--format", "json"]);
    assert_eq!(ran.code, Some(4));
    let message = "2027-01 and 2027-03: $0.02 is below the policy price of $0.05, and no program \
                   of the deal allows it";
    assert_eq!(json(&ran.stdout)["violations"][0]["message"], message);
    assert_eq!(json(&ran.stdout)["violations"].as_array().map(Vec::len), Some(1));
}

#[test]
fn what_is_wrong_with_both_files_is_said_at_once() {
    let desk = Desk::new()
        .file("use.csv", "month,core_hours\n2026-01,x\n")
        .file("deal.toml", "term = 3\n[[line]]\nmetric = \"consumption\"\nquantity = 5\n");
    let ran = usage(&desk, &["deal.toml"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.contains("use.csv:2:9"), "{}", ran.stderr);
    assert!(ran.stderr.contains("deal.toml:1:1"), "{}", ran.stderr);
    assert!(ran.stderr.ends_with("error: this usage cannot be priced: 2 errors\n"));
}

#[test]
fn what_is_not_shown_is_counted() {
    let mut text = "timestamp,core_hours\n".to_owned();
    for day in 1..=30 {
        writeln!(text, "2026-01-{day:02}T00:00:00Z,x").expect("a string");
    }
    let desk = Desk::new().file("use.csv", &text);
    let ran = usage(&desk, &[]);
    assert_eq!(ran.stderr.matches("error[bad-number]").count(), 20);
    let last = "error: this usage cannot be priced: 30 errors, of which 10 more are not shown\n";
    assert!(ran.stderr.ends_with(last), "{}", ran.stderr);
}

#[test]
fn a_ramp_is_asked_for_its_year() {
    let ramp = "term_years = 2\n[[line]]\nmetric = \"consumption\"\n\
                [[line.year]]\nquantity = 10000\nunit_price = \"0.03\"\n\
                [[line.year]]\nquantity = 20000\nunit_price = \"0.025\"\n";
    let desk = desk().file("deal.toml", ramp);
    let amount = |year: &str| {
        let ran = usage(&desk, &["deal.toml", "--year", year, "--format", "json"]);
        json(&ran.stdout)["months"][0]["amount"].clone()
    };
    assert_eq!((amount("1"), amount("2")), ("186150.00".into(), "155125.00".into()));
    let unsaid = usage(&desk, &["deal.toml"]);
    assert_eq!(unsaid.code, Some(1));
    assert!(unsaid.stderr.contains("add --year"), "{}", unsaid.stderr);
    let beyond = usage(&desk, &["deal.toml", "--year", "3"]);
    assert_eq!(beyond.code, Some(2));
    assert!(beyond.stderr.contains("the deal has no year 3"), "{}", beyond.stderr);
}

#[test]
fn a_book_that_does_not_say_by_which_hours_has_to_be_told() {
    let said = OUR_BOOK.lines().filter(|line| !line.starts_with("usage_hours"));
    let desk = desk().file("pricing.toml", &said.collect::<Vec<_>>().join("\n"));
    let ran = usage(&desk, &[]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.told().contains("add --hours book or --hours real"), "{}", ran.stderr);
    assert_eq!(usage(&desk, &["--hours", "book"]).code, Some(0));
}

#[test]
fn a_statement_replaces_nothing_that_it_is_made_from() {
    for name in ["use.csv", "deal.toml"] {
        let desk = desk();
        let before = desk.read(name);
        let ran = usage(&desk, &["deal.toml", "--format", "csv", "--output", name]);
        assert_eq!(ran.code, Some(2));
        assert_eq!(
            ran.stderr,
            format!("error: {name} is the input that the statement is made from\n")
        );
        assert_eq!(desk.read(name), before);
    }
}

#[test]
fn a_file_with_a_byte_order_mark_is_read_and_one_in_another_encoding_is_not() {
    let desk = desk().file("use.csv", &format!("\u{feff}{USE}"));
    assert_eq!(usage(&desk, &[]).code, Some(0));
    std::fs::write(desk.path("use.csv"), b"month,core_hours\n2026-01,\xff\n").expect("a file");
    let ran = usage(&desk, &[]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.stderr, "error: the usage file use.csv is not UTF-8 text: see line 2\n");
}

/// A year of rows a minute apart is read in one go.
#[test]
fn many_rows_are_no_trouble() {
    let mut text = "timestamp,core_hours\n".to_owned();
    for month in 1..=12 {
        for minute in 0..20_000 {
            let (day, hour, minute) = (minute / 1440 + 1, minute / 60 % 24, minute % 60);
            writeln!(text, "2026-{month:02}-{day:02}T{hour:02}:{minute:02}:00Z,36.5")
                .expect("a string");
        }
    }
    let ran = usage(&Desk::new().file("use.csv", &text), &["--format", "json"]);
    let statement = json(&ran.stdout);
    assert_eq!(statement["rows"], 240_000);
    // 20,000 x 36.5 = 730,000 core-hours: 1,000 cores at $0.04, a month.
    assert_eq!(statement["totals"]["amount"], "350400.00");
}

#[test]
fn a_name_or_a_cell_cannot_take_the_screen() {
    let hostile = "month,core_hours\n2026-01,\u{1b}[2J\u{202e}5\n";
    let ran = usage(&Desk::new().file("use.csv", hostile), &[]);
    assert_eq!(ran.code, Some(1));
    assert!(!ran.stderr.contains(['\u{1b}', '\u{202e}']), "{:?}", ran.stderr);
    let deal = "customer = \"=cmd|' /C calc'!A1\"\n[[line]]\nmetric = \"consumption\"\n\
                quantity = 5\n";
    let desk = desk().file("deal.toml", deal);
    let ran = usage(&desk, &["deal.toml", "--format", "csv"]);
    assert!(ran.stdout.contains("'=cmd|' /C calc'!A1,"), "{}", ran.stdout);
}

/// Contract year 2 is 2028.
#[test]
fn a_year_is_that_of_the_months() {
    let ramp = "start = 2027-01-01\nterm_years = 2\n[[line]]\nmetric = \"consumption\"\n\
                [[line.year]]\nquantity = 1000\nunit_price = \"0.04\"\n\
                [[line.year]]\nquantity = 1000\nunit_price = \"0.05\"\n";
    let flat = "start = 2027-01-01\nterm_years = 2\n[[line]]\nmetric = \"consumption\"\n\
                quantity = 1000\n";
    let year = |file: &str, deal: &str, year: &str| {
        let desk = Desk::new().file("use.csv", file).file("deal.toml", deal);
        usage(&desk, &["deal.toml", "--year", year])
    };
    let june = "month,core_hours\n2028-06,730000\n";
    assert_eq!(year(june, ramp, "2").code, Some(0));
    for deal in [ramp, flat] {
        let other = year(june, deal, "1");
        assert_eq!((other.code, other.stdout.as_str()), (Some(2), ""));
        let message = "2028-06 lies in year 2 of the contract, which runs from 2027-01-01 to \
                       2028-12-31, and not in year 1";
        assert!(other.told().contains(message), "{}", other.stderr);
        assert!(other.told().contains("add --year 2"), "{}", other.stderr);
    }
    let both = "month,core_hours\n2027-12,730000\n2028-01,730000\n";
    assert_eq!(year(both, flat, "1").code, Some(0));
    let both = year(both, ramp, "1");
    assert!(both.told().contains("2028-01 lies in year 2"), "{}", both.stderr);
    // A month that is outside the contract is of no year.
    assert_eq!(year("month,core_hours\n2029-06,730000\n", ramp, "1").code, Some(0));
}

const COMMITTED_BOOK: &str = include_str!("../../examples/books/committed-use.toml");
const COMMITTED_UNITS: &str = include_str!("../../examples/usage/deal.toml");

fn units() -> Desk {
    let used = include_str!("../../examples/usage/units.csv");
    Desk::new()
        .file("use.csv", used)
        .file("deal.toml", COMMITTED_UNITS)
        .file("book.toml", COMMITTED_BOOK)
}

/// Units without hours have no average, and what is used beyond the commitment has its own price.
#[test]
fn units_without_hours_in_every_format() {
    for format in ["table", "json", "csv", "markdown"] {
        let more = ["deal.toml", "--price-book", "book.toml", "--explain", "--format", format];
        let ran = usage(&units(), &more);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{format}");
        assert_shows!(format!("usage_units_{format}"), ran.stdout);
    }
}

#[test]
fn units_without_hours_are_billed_by_no_hours() {
    let more = ["deal.toml", "--price-book", "book.toml", "--hours", "real"];
    let ran = usage(&units(), &more);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.told().contains("--hours is for a price per hour, and gpu has none"),
        "{}",
        ran.stderr
    );
}
