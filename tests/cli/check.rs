//! Deals against policy, through the real binary.

use super::json;
use crate::pipeline::BOOK;
use crate::support::{DAY, Desk, Ran, assert_shows_whole};
use std::io::Write;
use std::process::Stdio;

const EAST: &str = "customer = \"Acme\"\n[[line]]\nmetric = \"seat\"\nquantity = 60\n";
const WEST: &str = "customer = \"ACME \"\n[[line]]\nmetric = \"seat\"\nquantity = 70\n";
const GLOBEX: &str = "customer = \"Globex\"\n[[line]]\nmetric = \"seat\"\nquantity = 120\n";
const INITECH: &str = "\
customer = \"Initech\"
date = 2026-09-01
[[line]]
metric = \"box\"
quantity = 10
[[clause]]
name = \"escrow\"
";
const UMBRELLA: &str = "\
customer = \"Umbrella\"
[[line]]
metric = \"box\"
quantity = 12
[[clause]]
name = \"never\"
";
const BROKEN: &str = "term_years = \"x\"\n[[line]]\nmetric = \"boks\"\nquantity = 5\n";

/// A folder of deals and their book.
pub fn desk() -> Desk {
    Desk::new()
        .file("pricing.toml", BOOK)
        .file("deals/acme-east.toml", EAST)
        .file("deals/acme-west.toml", WEST)
        .file("deals/globex.toml", GLOBEX)
        .file("deals/initech.toml", INITECH)
        .file("deals/old/umbrella.toml", UMBRELLA)
        .file("deals/pricing.toml", "no deal")
}

fn check(desk: &Desk, words: &[&str]) -> Ran {
    desk.run(&[&["check", "--date", DAY], words].concat())
}

fn answer(ran: &Ran) -> serde_json::Value {
    json(&ran.stdout)
}

/// The names of the deals with how each stands.
fn stand(ran: &Ran) -> Vec<(String, String)> {
    let told = answer(ran);
    let deals = told["deals"].as_array().expect("deals").iter();
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    deals.map(|deal| (text(&deal["name"]), text(&deal["status"]))).collect()
}

#[test]
fn every_format() {
    let desk = desk().file("deals/broken.toml", BROKEN);
    for format in ["table", "json", "markdown"] {
        let ran = check(&desk, &["deals", "--max-approval", "none", "--format", format]);
        assert_eq!(ran.code, Some(1));
        assert_shows_whole!(format!("check_{format}"), ran.stdout);
    }
    // What is wrong with a deal is told with its place, whatever the format.
    assert_shows_whole!("check_faults", check(&desk, &["deals"]).stderr);
}

/// By the worst deal, but for one that cannot be read: nobody knows what that one needs.
#[test]
fn the_worst_deal_decides() {
    let [east, globex, initech, umbrella] =
        ["acme-east.toml", "globex.toml", "initech.toml", "old/umbrella.toml"]
            .map(|name| format!("deals/{name}"));
    let cases: &[(&[&str], Option<&str>, i32)] = &[
        (&[&east], Some("none"), 0),
        (&[&east, &globex], None, 0),
        (&[&east, &globex], Some("none"), 3),
        (&[&east, &globex], Some("vp"), 0),
        (&[&initech, &globex], Some("vp"), 3),
        (&[&initech, &globex], Some("svp"), 0),
        (&[&umbrella, &initech], None, 4),
        (&[&initech, &umbrella], Some("none"), 4),
        (&["deals/none.toml", &umbrella, &initech], Some("none"), 1),
        (&[&umbrella, "broken.toml"], None, 1),
    ];
    let desk = desk().file("broken.toml", BROKEN);
    for (deals, within, code) in cases {
        let mut words = deals.to_vec();
        words.extend(within.iter().flat_map(|level| ["--max-approval", level]));
        assert_eq!(check(&desk, &words).code, Some(*code), "{words:?}");
    }
}

