//! The pipeline, through the real binary.

use super::check::desk;
use super::json;
use crate::support::{DAY, Desk, Ran, assert_shows_whole};

fn show(desk: &Desk, words: &[&str]) -> Ran {
    desk.run(&[&["desk", "deals", "--date", DAY], words].concat())
}

/// The names of the deals that are shown, without `.toml`.
fn names(words: &[&str]) -> Vec<String> {
    let ran = show(&desk(), &[words, &["--format", "json"]].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{words:?}");
    let told = json(&ran.stdout);
    let names = told["deals"].as_array().expect("deals").iter();
    let name = |deal: &serde_json::Value| deal["name"].as_str().expect("a name").to_owned();
    names.map(name).map(|name| name.trim_end_matches(".toml").to_owned()).collect()
}

#[test]
fn every_format() {
    let desk = desk().file("deals/broken.toml", "term_years = \"x\"");
    for format in ["table", "json", "markdown"] {
        let ran = show(&desk, &["--format", format]);
        assert_eq!(ran.code, Some(1));
        assert!(ran.stderr.contains("the deal deals/broken.toml cannot be priced"));
        assert_shows_whole!(format!("desk_{format}"), ran.stdout);
    }
}

#[test]
fn filters_leave_what_is_looked_for() {
    let all = ["acme-east", "acme-west", "globex", "initech", "old/umbrella"];
    let cases: &[(&[&str], &[&str])] = &[
        (&[], &all),
        (&["--level", "none"], &["acme-east", "acme-west"]),
        (&["--level", "vp"], &["globex"]),
        (&["--level", "svp"], &["initech"]),
        (&["--outside"], &["old/umbrella"]),
        (&["--customer", "ACM"], &["acme-east", "acme-west"]),
        (&["--customer", "acme bank"], &[]),
        (&["--level", "none", "--customer", "globex"], &[]),
        // Of 30 days from today, but for the one that has expired.
        (&["--expires-within", "29"], &[]),
        (&["--expires-within", "30"], &["acme-east", "acme-west", "globex", "old/umbrella"]),
    ];
    for (words, expected) in cases {
        assert_eq!(names(words), *expected, "{words:?}");
    }
}

#[test]
fn deals_stand_in_the_order_that_is_asked_for() {
    let orders = [
        ("customer", ["acme-east", "acme-west", "globex", "initech", "old/umbrella"]),
        ("tcv", ["globex", "acme-west", "acme-east", "old/umbrella", "initech"]),
        ("level", ["old/umbrella", "initech", "globex", "acme-east", "acme-west"]),
        ("expiry", ["initech", "acme-east", "acme-west", "globex", "old/umbrella"]),
        ("discount", ["acme-east", "acme-west", "globex", "initech", "old/umbrella"]),
    ];
    for (order, expected) in orders {
        assert_eq!(names(&["--sort", order]), expected, "{order}");
    }
    let school = "customer = \"Zoo\"\n[[line]]\nmetric = \"box\"\nquantity = 2\n\
                  [[strategic]]\nprogram = \"school\"\n";
    let desk = desk().file("deals/zoo.toml", school);
    for (order, first) in [("discount", "zoo.toml"), ("customer", "acme-east.toml")] {
        let told = json(&show(&desk, &["--sort", order, "--format", "json"]).stdout);
        assert_eq!(told["deals"][0]["name"], first);
    }
}

/// A deal waits for each who must agree; one that nobody can agree to for a change, and one that has
/// expired for a new quote.
#[test]
fn every_deal_waits_for_somebody() {
    let fresh = "customer = \"Soylent\"\n[[line]]\nmetric = \"box\"\nquantity = 10\n\
                 [[clause]]\nname = \"escrow\"\n";
    let desk = desk().file("deals/soylent.toml", fresh);
    let told = json(&show(&desk, &["--format", "json"]).stdout);
    let queues = told["queues"].as_array().expect("queues").iter().map(|queue| {
        let tcv = &queue["tcv"][0]["tcv"];
        format!("{} {} {tcv} {}", queue["waits_for"], queue["who"], queue["deals"]).replace('"', "")
    });
    assert_eq!(
        queues.collect::<Vec<_>>(),
        [
            "customer null 13000.00 [acme-east.toml,acme-west.toml]",
            "approval vp 12000.00 [globex.toml]",
            "approval svp 1000.00 [soylent.toml]",
            "review legal 1000.00 [soylent.toml]",
            "change null 1200.00 [old/umbrella.toml]",
            "quote null 1000.00 [initech.toml]",
        ]
    );
}

/// What is split is told of those that are shown.
#[test]
fn a_split_is_told_where_it_is_looked_at() {
    let told =
        |words: &[&str]| show(&desk(), words).stdout.contains("acme-west.toml of Acme together");
    assert!(told(&[]) && told(&["--customer", "acme"]));
    assert!(!told(&["--customer", "globex"]));
}

#[test]
fn the_last_day_is_a_day() {
    let left = |day: &str| {
        let words = ["desk", "deals", "--customer", "initech", "--date", day];
        let told = json(&desk().run(&[&words[..], &["--format", "json"]].concat()).stdout);
        (told["deals"][0]["days_left"].clone(), desk().run(&words).stdout)
    };
    for (day, days, shown) in [
        ("2026-09-01", 30.into(), "2026-10-01, 30 days"),
        ("2026-09-30", 1.into(), "2026-10-01, 1 day\n"),
        ("2026-10-01", 0.into(), "2026-10-01, today"),
        ("2026-10-02", serde_json::Value::Null, "2026-10-01, expired"),
    ] {
        let (found, text) = left(day);
        assert_eq!(found, days);
        assert!(text.contains(shown), "{text}");
    }
}

#[test]
fn words_that_mean_nothing_are_a_wrong_command_line() {
    let cases: [(&[&str], &str); 4] = [
        (&["--level", "vpp"], "--level: the price book has no level \"vpp\""),
        (&["--level", "vp", "--outside"], "cannot be used with"),
        (&["--sort", "name"], "possible values: customer, tcv, discount, level, expiry"),
        (&["--expires-within", "soon"], "invalid digit"),
    ];
    for (words, told) in cases {
        let ran = show(&desk(), words);
        assert!(ran.code == Some(2) && ran.stderr.contains(told), "{}", ran.stderr);
    }
}

/// One name under two accounts, and a deal that is nobody's.
#[test]
fn customers_that_are_not_clear_are_noted() {
    let deal = |keys: &str| format!("{keys}\n[[line]]\nmetric = \"seat\"\nquantity = 1\n");
    let desk = Desk::new()
        .file("pricing.toml", crate::pipeline::BOOK)
        .file("deals/a.toml", &deal("customer = \"Acme\"\naccount = \"001\""))
        .file("deals/b.toml", &deal("customer = \"Acme Inc.\"\naccount = \"002\""))
        .file("deals/c.toml", &deal("account = \"002\""))
        .file("deals/d.toml", &deal(""));
    let table = desk.run(&["desk", "deals", "--date", DAY]).stdout;
    for told in [
        "Acme has 2 accounts: 001 (a.toml) and 002 (b.toml)",
        "d.toml names no customer, and counts with no other deal",
        "account 002",
    ] {
        assert!(table.contains(told), "{told}: {table}");
    }
    let told = json(&desk.run(&["desk", "deals", "--date", DAY, "--format", "json"]).stdout);
    assert_eq!(told["shared_names"][0]["accounts"][1]["deals"][0], "b.toml");
}
