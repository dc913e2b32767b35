//! Contracts that are signed together and follow each other: their TCV, and the years of a program.

use super::{acme, splits};
use crate::support::{DAY, OUR_BOOK};

const LARGE: &str = r#"
[[guardrail]]
name = "large"
measure = "tcv"
above = "1000.00"
approval = "vp"
reason = "Large"
"#;

#[track_caller]
fn assert_told(deals: &[&str], expected: &[&str]) {
    let book = format!("{OUR_BOOK}{LARGE}");
    assert_eq!(splits(&book, DAY, deals), expected, "{}", deals.join("---\n"));
}

/// Cores cost $200 a year: 3 and 3 are $1,200 in two years, and 3 and 2 are $1,000, which is not more than the limit.
#[test]
fn contracts_that_adjoin_have_one_tcv() {
    let first = acme("core", 3, "start = 2026-12-01");
    let next = |cores, rest: &str| acme("core", cores, rest);
    assert_told(&[&first, &next(3, "start = 2027-12-01")], &["guardrail.large: 1 2"]);
    assert_told(&[&first, &next(2, "start = 2027-12-01")], &[]);
    // Up to 31 days between them are none; with 32 they are two contracts.
    assert_told(&[&first, &next(3, "start = 2027-12-02")], &["guardrail.large: 1 2"]);
    assert_told(&[&first, &next(3, "start = 2028-01-01")], &["guardrail.large: 1 2"]);
    assert_told(&[&first, &next(3, "start = 2028-01-02")], &[]);
    // A third one is told with the others, and deals in force on one day once.
    let last = next(1, "start = 2028-12-01");
    assert_told(&[&first, &next(2, "start = 2027-12-01"), &last], &["guardrail.large: 1 2 3"]);
    assert_told(&[&first, &next(3, "start = 2027-01-01")], &["guardrail.large: 1 2"]);
}

/// A guardrail on a TCV of more than 1,000.00 that looks at terms of more than 3 years. Twice 2 cores for two years are
/// 1,600.00 in four years, whichever of both figures is its measure, and 1,200.00 in three.
#[test]
fn a_condition_on_the_term_holds_for_the_sum_of_contracts_that_adjoin() {
    let limit = "measure = \"tcv\"\nabove = \"1000.00\"";
    let measures = [
        "measure = \"tcv\"\nabove = \"1000.00\"\nwhen = { term_above = 3 }",
        "measure = \"term\"\nabove = \"3\"\nwhen = { tcv_above = \"1000.00\" }",
    ];
    let first = acme("core", 2, "start = 2026-12-01\nterm_years = 2");
    let next = |start: &str, years: u32| {
        acme("core", 2, &format!("start = {start}\nterm_years = {years}"))
    };
    let told = |measure: &str, other: &str| {
        // The VP is asked for the length alone.
        let rail = LARGE.replace(limit, measure).replace("vp", "svp");
        let book = format!("{OUR_BOOK}{rail}");
        let all = splits(&book, DAY, &[&first, other]).into_iter();
        all.filter(|it| it.contains("guardrail.large")).collect::<Vec<_>>()
    };
    for measure in measures {
        assert_eq!(told(measure, &next("2028-12-01", 2)), ["guardrail.large: 1 2"], "{measure}");
        assert_eq!(told(measure, &next("2028-12-01", 1)), Vec::<String>::new(), "{measure}");
        assert_eq!(told(measure, &next("2029-01-02", 2)), Vec::<String>::new(), "{measure}");
    }
}

/// A quote of September is valid until the end of the quarter, and nobody can accept both.
#[test]
fn a_renewal_is_a_contract_of_its_own() {
    let first = acme("core", 3, "date = 2026-09-20\nstart = 2026-10-01");
    assert_told(&[&first, &acme("core", 3, "start = 2027-10-01")], &[]);
    let first = acme("core", 3, "date = 2026-10-20\nstart = 2026-11-01");
    assert_told(&[&first, &acme("core", 3, "start = 2027-11-01")], &["guardrail.large: 1 2"]);
}

fn research(start: &str) -> String {
    acme("node", 50, &format!("segment = \"research\"\nstart = {start}"))
        + "[strategic]\nprogram = \"research\"\nduties = [\"accredited-university\", \
           \"non-commercial\", \"one-project\", \"acknowledgment\", \"feedback\"]\n"
}

/// Free research is for a year. From 2026-10-22 to 2028-06-28 are 20 months.
#[test]
fn contracts_that_follow_each_other_have_the_years_of_one_program() {
    let first = research("2026-10-22");
    assert_told(&[&first, &research("2027-06-29")], &["academic.research: 1 2"]);
    assert_told(&[&first, &research("2027-10-22")], &["academic.research: 1 2"]);
    assert_told(&[&first, &research("2026-10-22")], &[]);
    assert_told(&[&first, &research("2027-11-22")], &["academic.research: 1 2"]);
    assert_told(&[&first, &research("2027-11-23")], &[]);
    // Nodes for pay are of no program.
    assert_told(&[&first, &acme("node", 1, "start = 2027-10-22")], &[]);
}