/// Two of one customer need more together, and a check that allows each allows both.
#[test]
fn warnings_are_no_failure() {
    let ran =
        check(&desk(), &["deals/acme-east.toml", "deals/acme-west.toml", "--max-approval", "none"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(
        ran.stdout.contains("acme-east.toml and acme-west.toml of Acme together"),
        "{}",
        ran.stdout
    );
}

/// What all names have in common is said once; programs get them whole.
#[test]
fn a_folder_is_named_once() {
    let cases: [(&[&str], &str, &str); 4] = [
        (&["deals/globex.toml"], "1 deal in deals\n", "  globex.toml "),
        (&["deals/globex.toml", "deals/old/umbrella.toml"], "in deals\n", "  old/umbrella.toml  "),
        (&["deals/old/umbrella.toml", "deals/globex.toml"], "in deals\n", "  old/umbrella.toml  "),
        (&["deals/globex.toml", "deals2/globex.toml"], "2 deals\n", "  deals2/globex.toml  "),
    ];
    let desk = desk().file("deals2/globex.toml", GLOBEX);
    for (deals, title, name) in cases {
        let ran = check(&desk, deals);
        assert!(ran.stdout.contains(title) && ran.stdout.contains(name), "{}", ran.stdout);
        let told = answer(&check(&desk, &[deals, &["--format", "json"]].concat()));
        assert_eq!(told["deals"][0]["name"], deals[0]);
    }
}

#[test]
fn a_bad_deal_hides_no_other() {
    let desk = desk().file("deals/a.toml", BROKEN).file("deals/b.toml", "customer = 3");
    let ran = check(&desk, &["none.toml", "deals", "--format", "json"]);
    assert_eq!(ran.code, Some(1));
    for told in
        ["none.toml cannot be read: there is no such file", "did you mean \"box\"?", "b.toml:1:12"]
    {
        assert!(ran.stderr.contains(told), "{told}:\n{}", ran.stderr);
    }
    let unreadable = |(_, status): &&(String, String)| status == "unreadable";
    let found = stand(&ran);
    assert_eq!((found.len(), found.iter().filter(unreadable).count()), (8, 3));
    let told = answer(&ran);
    assert_eq!(told["deals"][1]["errors"].as_array().map(Vec::len), Some(2), "{told}");
    assert_eq!(told["counts"]["unreadable"], 3);
}

/// Files, folders and standard input; what is named twice is one deal, which has split nothing.
#[test]
fn deals_come_from_everywhere_and_once() {
    let desk = desk();
    let words = ["deals/globex.toml", "deals/../deals/globex.toml", "deals", "-", "-"];
    let mut command = desk.command();
    command.args(["check", "--date", DAY, "--format", "json"]).args(words);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary runs");
    child.stdin.take().expect("an input").write_all(GLOBEX.as_bytes()).expect("a deal");
    let ran = Ran::of(child.wait_with_output().expect("an end"));
    let names: Vec<_> = stand(&ran).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "deals/globex.toml",
            "deals/acme-east.toml",
            "deals/acme-west.toml",
            "deals/initech.toml",
            "deals/old/umbrella.toml",
            "standard input"
        ]
    );
}

