//! What changed between two versions of a deal, through the real binary.

use super::{DEAL, json};
use crate::support::{DAY, Desk, Ran, assert_shows};
use serde_json::Value;
use std::process::Command;

/// The deal of the contract.
const ACME: &str = "\
customer = \"Acme Bank\"
date = 2026-11-21
term_years = 3
prepay = \"multi-year\"

[[line]]
metric = \"socket\"
quantity = 500

[strategic]
program = \"lighthouse\"
rate = \"10%\"
reason = \"Case study and press release agreed\"
duties = [\"reference\", \"case-study\", \"press-release\"]
";

/// A ramp beside another line, with a service and a clause.
const RAMP: &str = "\
customer = \"Harvest Foods\"
date = 2026-11-21
term_years = 3

[[line]]
metric = \"socket\"
[[line.year]]
quantity = 50
[[line.year]]
quantity = 200
[[line.year]]
quantity = 500

[[line]]
metric = \"node\"
quantity = 100

[[service]]
name = \"migration\"
quantity = 40
";

/// More in its second and third year, another line in place of the one that it had, a dearer service
/// and a clause.
fn other_ramp() -> String {
    let ramp = RAMP
        .replace("quantity = 200", "quantity = 300")
        .replace("metric = \"node\"\nquantity = 100", "metric = \"core\"\nquantity = 600")
        .replace("quantity = 40", "quantity = 60");
    format!("{ramp}[[clause]]\nname = \"liability-24-months\"\n")
}

fn desk(old: &str, new: &str) -> Desk {
    Desk::new().file("old.toml", old).file("new.toml", new)
}

fn diff(old: &str, new: &str, more: &[&str]) -> Ran {
    desk(old, new).run(&[&["diff", "old.toml", "new.toml"], more].concat())
}

/// What is printed on the day of all tests, where nothing goes wrong.
fn printed(old: &str, new: &str, format: &str) -> String {
    let ran = diff(old, new, &["--date", DAY, "--format", format]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    ran.stdout
}

fn told(old: &str, new: &str) -> Value {
    json(&printed(old, new, "json"))
}

fn at(rate: &str) -> String {
    ACME.replace("\"10%\"", &format!("\"{rate}\""))
}

#[test]
fn a_deal_goes_outside_policy() {
    for format in ["table", "markdown", "json"] {
        let printed = printed(ACME, &at("35%"), format);
        assert_shows!(format!("diff_outside_policy_{format}"), printed);
    }
}

#[test]
fn a_ramp_is_told_year_by_year() {
    for format in ["table", "markdown", "json"] {
        assert_shows!(format!("diff_ramp_{format}"), printed(RAMP, &other_ramp(), format));
    }
}

#[test]
fn nothing_changed_is_one_line() {
    let table = printed(ACME, &format!("# The same in other words.\n{ACME}"), "table");
    assert_eq!(table, "new.toml (Acme Bank): nothing changed\n");
    let markdown = printed(ACME, ACME, "markdown");
    assert_eq!(markdown, "# new.toml (Acme Bank): nothing changed\n");
    let told = told(RAMP, RAMP);
    let deal = &told["deals"][0];
    assert_eq!(deal["status"], "same");
    for list in ["facts", "lines", "services", "required", "violations", "warnings"] {
        assert_eq!(deal[list], Value::Array(Vec::new()), "{list}");
    }
}

/// A line whose figures are as they were has no row.
#[test]
fn a_line_that_costs_what_it_cost_has_no_row() {
    let line = |term: &str, line: &str| {
        format!("date = 2026-11-21\n{term}\n[[line]]\nmetric = \"socket\"\n{line}")
    };
    let covered = "[strategic]\nprogram = \"lighthouse\"\n";
    let [discount, price] = ["discount = \"40%\"", "unit_price = \"1800.00\""]
        .map(|agreed| line("term_years = 3", &format!("quantity = 500\n{agreed}\n{covered}")));
    // One price in other words is no change.
    assert_eq!(told(&discount, &price)["deals"][0]["lines"], Value::Array(Vec::new()));
    // Policy gives another price beside an agreed one, which is told with the steps.
    let withheld = format!("{price}[discount]\nvolume = \"none\"\n");
    let table = printed(&price, &withheld, "table");
    assert!(!table.contains("500 sockets, Enterprise+ at $1,800.00"), "{table}");
    assert!(table.contains("Volume discount"), "{table}");
    // Only the first year has the part of a year before it.
    let led = "term_years = 2\nstart = 2026-12-01\nfirst_year = 2027-01-01";
    let flat = line(led, "quantity = 500\n");
    let ramp = line(led, "[[line.year]]\nquantity = 400\n[[line.year]]\nquantity = 500\n");
    let parts = &told(&flat, &ramp)["deals"][0]["lines"][0]["parts"];
    assert_eq!(parts.as_array().map(Vec::len), Some(1), "{parts}");
}

/// A number in the JSON as its coins.
fn coins(value: &Value) -> i64 {
    let text = value.as_str().expect("an amount");
    text.replace('.', "").parse().expect("two decimals")
}

/// What lines and services cost more or less is what the contract does.
#[test]
fn the_parts_add_up_to_the_whole() {
    let ramp = other_ramp();
    for (old, new) in [(RAMP, ramp.as_str()), (ramp.as_str(), RAMP), (RAMP, ACME), (ACME, RAMP)] {
        let told = told(old, new);
        let deal = &told["deals"][0];
        let list = |of: &Value| of.as_array().expect("a list").clone();
        let lines = list(&deal["lines"]);
        for line in &lines {
            let parts: i64 =
                list(&line["parts"]).iter().map(|it| coins(&it["tcv"]["change"])).sum();
            assert_eq!(parts, coins(&line["tcv"]["change"]), "{line}");
        }
        let lines: i64 = lines.iter().map(|it| coins(&it["tcv"]["change"])).sum();
        let services = list(&deal["services"]);
        let services: i64 = services.iter().map(|it| coins(&it["price"]["change"])).sum();
        assert_ne!(lines, 0);
        assert_eq!(lines + services, coins(&deal["tcv"]["change"]), "{told:#}");
        assert_eq!(deal["tcv"], told["totals"][0]["tcv"]);
    }
}

/// Read from the other side, before and after are exchanged and signs turned.
#[test]
fn it_is_the_same_from_the_other_side() {
    let ramp = other_ramp();
    let there = told(RAMP, &ramp);
    let back = told(&ramp, RAMP);
    let (there, back) = (&there["deals"][0], &back["deals"][0]);
    for key in ["tcv", "list_tcv", "arr"] {
        assert_eq!(
            (&there[key]["old"], &there[key]["new"]),
            (&back[key]["new"], &back[key]["old"])
        );
        assert_eq!(coins(&there[key]["change"]), -coins(&back[key]["change"]));
    }
    assert_eq!(there["approval"]["change"], "raised");
    assert_eq!(back["approval"]["change"], "lowered");
    assert_eq!(there["required"][0]["status"], "added");
    assert_eq!(back["required"][0]["status"], "removed");
}

#[test]
fn lines_that_stay_are_not_told() {
    let lines = |quantities: &[u32]| {
        let lines =
            quantities.iter().map(|it| format!("[[line]]\nmetric = \"node\"\nquantity = {it}\n"));
        format!("date = {DAY}\n{}", lines.collect::<String>())
    };
    let told = told(&lines(&[10, 15, 20]), &lines(&[15, 20]));
    let changed = told["deals"][0]["lines"].as_array().expect("lines");
    let [line] = changed.as_slice() else { panic!("{told:#}") };
    assert_eq!((&line["status"], &line["tcv"]["old"]), (&"removed".into(), &"5000.00".into()));
}

#[test]
fn a_level_that_is_not_allowed_has_its_exit_code() {
    let codes = [(None, 0, 0), (Some("svp"), 0, 4), (Some("vp"), 3, 4), (Some("none"), 3, 4)];
    for (level, needs_svp, refused) in codes {
        let more: Vec<_> = level.into_iter().flat_map(|level| ["--max-approval", level]).collect();
        // By the new version, whatever the old one was.
        assert_eq!(diff(&at("35%"), ACME, &more).code, Some(needs_svp), "{level:?}");
        assert_eq!(diff(ACME, &at("35%"), &more).code, Some(refused), "{level:?}");
        assert_eq!(diff(&at("35%"), DEAL, &more).code, Some(0), "{level:?}");
    }
    let ran = diff(ACME, ACME, &["--max-approval", "spv"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("did you mean svp?"), "{}", ran.stderr);
}

#[test]
fn what_cannot_be_compared_is_told() {
    let ran = diff(&ACME.replace("socket", "sokcet"), ACME, &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.contains("did you mean \"socket\"?"), "{}", ran.stderr);
    assert!(ran.stderr.contains("the deal old.toml cannot be priced: 1 error"), "{}", ran.stderr);
    let ran = Desk::new().file("d.toml", DEAL).run(&["diff", "d.toml"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("--against"), "{}", ran.stderr);
    let ran = diff(ACME, ACME, &["--date", "21.11.2026"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("2026-11-21"), "{}", ran.stderr);
    let ran = Desk::new().run(&["diff", "-", "-"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    let ran = diff(ACME, ACME, &["--output", "new.toml", "--format", "json"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("made from"), "{}", ran.stderr);
    let ran = diff(ACME, ACME, &["--output", "diff.pdf"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("--format"), "{}", ran.stderr);
}

#[test]
fn both_versions_are_of_the_day_that_is_typed() {
    let later = ACME.replace("2026-11-21", "2026-12-01");
    let told = json(&diff(ACME, &later, &["--format", "json"]).stdout);
    assert_eq!(told["deals"][0]["facts"][0]["name"], "date");
    let ran = diff(ACME, &later, &["--date", "2026-12-24", "--format", "json"]);
    let told = json(&ran.stdout);
    assert_eq!(told["deals"][0]["status"], "same");
    assert_eq!(told["deals"][0]["date"]["new"], "2026-12-24");
}

#[test]
fn the_name_of_the_output_says_how_it_is_written() {
    let desk = desk(ACME, &at("20%"));
    for (name, begins) in [("d.md", "# new.toml"), ("d.json", "{\n"), ("d.txt", "new.toml (Acme")] {
        let ran = desk.run(&["diff", "old.toml", "new.toml", "--output", name]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
        assert!(desk.read(name).starts_with(begins), "{}", desk.read(name));
    }
}

/// An amount in one currency is never held against one in another.
#[test]
fn currencies_are_not_mixed() {
    let book = include_str!("../../examples/currencies/pricing.toml");
    let deal = |code: &str| {
        format!(
            "date = {DAY}\ncurrency = \"{code}\"\n[[line]]\nmetric = \"socket\"\nquantity = 75\n"
        )
    };
    let desk = desk(&deal("USD"), &deal("JPY")).file("pricing.toml", book);
    let ran = desk.run(&["diff", "old.toml", "new.toml"]);
    assert!(ran.stdout.starts_with("new.toml: TCV $178,125.00 → ¥26,718,750\n"), "{}", ran.stdout);
    let ran = desk.run(&["diff", "old.toml", "new.toml", "--format", "json"]);
    let told = json(&ran.stdout);
    assert_eq!(told["deals"][0]["tcv"].get("change"), None, "{told:#}");
    assert_eq!(told["totals"].as_array().map(Vec::len), Some(2));
}

#[test]
fn it_fits_its_page() {
    let ran = diff(ACME, &at("35%"), &[]);
    let widest = ran.stdout.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(100), "{}", ran.stdout);
}

/// Three deals: one changes, one is new, one is taken away; and one more that stays.
fn repository() -> Desk {
    let desk = Desk::new()
        .file("deals/acme.toml", ACME)
        .file("deals/gone/away.toml", DEAL)
        .file("deals/stays.toml", RAMP)
        .committed()
        .file("deals/acme.toml", &at("20%"))
        .file("deals/new deal.toml", DEAL);
    std::fs::remove_dir_all(desk.path("deals/gone")).expect("a folder that was there");
    desk
}

const ALL: [&str; 4] =
    ["deals/acme.toml", "deals/gone/away.toml", "deals/new deal.toml", "deals/stays.toml"];

#[test]
fn files_are_held_against_a_revision() {
    let desk = repository();
    for format in ["table", "markdown", "json"] {
        let words = ["diff", "--against", "HEAD", "--date", DAY, "--format", format];
        let words = [&words, ALL.as_slice()].concat();
        let ran = desk.run(&words);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        assert_shows!(format!("diff_against_{format}"), ran.stdout);
    }
    let ran = Ran::of(
        Command::new(env!("CARGO_BIN_EXE_dealdesk"))
            .args(["diff", "acme.toml", "--against", "main", "--format", "json"])
            .current_dir(desk.path("deals"))
            .output()
            .expect("the binary runs"),
    );
    assert_eq!(json(&ran.stdout)["deals"][0]["status"], "changed", "from the folder of the deal");
}

#[test]
fn one_bad_file_hides_no_other() {
    let desk = repository().file("deals/broken.toml", "term_years = \n");
    let words =
        ["diff", "--against", "HEAD", "deals/broken.toml", "nowhere.toml", "deals/acme.toml"];
    let ran = desk.run(&[&words[..], &["--max-approval", "none"]].concat());
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("the deal deals/broken.toml cannot be priced"), "{}", ran.stderr);
    assert!(ran.stderr.contains("nowhere.toml is neither there nor in HEAD"), "{}", ran.stderr);
    assert!(ran.stdout.contains("Could not be compared\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("deals/acme.toml (Acme Bank): TCV "), "{}", ran.stdout);
    let ran = desk.run(&[&words[..], &["--format", "json"]].concat());
    let told = json(&ran.stdout);
    assert_eq!(told["failed"][0]["deal"], "deals/broken.toml");
    assert_eq!(told["deals"][0]["deal"], "deals/acme.toml");
}

/// Whoever mends a deal is not stopped because it was broken.
#[test]
fn an_old_version_without_a_price_is_told() {
    let desk = Desk::new().file("d.toml", &ACME.replace("socket", "sokcet")).committed();
    let desk = desk.file("d.toml", ACME);
    let ran = desk.run(&["diff", "d.toml", "--against", "HEAD"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let title = "d.toml (Acme Bank): TCV $2,779,815.00, no price before\n";
    assert!(ran.stdout.starts_with(title), "{}", ran.stdout);
    assert!(ran.stdout.contains("HEAD:d.toml:"), "{}", ran.stdout);
}

#[test]
fn a_revision_has_to_be_one() {
    let desk = repository();
    let cases = [
        ("nowhere", 1, "git has no revision nowhere"),
        ("--output=x", 2, "this is not a revision"),
        ("", 2, "this is not a revision"),
    ];
    for (revision, code, said) in cases {
        let against = format!("--against={revision}");
        let ran = desk.run(&["diff", "deals/acme.toml", &against]);
        assert_eq!(ran.code, Some(code), "{}", ran.stderr);
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
    }
    assert!(!desk.path("x").exists());
}

#[test]
fn git_has_to_be_there() {
    let desk = Desk::new().file("d.toml", DEAL);
    let ran = desk.run(&["diff", "d.toml", "--against", "HEAD"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("is in no git repository that can be read"), "{}", ran.stderr);
    let mut command = desk.command();
    command.args(["diff", "d.toml", "--against", "HEAD"]).env("PATH", desk.path("nothing"));
    let ran = Ran::of(command.output().expect("the binary runs"));
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("git cannot be run"), "{}", ran.stderr);
}

/// A clone that is too shallow for the revision says so.
#[test]
fn a_shallow_clone_is_told() {
    let desk = repository();
    let base = desk.git(&["rev-parse", "HEAD"]);
    let desk = desk.committed();
    let from = format!("file://{}", desk.path("").display());
    desk.git(&["clone", "--quiet", "--depth", "1", &from, "clone"]);
    let ran = desk.run(&["diff", "clone/deals/acme.toml", "--against", &base]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("git fetch --unshallow"), "{}", ran.stderr);
}

/// What a revision and a file are called is shown and never obeyed.
#[test]
fn names_from_outside_are_harmless() {
    let hostile = "</summary> <b>@all</b> | [x](http://evil.example)\\n# Approved\\u001b[2J\\u202e";
    let deal = |rate: &str| at(rate).replace("Acme Bank", hostile);
    let name = "a*[b] `c` <i>.toml";
    let desk = Desk::new().file(name, &deal("10%")).committed().file(name, &deal("20%"));
    for format in ["table", "markdown"] {
        let ran = desk.run(&["diff", name, "--against", "HEAD", "--format", format]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        assert!(ran.stdout.contains("\\u{1b}[2J") || ran.stdout.contains("\\\\u{1b}\\[2J"));
        assert!(!ran.stdout.contains(['\x1b', '\u{202e}']));
        assert!(!ran.stdout.lines().any(|line| line.starts_with("# Approved")), "{}", ran.stdout);
        if format == "markdown" {
            assert!(!ran.stdout.contains("<b>") && !ran.stdout.contains("@all"), "{}", ran.stdout);
            assert_eq!(ran.stdout.matches("</summary>").count(), 1 + 1, "{}", ran.stdout);
        }
    }
}

/// What other contracts include takes from this one, as soon as it is more than is left.
#[test]
fn what_other_contracts_include_is_a_change() {
    let service = |before: &str| {
        let lines =
            "date = 2026-11-21\nterm_years = 3\n[[line]]\nmetric = \"socket\"\nquantity = 50\n";
        format!(
            "{lines}[[service]]\nname = \"migration\"\nquantity = 10\nincluded_before = \"{before}\"\n"
        )
    };
    let desk = Desk::new().file("old.toml", &service("500")).file("new.toml", &service("50000"));
    let ran = desk.run(&["diff", "old.toml", "new.toml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("$500.00"), "{}", ran.stdout);
    assert!(ran.stdout.contains("$50,000.00 included"), "{}", ran.stdout);
    let told = json(&desk.run(&["diff", "old.toml", "new.toml", "--format", "json"]).stdout);
    let before = &told["deals"][0]["services"][0]["included_before"];
    assert_eq!(
        (&before["old"], &before["new"]),
        (&"500.00".into(), &"50000.00".into()),
        "{told:#}"
    );
    let quoted = desk.run(&["quote", "new.toml"]);
    assert!(quoted.stdout.contains("Included before"), "{}", quoted.stdout);
    let csv = desk.run(&["diff", "old.toml", "new.toml", "--format", "csv"]);
    assert!(csv.stdout.contains("included_before"), "{}", csv.stdout);
}
