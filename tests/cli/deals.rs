//! Where a deal comes from, and what is wrong with one.

use super::{ACME, DEAL, json, on_the_day, run};
use crate::support::{Desk, Ran};
use insta::assert_snapshot;
use std::io::Write;
use std::process::Stdio;

fn desk() -> Desk {
    Desk::new().file("deal.toml", DEAL)
}

#[test]
fn a_deal_from_standard_input_is_the_deal_of_the_file() {
    let desk = desk();
    let mut child = desk
        .command()
        .args(["quote", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a run");
    let mut input = child.stdin.take().expect("standard input");
    input.write_all(DEAL.as_bytes()).expect("a reader");
    drop(input);
    let piped = Ran::of(child.wait_with_output().expect("an end"));
    assert_eq!(piped.code, Some(0));
    assert_eq!(piped.stdout, desk.run(&["quote", "deal.toml", "--format", "json"]).stdout);
}

#[test]
fn a_flag_overrides_what_the_file_says() {
    let words = ["quote", "deal.toml", "--quantity", "200", "--customer", "Other", "--term", "2"];
    let quote = json(&desk().run(&[&words[..], &["--format", "json"]].concat()).stdout);
    assert_eq!(quote["customer"], "Other");
    assert_eq!(quote["term_years"], 2);
    assert_eq!(quote["lines"][0]["quantity"], "200");
    assert_eq!(quote["lines"][0]["metric"], "node", "what no flag says stays");
    assert_eq!(quote["date"], "2026-11-21");
}

#[test]
fn a_deal_file_without_a_line_takes_it_from_flags() {
    let desk = Desk::new().file("terms.toml", "customer = \"Acme Bank\"\nterm_years = 3\n");
    let line = ["--metric", "node", "--quantity", "100", "--format", "json"];
    let quote = json(&desk.run(&on_the_day(&["quote", "terms.toml"], &line)).stdout);
    assert_eq!((&quote["customer"], &quote["term_years"]), (&"Acme Bank".into(), &3.into()));
}

#[test]
fn a_quantity_does_not_say_which_of_several_lines_it_is_for() {
    let deal = format!("{DEAL}\n[[line]]\nmetric = \"core\"\nquantity = 10\n");
    let desk = Desk::new().file("deal.toml", &deal);
    let ran = desk.run(&["quote", "deal.toml", "--quantity", "7"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert_snapshot!(ran.stderr, @r"
    error[conflict]: the deal has 2 lines, and this flag needs a deal with one line
     --> command line:1:27
      |
    1 | dealdesk quote --quantity 7
      |                           ^
      |
      = hint: change the deal file instead

    error: this deal cannot be quoted: 1 error
    ");
}

#[test]
fn a_deal_that_needs_approval_is_done() {
    let ran = run(&ACME, &[]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.stdout.contains("Needs SVP approval"), "{}", ran.stdout);
}

#[test]
fn a_deal_file_that_is_not_there_cannot_be_quoted() {
    let ran = Desk::new().run(&["quote", "nowhere.toml"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.starts_with("error: the deal file nowhere.toml cannot be read"));
}

#[test]
fn a_deal_file_that_is_no_text_cannot_be_quoted() {
    let desk = Desk::new();
    std::fs::write(desk.path("deal.toml"), b"customer = \"a\"\nnotes = \"\xff\"\n")
        .expect("a file");
    let ran = desk.run(&["quote", "deal.toml"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert_snapshot!(ran.stderr, @r"
    error: the deal file deal.toml is not UTF-8 text: see line 2
    ");
}

#[test]
fn every_fault_of_a_deal_file_is_shown() {
    let deal = DEAL.replace("node", "nodes").replace("term_years = 3", "prepay = \"monthly\"");
    let ran = Desk::new().file("deal.toml", &deal).run(&["quote", "deal.toml"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert_snapshot!(ran.stderr, @r#"
    error[unknown-choice]: the book has no prepayment "monthly"
     --> deal.toml:3:10
      |
    3 | prepay = "monthly"
      |          ^^^^^^^^^
      |
      = hint: one of: annual, multi-year

    error[unknown-metric]: the book has no metric "nodes"
     --> deal.toml:6:10
      |
    6 | metric = "nodes"
      |          ^^^^^^^
      |
      = hint: did you mean "node"?

    error: this deal cannot be quoted: 2 errors
    "#);
}

#[test]
fn a_wrong_word_on_the_command_line_is_pointed_at() {
    let ran = Desk::new().run(&["quote", "--metric", "sokcet", "--quantity", "1,000"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert_snapshot!(ran.stderr, @r#"
    error[unknown-metric]: the book has no metric "sokcet"
     --> command line:1:25
      |
    1 | dealdesk quote --metric sokcet --quantity 1,000
      |                         ^^^^^^
      |
      = hint: did you mean "socket"?

    error[bad-number]: numbers are written without separators
     --> command line:1:43
      |
    1 | dealdesk quote --metric sokcet --quantity 1,000
      |                                           ^^^^^
      |
      = hint: write 1000

    error: this deal cannot be quoted: 2 errors
    "#);
}

#[test]
fn a_misspelt_metric_and_program_get_a_suggestion() {
    let words = ["--metric", "sokcet", "--quantity", "500", "--strategic", "lighthuose=10%"];
    let ran = Desk::new().run(&[&["quote"], &words[..]].concat());
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert_snapshot!(ran.stderr, @r#"
    error[unknown-metric]: the book has no metric "sokcet"
     --> command line:1:25
      |
    1 | dealdesk quote --metric sokcet --quantity 500 --strategic lighthuose=10%
      |                         ^^^^^^
      |
      = hint: did you mean "socket"?

    error[unknown-program]: the book has no program "lighthuose"
     --> command line:1:59
      |
    1 | dealdesk quote --metric sokcet --quantity 500 --strategic lighthuose=10%
      |                                                           ^^^^^^^^^^
      |
      = hint: did you mean "lighthouse"?

    error: this deal cannot be quoted: 2 errors
    "#);
}

#[test]
fn an_unknown_flag_is_a_wrong_command_line() {
    let ran = Desk::new().run(&["quote", "--quantiy", "5"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains("--quantity"), "{}", ran.stderr);
}

#[test]
fn a_misspelt_file_is_guessed_at() {
    let desk = Desk::new().file("deals/acme.toml", DEAL);
    let ran = desk.run(&["quote", "deals/amce.toml"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert_eq!(
        ran.stderr,
        "error: the deal file deals/amce.toml cannot be read: there is no such file; did you mean\n\
         deals/acme.toml?\n"
    );
}
