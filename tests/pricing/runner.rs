//! The runner fails where it should: nothing that a file states goes unread.

use super::case::CASES;
use super::judge;
use dealdesk::text::source::Source;

/// The failures of a file with these lines in its one case.
fn of(lines: &str) -> Vec<String> {
    let deal = "name = \"ten\"\ndeal = { metric = \"socket\", quantity = 10 }\n";
    let text = format!("[[case]]\n{deal}{lines}\n");
    CASES.failures(&Source::file("cases.toml", &text), judge)
}

#[test]
fn a_figure_that_comes_out_is_no_failure() {
    assert_eq!(of("tcv = \"15000.00\""), Vec::<String>::new());
}

#[test]
fn every_figure_that_does_not_is_one() {
    let found = of("tcv = \"1.00\"\nannual = \"15000.00\"\nlist_unit = \"2.00\"");
    let expected = [
        "cases.toml:2: ten: list_unit\n    expected 2.00\n    found    1500.00",
        "cases.toml:2: ten: tcv\n    expected 1.00\n    found    15000.00",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_list_is_compared_whole() {
    let steps = "waterfall = [\"list 1500.00\", \"volume 5% 1425.00\"]";
    assert_eq!(of(steps).len(), 1, "a step too many");
    assert_eq!(of("tcv = \"15000.00\"\nnotes = []").len(), 1, "a note that is not stated");
    assert_eq!(of("tcv = \"15000.00\"\nsays = [\"no such words\"]").len(), 1, "words");
}

#[test]
fn a_figure_that_the_quote_does_not_have_is_a_failure() {
    assert_eq!(of("monthly = \"15000.00\"").len(), 1);
}

#[test]
fn a_key_without_meaning_is_a_failure() {
    let found = of("tcv = \"15000.00\"\ntcvv = \"1.00\"");
    assert_eq!(found, ["cases.toml:5: a case has no key `tcvv`"]);
}

#[test]
fn a_case_without_a_figure_is_a_failure() {
    let found = of("level = \"none\"");
    assert_eq!(found, ["cases.toml:2: ten: a case states at least one figure"]);
}

#[test]
fn a_case_that_states_nothing_is_a_failure() {
    assert_eq!(of(""), ["cases.toml:2: a case states what comes out"]);
}

#[test]
fn a_name_twice_is_a_failure() {
    let case = "[[case]]\nname = \"ten\"\ndeal = { metric = \"core\", quantity = 1 }";
    let found = of(&format!("tcv = \"15000.00\"\n{case}\ntcv = \"200.00\""));
    assert_eq!(found, ["cases.toml:6: another case has this name"]);
}

#[test]
fn a_deal_that_cannot_be_priced_is_a_failure() {
    let text = "[[case]]\nname = \"ten\"\ntcv = \"0.00\"\n\
                deal = { metric = \"socks\", quantity = 10 }\n";
    let found = CASES.failures(&Source::file("cases.toml", text), judge);
    assert_eq!(found, ["cases.toml:2: ten: deal:2: the book has no metric \"socks\""]);
}
