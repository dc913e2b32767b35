//! `check --deny` and `--allow`, and `explain`.

use super::json;
use crate::support::{DAY, Desk, OUR_BOOK, Ran};
use dealdesk::answer::book_check::FINDING_KINDS;
use dealdesk::quote::notice::NOTICE_KINDS;

fn check(deals: &[&str], words: &[&str]) -> Ran {
    let mut desk = Desk::new().file("pricing.toml", OUR_BOOK);
    for (at, deal) in deals.iter().enumerate() {
        desk = desk.file(&format!("deals/{at}.toml"), deal);
    }
    desk.run(&[&["check", "deals", "--date", DAY][..], words].concat())
}

fn sockets(head: &str, quantity: u32, rest: &str) -> String {
    format!("{head}\n[[line]]\nmetric = \"socket\"\nquantity = {quantity}\n{rest}")
}

const ACME: &str = "customer = \"Acme\"";

#[test]
fn a_denied_notice_fails_its_deal_and_no_other_one_does() {
    let plain = sockets(ACME, 5, "");
    let lighthouse = "[strategic]\nprogram = \"lighthouse\"\nrate = \"10%\"\nreason = \"Talks\"\n";
    for (code, deals) in [
        ("deals-split", vec![sockets(ACME, 49, ""), sockets(ACME, 49, "")]),
        ("duty-missing", vec![sockets(ACME, 500, lighthouse)]),
        ("review-open", vec![sockets(ACME, 60, "[[clause]]\nname = \"source-escrow\"\n")]),
        ("quote-expired", vec![sockets("customer = \"Acme\"\ndate = 2026-01-02", 5, "")]),
        (
            "assumed-figure",
            vec![sockets("customer = \"Acme\"\npayment = \"net-60\"\nterm_years = 3", 60, "")],
        ),
        ("customer-not-named", vec![sockets("", 5, "")]),
        ("customer-not-named", vec![sockets("customer = \"?\"", 5, "")]),
        ("unconfirmed-metric", vec![plain.replace("socket", "node")]),
        (
            "red-line-in-text",
            vec![sockets("customer = \"Acme\"\nnotes = \"Unlimited liability agreed\"", 5, "")],
        ),
    ] {
        let deals: Vec<_> = deals.iter().map(String::as_str).collect();
        let open = check(&deals, &[]);
        assert_eq!(open.code, Some(0), "{code}: {}{}", open.stdout, open.stderr);
        let denied = check(&deals, &["--deny", code, "--format", "json"]);
        assert_eq!(denied.code, Some(3), "{code}: {}", denied.stdout);
        let answer = json(&denied.stdout);
        assert_eq!(answer["status"], "denied");
        assert_eq!(answer["deals"][0]["denied"], serde_json::json!([code]), "{code}");
        let table = check(&deals, &["--deny", code]).stdout;
        assert!(table.contains(&format!("({code})")), "{table}");
        let honest = check(&[&plain], &["--deny", code]);
        assert_eq!(honest.code, Some(0), "{code}: {}", honest.stdout);
    }
}

#[test]
fn a_level_and_a_refusal_come_before_a_denied_notice() {
    let lighthouse = "[strategic]\nprogram = \"lighthouse\"\nrate = \"10%\"\nreason = \"Talks\"\n";
    let above = sockets(ACME, 500, lighthouse);
    let words = ["--deny", "duty-missing", "--max-approval", "none", "--format", "json"];
    let ran = check(&[&above], &words);
    assert_eq!((ran.code, &json(&ran.stdout)["status"]), (Some(3), &"above-max-approval".into()));
    let ran = check(&[&above.replace("10%", "90%")], &words);
    assert_eq!((ran.code, &json(&ran.stdout)["status"]), (Some(4), &"outside-policy".into()));
}

#[test]
fn an_allowed_notice_is_left_out() {
    let deals = [sockets(ACME, 49, ""), sockets(ACME, 49, "")];
    let deals: Vec<_> = deals.iter().map(String::as_str).collect();
    assert!(check(&deals, &[]).stdout.contains("Split deals"));
    let ran = check(&deals, &["--allow", "deals-split"]);
    assert!(ran.code == Some(0) && !ran.stdout.contains("Split deals"), "{}", ran.stdout);
    let both = check(&deals, &["--allow", "deals-split", "--deny", "deals-split"]);
    assert_eq!(both.code, Some(2));
    assert!(both.stderr.contains("deals-split is not reported, so it cannot be denied"));
    let unknown = check(&deals, &["--deny", "deal-split"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.stderr.contains("did you mean deals-split?"), "{}", unknown.stderr);
}

#[test]
fn every_code_is_listed_once_and_explained() {
    let codes: Vec<_> = NOTICE_KINDS.iter().map(|kind| kind.code).collect();
    assert!(codes.is_sorted_by(|one, other| one < other), "{codes:?}");
    let desk = Desk::new();
    let list = desk.run(&["explain"]).stdout;
    for code in codes.iter().copied().chain(FINDING_KINDS.iter().map(|kind| kind.name)) {
        assert!(list.contains(code), "{code}");
    }
    let both = desk.run(&["explain", "larger-order-costs-less"]).stdout;
    assert_eq!(both.matches("larger-order-costs-less\n  Title ").count(), 2, "{both}");
    let unknown = desk.run(&["explain", "deal-split"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (Some(2), ""));
    assert!(unknown.stderr.contains("did you mean deals-split?"), "{}", unknown.stderr);
}
