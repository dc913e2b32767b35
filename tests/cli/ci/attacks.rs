//! Changes that would not be looked at: links, other names, other places.

use super::{BOOK, LIGHTHOUSE, at, repository, verdict};
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
        repository().file("deals/new/pricing.toml", BOOK),
        &[],
        "it is a second price book",
    );
    assert_not_judged(
        repository().file("team/prices.toml", BOOK),
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
