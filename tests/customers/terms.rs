//! Contracts of one customer that are signed together and follow each other, judged at the length of all.

use super::with;
use crate::pipeline::BOOK;
use crate::support::DAY;

/// Terms of up to 5 years, and the VP beyond 3.
const TERMS: &str = r#"
[term]
years = "1-5"

[[guardrail]]
name = "long"
measure = "term"
above = "3"
approval = "vp"
reason = "Long"
"#;

fn seats(customer: &str, rest: &str) -> String {
    format!("customer = \"{customer}\"\n{rest}\n[[line]]\nmetric = \"seat\"\nquantity = 1\n")
}

/// Returns what each deal needs or breaks, by the names of the rules.
fn told(deals: &[&str]) -> Vec<Vec<String>> {
    with(&format!("{BOOK}{TERMS}"), DAY, deals, |checked| {
        let verdicts = checked.judged().map(|judged| {
            let required = judged.verdict.required.iter().map(|it| it.rule.id.clone());
            let refused =
                judged.verdict.violations.iter().map(|it| format!("{} refuses", it.rule.id));
            required.chain(refused).collect()
        });
        verdicts.collect()
    })
}

#[track_caller]
fn assert_told(one: &str, other: &str, expected: &[&str]) {
    let (one, other) = (seats("Acme", one), seats("Acme Inc.", other));
    assert_eq!(told(&[&one, &other]), [expected, expected], "{one}---\n{other}");
    assert_eq!(told(&[&other, &one]), [expected, expected], "{other}---\n{one}");
}

const TWO_YEARS: &str = "start = 2027-01-01\nterm_years = 2";

#[test]
fn contracts_that_adjoin_are_as_long_as_both() {
    // To 2028-12-31, and to 2029-12-31: 3 years. To 2030-12-31 they are 4, and to 2032-12-31 they are 6.
    assert_told(TWO_YEARS, "start = 2029-01-01\nterm_years = 1", &[]);
    assert_told(TWO_YEARS, "start = 2029-01-01\nterm_years = 2", &["guardrail.long"]);
    assert_told(
        "start = 2027-01-01\nterm_years = 3",
        "start = 2030-01-01\nterm_years = 3",
        &["guardrail.long", "term refuses"],
    );
    // A day between them, and they are two contracts.
    assert_told(TWO_YEARS, "start = 2029-01-02\nterm_years = 2", &[]);
}

#[test]
fn contracts_that_overlap_are_as_long_as_both() {
    // From 2027-01-01 to 2030-06-30, and to 2030-01-01, a day more than 3 years.
    assert_told(TWO_YEARS, "start = 2028-07-01\nterm_years = 2", &["guardrail.long"]);
    assert_told(TWO_YEARS, "start = 2028-01-02\nterm_years = 2", &["guardrail.long"]);
    assert_told(TWO_YEARS, "start = 2028-01-01\nterm_years = 2", &[]);
}

/// A book can count contracts as one that have some days between them: 31 here, from 2028-12-31 to 2029-02-01.
#[test]
fn some_days_between_contracts_make_no_two() {
    let gap = TERMS
        .replace("years = \"1-5\"\n", "years = \"1-5\"\nadjoining_days = 31\nassumed = true\n");
    let first = seats("Acme", TWO_YEARS);
    for (start, are_one) in [("2029-01-02", true), ("2029-02-01", true), ("2029-02-02", false)] {
        let next = seats("Acme", &format!("start = {start}\nterm_years = 2"));
        with(&format!("{BOOK}{gap}"), DAY, &[&first, &next], |checked| {
            for judged in checked.judged() {
                let reason = judged.verdict.required.first().map(|it| it.reason.as_str());
                let words =
                    "; up to 31 days between them count as none, which is assumed (pricing.toml:";
                assert_eq!(reason.is_some_and(|it| it.contains(words)), are_one, "{reason:?}");
                assert_eq!(reason.is_some(), are_one, "{start}");
            }
        });
    }
}

/// A deal without a start begins when it is signed, so that two of them begin together. Beside one with a start it
/// begins on the day of its quote.
#[test]
fn deals_without_a_start_begin_together() {
    assert_told("date = 2026-10-30\nterm_years = 3", "date = 2026-11-20\nterm_years = 3", &[]);
    let after = "start = 2028-11-21\nterm_years = 2";
    assert_told("date = 2026-11-21\nterm_years = 2", after, &["guardrail.long"]);
}

/// Quotes are valid for 30 days here: one of 22 October until 21 November.
#[test]
fn a_renewal_is_not_signed_with_its_contract() {
    let renewal = "date = 2026-11-21\nstart = 2029-01-01\nterm_years = 2";
    assert_told(&format!("date = 2026-10-22\n{TWO_YEARS}"), renewal, &["guardrail.long"]);
    assert_told(&format!("date = 2026-10-21\n{TWO_YEARS}"), renewal, &[]);
}

#[test]
fn contracts_of_two_customers_are_two() {
    let after = "start = 2029-01-01\nterm_years = 2";
    let none = Vec::<String>::new();
    assert_eq!(told(&[&seats("Acme", TWO_YEARS), &seats("Globex", after)]), [none.clone(), none]);
}

/// The reason says how long they are together, and with whom; who needs the level anyway is told once.
#[test]
fn the_reason_names_the_others() {
    let deals = [seats("Acme", TWO_YEARS), seats("Acme", "start = 2029-01-01\nterm_years = 2")];
    let long = seats("Acme", "start = 2031-01-01\nterm_years = 1");
    let deals = [deals[0].as_str(), deals[1].as_str(), long.as_str()];
    with(&format!("{BOOK}{TERMS}"), DAY, &deals, |checked| {
        let judged: Vec<_> = checked.judged().collect();
        let [required] = judged[0].verdict.required.as_slice() else { panic!("one reason") };
        assert_eq!(
            required.reason,
            "Long (term of 5 years, more than 3); signed together with 2 and 3"
        );
    });
}

/// A guardrail that looks at the length of a contract among other facts judges contracts that adjoin at the length of
/// both.
#[test]
fn a_condition_on_the_term_sees_contracts_that_adjoin() {
    let rail = "measure = \"term\"\nabove = \"3\"";
    let turned = "measure = \"tcv\"\nabove = \"100.00\"\nwhen = { term_above = 3 }";
    let book = format!("{BOOK}{}", TERMS.replace(rail, turned));
    assert!(book.contains("term_above"));
    let one = seats("Acme", TWO_YEARS);
    let next = seats("Acme", "start = 2029-01-01\nterm_years = 2");
    let later = seats("Acme", "start = 2029-01-02\nterm_years = 2");
    let required = |deals: &[&str]| {
        with(&book, DAY, deals, |checked| {
            checked.judged().map(|judged| judged.verdict.required.len()).collect::<Vec<_>>()
        })
    };
    assert_eq!(required(&[&one, &next]), [1, 1]);
    assert_eq!(required(&[&one, &later]), [0, 0]);
}
