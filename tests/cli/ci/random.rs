//! Random changes against a brute-force oracle.

use super::{BOOK, gate, json, repository};
use crate::support::{DAY, Desk};

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides).expect("a small number")
    }
}

fn deal(dice: &mut Dice) -> String {
    let customer = ["Acme", "ACME, Inc.", "Globex", "Initech"][dice.roll(4)];
    let metric = ["socket", "node", "core"][dice.roll(3)];
    let quantity = [1, 49, 50, 99, 100, 499, 500, 1000][dice.roll(8)];
    let rate = [0, 5, 10, 30, 31, 60][dice.roll(6)];
    let program = if rate == 0 || metric == "core" {
        String::new()
    } else {
        format!("[strategic]\nprogram = \"lighthouse\"\nrate = \"{rate}%\"\n")
    };
    format!(
        "customer = \"{customer}\"\nterm_years = {}\n[[line]]\nmetric = \"{metric}\"\nquantity = {quantity}\n{program}",
        1 + dice.roll(3)
    )
}

fn book(dice: &mut Dice) -> String {
    let (old, new) = [
        ("max_rate = \"30%\"", "max_rate = \"60%\""),
        ("max_rate = \"30%\"", "max_rate = \"10%\""),
        ("{ years = \"3\", rate = \"15%\" }", "{ years = \"3\", rate = \"40%\" }"),
        ("{ years = \"3\", rate = \"15%\" }", "{ years = \"3\", rate = \"1%\" }"),
        ("version = \"1.0.0\"", "version = \"2\""),
    ][dice.roll(5)];
    BOOK.replacen(old, new, 1)
}

/// Returns whether the deals of a change are all allowed, by each book, as `check` has it.
fn are_allowed(desk: &Desk, deals: &[String]) -> bool {
    let books =
        ["HEAD:pricing.toml", "main:pricing.toml"].map(|name| desk.git(&["show", name]) + "\n");
    books.iter().all(|book| {
        let judged = Desk::new().file("pricing.toml", book);
        deals.iter().enumerate().all(|(at, deal)| {
            let name = format!("{at}.toml");
            std::fs::write(judged.path(&name), deal).expect("a deal");
            judged.run(&["check", &name, "--max-approval", "svp", "--date", DAY]).code == Some(0)
        })
    })
}

/// The gate passes no deal that either book refuses, and fails no change that touches neither deals nor book.
/// `DEALDESK_CHANGES` says how many changes; few run with the other tests.
#[test]
fn no_refused_deal_passes_and_no_bystander_fails() {
    let changes =
        std::env::var("DEALDESK_CHANGES").ok().and_then(|it| it.parse().ok()).unwrap_or(12);
    for seed in 0..changes {
        let mut dice = Dice(seed);
        let mut desk = repository();
        let (mut deals, mut touches, mut hides) = (Vec::new(), false, false);
        for step in 0..=dice.roll(3) {
            let text = deal(&mut dice);
            match dice.roll(7) {
                0 => desk = desk.file("README.md", &format!("{step}\n")),
                1 => {
                    desk = desk.file("pricing.toml", &book(&mut dice));
                    touches = true;
                }
                2 => {
                    let name = ["offers/a.toml", "deals/.a.toml", "deals/a.txt"][dice.roll(3)];
                    desk = desk.file(name, &text);
                    (touches, hides) = (true, true);
                }
                3 => {
                    desk = desk.file("deals/nodes.toml", &text);
                    deals.retain(|(name, _)| name != "nodes");
                    deals.push(("nodes".to_owned(), text));
                    touches = true;
                }
                _ => {
                    let name = format!("new-{step}");
                    desk = desk.file(&format!("deals/{name}.toml"), &text);
                    deals.push((name, text));
                    touches = true;
                }
            }
        }
        let desk = desk.committed();
        let ran = gate(&desk, &["--max-approval", "svp", "--format", "json"]);
        let texts: Vec<_> = deals.into_iter().map(|(_, text)| text).collect();
        if ran.code == Some(0) {
            assert!(!hides && are_allowed(&desk, &texts), "{seed}: {}", ran.stdout);
        }
        if !touches {
            assert_eq!(ran.code, Some(0), "{seed}: {}", ran.stdout);
        }
        assert_eq!(json(&ran.stdout)["status"] == "passed", ran.code == Some(0), "{seed}");
    }
}
