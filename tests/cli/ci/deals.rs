//! Deals that get around the price or the ladder, as changes: the first line of the comment says why each fails.

use super::{BOOK, repository, verdict};

const PREPAID: &str = "term_years = 3\nprepay = \"multi-year\"\n";

fn deal(customer: &str, head: &str, lines: &[(&str, u32)], rest: &str) -> String {
    let lines = lines.iter().map(|(metric, quantity)| {
        format!("[[line]]\nmetric = \"{metric}\"\nquantity = {quantity}\n")
    });
    let customer =
        if customer.is_empty() { String::new() } else { format!("customer = \"{customer}\"\n") };
    format!("{customer}{head}{}{rest}", lines.collect::<String>())
}

#[track_caller]
fn assert_fails(files: &[(&str, String)], code: i32, expected: &str) {
    let desk = files.iter().fold(repository(), |desk, (path, text)| desk.file(path, text));
    let flags = ["--max-approval", "vp", "--deny", "deals-split", "--deny", "unconfirmed-metric"];
    let (found, line) = verdict(&desk.committed(), &flags);
    assert_eq!((found, line.contains(expected)), (Some(code), true), "{expected}\n{line}");
}

#[test]
fn splits_fail_whatever_hides_them() {
    let half = |customer: &str, head: &str| deal(customer, head, &[("socket", 49)], "");
    for other in [
        half("Beta Inc.", PREPAID),
        half("Beta", "term_years = 3\n"),
        half("Beta", "term_years = 2\n"),
        // It has expired, and counts for 90 more days.
        half("Beta", &format!("date = 2026-09-01\n{PREPAID}")),
    ] {
        let files = [("deals/a.toml", half("Beta", PREPAID)), ("deals/b.toml", other)];
        assert_fails(&files, 3, " less than together");
    }
    let nobody = [("deals/a.toml", half("", PREPAID)), ("deals/b.toml", half("", PREPAID))];
    assert_fails(&nobody, 1, "deals/a.toml: the deal does not name its customer");
}

#[test]
fn what_a_program_does_not_give_fails() {
    let displaced = |incumbent: &str, rest: &str| {
        let head = format!("incumbent = \"{incumbent}\"\n");
        let claim = "[[strategic]]\nprogram = \"competitive-displacement\"\nrate = \"20%\"\n";
        deal("Beta", &head, &[("socket", 500)], &format!("{claim}{rest}"))
    };
    let both = displaced("VMware", "[[strategic]]\nprogram = \"annual-prepay\"\n");
    assert_fails(
        &[("deals/a.toml", both)],
        4,
        "a quote may have at most 1 program, and this one has 2",
    );
    let two = displaced("VMware, Nutanix", "");
    assert_fails(&[("deals/a.toml", two)], 4, "is for VMware, and the incumbent is Nutanix");
    let claim = "[strategic]\nprogram = \"institutional\"\nduties = [\"accredited-university\"]\n";
    let head = "segment = \"research\"\nterm_years = 3\n";
    let beside = deal("Beta", head, &[("node", 1000), ("socket", 499)], claim);
    assert_fails(
        &[("deals/a.toml", beside)],
        4,
        "Academic institution excludes every other discount",
    );
}

#[test]
fn another_metric_is_no_way_around_the_price() {
    let nodes = deal("Beta", "", &[("node", 500)], "");
    assert_fails(&[("deals/a.toml", nodes)], 3, "(unconfirmed-metric)");
    let from = BOOK.find("[metric.node]").expect("a metric");
    let to = from + BOOK[from..].find("\n[").expect("the next table");
    let cheap = BOOK[from..to].replace("[metric.node]", "[metric.mini]").replace("0.00\"", ".00\"");
    let book = BOOK.replacen("version = \"1.0.0\"", "version = \"1.0.1\"", 1);
    let book = format!("{book}\n{cheap}");
    assert_fails(&[("pricing.toml", book.clone())], 3, "the change loosens metric.mini");
    let mini = deal("Beta", "", &[("mini", 500)], "");
    let files = [("pricing.toml", book), ("deals/a.toml", mini)];
    assert_fails(&files, 1, "the book has no metric \"mini\"");
}
