//! Effect of a new price book, through the real binary.

use super::{DEAL, json};
use crate::support::{DAY, Desk, OUR_BOOK, Ran};
use std::fmt::Write;
use std::fs;

const DEALS: &str = "\
id,metric,quantity,term_years,strategic,strategic_rate
same,core,600,1,,
rise,node,100,1,,
fall,socket,100,3,,
refused,socket,800,3,lighthouse,20%
lost,consumption,100,1,,
never,node,many,1,,
=1+1,node,7,1,,
";

const CHANGES: &str = "\
id,old_net_unit,new_net_unit,old_tcv,new_tcv,change,old_approval,new_approval,error
same,175.00,175.00,105000.00,105000.00,0.00,none,none,
rise,250.00,300.00,25000.00,30000.00,5000.00,none,none,
fall,1912.50,1530.00,573750.00,459000.00,-114750.00,none,none,
";

/// The book of the program with other prices, without consumption, and with less for a lighthouse.
fn new_book() -> String {
    let changes = [
        ("version = \"1.0.0\"", "version = \"2.0.0\""),
        ("quantity = \"50-499\", price = \"250.00\"", "quantity = \"50-499\", price = \"300.00\""),
        (
            "quantity = \"50-499\", price = \"2500.00\"",
            "quantity = \"50-499\", price = \"2000.00\"",
        ),
        ("quantity = \"1-999\", price = \"0.05\"", "quantity = \"500-999\", price = \"0.05\""),
    ];
    changes.iter().fold(OUR_BOOK.to_owned(), |book, (old, new)| {
        assert!(book.contains(old), "{old}");
        book.replacen(old, new, 1)
    })
}

/// A folder with the deals and both books.
fn desk() -> Desk {
    Desk::new().file("old.toml", OUR_BOOK).file("new.toml", &new_book()).file("deals.csv", DEALS)
}

fn reprice(desk: &Desk, deals: &str, more: &[&str]) -> Ran {
    let words = ["reprice", deals, "--price-book", "old.toml", "--book", "new.toml", "--date", DAY];
    desk.run(&[words.as_slice(), more].concat())
}

/// The answer as JSON.
fn answer(ran: &Ran) -> serde_json::Value {
    assert_eq!(ran.stderr, "");
    json(&ran.stdout)
}

#[test]
fn every_row_is_written_with_both_prices() {
    let desk = desk();
    let ran = reprice(&desk, "deals.csv", &["--output", "changes.csv", "--format", "json"]);
    assert_eq!(ran.code, Some(1));
    let told = answer(&ran);
    let written = desk.read("changes.csv");
    assert!(written.starts_with(CHANGES), "{written}");
    let rest: Vec<_> = written[CHANGES.len()..].lines().collect();
    let [refused, lost, never, formula] = rest[..] else { panic!("{written}") };
    assert!(refused.starts_with("refused,"), "{refused}");
    assert!(
        lost.starts_with("lost,0.05,,43800.00,,,none,,") && lost.contains("new book: "),
        "{lost}"
    );
    assert!(never.starts_with("never,,,,,,,,\"quantity: this is not a plain number"), "{never}");
    assert_eq!(formula, "'=1+1,500.00,500.00,3500.00,3500.00,0.00,none,none,");
    assert_eq!(told["schema"], "dealdesk.reprice/1");
    assert_eq!((&told["deals"], &told["compared"]), (&7.into(), &5.into()));
    assert_eq!(told["no_longer_priced"]["tcv"], "43800.00");
    assert_eq!(told["no_longer_priced"]["largest"][0]["id"], "lost");
    assert_eq!(told["unpriced"]["largest"][0]["id"], "never");
    assert_eq!(told["old_book"]["version"], "1.0.0");
    assert_eq!(told["new_book"]["version"], "2.0.0");
    assert_eq!(told["rises"][0]["change"], "5000.00");
    assert_eq!(told["falls"][0]["id"], "fall");
}

/// A folder of deals is priced file by file, whatever their structure.
#[test]
fn a_folder_is_the_deals_in_it() {
    let desk = desk()
        .file("deals/b.toml", DEAL)
        .file("deals/a/mixed.toml", &fs::read_to_string(example("mixed.toml")).expect("a deal"))
        .file("deals/broken.toml", "term_years = \n")
        .file("deals/pricing.toml", "no deal")
        .file("deals/.hidden.toml", "no deal")
        .file("deals/notes.txt", "no deal");
    let ran = reprice(&desk, "deals", &["--output", "changes.csv", "--format", "json"]);
    assert_eq!(ran.code, Some(1));
    let told = answer(&ran);
    assert_eq!((&told["deals"], &told["compared"]), (&3.into(), &2.into()));
    let written = desk.read("changes.csv");
    let ids: Vec<_> = written.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
    assert_eq!(ids, ["a/mixed.toml", "b.toml", "broken.toml"]);
    let one = reprice(&desk, "deals/b.toml", &["--format", "json"]);
    assert_eq!((one.code, &answer(&one)["compared"]), (Some(0), &1.into()));
    let alone = &answer(&one)["tcv"];
    assert_eq!((&alone["old"], &alone["new"]), (&"63750.00".into(), &"76500.00".into()));
}

