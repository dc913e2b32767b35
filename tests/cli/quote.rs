//! One deal in every format, and one that nobody can approve.

use super::{ACME, REFUSED, json, on_the_day, run};
use crate::support::{DAY, Desk, OUR_BOOK, assert_shows, assert_shows_whole};
use serde_json::{Value, json};

/// The contract's example: what other programs may rely on.
fn promised() -> Value {
    json!({
        "schema": "dealdesk.quote/1",
        "id": "...",
        "customer": "Acme Bank",
        "date": "2026-11-21",
        "valid_until": "2026-12-31",
        "currency": "USD",
        "price_book": { "name": "...", "version": "...", "sha256": "..." },
        "lines": [{
            "metric": "socket",
            "edition": "Enterprise+",
            "quantity": "500",
            "list_unit_price": "3000.00",
            "net_unit_price": "1853.21",
            "annual": "926605.00",
            "list_tcv": "4500000.00",
            "tcv": "2779815.00",
            "waterfall": [
                { "step": "list", "unit_price": "3000.00", "source": "..." },
                {
                    "step": "volume",
                    "rate": "0.15",
                    "amount": "-450.00",
                    "unit_price": "2550.00",
                    "source": "...",
                },
            ],
        }],
        "totals": {
            "list_tcv": "4500000.00",
            "tcv": "2779815.00",
            "arr": "926605.00",
            "acv": "926605.00",
            "discount": "0.3823",
        },
        "approvals": {
            "level": "svp",
            "required": [{
                "level": "svp",
                "rule": "strategic.lighthouse",
                "reason": "...",
                "source": "...",
            }],
            "reviews": [],
        },
        "violations": [],
        "warnings": [],
    })
}

/// Whether a document has every promised key and value; `...` stands for any text. It may say
/// more.
fn keeps(promise: &Value, found: &Value, path: &str) {
    match (promise, found) {
        (Value::Object(promise), Value::Object(found)) => {
            for (key, value) in promise {
                let path = format!("{path}.{key}");
                keeps(value, found.get(key).expect(&path), &path);
            }
        }
        (Value::Array(promise), Value::Array(found)) => {
            for (index, value) in promise.iter().enumerate() {
                let path = format!("{path}[{index}]");
                keeps(value, found.get(index).expect(&path), &path);
            }
        }
        (Value::String(any), Value::String(found)) if any == "..." => {
            assert!(!found.is_empty(), "{path} is empty");
        }
        _ => assert_eq!(promise, found, "{path}"),
    }
}

#[test]
fn a_quote_in_every_format() {
    let formats: [(&str, &[&str]); 6] = [
        ("table", &["--format", "table"]),
        ("table_explained", &["--explain"]),
        ("json", &["--format", "json"]),
        ("csv", &["--format", "csv"]),
        ("markdown", &["--format", "markdown"]),
        ("markdown_explained", &["--format", "markdown", "--explain"]),
    ];
    for (name, words) in formats {
        let ran = run(&ACME, words);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{name}");
        let snapshot = format!("acme_{name}");
        // Lines of the book, its hash, and the id that is made of it are shown once in each.
        if ["table_explained", "json", "csv"].contains(&name) {
            assert_shows_whole!(snapshot, ran.stdout);
        } else {
            assert_shows!(snapshot, ran.stdout);
        }
    }
}

#[test]
fn a_quote_outside_policy_is_printed_all_the_same() {
    for format in ["table", "json", "csv", "markdown"] {
        let ran = run(&REFUSED, &["--format", format]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(4), ""), "{format}");
        assert_shows!(format!("refused_{format}"), ran.stdout);
    }
}

#[test]
fn json_has_the_keys_and_values_of_the_contract() {
    let ran = run(&ACME, &["--format", "json"]);
    keeps(&promised(), &json(&ran.stdout), "quote");
}

#[test]
fn json_says_what_is_outside_policy() {
    let quote = json(&run(&REFUSED, &["--format", "json"]).stdout);
    let violations = quote["violations"].as_array().expect("a list");
    assert!(!violations.is_empty());
    let promise = json!({ "rule": "...", "message": "...", "source": "..." });
    for violation in violations {
        keeps(&promise, violation, "violation");
    }
    let warnings = quote["warnings"].as_array().expect("a list");
    for warning in warnings {
        keeps(&json!({ "code": "...", "message": "..." }), warning, "warning");
    }
}

