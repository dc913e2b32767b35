//! Changes that would not be looked at: links, other names, other places.

use super::{BOOK, DEAL, LIGHTHOUSE, at, gate, repository, verdict};
use crate::support::Desk;

#[track_caller]
fn assert_not_judged(desk: Desk, words: &[&str], expected: &str) {
    let (code, line) = verdict(&desk.committed(), &[&["--max-approval", "svp"], words].concat());
    assert_eq!((code, line.contains(expected)), (Some(1), true), "{expected}\n{line}");
}

#[cfg(unix)]
#[test]
fn links_are_not_judged() {
    use std::os::unix::fs::symlink;
    let desk = repository().file("secret", "password = hunter2\n");
    symlink("../secret", desk.path("deals/linked.toml")).expect("a link");
    assert_not_judged(desk, &[], "deals/linked.toml: it is a link");
    let desk = repository().file("elsewhere/notes.txt", "none\n");
    symlink("../elsewhere", desk.path("deals/more")).expect("a link");
    assert_not_judged(desk, &[], "deals/more: it is a link");
    let desk = repository();
    desk.git(&["mv", "deals", "moved"]);
    symlink("moved", desk.path("deals")).expect("a link");
    assert_not_judged(desk, &[], "deals: the folder of deals is a link");
    let desk = repository();
    std::fs::remove_file(desk.path("pricing.toml")).expect("the book");
    symlink("README.md", desk.path("pricing.toml")).expect("a link");
    assert_not_judged(desk, &[], "pricing.toml: the price book is a link");
}

#[test]
fn a_submodule_is_not_judged() {
    let inner = Desk::new().file("a.toml", LIGHTHOUSE).committed();
    let desk = repository();
    let from = inner.path("").display().to_string();
    desk.git(&[
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        &from,
        "deals/more",
    ]);
    assert_not_judged(desk, &[], "deals/more: it is a submodule");
}

#[test]
fn other_names_are_not_judged() {
    let refused = at("90%");
    for (path, expected) in [
        ("deals/.hidden.toml", "it is hidden"),
        ("deals/.folder/a.toml", "it is hidden"),
        ("deals/a.tml", "it is a deal, and its name does not end with .toml"),
        ("deals/a.toml ", "it is a deal, and its name does not end with .toml"),
        ("deals/a\nb.toml", "its name cannot be read"),
        ("offers/a.toml", "it is a deal outside the folder of deals"),
        ("Deals/a.toml", "it is a deal outside the folder of deals"),
    ] {
        assert_not_judged(repository().file(path, &refused), &[], expected);
    }
    assert_not_judged(
        repository().file("deals/a.csv", "id,metric\n"),
        &[],
        "its name does not end with .toml",
    );
    assert_not_judged(
        repository().file("deals/new/pricing.toml", &BOOK),
        &[],
        "it is a second price book",
    );
    assert_not_judged(
        repository().file("team/prices.toml", &BOOK),
        &[],
        "it is a second price book",
    );
    // A deal that has the name of a price book is a deal.
    let (code, line) = verdict(&repository().file("deals/pricing.toml", &refused).committed(), &[]);
    assert_eq!(code, Some(4), "{line}");
}

#[test]
fn a_moved_folder_is_recognized() {
    let desk = repository();
    desk.git(&["mv", "deals", "offers"]);
    assert_not_judged(desk, &[], "offers/acme bank.toml: it is a deal outside the folder of deals");
    let desk = repository();
    desk.git(&["rm", "--quiet", "-r", "deals"]);
    assert_not_judged(desk.file("deals", "a file\n"), &[], "deals: the folder of deals is a file");
}

#[test]
fn the_base_allows_paths_and_the_change_does_not() {
    let settings = "allow_paths = [\"deals/README.md\", \"examples/\"]\n";
    let change = |desk: Desk| {
        desk.file("deals/README.md", "Deals of the year.\n").file("examples/a.toml", &at("90%"))
    };
    let desk = change(repository()).file("dealdesk-ci.toml", settings).committed();
    assert_eq!(verdict(&desk, &[]).0, Some(1));
    let desk = repository();
    desk.git(&["switch", "--quiet", "main"]);
    let desk = desk.file("dealdesk-ci.toml", settings).committed();
    desk.git(&["switch", "--quiet", "--force-create", "again"]);
    assert_eq!(verdict(&change(desk).committed(), &[]).0, Some(0));
}

