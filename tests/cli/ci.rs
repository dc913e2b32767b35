//! The script of the CI examples, run against scratch repositories.

use super::DEAL;
use crate::support::{DAY, Desk, OUR_BOOK as BOOK, Ran, root};
use insta::assert_snapshot;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

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

/// A book in which 200 nodes cost less than 150.
fn cliff() -> String {
    let tier = "quantity = \"50-499\", price = \"250.00\"";
    let tiers = "quantity = \"50-199\", price = \"250.00\" },\n    { quantity = \"200-499\", price = \"160.00\"";
    assert!(BOOK.contains(tier));
    BOOK.replacen(tier, tiers, 1)
}

fn script() -> PathBuf {
    root().join("examples/ci/dealdesk-ci.sh")
}

/// A repository whose branch `main` has a book, a deal with a blank in its name and two more.
fn repository() -> Desk {
    let desk = Desk::new()
        .file("pricing.toml", BOOK)
        .file("deals/acme bank.toml", LIGHTHOUSE)
        .file("deals/nodes.toml", DEAL)
        .file("deals/notes.txt", "no deal\n")
        .file("README.md", "Deals.\n")
        .committed();
    desk.git(&["switch", "--quiet", "--create", "change"]);
    desk
}

/// What a pipeline sets beside the usual.
type Settings<'a> = &'a [(&'a str, &'a str)];

/// Runs the script as a pipeline does, and answers with how it ended and the comment.
fn check(desk: &Desk, base: &str, level: &str, more: Settings<'_>) -> (Ran, String) {
    let mut command = Command::new("sh");
    command.arg(script()).args([base, "comment of ci.md"]);
    command
        .current_dir(desk.path(""))
        .env_remove("DEALDESK_PRICE_BOOK")
        .env_remove("DEALDESK_BOOK");
    command.env("DEALDESK", env!("CARGO_BIN_EXE_dealdesk"));
    command.env("DEALDESK_MAX_APPROVAL", level).env("DEALDESK_DATE", DAY);
    command.envs(more.iter().copied());
    let ran = Ran::of(command.output().expect("the script runs"));
    let comment = fs::read_to_string(desk.path("comment of ci.md")).unwrap_or_default();
    let _ = fs::remove_file(desk.path("comment of ci.md"));
    (ran, comment)
}

fn at(rate: &str) -> String {
    LIGHTHOUSE.replace("10%", rate)
}

/// A deal that goes from 10% to 35%, which nobody can grant, while the book gains a cliff.
#[test]
fn a_deal_goes_outside_policy_and_the_book_gains_a_cliff() {
    let desk = repository()
        .file("deals/acme bank.toml", &at("35%"))
        .file("pricing.toml", &cliff())
        .committed();
    let (ran, comment) = check(&desk, "main", "svp", &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(4), ""));
    assert_eq!(ran.stdout, comment, "the log has it too");
    let (verdict, rest) = comment.split_once("\n# ").expect("what dealdesk says");
    assert_snapshot!(verdict, @r"
    <!-- dealdesk -->

    **Outside policy.** No approval level can grant a deal that changed.
    ");
    let title = "deals/acme bank.toml (Acme Bank): TCV $2,779,815.00 → $2,007,645.00 (-$772,170.00, -27.78%)\n";
    assert!(rest.starts_with(title), "{comment}");
    let refused = "- **now refused**: Lighthouse customer allows up to 30%, and this deal has 35% (pricing.toml:";
    assert!(rest.contains(refused), "{comment}");
    assert!(!rest.contains("nodes.toml"), "what did not change is not told: {comment}");
}