#[test]
fn a_ramp_has_its_years() {
    let deal = "\
term_years = 2
[[line]]
metric = \"node\"
[[line.year]]
quantity = 100
[[line.year]]
quantity = 200
";
    let desk = Desk::new().file("ramp.toml", deal);
    let ran = desk.run(&on_the_day(&["quote", "ramp.toml"], &["--format", "json"]));
    let quote = json(&ran.stdout);
    let year = |quantity: &str, annual: &str| {
        json!({
            "quantity": quantity,
            "list_unit_price": "250.00",
            "net_unit_price": "225.00",
            "annual": annual,
            "tcv": annual,
        })
    };
    let line = json!({
        "quantity": "100",
        "annual": "22500.00",
        "tcv": "67500.00",
        "periods": [year("100", "22500.00"), year("200", "45000.00")],
    });
    keeps(&line, &quote["lines"][0], "line");
    let totals = json!({ "arr": "22500.00", "exit_arr": "45000.00", "acv": "33750.00" });
    keeps(&totals, &quote["totals"], "totals");
}

#[test]
fn the_same_quote_is_the_same_bytes() {
    let here = Desk::new().file("pricing.toml", OUR_BOOK);
    let there = Desk::new().file("deep/down/pricing.toml", OUR_BOOK);
    for format in ["table", "json", "csv", "markdown"] {
        let words = on_the_day(&ACME, &["--format", format]);
        let first = here.run(&words).stdout;
        assert!(!first.is_empty());
        assert_eq!(first, here.run(&words).stdout, "twice, {format}");
        assert_eq!(first, run(&ACME, &["--format", format]).stdout, "built in, {format}");
        let elsewhere = [words, vec!["--price-book", "deep/down/pricing.toml"]].concat();
        assert_eq!(first, there.run(&elsewhere).stdout, "from another folder, {format}");
    }
}

/// What counts for a line is said once on the screen, and in JSON where it is not the quantity of the line.
#[test]
fn lines_that_count_together_say_so() {
    let line = "[[line]]\nmetric = \"socket\"\nquantity = 49\n";
    let run = |lines: usize, format: &str| {
        let desk = Desk::new().file("deal.toml", &line.repeat(lines));
        desk.run(&on_the_day(&["quote", "deal.toml", "--explain"], &["--format", format])).stdout
    };
    let shown = run(2, "table");
    let told = "Price per socket per year: 49 sockets, Enterprise (98 sockets in all lines)";
    assert_eq!(shown.matches(told).count(), 2, "{shown}");
    assert!(shown.contains("List price: 98 sockets in all lines in the range 50-499"), "{shown}");
    assert!(!run(1, "table").contains("all lines"));
    let counted = |lines| json(&run(lines, "json"))["lines"][0]["counted"].clone();
    assert_eq!((counted(2), counted(1)), ("98".into(), Value::Null));
}

/// Of a deal with a thousand years near a larger order that costs less, a part is searched, and the quote says so.
#[test]
fn a_deal_of_many_lines_is_searched_in_part() {
    let book = OUR_BOOK.replacen("[metric.node]", "[metric.node]\ncounted = \"line\"", 1);
    let book = book.replacen("years = \"1-5\"", "years = \"1-30\"", 1);
    let years = vec!["{ quantity = 480 }"; 29].join(", ");
    let line = format!("[[line]]\nmetric = \"node\"\nyear = [{years}, {{ quantity = 490 }}]\n");
    let deal = format!("term_years = 30\n{}", line.repeat(400));
    let desk = Desk::new().file("pricing.toml", &book).file("deal.toml", &deal);
    let ran = desk.run(&["quote", "deal.toml", "--date", DAY, "--format", "json"]);
    let told = json(&ran.stdout);
    let warnings = told["warnings"].as_array().expect("warnings").iter();
    let orders: Vec<_> = warnings
        .filter(|it| it["code"] == "larger-order-costs-less")
        .map(|it| it["message"].as_str().expect("a message"))
        .collect();
    assert!(
        orders.iter().any(|it| it.starts_with("order 500 nodes from year 1 instead")),
        "{orders:?}"
    );
    assert!(orders.last().is_some_and(|it| it.starts_with("larger orders can cost less in ")));
}
