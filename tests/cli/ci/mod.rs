//! `dealdesk ci` on scratch repositories.

mod attacks;
mod book;
mod deals;
mod random;
mod settings;
mod templates;

use super::{DEAL, json};
use crate::support::{DAY, Desk, OUR_BOOK, Ran};
use std::sync::LazyLock;

/// The book without its examples: a changed figure would differ from them.
static BOOK: LazyLock<&str> =
    LazyLock::new(|| OUR_BOOK.split("\n# ---- Examples").next().expect("a book"));

/// The deal of the contract.
const LIGHTHOUSE: &str = "\
customer = \"Acme Bank\"
term_years = 3
prepay = \"multi-year\"

[[line]]
metric = \"socket\"
quantity = 500

[strategic]
program = \"lighthouse\"
rate = \"10%\"
";

/// A repository whose branch `main` has a book, a deal with a blank in its name and another one.
fn repository() -> Desk {
    let desk = Desk::new()
        .file("pricing.toml", &BOOK)
        .file("deals/acme bank.toml", LIGHTHOUSE)
        .file("deals/nodes.toml", DEAL)
        .file("README.md", "Deals.\n")
        .committed();
    desk.git(&["switch", "--quiet", "--create", "change"]);
    desk
}

/// Runs the gate as a pipeline does.
fn gate(desk: &Desk, words: &[&str]) -> Ran {
    desk.run(&[&["ci", "--base", "main", "--date", DAY], words].concat())
}

/// Returns the exit code of the gate with the first line of its comment.
fn verdict(desk: &Desk, words: &[&str]) -> (Option<i32>, String) {
    let ran = gate(desk, &[&["--format", "markdown"], words].concat());
    let first = ran.stdout.lines().next().unwrap_or(&ran.stderr).to_owned();
    (ran.code, first)
}

fn at(rate: &str) -> String {
    LIGHTHOUSE.replace("10%", rate)
}

#[test]
fn the_level_decides() {
    let desk = repository().file("deals/acme bank.toml", &at("20%")).committed();
    for (level, code, first) in [
        ("svp", 0, "# Within policy: 1 deal changed, and needs no more than svp"),
        ("vp", 3, "# Approval needed: deals/acme bank.toml: Lighthouse customer at 20%"),
        ("none", 3, "# Approval needed: deals/acme bank.toml: Lighthouse customer at 20%"),
    ] {
        let (found, line) = verdict(&desk, &["--max-approval", level]);
        assert_eq!(found, Some(code), "{line}");
        assert!(line.starts_with(first), "{line}");
    }
    let wrong = gate(&desk, &["--max-approval", "spv"]);
    assert_eq!((wrong.code, wrong.stdout.as_str()), (Some(2), ""), "{}", wrong.stderr);
}

#[test]
fn a_deal_goes_outside_policy() {
    let desk = repository().file("deals/acme bank.toml", &at("35%")).committed();
    let ran = gate(&desk, &["--max-approval", "svp", "--format", "markdown"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(4), ""));
    let first = "# Outside policy: deals/acme bank.toml: Lighthouse customer allows up to 30%, and this deal has 35%\n";
    assert!(ran.stdout.starts_with(first), "{}", ran.stdout);
    let changed = "deals/acme bank.toml (Acme Bank): TCV $2,779,815.00 → $2,007,645.00 (-$772,170.00, -27.78%)";
    assert!(ran.stdout.contains(changed), "{}", ran.stdout);
    assert!(!ran.stdout.contains("nodes.toml"), "{}", ran.stdout);
}

#[test]
fn a_change_without_deals_needs_nothing() {
    let desk =
        repository().file("README.md", "Other words.\n").file("src/x.toml", "a = 1\n").committed();
    assert_eq!(verdict(&desk, &[]), (Some(0), "# Within policy: no deal changed".to_owned()));
}