#[test]
fn settings_of_the_base_bind() {
    let desk = repository();
    desk.git(&["switch", "--quiet", "main"]);
    let settings = "max_approval = \"vp\"\ndeny = [\"duty-missing\"]\ndeals = \"deals\"\n";
    let desk = desk.file("dealdesk-ci.toml", settings).committed();
    desk.git(&["switch", "--quiet", "--force-create", "more"]);
    let desk = desk.file("deals/acme bank.toml", &at("20%")).committed();
    // The lower level counts.
    let (code, line) = verdict(&desk, &["--max-approval", "svp"]);
    assert_eq!((code, line.contains("Lighthouse customer at 20%")), (Some(3), true), "{line}");
    let (code, line) = verdict(&desk, &["--deals", "offers"]);
    assert_eq!(code, Some(2), "{line}");
    desk.git(&["switch", "--quiet", "main"]);
    let desk = desk.file("dealdesk-ci.toml", "max_aproval = \"vp\"\n").committed();
    desk.git(&["switch", "--quiet", "more"]);
    let (code, line) = verdict(&desk, &[]);
    assert_eq!(code, Some(1), "{line}");
}

/// A submodule elsewhere can be the new place of the folder of deals.
#[test]
fn a_submodule_elsewhere_has_to_be_allowed() {
    let inner = Desk::new().file("a.toml", &at("90%")).committed();
    let from = inner.path("").display().to_string();
    let desk = repository();
    let protocol = ["-c", "protocol.file.allow=always"];
    let added = ["submodule", "--quiet", "add", &from, "offers"];
    desk.git(&[&protocol[..], &added].concat());
    assert_not_judged(desk, &[], "offers: it is a submodule, which can have deals");
}

/// Git takes one of several things of a name silently, and a tag is pushed by anybody.
#[test]
fn a_revision_of_two_meanings_is_refused() {
    let desk = repository().file("deals/a.toml", &at("90%")).committed();
    assert_eq!(verdict(&desk, &[]).0, Some(4));
    desk.git(&["tag", "main", "change"]);
    let ran = gate(&desk, &[]);
    let expected =
        "--base: main is both refs/heads/main and refs/tags/main: write one of them in full";
    assert_eq!((ran.code, ran.stderr.contains(expected)), (Some(1), true), "{}", ran.stderr);
    let full = ["ci", "--base", "refs/heads/main", "--date", crate::support::DAY];
    let ran = desk.run(&full);
    assert_eq!(ran.code, Some(4), "{}", ran.stderr);
    // A name with more behind it, and a file that git would read before the branch.
    let ran = desk.run(&["ci", "--base", "main~0", "--date", crate::support::DAY]);
    let expected = "--base: main~0 names several things for git";
    assert_eq!((ran.code, ran.told().contains(expected)), (Some(1), true), "{}", ran.stderr);
    desk.git(&["tag", "--delete", "main"]);
    let head = desk.git(&["rev-parse", "change"]);
    let desk = desk.file(".git/main", &format!("{}\n", head.trim()));
    let ran = gate(&desk, &[]);
    let expected = "--base: main names several things for git: write it in full";
    assert_eq!((ran.code, ran.told().contains(expected)), (Some(1), true), "{}", ran.stderr);
    assert_eq!(desk.run(&full).code, Some(4));
}

