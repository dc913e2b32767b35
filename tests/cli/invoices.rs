//! `dealdesk invoices`.

use super::{json, run};
use crate::support::{Desk, root};

const SOCKET: &str = "examples/socket.toml";

fn invoices(words: &[&str]) -> crate::support::Ran {
    let path = root().join(SOCKET);
    let path = path.to_str().expect("a name");
    run(&["invoices", path], words)
}

#[test]
fn they_are_those_of_the_quote() {
    let words = ["--start", "2027-01-31", "--billing", "quarterly", "--format", "json"];
    let listed = invoices(&words);
    assert_eq!((listed.code, listed.stderr.as_str()), (Some(0), ""));
    let listed = json(&listed.stdout);
    let path = root().join(SOCKET);
    let quote = run(&["quote", path.to_str().expect("a name")], &words);
    let quote = json(&quote.stdout);
    assert_eq!(listed["schema"], "dealdesk.invoices/1");
    assert_eq!(listed["invoices"], quote["invoices"]);
    assert_eq!(listed["total"], quote["totals"]["tcv"]);
    for key in ["start", "end", "renewal", "payment", "currency", "price_book", "customer"] {
        assert_eq!(listed[key], quote[key], "{key}");
    }
    assert_eq!(listed["quote"], quote["id"]);
}

#[test]
fn a_file_of_them_is_a_spreadsheet_that_sums_to_the_contract() {
    let desk = Desk::new();
    let path = root().join(SOCKET);
    let path = path.to_str().expect("a name");
    let words = ["invoices", path, "--start", "2027-01-31", "--output", "invoices.csv"];
    let ran = desk.run(&words);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
    let text = std::fs::read_to_string(desk.path("invoices.csv")).expect("the file");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let amount = header.iter().position(|name| name == "amount").expect("amounts");
    let rows = reader.records().map(|row| row.expect("a row"));
    let cents = rows.map(|row| row[amount].replace('.', "").parse::<u64>().expect("an amount"));
    assert_eq!(cents.sum::<u64>(), 57_375_000, "100 x 1,912.50 x 3");
}

#[test]
fn without_a_start_there_are_none() {
    let ran = invoices(&[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    insta::assert_snapshot!(ran.stderr, @r"
    error[missing-key]: the deal has no start of its contract
    --> socket.toml
     = hint: add `start` to the deal file, or --start with a date

    error: this deal has no invoices: 1 error
    ");
}

#[test]
fn outside_policy_they_are_listed_all_the_same() {
    let ran = invoices(&["--start", "2027-01-31", "--payment", "net-90"]);
    assert_eq!(ran.code, Some(4));
    assert!(
        ran.stdout.contains("2027-01-31  2027-05-01  2027-01-31 to 2028-01-30"),
        "{}",
        ran.stdout
    );
    // And nobody sends them by mistake.
    let (_, end) = ran.stdout.split_once("\n\nOUTSIDE POLICY: ").expect("the same end as a quote");
    assert!(end.contains("  refused  Net 90 is outside policy  [pricing.toml:"), "{end}");
}

#[test]
fn they_say_who_must_agree() {
    for (words, approval, level) in [
        (["--payment", "net-90"], "refused", "none"),
        (["--strategic", "lighthouse=10%"], "svp", "svp"),
        (["--payment", "net-30"], "none", "none"),
    ] {
        let words = [&["--start", "2027-01-31"], &words[..]].concat();
        let shown = |format| [&words[..], &["--format", format]].concat();
        let listed = json(&invoices(&shown("json")).stdout);
        let path = root().join(SOCKET);
        let quote = run(&["quote", path.to_str().expect("a name")], &shown("json"));
        let quote = json(&quote.stdout);
        assert_eq!(listed["approval"], level);
        assert_eq!(listed["approval"], quote["approvals"]["level"]);
        assert_eq!(listed["required"], quote["approvals"]["required"]);
        assert_eq!(listed["violations"], quote["violations"]);
        let table = invoices(&shown("csv")).stdout;
        assert!(
            table.lines().next().is_some_and(|it| it.ends_with(",payer,approval,digest")),
            "{table}"
        );
        let judged = format!(",customer,{approval},");
        assert!(table.lines().skip(1).all(|row| row.contains(&judged)), "{table}");
    }
    let svp = invoices(&["--start", "2027-01-31", "--strategic", "lighthouse=10%"]).stdout;
    assert!(svp.contains("\n\nNeeds SVP approval\n"), "{svp}");
}

#[test]
fn rows_say_that_a_partner_pays() {
    let path = root().join("examples/reseller.toml");
    let words = ["invoices", path.to_str().expect("a name")];
    let table = run(&words, &["--start", "2027-01-31", "--format", "csv"]).stdout;
    assert!(table.lines().skip(1).all(|row| row.contains(",partner,")), "{table}");
    assert!(table.lines().count() > 1);
}

#[test]
fn of_nothing_there_are_none() {
    let line = ["invoices", "--metric", "socket", "--quantity", "2", "--start", "2027-01-01"];
    let ran = run(&line, &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let end = "\n\nNo invoices: nothing is charged.\n\nApproval: none needed\n\nReference\n";
    assert!(ran.stdout.contains(end), "{}", ran.stdout);
}