/// A deal that is gone needs nobody; one that was renamed went, and came.
#[test]
fn deals_are_renamed_and_deleted() {
    let desk = repository();
    desk.git(&["mv", "deals/nodes.toml", "deals/-edge *.toml"]);
    desk.git(&["rm", "--quiet", "deals/acme bank.toml"]);
    let desk = desk.committed();
    let ran = gate(&desk, &["--format", "json"]);
    let told = json(&ran.stdout);
    assert_eq!((ran.code, &told["status"]), (Some(0), &"passed".into()));
    assert_eq!(told["deals"][0]["name"], "deals/-edge *.toml");
    let removed = serde_json::json!(["deals/acme bank.toml", "deals/nodes.toml"]);
    assert_eq!(told["removed"], removed);
    // Also where nothing of the folder is left.
    desk.git(&["rm", "--quiet", "-r", "deals"]);
    let desk = desk.committed();
    let (code, line) = verdict(&desk, &[]);
    assert_eq!(code, Some(0), "{line}");
    // The next change finds a base without deals, under a name that is no slip.
    desk.git(&["branch", "--quiet", "--force", "main", "change"]);
    let desk = desk.file("README.md", "No deals.\n").committed();
    for (words, code) in [(&[][..], 0), (&["--deals", "deals"], 0), (&["--deals", "deal"], 1)] {
        let (found, line) = verdict(&desk, words);
        assert_eq!(found, Some(code), "{words:?} {line}");
    }
}

/// A repository can begin with its price book.
#[test]
fn a_repository_need_not_have_deals_yet() {
    let desk = Desk::new().file("pricing.toml", &BOOK).committed();
    desk.git(&["switch", "--quiet", "--create", "change"]);
    let desk = desk.file("README.md", "Prices.\n").committed();
    assert_eq!(verdict(&desk, &[]).0, Some(0));
    let (code, line) = verdict(&desk.file("offers/a.toml", DEAL).committed(), &[]);
    let expected = "offers/a.toml: it is a deal outside the folder of deals";
    assert_eq!((code, line.contains(expected)), (Some(1), true), "{line}");
}