#[test]
fn the_level_decides() {
    let desk = repository().file("deals/acme bank.toml", &at("20%")).committed();
    let cases = [
        ("svp", 0, "**Within policy.** No deal that changed needs more than `svp`."),
        ("vp", 3, "**Approval needed.** A deal that changed needs a higher level than `vp`."),
        ("none", 3, "**Approval needed.** A deal that changed needs a higher level than `none`."),
    ];
    for (level, code, verdict) in cases {
        let (ran, comment) = check(&desk, "main", level, &[]);
        assert_eq!(ran.code, Some(code), "{}", ran.stderr);
        assert!(comment.starts_with(&format!("<!-- dealdesk -->\n\n{verdict}\n\n# ")), "{comment}");
    }
    let (ran, comment) = check(&desk, "main", "spv", &[]);
    assert_eq!(ran.code, Some(2));
    assert!(comment.contains("**Not checked.**"), "{comment}");
    assert!(comment.contains("\n    error: --max-approval: "), "{comment}");
}

#[test]
fn a_change_without_deals_needs_nothing() {
    let desk = repository().file("README.md", "Other words.\n").file("deals/notes.txt", "none\n");
    let desk = desk.file("elsewhere/deal.toml", &at("35%")).committed();
    let (ran, comment) = check(&desk, "main", "none", &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_eq!(comment, "<!-- dealdesk -->\n\nNo deal and no price book changed.\n\n");
    let (ran, comment) = check(&desk, "main", "none", &[("DEALDESK_DEALS", ".")]);
    assert_eq!(ran.code, Some(4), "{comment}");
}

/// A deal that is gone needs nobody; one that was renamed went, and came.
#[test]
fn deals_are_renamed_and_deleted() {
    let desk = repository();
    desk.git(&["mv", "deals/nodes.toml", "deals/-edge *.toml"]);
    desk.git(&["rm", "--quiet", "deals/acme bank.toml"]);
    let desk = desk.committed();
    let (ran, comment) = check(&desk, "main", "none", &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    for line in [
        "# 3 deals: 1 new, 2 removed; TCV $2,843,565.00 → $63,750.00 (-$2,779,815.00, -97.76%)",
        "## deals/-edge \\*.toml (Acme Bank): new, TCV $63,750.00",
        "## deals/acme bank.toml (Acme Bank): removed, TCV was $2,779,815.00",
        "## deals/nodes.toml (Acme Bank): removed, TCV was $63,750.00",
    ] {
        assert!(comment.lines().any(|it| it == line), "{line}\n{comment}");
    }
    // Also where nothing of the folder is left.
    desk.git(&["rm", "--quiet", "-r", "deals"]);
    let (ran, comment) = check(&desk.committed(), "main", "none", &[]);
    assert_eq!((ran.code, comment.contains("2 removed")), (Some(0), true), "{comment}");
}

#[test]
fn names_are_taken_as_they_are() {
    let names =
        ["deals/a\"b'$(id)`id`\\.toml", "deals/--help.toml", "deals/:!x.toml", "deals/ä ö.toml"];
    let desk = names.iter().fold(repository(), |desk, name| desk.file(name, DEAL)).committed();
    let (ran, comment) = check(&desk, "main", "none", &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(comment.contains("# 4 deals: 4 new; "), "{comment}");
    let desk = desk.file("deals/a\nb.toml", DEAL).committed();
    let (ran, comment) = check(&desk, "main", "none", &[]);
    assert_eq!(ran.code, Some(1));
    assert!(comment.contains("a deal has a line break in its name"), "{comment}");
}

/// What others merged meanwhile is no part of the change.
#[test]
fn only_the_change_is_told() {
    let desk = repository().file("deals/acme bank.toml", &at("20%")).committed();
    desk.git(&["switch", "--quiet", "main"]);
    let desk = desk.file("deals/nodes.toml", &DEAL.replace("100", "200")).committed();
    desk.git(&["switch", "--quiet", "change"]);
    let (ran, comment) = check(&desk, "main", "svp", &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(comment.contains("acme bank.toml") && !comment.contains("nodes.toml"), "{comment}");
}

#[test]
fn a_deal_that_is_broken_hides_no_other() {
    let desk = repository().file("deals/acme bank.toml", &at("35%"));
    let desk = desk.file("deals/broken.toml", "term_years = \n").committed();
    let (ran, comment) = check(&desk, "main", "svp", &[]);
    assert_eq!(ran.code, Some(1));
    assert!(comment.contains("**Failed.**"), "{comment}");
    assert!(comment.contains("**now refused**") && comment.contains("broken.toml"), "{comment}");
}

/// A deal that is there already and one that comes can split what neither could be.
#[test]
fn a_split_with_a_deal_that_is_there_is_told() {
    let research = |nodes: u32| {
        format!(
            "customer = \"State University\"\nsegment = \"research\"\n[[line]]\nmetric = \"node\"\nquantity = {nodes}\n\
             [strategic]\nprogram = \"research\"\nduties = [\"accredited-university\", \
             \"non-commercial\", \"one-project\", \"acknowledgment\", \"feedback\"]\n"
        )
    };
    let desk = repository();
    desk.git(&["switch", "--quiet", "main"]);
    let desk = desk.file("deals/chemistry.toml", &research(80)).committed();
    desk.git(&["switch", "--quiet", "--force-create", "more"]);
    let desk = desk.file("deals/physics.toml", &research(60)).committed();
    let (_, comment) = check(&desk, "main", "svp", &[]);
    assert!(comment.contains("# Split deals"), "{comment}");
    assert!(comment.contains("chemistry.toml and physics.toml of State University"), "{comment}");
}

/// The ninth of nine deals of 49 sockets is not among those that a sentence names, and is told all the same.
#[test]
fn a_split_of_many_deals_is_told() {
    let sockets = "customer = \"Initech\"\nterm_years = 3\nprepay = \"multi-year\"\n[[line]]\n\
                   metric = \"socket\"\nquantity = 49\n";
    let desk = repository();
    desk.git(&["switch", "--quiet", "main"]);
    let first = (1..=8).fold(desk, |desk, at| desk.file(&format!("deals/part-{at}.toml"), sockets));
    let desk = first.committed();
    desk.git(&["switch", "--quiet", "--force-create", "ninth"]);
    let desk = desk.file("deals/part-9.toml", sockets).committed();
    let (_, comment) = check(&desk, "main", "svp", &[]);
    let told = "and 4 more of Initech cost $801,248.49 less than together";
    assert!(comment.contains(told), "{comment}");
}

/// Nobody is kept from mending a book.
#[test]
fn a_book_that_was_broken_can_be_mended() {
    let desk = repository();
    let book = desk.read("pricing.toml");
    let broken = book.replacen("currency = \"USD\"", "currency = \"dollars\"", 1);
    desk.git(&["checkout", "--quiet", "main"]);
    let desk = desk.file("pricing.toml", &broken).committed();
    desk.git(&["checkout", "--quiet", "-B", "mend"]);
    let desk = desk.file("pricing.toml", &book).committed();
    let (ran, comment) = check(&desk, "main", "svp", &[]);
    assert_eq!(ran.code, Some(0), "{comment}");
    assert!(comment.contains("could not be read before this change"), "{comment}");
}

/// A comment quotes what is wrong with a deal, and a link could point to anything.
#[cfg(unix)]
#[test]
fn a_deal_that_is_a_link_is_not_followed() {
    let desk = repository().file("secret", "password = hunter2\n");
    std::os::unix::fs::symlink("../secret", desk.path("deals/linked.toml")).expect("a link");
    let (ran, comment) = check(&desk.committed(), "main", "svp", &[]);
    assert_eq!(ran.code, Some(1));
    assert!(comment.contains("the deal deals/linked.toml is a link"), "{comment}");
    assert!(!comment.contains("hunter2"), "{comment}");
}

/// Nothing is taken for a change of nothing because it could not be looked at.
#[test]
fn what_cannot_be_checked_fails() {
    let desk = repository().file("deals/acme bank.toml", &at("20%")).committed();
    let book = [("DEALDESK_BOOK", "prices.toml")];
    let folder = [("DEALDESK_DEALS", "deal")];
    let program = [("DEALDESK", "/nowhere/dealdesk")];
    let cases: [(&str, Settings<'_>, &str); 5] = [
        ("nowhere", &[], "git has no revision nowhere here"),
        ("--all", &[], "this is no revision: --all"),
        ("main", &book, "there is no price book prices.toml"),
        ("main", &folder, "there is no folder of deals deal"),
        ("main", &program, "**Failed.**"),
    ];
    for (base, more, said) in cases {
        let (ran, comment) = check(&desk, base, "svp", more);
        assert_eq!(ran.code, Some(1), "{base} {more:?}: {comment}");
        assert!(comment.contains(said), "{said}\n{comment}");
    }
    desk.git(&["rm", "--quiet", "pricing.toml"]);
    let (ran, comment) = check(&desk.committed(), "main", "svp", &[]);
    assert_eq!(ran.code, Some(1), "{comment}");
    let (ran, _) = check(&Desk::new(), "main", "svp", &[]);
    assert!(ran.code == Some(1) && ran.stderr.contains("no git repository"), "{}", ran.stderr);
}

/// A clone that does not go back far enough says how to get one that does.
#[test]
fn a_shallow_clone_is_told() {
    let desk = repository().file("deals/acme bank.toml", &at("20%")).committed();
    let base = desk.git(&["rev-parse", "main"]);
    let clone = Desk::new();
    let from = format!("file://{}", desk.path("").display());
    clone.git(&["clone", "--quiet", "--depth", "1", "--branch", "change", &from, "."]);
    let (ran, comment) = check(&clone, &base, "svp", &[]);
    assert_eq!(ran.code, Some(1));
    assert!(comment.contains("fetch-depth 0 on GitHub and GIT_DEPTH 0 on GitLab"), "{comment}");
    clone.git(&["fetch", "--quiet", "--unshallow", "origin", "main", "change"]);
    let (ran, comment) = check(&clone, &base, "svp", &[]);
    assert_eq!(ran.code, Some(0), "{comment}");
}

/// It runs from any folder of the repository, and what is named there is found there.
#[test]
fn it_runs_from_a_folder() {
    let desk = repository().file("deals/acme bank.toml", &at("20%")).committed();
    let program = env!("CARGO_BIN_EXE_dealdesk");
    std::os::unix::fs::symlink(program, desk.path("program")).expect("a link");
    let mut command = Command::new("sh");
    command.arg(script()).args(["main", "here.md"]).current_dir(desk.path("deals"));
    command.env("DEALDESK", "../program").env("DEALDESK_MAX_APPROVAL", "svp");
    let ran = Ran::of(command.output().expect("the script runs"));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(desk.read("deals/here.md").contains("acme bank.toml"));
}

/// A comment that GitHub would refuse has its headlines.
#[test]
fn a_comment_is_not_too_long() {
    let deals = (0..60).map(|at| (format!("deals/d{at}.toml"), LIGHTHOUSE));
    let desk = deals.fold(repository(), |desk, (name, deal)| desk.file(&name, deal)).committed();
    let (ran, comment) = check(&desk, "main", "svp", &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.len() > 65_536 && comment.len() < 60_000, "{}", ran.stdout.len());
    assert!(comment.starts_with("<!-- dealdesk -->\n\n**Within policy.**"), "{comment}");
    assert!(
        comment.contains("\n- deals/d59.toml (Acme Bank): new, TCV $2,779,815.00\n"),
        "{comment}"
    );
}

/// Both templates leave the work to the script.
#[test]
fn the_templates_call_the_script() {
    for template in ["action.yml", "dealdesk.gitlab-ci.yml"] {
        let text = fs::read_to_string(root().join("examples/ci").join(template)).expect("it");
        assert!(text.contains("dealdesk-ci.sh"), "{template}");
    }
}

/// A program that says what it was asked, and ends as it is told.
const ECHO: &str = "\
#!/bin/sh
for word in \"$@\"; do [ \"$word\" = --help ] && exit 0; done
if [ \"$1 $2\" = 'book check' ]; then
    echo '- **note**: Both books (pricing.toml:7)'
    echo \"- **warning**: Only ${3##*/} (${3##*/}:$#)\"
fi
printf '#'
printf ' <%s>' \"$@\"
printf '\\n'
case \"$1 $2\" in
'diff '*) exit \"${DIFF:-0}\" ;;
'check '*) exit \"${CHECK:-0}\" ;;
'book check') exit \"${BOOK_CHECK:-0}\" ;;
'book diff') exit \"${BOOK_DIFF:-0}\" ;;
esac
";

/// Every command is asked once, and the worst of their codes is that of the script.
#[test]
fn every_command_is_asked() {
    let tools = Desk::new().file("said.sh", ECHO);
    let program = tools.path("dealdesk");
    // By another process: what this one has written may be open in a child of another test, and then
    // it cannot be run.
    let copied = Command::new("install").arg(tools.path("said.sh")).arg(&program).status();
    assert!(copied.expect("install runs").success());
    let program = program.to_str().expect("a name");
    let desk = repository().file("deals/acme bank.toml", &at("20%"));
    desk.git(&["rm", "--quiet", "deals/nodes.toml"]);
    let desk = desk.file("pricing.toml", &cliff()).committed();
    let asked = |more: Settings<'_>| {
        let deny = ("DEALDESK_DENY", "larger-order-costs-less unreachable");
        check(&desk, "main", "vp", &[&[("DEALDESK", program), deny], more].concat())
    };
    let (ran, comment) = asked(&[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let start = desk.git(&["rev-parse", "main"]);
    let words: Vec<_> = comment.lines().filter(|line| line.starts_with('#')).collect();
    let [diff, adds, takes, book_diff, book_check, check] = words[..] else { panic!("{comment}") };
    let date = format!("<--date> <{DAY}>");
    let level = "<--max-approval> <vp> <--format> <markdown>";
    assert_eq!(
        diff,
        format!(
            "# <diff> <--against> <{start}> {level} {date} <--> <deals/acme bank.toml> <deals/nodes.toml>"
        )
    );
    assert_eq!(check, format!("# <check> {level} {date} <--> <deals/acme bank.toml>"));
    assert_eq!(
        book_check,
        "# <book> <check> <pricing.toml> <--format> <markdown> <--deny> <larger-order-costs-less> <--deny> <unreachable>"
    );
    assert_eq!(adds, "# What the change adds to the findings of the price book");
    assert_eq!(takes, "# What it takes away from them");
    let findings = "the price book\n\n- **warning**: Only pricing.toml (pricing.toml:5)\n\n# What it takes away from them\n\n- **warning**: Only old-book.toml (old-book.toml:5)\n\n#";
    assert!(comment.contains(findings), "{comment}");
    assert!(book_diff.starts_with("# <book> <diff> </"), "{book_diff}");
    assert!(
        book_diff
            .ends_with("/old-book.toml> <pricing.toml> <--deals> <deals> <--format> <markdown>"),
        "{book_diff}"
    );
    let worst = [
        (vec![("DIFF", "3"), ("CHECK", "4")], 4),
        (vec![("CHECK", "4"), ("BOOK_CHECK", "1")], 1),
        (vec![("BOOK_DIFF", "1"), ("DIFF", "3")], 1),
        (vec![("CHECK", "3"), ("BOOK_DIFF", "2")], 2),
        (vec![("DIFF", "99")], 1),
    ];
    for (codes, code) in worst {
        assert_eq!(asked(&codes).0.code, Some(code), "{codes:?}");
    }
}