/// A merge of two commits that the base has both starts from both. A deal that one of them has and the other one took
/// back is no difference from the one, and would come back in the merge.
#[test]
fn a_deal_that_was_taken_back_does_not_return_unseen() {
    let desk = repository().file("deals/back.toml", &at("90%")).committed();
    desk.git(&["switch", "--quiet", "--create", "with"]);
    let desk = desk.file("README.md", "With.\n").committed();
    desk.git(&["switch", "--quiet", "--create", "without", "change"]);
    desk.git(&["rm", "--quiet", "deals/back.toml"]);
    let desk = desk.committed();
    desk.git(&["switch", "--quiet", "main"]);
    desk.git(&["merge", "--quiet", "--no-edit", "without"]);
    desk.git(&["merge", "--quiet", "--no-edit", "with"]);
    assert!(!desk.path("deals/back.toml").exists());
    desk.git(&["switch", "--quiet", "--create", "crossed", "with"]);
    desk.git(&["merge", "--quiet", "--no-commit", "without"]);
    desk.git(&["checkout", "with", "--", "deals/back.toml"]);
    let desk = desk.committed();
    let ran = gate(&desk, &[]);
    let expected = "several last commits in common: merge the base into the change first";
    assert_eq!((ran.code, ran.told().contains(expected)), (Some(1), true), "{}", ran.stderr);
    desk.git(&["merge", "--quiet", "--no-edit", "main"]);
    let (code, line) = verdict(&desk, &[]);
    assert_eq!((code, line.contains("deals/back.toml: Lighthouse")), (Some(4), true), "{line}");
}

/// Git merges two edits of one file into a text that neither side has.
#[test]
fn a_text_of_both_sides_has_to_be_merged_to_be_judged() {
    let desk = repository().file("deals/acme bank.toml", &at("20%")).committed();
    desk.git(&["switch", "--quiet", "main"]);
    let larger = LIGHTHOUSE.replacen("quantity = 500", "quantity = 900", 1);
    let desk = desk.file("deals/acme bank.toml", &larger).committed();
    desk.git(&["switch", "--quiet", "change"]);
    let (code, line) = verdict(&desk, &["--max-approval", "svp"]);
    let expected =
        "deals/acme bank.toml: the base changed it too: merge the base into the change first";
    assert_eq!((code, line.contains(expected)), (Some(1), true), "{line}");
    // The same edit on both sides is the text that the merge has.
    let desk = repository().file("deals/acme bank.toml", &at("20%")).committed();
    desk.git(&["switch", "--quiet", "main"]);
    let desk = desk.file("deals/acme bank.toml", &at("20%")).committed();
    desk.git(&["switch", "--quiet", "change"]);
    assert_eq!(verdict(&desk, &["--max-approval", "svp"]).0, Some(0));
}

/// The objects are those of the change, whatever a reference says that replaces them.
#[test]
fn no_object_stands_in_for_another() {
    let desk = repository().file("deals/a.toml", &at("90%")).committed();
    let object = |desk: &Desk, name: &str| desk.git(&["rev-parse", name]).trim().to_owned();
    let (bad, good) =
        (object(&desk, "change:deals/a.toml"), object(&desk, "main:deals/nodes.toml"));
    desk.git(&["replace", &bad, &good]);
    assert_eq!(verdict(&desk, &[]).0, Some(4));
}

/// A deal that nobody can read could be the other half of a split, and so could one without a customer.
#[test]
fn a_deal_that_counts_with_others_has_to_be_readable() {
    let with_other = |text: &str| {
        let desk = Desk::new()
            .file("pricing.toml", &BOOK)
            .file("deals/old.toml", text)
            .file("README.md", "Deals.\n")
            .committed();
        desk.git(&["switch", "--quiet", "--create", "change"]);
        desk
    };
    let unknown = LIGHTHOUSE.replace("term_years", "term_yaers");
    let desk = with_other(&unknown).file("deals/new.toml", DEAL);
    assert_not_judged(desk, &[], "deals/old.toml: it could count with a changed deal");
    let anonymous = LIGHTHOUSE.replace("customer = \"Acme Bank\"\n", "");
    let desk = with_other(&anonymous).file("deals/new.toml", DEAL);
    assert_not_judged(desk, &[], "deals/old.toml: it could count with a changed deal");
    // The base can leave such a deal out.
    let desk = Desk::new()
        .file("pricing.toml", &BOOK)
        .file("dealdesk-ci.toml", "allow_paths = [\"deals/old.toml\"]\n")
        .file("deals/old.toml", &unknown)
        .committed();
    desk.git(&["switch", "--quiet", "--create", "change"]);
    assert_eq!(verdict(&desk.file("deals/new.toml", DEAL).committed(), &[]).0, Some(0));
    // A change of something else is not held up.
    let desk = with_other(&unknown).file("README.md", "Other deals.\n").committed();
    assert_eq!(verdict(&desk, &[]).0, Some(0));
    // The first deal states its customer too: the next one could be the other half.
    let desk = Desk::new().file("pricing.toml", &BOOK).file("README.md", "none\n").committed();
    desk.git(&["switch", "--quiet", "--create", "change"]);
    let desk = desk.file("deals/a.toml", &anonymous);
    assert_not_judged(desk, &[], "deals/a.toml: the deal does not name its customer");
    // A price book without the program of a deal would leave the deal out of every later check.
    let from = BOOK.find("[discount.strategic.program.lighthouse]").expect("a program");
    let to = from + BOOK[from..].find("\n[").expect("the next table");
    let book = format!("{}{}", &BOOK[..from], &BOOK[to..]).replacen("1.0.0", "1.0.1", 1);
    assert_not_judged(
        repository().file("pricing.toml", &book),
        &[],
        "deals/acme bank.toml: the changed price book cannot price it",
    );
}