#[test]
fn names_are_taken_as_they_are() {
    let names =
        ["deals/a\"b'$(id)`id`\\.toml", "deals/--help.toml", "deals/:!x.toml", "deals/ä ö.toml"];
    let desk = names.iter().fold(repository(), |desk, name| desk.file(name, DEAL)).committed();
    let ran = gate(&desk, &["--format", "json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let told = json(&ran.stdout);
    let mut found: Vec<_> =
        told["deals"].as_array().expect("deals").iter().map(|it| it["name"].as_str()).collect();
    found.sort_unstable();
    let mut names: Vec<_> = names.into_iter().map(Some).collect();
    names.sort_unstable();
    assert_eq!(found, names);
}

/// What others merged meanwhile is no part of the change, and its deals count with those of the change.
#[test]
fn only_the_change_is_judged() {
    let desk = repository().file("deals/acme bank.toml", &at("20%")).committed();
    desk.git(&["switch", "--quiet", "main"]);
    let desk = desk.file("deals/nodes.toml", &at("90%")).committed();
    desk.git(&["switch", "--quiet", "change"]);
    let ran = gate(&desk, &["--max-approval", "svp", "--format", "markdown"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("| deals/acme bank.toml |")
            && !ran.stdout.contains("| deals/nodes.toml |")
    );
}

#[test]
fn a_deal_that_is_broken_hides_no_other() {
    let desk = repository().file("deals/acme bank.toml", &at("35%"));
    let desk = desk.file("deals/broken.toml", "term_years = \n").committed();
    let ran = gate(&desk, &["--max-approval", "svp", "--format", "markdown"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stdout.starts_with("# Not judged: deals/broken.toml: "), "{}", ran.stdout);
    assert!(ran.stdout.contains("allows up to 30%, and this deal has 35%"), "{}", ran.stdout);
}

/// The ninth of nine deals of 49 sockets is not among those that a sentence names, and fails all the same.
#[test]
fn a_split_with_deals_that_are_there_is_denied() {
    let sockets = "customer = \"Initech\"\nterm_years = 3\nprepay = \"multi-year\"\n[[line]]\n\
                   metric = \"socket\"\nquantity = 49\n";
    let desk = repository();
    desk.git(&["switch", "--quiet", "main"]);
    let first = (1..=8).fold(desk, |desk, at| desk.file(&format!("deals/part-{at}.toml"), sockets));
    let desk = first.committed();
    desk.git(&["switch", "--quiet", "--force-create", "ninth"]);
    let desk = desk.file("deals/part-9.toml", sockets).committed();
    let ran = gate(&desk, &["--deny", "deals-split", "--format", "markdown"]);
    assert_eq!(ran.code, Some(3), "{}", ran.stdout);
    let told = "and 4 more of Initech cost $801,248.49 less than together";
    assert!(ran.stdout.contains(told), "{}", ran.stdout);
    // The one without the other deals' name is an error among several.
    let desk = desk
        .file("deals/part-9.toml", &sockets.replacen("customer = \"Initech\"\n", "", 1))
        .committed();
    let (code, line) = verdict(&desk, &["--deny", "deals-split"]);
    assert_eq!(code, Some(1));
    assert!(line.contains("the deal does not name its customer"), "{line}");
}

/// Nothing is taken for a change of nothing because it could not be looked at.
#[test]
fn what_cannot_be_judged_fails() {
    let desk = repository().file("deals/acme bank.toml", &at("20%")).committed();
    for (words, said) in [
        (&["ci", "--base", "nowhere"][..], "--base: git has no revision nowhere here"),
        (&["ci", "--base=--all"], "--base: this is no revision"),
        (&["ci", "--base", "main", "--head", "gone"], "--head: git has no revision gone here"),
    ] {
        let ran = desk.run(words);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{words:?}");
        assert!(ran.told().contains(said), "{}", ran.stderr);
    }
    let (code, line) = verdict(&desk, &["--deals", "deal"]);
    assert_eq!(
        (code, line.as_str()),
        (
            Some(1),
            "# Not judged: deal: there is no folder of deals of this name: --deals names another (and 1 more reason)"
        )
    );
    let none = Desk::new().run(&["ci", "--base", "main"]);
    assert_eq!(none.code, Some(1));
    assert!(none.stderr.contains("no git repository"), "{}", none.stderr);
}

/// A clone that does not go back far enough says how to get one that does.
#[test]
fn a_shallow_clone_is_told() {
    let desk = repository().file("deals/acme bank.toml", &at("20%")).committed();
    let base = desk.git(&["rev-parse", "main"]);
    let clone = Desk::new();
    let from = format!("file://{}", desk.path("").display());
    clone.git(&["clone", "--quiet", "--depth", "1", "--branch", "change", &from, "."]);
    let words = ["ci", "--base", &base, "--max-approval", "svp", "--date", DAY];
    let ran = clone.run(&words);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.told().contains("fetch-depth 0 on GitHub, GIT_DEPTH 0 on GitLab"),
        "{}",
        ran.stderr
    );
    clone.git(&["fetch", "--quiet", "--unshallow", "origin", "main", "change"]);
    assert_eq!(clone.run(&words).code, Some(0));
}

/// 300 changed deals, the most important first, in a comment that every host takes.
#[test]
fn a_comment_is_short_enough() {
    let deals = (0..300)
        .map(|at| (format!("deals/d{at}.toml"), LIGHTHOUSE.replace("Acme", &format!("Acme {at}"))));
    let desk = deals.fold(repository(), |desk, (name, deal)| desk.file(&name, &deal));
    let desk = desk.file("deals/last.toml", &at("90%")).committed();
    let ran =
        gate(&desk, &["--max-approval", "svp", "--comment", "comment.md", "--format", "markdown"]);
    assert_eq!(ran.code, Some(4), "{}", ran.stderr);
    let comment = desk.read("comment.md");
    assert!(ran.stdout.len() > 65_536 && comment.len() <= 60_100, "{}", comment.len());
    assert!(comment.starts_with("# Outside policy: deals/last.toml: "), "{comment}");
    assert!(
        comment.contains("more: see the log of the job.")
            && comment.ends_with("<!-- dealdesk -->\n")
    );
}

#[test]
fn a_text_that_is_too_long_for_a_comment_is_cut() {
    let deal = at("90%").replace("Acme", &"Acme ".repeat(20_000));
    let desk = repository().file("deals/long.toml", &deal).committed();
    let ran = gate(&desk, &["--max-approval", "svp", "--comment", "comment.md"]);
    assert_eq!(ran.code, Some(4), "{}", ran.stderr);
    let comment = desk.read("comment.md");
    let first = "# Outside policy: deals/long.toml: Lighthouse customer allows up to 30%";
    assert!(comment.starts_with(first) && comment.len() < 10_000, "{} bytes", comment.len());
    assert!(comment.contains('…') && comment.ends_with("<!-- dealdesk -->\n"), "{comment}");
}

#[test]
fn what_fails_is_shown_at_its_line() {
    let desk = repository().file("deals/a b.toml", &at("90%")).committed();
    let words = ["--max-approval", "svp", "--sarif", "s.json", "--code-quality", "q.json"];
    assert_eq!(gate(&desk, &words).code, Some(4));
    let sarif = json(&desk.read("s.json"));
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "outside-policy");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "deals/a%20b.toml");
    assert_eq!(place["region"]["startLine"], 1);
    let quality = json(&desk.read("q.json"));
    assert_eq!(quality[0]["location"]["path"], "deals/a b.toml");
    assert_eq!(quality[0]["fingerprint"].as_str().map(str::len), Some(64));
}
