//! Settings that a change writes, as the next change would find them.

use super::{BOOK, LIGHTHOUSE, gate, repository, verdict};
use crate::support::Desk;

const FILE: &str = "dealdesk-ci.toml";

#[track_caller]
fn assert_first(desk: Desk, words: &[&str], expected: &str) {
    let (code, line) = verdict(&desk.committed(), words);
    let line = line.replace("\\_", "_");
    assert_eq!((code, line.starts_with(expected)), (Some(1), true), "{expected}\n{line}");
}

/// After the merge such settings would fail every change, and the one that mends them too.
#[test]
fn settings_that_judge_nothing_are_not_merged() {
    for (settings, expected) in [
        (
            "max_approval = \"vpp\"",
            "max_approval: the price book has no level \"vpp\": it has none, vp, svp; did you mean vp?",
        ),
        (
            "deny = [\"deal-split\"]",
            "deny: there is no code \"deal-split\"; did you mean deals-split?",
        ),
        ("deny = [\"bad\"]", "deny: there is no code \"bad\"; dealdesk explain lists all codes"),
        ("deals = \"deal\"", "deals: there will be no folder deal: write its path from the top"),
        ("deals = \"README.md\"", "deals: there will be no folder README.md"),
        ("deals = \"../deals\"", "dealdesk-ci.toml:1: this path leaves the repository"),
        ("price_book = \"price.toml\"", "price_book: there will be no price book price.toml"),
        ("price_book = \"README.md\"", "price_book: this cannot be read: "),
        ("price_book = \"deals\"", "price_book: this cannot be read: "),
        (
            "price_book = \"notes\"",
            "price_book: this cannot be read: the folder notes has no price book, whose name ends with .toml",
        ),
    ] {
        let desk = repository().file("notes/a.md", "None.\n");
        let desk = desk.file(FILE, &format!("{settings}\n"));
        assert_first(desk, &[], &format!("# Not judged: dealdesk-ci.toml: {expected}"));
    }
    // A code of the price book is one too.
    let good = "max_approval = \"vp\"\ndeny = [\"larger-order-costs-less\", \"deals-split\"]\n\
                deals = \"./deals\"\nprice_book = \"pricing.toml\"\n";
    assert_eq!(verdict(&repository().file(FILE, good).committed(), &[]).0, Some(0));
}

/// The pipeline gives its flags to the next change too.
#[test]
fn settings_have_to_agree_with_the_flags_of_the_pipeline() {
    let desk = repository().file("offers/README.md", "Offers.\n");
    let desk = desk.file(FILE, "deals = \"offers\"\n");
    let expected = "# Not judged: dealdesk-ci.toml: deals: the pipeline has --deals deals, and offers is another \
                    place: leave one out";
    assert_first(desk, &["--deals", "deals"], expected);
}

/// A change of the ladder must not leave the settings with a level that is gone.
#[test]
fn a_book_without_the_level_of_the_settings_is_not_merged() {
    let on_main = |settings: &str| {
        let desk = repository();
        desk.git(&["switch", "--quiet", "main"]);
        let desk = desk.file(FILE, settings).committed();
        desk.git(&["switch", "--quiet", "--force-create", "ladder"]);
        desk
    };
    let renamed = BOOK.replace("\"svp\"", "\"president\"").replacen("\"1.0.0\"", "\"1.0.1\"", 1);
    let allowed = "max_approval = \"svp\"\n\
                   allow_loosening = [\"approval\", \"discount\", \"clause\"]\n";
    let expected =
        "# Not judged: dealdesk-ci.toml: max_approval: the price book has no level \"svp\"";
    assert_first(on_main(allowed).file("pricing.toml", &renamed), &[], expected);
    // With the settings that go with the ladder the change is judged by those of the base.
    let both = on_main(allowed)
        .file("pricing.toml", &renamed)
        .file(FILE, &allowed.replace("\"svp\"", "\"president\""))
        .committed();
    let (code, line) = verdict(&both, &[]);
    assert_eq!(code, Some(0), "{line}");
}

/// Settings that others mended meanwhile are no part of the change.
#[test]
fn settings_that_the_change_leaves_alone_are_those_of_the_base() {
    let desk = Desk::new()
        .file("pricing.toml", &BOOK)
        .file("deals/a.toml", LIGHTHOUSE)
        .file(FILE, "max_aproval = \"vp\"\n")
        .committed();
    desk.git(&["switch", "--quiet", "--create", "change"]);
    let desk = desk.file("README.md", "Deals.\n").committed();
    desk.git(&["switch", "--quiet", "main"]);
    let desk = desk.file(FILE, "max_approval = \"vp\"\n").committed();
    desk.git(&["switch", "--quiet", "change"]);
    let ran = gate(&desk, &[]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
}