#[test]
fn words_that_mean_nothing_are_a_wrong_command_line() {
    let desk = desk();
    std::fs::create_dir(desk.path("empty")).expect("a folder");
    let cases: [(&[&str], &str); 5] = [
        (
            &["deals", "--max-approval", "SVP"],
            "--max-approval: the price book has no level \"SVP\": it has none, vp, svp; did you mean svp?",
        ),
        (&["deals", "--date", "21.11.2026"], "a date is written 2026-11-21"),
        (&["deals", "--format", "xml"], "possible values: table, json, csv, markdown, html"),
        (&["empty"], "there is no deal file (.toml) in empty"),
        (&[], "<DEAL>..."),
    ];
    for (words, told) in cases {
        let ran = desk.run(&[&["check"], words].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{words:?}");
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
    }
}

/// The day of the check decides what has expired, and deals without a date are of that day.
#[test]
fn a_quote_expires_after_its_last_day() {
    let desk = desk();
    let said = |day| {
        let words =
            ["check", "deals/initech.toml", "deals/globex.toml", "--format", "json", "--date", day];
        let told = answer(&desk.run(&words));
        let codes = |deal: usize| {
            let warnings = told["deals"][deal]["warnings"].as_array().expect("warnings").iter();
            warnings.map(|it| it["code"].clone()).find(|code| code == "quote-expired")
        };
        assert_eq!(told["deals"][1]["date"], day);
        (codes(0), codes(1))
    };
    assert_eq!(said("2026-10-01"), (None, None));
    assert_eq!(said("2026-10-02"), (Some("quote-expired".into()), None));
}

/// Amounts in several currencies stand beside each other, and are never added.
#[test]
fn currencies_are_never_added() {
    let example = |name| crate::support::root().join("examples/currencies").join(name);
    let paths = ["yen.toml", "dinar.toml", "pricing.toml"].map(example);
    let [yen, dinar, book] = paths.each_ref().map(|path| path.to_str().expect("a name"));
    let ran = check(&Desk::new(), &[yen, dinar, "--price-book", book, "--format", "json"]);
    let tcv = &answer(&ran)["tcv"];
    assert_eq!((&tcv[0]["currency"], &tcv[1]["currency"]), (&"JPY".into(), &"BHD".into()));
    assert_eq!(tcv[0]["tcv"], "68132925");
}

/// A name cannot move the cursor, forge a line or become Markdown, in a customer's name or a file's.
#[test]
fn names_are_only_names() {
    let hostile = "Ac\\u001b[31mme\\u202e | **x** <script> @team\\n## Approved";
    let deal = EAST.replace("Acme", hostile);
    let desk = Desk::new()
        .file("pricing.toml", BOOK)
        .file("deals/a\u{1b}[2J|b.toml", &deal)
        .file("deals/b.toml", &deal)
        .file("deals/`c`\u{202e}.toml", "customer = \"\u{1b}[2J\"");
    for command in ["check", "desk"] {
        for format in ["table", "markdown", "json"] {
            let ran = desk.run(&[command, "deals", "--format", format, "--date", DAY]);
            assert_eq!(ran.code, Some(1), "{}", ran.stderr);
            for text in [&ran.stdout, &ran.stderr] {
                let acts = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
                assert!(!text.contains(acts), "{command} {format}: {}", text.escape_debug());
                assert!(!text.lines().any(|line| line.starts_with("## Approved")), "{text}");
            }
            if format == "markdown" {
                assert!(
                    !ran.stdout.contains("<script>") && !ran.stdout.contains("@team"),
                    "{}",
                    ran.stdout
                );
                let cells = |line: &str| line.replace("\\|", "").matches('|').count();
                let table = ran.stdout.lines().filter(|line| line.starts_with("| deals"));
                assert!(table.map(cells).all(|count| count == 7), "{}", ran.stdout);
            }
        }
    }
}

/// Among several deals, one that is nobody's is an error, and all others are checked.
#[test]
fn a_deal_among_several_says_whose_it_is() {
    let unnamed = GLOBEX.replace("customer = \"Globex\"\n", "");
    let accounted = format!("account = \"001\"\n{unnamed}");
    let desk = desk().file("unnamed.toml", &unnamed).file("accounted.toml", &accounted);
    let ran =
        check(&desk, &["deals/globex.toml", "unnamed.toml", "accounted.toml", "--format", "json"]);
    let expected =
        [("deals/globex.toml", "ok"), ("unnamed.toml", "unreadable"), ("accounted.toml", "ok")];
    assert_eq!(stand(&ran), expected.map(|(name, status)| (name.to_owned(), status.to_owned())));
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("the deal does not name its customer"), "{}", ran.stderr);
    // A name that nobody sees is none.
    let blank = format!("customer = \"\\u200B\"\n{unnamed}");
    let blank = desk.file("blank.toml", &blank);
    assert_eq!(check(&blank, &["deals/globex.toml", "blank.toml"]).code, Some(1));
    let desk = blank;
    // Alone it has no other to be judged with.
    assert_eq!(check(&desk, &["unnamed.toml"]).code, Some(0));
}

/// A folder can have a price book, which is no deal; a deal of that name is one.
#[test]
fn a_deal_with_the_name_of_a_price_book_is_checked() {
    let ran = |text: &str| {
        let desk = Desk::new()
            .file("book/pricing.toml", BOOK)
            .file("deals/east.toml", EAST)
            .file("deals/pricing.toml", text);
        let ran = desk.run(&[
            "check",
            "deals",
            "--price-book",
            "book/pricing.toml",
            "--date",
            DAY,
            "--format",
            "json",
        ]);
        json(&ran.stdout)["deals"].as_array().map(Vec::len)
    };
    assert_eq!(ran(BOOK), Some(1));
    assert_eq!(ran(GLOBEX), Some(2));
}