/// A place is the one that git has, however a person writes the path.
#[test]
fn places_are_written_in_many_ways() {
    let with = |settings: &str| {
        let desk = Desk::new()
            .file("pricing.toml", &BOOK)
            .file("dealdesk-ci.toml", settings)
            .file("deals/nodes.toml", DEAL)
            .committed();
        desk.git(&["switch", "--quiet", "--create", "change"]);
        desk.file("deals/a.toml", &at("90%")).file("examples/b.toml", &at("90%")).committed()
    };
    let other = "deals = \"./deals/\"\nprice_book = \"docs/../pricing.toml\"\n\
                 allow_paths = [\"./examples/\"]\n";
    let (code, line) = verdict(&with(other), &["--deals", "deals", "--book", ".//pricing.toml"]);
    assert_eq!((code, line.contains("allows up to 30%")), (Some(4), true), "{line}");
    for (path, expected) in [
        ("../deals", "this path leaves the repository"),
        ("/deals", "a path from the top of the repository does not begin with /"),
        ("deals/..", "this is the whole repository: name a path in it"),
    ] {
        let settings = format!("deals = \"{path}\"\n");
        let ran = gate(&with(&settings), &[]);
        assert_eq!((ran.code, ran.told().contains(expected)), (Some(1), true), "{}", ran.stderr);
        let ran = gate(&with(""), &["--deals", path]);
        let expected = format!("--deals: {expected}");
        assert_eq!((ran.code, ran.told().contains(&expected)), (Some(2), true), "{}", ran.stderr);
    }
}

#[test]
fn settings_that_cannot_be_used_are_not_merged() {
    let desk = repository().file("dealdesk-ci.toml", "max_aproval = \"vp\"\n");
    assert_not_judged(desk, &[], "dealdesk-ci.toml: ");
}

/// The work tree has the files of the change: a link among them would lead a report anywhere.
#[cfg(unix)]
#[test]
fn reports_follow_no_link() {
    let desk = repository().file("victim", "precious\n");
    std::os::unix::fs::symlink("victim", desk.path("comment.md")).expect("a link");
    std::os::unix::fs::symlink("deals", desk.path("out")).expect("a link");
    let whole = desk.path("out/comment.md").display().to_string();
    for flag in ["--comment", "--sarif", "--code-quality", "--output"] {
        for path in ["comment.md", "out/comment.md", &whole] {
            let ran = gate(&desk, &[flag, path]);
            let expected = format!("error: {flag}: {path} is a link or no file");
            assert_eq!(
                (ran.code, ran.told().contains(&expected)),
                (Some(1), true),
                "{expected}\n{}",
                ran.stderr
            );
        }
    }
    assert_eq!(desk.read("victim"), "precious\n");
    let ran = gate(&desk, &["--output", "out.md", "--sarif", "./out.md"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert_eq!(gate(&desk, &["--output", "out.md"]).code, Some(0));
    assert_eq!(gate(&desk, &["--output", "-", "--format", "json"]).code, Some(0));
    let twice = gate(&desk, &["--comment", "both", "--sarif", "both"]);
    assert_eq!(twice.code, Some(2), "{}", twice.stderr);
}