/// Deals have the same sums as rows and as files.
#[test]
fn rows_and_files_come_to_the_same() {
    let mut desk = desk();
    let mut rows = "id,metric,quantity,term_years\n".to_owned();
    for (at, (metric, quantity)) in
        [("socket", 120), ("node", 80), ("core", 700)].iter().enumerate()
    {
        writeln!(rows, "d{at}.toml,{metric},{quantity},2").expect("a row");
        let deal =
            format!("term_years = 2\n[[line]]\nmetric = \"{metric}\"\nquantity = {quantity}\n");
        desk = desk.file(&format!("files/d{at}.toml"), &deal);
    }
    let desk = desk.file("rows.csv", &rows);
    let told = |deals| {
        let ran = reprice(&desk, deals, &["--output", "changes.csv", "--format", "json"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let mut told = answer(&ran);
        told["input"].take();
        (told, desk.read("changes.csv"))
    };
    assert_eq!(told("rows.csv"), told("files"));
}

#[test]
fn the_top_is_as_long_as_it_is_asked_for() {
    for top in [0, 1, 2] {
        let more = ["--format", "json", "--top", &top.to_string()];
        let told = answer(&reprice(&desk(), "deals.csv", &more));
        assert_eq!(told["falls"].as_array().map(Vec::len), Some(top.min(1)), "{told}");
        assert_eq!(told["cost_less"], 1);
    }
}

#[test]
fn it_is_drawn_for_people_too() {
    let table = reprice(&desk(), "deals.csv", &[]).stdout;
    assert!(table.contains("No longer priced: 1 deal, $43,800.00\n"), "{table}");
    let markdown = reprice(&desk(), "deals.csv", &["--format", "markdown"]).stdout;
    assert!(
        markdown.contains("| fall | $573,750.00 | $459,000.00 | -$114,750.00 | -20.00% |"),
        "{markdown}"
    );
}

#[test]
fn what_it_is_made_from_is_never_replaced() {
    let desk = desk();
    for output in ["deals.csv", "old.toml", "new.toml"] {
        let ran = reprice(&desk, "deals.csv", &["--output", output]);
        assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    }
    assert_eq!(desk.read("deals.csv"), DEALS);
    let ran = reprice(&desk, "deals.csv", &["--output", "-"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("standard output"), "{}", ran.stderr);
}

/// A file that is read as standard input is one that it is made from too.
#[cfg(target_os = "linux")]
#[test]
fn what_comes_in_on_standard_input_is_never_replaced() {
    let desk = desk();
    for (file, words) in [
        ("deals.csv", ["reprice", "-", "--book", "new.toml"]),
        ("new.toml", ["reprice", "deals.csv", "--book", "-"]),
    ] {
        let before = desk.read(file);
        let mut command = desk.command();
        command.args(words).args(["--output", file]);
        command.stdin(fs::File::open(desk.path(file)).expect("a file"));
        let ran = Ran::of(command.output().expect("the binary runs"));
        assert!(ran.code == Some(2) && ran.stderr.contains("made from"), "{}", ran.stderr);
        assert_eq!(desk.read(file), before);
    }
}

/// A row without an id is found by its place, also behind the first chunk of a file.
#[test]
fn a_row_that_cannot_be_read_is_told_by_its_place() {
    let mut rows = "metric,quantity,id\n".to_owned();
    for at in 1..=60_000 {
        let _ = writeln!(rows, "core,10,D{at}");
    }
    let desk = desk().file("deals.csv", &(rows + "core,20\ncore,30,B\n"));
    let never =
        &answer(&reprice(&desk, "deals.csv", &["--format", "json"]))["unpriced"]["largest"][0];
    assert_eq!((&never["id"], &never["row"]), (&"".into(), &60_001.into()));
    let ran = reprice(&desk, "deals.csv", &[]);
    assert!(ran.stdout.contains("  row 60001 "), "{}", ran.stdout);
}

/// A review is as much a part of the approval as the level is.
#[test]
fn a_review_that_a_new_book_asks_for_is_told() {
    let rule = "\n[[guardrail]]\nname = \"large\"\nmeasure = \"tcv\"\nabove = \"100000\"\n\
                review = \"legal\"\nreason = \"A large deal\"\n";
    let desk = desk().file("new.toml", &(OUR_BOOK.to_owned() + rule));
    let ran = reprice(&desk, "deals.csv", &["--output", "changes.csv", "--format", "json"]);
    assert!(
        desk.read("changes.csv")
            .contains("\nsame,175.00,175.00,105000.00,105000.00,0.00,none,none+legal,\n")
    );
    let moved = answer(&ran)["approvals"].clone();
    let moved: Vec<_> = moved.as_array().expect("a list").iter().collect();
    assert!(
        moved.iter().any(|it| it["old_approval"] == "none" && it["new_approval"] == "none+legal")
    );
    let ran = reprice(&desk, "deals.csv", &[]);
    assert!(ran.stdout.contains("None, Legal review"), "{}", ran.stdout);
}

#[test]
fn nothing_is_written_where_something_cannot_be_read() {
    let desk = desk().file("wrong.csv", "id,metrik,quantity\n");
    for (deals, code) in [("wrong.csv", 1), ("none.csv", 1)] {
        let ran = reprice(&desk, deals, &["--output", "changes.csv"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(code), ""), "{}", ran.stderr);
        assert!(!desk.path("changes.csv").exists());
    }
    let ran = desk.run(&["reprice", "deals.csv", "--book", "none.toml"]);
    assert!(ran.code == Some(1) && ran.stderr.contains("none.toml"), "{}", ran.stderr);
    fs::create_dir(desk.path("empty")).expect("a folder");
    let ran = reprice(&desk, "empty", &[]);
    assert!(ran.code == Some(2) && ran.stderr.contains("no deal file"), "{}", ran.stderr);
}

/// Money in one currency is never added to that in another.
#[test]
fn deals_in_other_currencies_are_set_aside() {
    let book = fs::read_to_string(example("currencies/pricing.toml")).expect("a book");
    let yen = fs::read_to_string(example("currencies/yen.toml")).expect("a deal");
    let desk = Desk::new()
        .file("old.toml", &book)
        .file("new.toml", &book)
        .file("deals/yen.toml", &yen)
        .file("deals/usd.toml", DEAL.replace("node", "socket").as_str());
    let ran = reprice(&desk, "deals", &["--format", "json", "--output", "changes.csv"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let told = answer(&ran);
    assert_eq!((&told["other_currencies"], &told["compared"]), (&1.into(), &1.into()));
    assert!(desk.read("changes.csv").contains("--currency JPY"));
    let ran = reprice(&desk, "deals", &["--format", "json", "--currency", "JPY"]);
    assert_eq!(answer(&ran)["compared"], 1);
    let ran = reprice(&desk, "deals", &["--currency", "CHF"]);
    assert!(ran.code == Some(2) && ran.stderr.contains("\"CHF\""), "{}", ran.stderr);
}

/// Nobody typed a currency: the books have none in common, and the message says so.
#[test]
fn a_currency_that_nobody_typed_is_not_blamed() {
    let euros = OUR_BOOK.replace("currency = \"USD\"", "currency = \"EUR\"");
    let desk = desk().file("new.toml", &euros);
    let ran = reprice(&desk, "deals.csv", &[]);
    assert_eq!(ran.code, Some(2));
    let told =
        "the old price book is in USD, and the new one has EUR: name one of both with --currency";
    assert!(ran.stderr.contains(told) && !ran.stderr.contains("--currency:"), "{}", ran.stderr);
    let ran = reprice(&desk, "deals.csv", &["--currency", "EUR"]);
    assert!(
        ran.stderr.contains("--currency: the old price book has no currency \"EUR\""),
        "{}",
        ran.stderr
    );
}

fn example(name: &str) -> std::path::PathBuf {
    crate::support::root().join("examples").join(name)
}

/// A single file that cannot be read leaves nothing to compare.
#[test]
fn a_deal_file_that_is_not_there_has_no_report() {
    let desk = Desk::new().file("deal.toml", DEAL).file("new.toml", &new_book());
    let ran = desk.run(&["reprice", "dael.toml", "--book", "new.toml"]);
    let said = "error: the deal file dael.toml cannot be read: there is no such file; \
                did you mean deal.toml?\n";
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(1), "", said));
    let ran = desk.run(&["reprice", "deal.toml", "--book", "new.toml", "--output", "o.jsonl"]);
    let said = "error: --output: o.jsonl would be CSV: name it .csv\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(2), said));
}
