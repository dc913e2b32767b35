//! Changes of the price book: a change cannot lower its own bar.

use super::{BOOK, DEAL, LIGHTHOUSE, at, gate, json, repository, verdict};
use crate::support::Desk;

fn edited(old: &str, new: &str) -> String {
    assert!(BOOK.contains(old), "{old}");
    BOOK.replacen(old, new, 1).replacen("version = \"1.0.0\"", "version = \"1.0.1\"", 1)
}

/// A base that allows some keys to be loosened.
fn allowing(keys: &str) -> Desk {
    let desk = repository();
    desk.git(&["switch", "--quiet", "main"]);
    let desk = desk.file("dealdesk-ci.toml", &format!("allow_loosening = [{keys}]\n")).committed();
    desk.git(&["switch", "--quiet", "--force-create", "more"]);
    desk
}

const LIMIT: (&str, &str) = (
    "title = \"Lighthouse customer\"\nmax_rate = \"30%\"\napproval = \"svp\"",
    "title = \"Lighthouse customer\"\nmax_rate = \"60%\"\napproval = \"none\"",
);

#[test]
fn a_change_cannot_lower_its_own_bar() {
    let change = |desk: Desk| {
        desk.file("pricing.toml", &edited(LIMIT.0, LIMIT.1))
            .file("deals/new.toml", &at("60%"))
            .committed()
    };
    let ran = gate(&change(repository()), &["--max-approval", "svp", "--format", "json"]);
    let told = json(&ran.stdout);
    assert_eq!((ran.code, &told["status"]), (Some(4), &"outside-policy".into()));
    assert_eq!(told["deals"][0]["by_base"]["approvals"]["level"], "svp");
    assert_eq!(told["deals"][0]["by_change"]["approvals"]["level"], "none");
    let effects = told["changed_price_books"][0]["changes"].as_array().expect("changes").iter();
    let effects: Vec<_> = effects.map(|it| (it["path"].as_str(), it["effect"].as_str())).collect();
    let loosened = [
        (Some("book.version"), Some("neutral")),
        (Some("discount.strategic.program.lighthouse.max_rate"), Some("loosens")),
        (Some("discount.strategic.program.lighthouse.approval"), Some("loosens")),
    ];
    assert_eq!(effects, loosened);
    // Where the base allows the keys, the deal is still judged by the book of the base.
    let desk = change(allowing("\"discount.strategic.program.lighthouse\""));
    assert_eq!(verdict(&desk, &["--max-approval", "svp"]).0, Some(4));
}

#[test]
fn a_loosened_key_fails_and_comes_first() {
    let desk = repository().file("pricing.toml", &edited(LIMIT.0, LIMIT.1)).committed();
    let (code, line) = verdict(&desk, &["--max-approval", "svp"]);
    assert_eq!(code, Some(3));
    assert!(
        line.starts_with(
            "# Approval needed: the change loosens discount.strategic.program.lighthouse."
        ),
        "{line}"
    );
    let desk = allowing("\"discount.strategic\"")
        .file("pricing.toml", &edited(LIMIT.0, LIMIT.1))
        .committed();
    assert_eq!(verdict(&desk, &["--max-approval", "svp"]).0, Some(0));
}

#[test]
fn an_order_a_metric_and_a_version_loosen() {
    let vp = "[[approval]]\nlevel = \"vp\"\ntitle = \"VP\"";
    let svp = "[[approval]]\nlevel = \"svp\"\ntitle = \"SVP\"";
    let swapped = edited(vp, "@").replacen(svp, vp, 1).replacen('@', svp, 1);
    let metric = "\n[metric.seat]\ntitle = \"Seat\"\nunit = \"seat\"\nunits = \"seats\"\nper = \"year\"\nmode = \"volume\"\n\
                  tiers = [{ quantity = \"1+\", price = \"10.00\" }]\n\n[waterfall]\n";
    for (book, expected) in [
        (swapped, "the change loosens approval"),
        (edited("\n[waterfall]\n", metric), "the change loosens metric.seat"),
        (
            edited("quote_valid = ", "time_zone = \"America/New_York\"\nquote_valid = "),
            "the change loosens book.time\\_zone",
        ),
        (
            BOOK.replacen("max_rate = \"30%\"", "max_rate = \"29%\"", 1),
            "the price book changed without a new version",
        ),
    ] {
        let (code, line) = verdict(&repository().file("pricing.toml", &book).committed(), &[]);
        assert_eq!((code, line.contains(expected)), (Some(3), true), "{expected}\n{line}");
    }
}

#[test]
fn a_tightened_book_passes_and_its_deals_are_judged_by_it() {
    let book = edited("max_rate = \"30%\"", "max_rate = \"5%\"");
    let desk = repository().file("pricing.toml", &book).committed();
    assert_eq!(verdict(&desk, &["--max-approval", "svp"]).0, Some(0));
    let desk = desk.file("deals/acme bank.toml", &at("9%")).committed();
    let (code, line) = verdict(&desk, &["--max-approval", "svp"]);
    assert_eq!(code, Some(4));
    assert!(
        line.contains("allows up to 5%, and this deal has 9% (by the changed price book)"),
        "{line}"
    );
}

#[test]
fn a_new_finding_of_a_denied_code_fails() {
    let tier = "quantity = \"50-499\", price = \"250.00\"";
    let tiers = "quantity = \"50-199\", price = \"250.00\" },\n    { quantity = \"200-499\", price = \"260.00\"";
    let desk = allowing("\"metric.node\"").file("pricing.toml", &edited(tier, tiers)).committed();
    assert_eq!(verdict(&desk, &[]).0, Some(0));
    let (code, line) = verdict(&desk, &["--deny", "unit-price-rises"]);
    assert_eq!(code, Some(3), "{line}");
}

/// A name with a dot is another name than its beginning.
#[test]
fn a_setting_allows_whole_parts() {
    let metric = |name: &str| {
        let metric = format!(
            "\n[metric.{name}]\ntitle = \"Seat\"\nunit = \"seat\"\nunits = \"seats\"\nper = \"year\"\n\
             mode = \"volume\"\ntiers = [{{ quantity = \"1+\", price = \"10.00\" }}]\n\n[waterfall]\n"
        );
        edited("\n[waterfall]\n", &metric)
    };
    for (allowed, name, code) in [
        ("\"metric.seat\"", "seat", 0),
        ("\"metric.seat\"", "\"seat.x\"", 3),
        ("'metric.\"seat'", "\"seat.x\"", 3),
        ("'metric.\"seat.x\"'", "\"seat.x\"", 0),
        ("'metric.\"seat.x\"'", "seat", 3),
        ("\"metric.sea\"", "seat", 3),
    ] {
        let desk = allowing(allowed).file("pricing.toml", &metric(name)).committed();
        let (found, line) = verdict(&desk, &[]);
        assert_eq!(found, Some(code), "{allowed} {name}: {line}");
    }
}

/// A version that looks like the one before is the one before.
#[test]
fn a_version_changes_for_readers() {
    let book = edited("max_rate = \"30%\"", "max_rate = \"29%\"");
    for (version, code) in
        [("1.0.0 ", 3), ("1.0.\\u200b0", 3), (" 1.0.\\u00ad0", 3), ("1.0.0 b", 0)]
    {
        let book = book.replacen("version = \"1.0.1\"", &format!("version = \"{version}\""), 1);
        let (found, line) = verdict(&repository().file("pricing.toml", &book).committed(), &[]);
        assert_eq!(found, Some(code), "{version}: {line}");
    }
}

/// A finding that holds for fewer quantities, and costs less, is no new one.
#[test]
fn a_finding_that_shrinks_is_not_new() {
    let core = "quantity = \"5000+\", price = \"150.00\"";
    for (price, code) in [("172.00", 0), ("140.00", 3)] {
        let book = edited(core, &core.replace("150.00", price));
        let desk = allowing("\"metric.core\"").file("pricing.toml", &book).committed();
        let (found, line) = verdict(&desk, &["--deny", "larger-order-costs-less"]);
        assert_eq!(found, Some(code), "{price}: {line}");
    }
}

/// Nobody is kept from mending a book, and a broken one cannot be merged.
#[test]
fn a_book_that_was_broken_can_be_mended() {
    let desk = repository();
    desk.git(&["checkout", "--quiet", "main"]);
    let desk = desk
        .file("pricing.toml", &edited("currency = \"USD\"", "currency = \"dollars\""))
        .committed();
    desk.git(&["checkout", "--quiet", "-B", "mend"]);
    let desk = desk.file("pricing.toml", &BOOK).committed();
    // Nobody knows what the mend loosens, so that the settings have to allow any key.
    assert_eq!(verdict(&desk, &[]).0, Some(1));
    desk.git(&["checkout", "--quiet", "main"]);
    let desk = desk.file("dealdesk-ci.toml", "allow_loosening = [\"book\"]\n").committed();
    desk.git(&["checkout", "--quiet", "-B", "allowed"]);
    let desk = desk.file("pricing.toml", &BOOK).committed();
    assert_eq!(verdict(&desk, &[]).0, Some(0));
    // No book of the base would judge its deals.
    let (code, line) = verdict(&desk.file("deals/more.toml", DEAL).committed(), &[]);
    let expected = "pricing.toml: the price book of the base cannot be read";
    assert_eq!((code, line.contains(expected)), (Some(1), true), "{line}");
    let desk = repository()
        .file("pricing.toml", &edited("currency = \"USD\"", "currency = \"dollars\""))
        .committed();
    let (code, line) = verdict(&desk, &[]);
    assert_eq!((code, line.contains("the price book cannot be read")), (Some(1), true), "{line}");
    let desk = repository();
    desk.git(&["rm", "--quiet", "pricing.toml"]);
    let (code, line) = verdict(&desk.committed(), &[]);
    assert_eq!((code, line.contains("the price book is gone")), (Some(1), true), "{line}");
}

/// A price book that cannot judge fails every change but the one that mends it: no other book takes its place.
#[test]
fn a_base_without_a_usable_book_judges_no_deal() {
    let broken = |desk: Desk| {
        desk.git(&["checkout", "--quiet", "main"]);
        let desk = desk
            .file("pricing.toml", &edited("currency = \"USD\"", "currency = \"dollars\""))
            .committed();
        desk.git(&["checkout", "--quiet", "-B", "change"]);
        desk
    };
    let desk = broken(repository()).file("deals/more.toml", DEAL).committed();
    let (code, line) = verdict(&desk, &[]);
    let expected = "# Not judged: pricing.toml: the price book of the base cannot be read";
    assert_eq!((code, line.contains(expected)), (Some(1), true), "{line}");
    let desk = repository().file("deals/more.toml", DEAL).committed();
    let (code, line) = verdict(&desk, &["--book", "prices.toml"]);
    let expected = "# Not judged: prices.toml: there is no price book of this name";
    assert_eq!((code, line.contains(expected)), (Some(1), true), "{line}");
}

/// Where the base has no price book, commands use the one that is built in, and so the first book is held against it.
#[test]
fn the_first_price_book_is_compared_with_the_built_in_one() {
    let first = |book: &str| {
        let desk = Desk::new().file("deals/nodes.toml", DEAL).committed();
        desk.git(&["switch", "--quiet", "--create", "change"]);
        let desk = desk.file("pricing.toml", book).committed();
        verdict(&desk, &[])
    };
    assert_eq!(first(&edited("Lighthouse customer", "Lighthouse")).0, Some(0));
    let (code, line) = first(&edited(LIMIT.0, LIMIT.1));
    let expected = "# Approval needed: the change loosens discount.strategic.program.lighthouse";
    assert_eq!((code, line.starts_with(expected)), (Some(3), true), "{line}");
}

/// A change that names another place for the price book brings no bar of its own.
#[test]
fn a_named_place_without_a_book_is_judged_by_the_one_that_is_in_force() {
    let looser = edited(LIMIT.0, LIMIT.1);
    let desk = Desk::new().file("deals/nodes.toml", DEAL).committed();
    desk.git(&["switch", "--quiet", "--create", "change"]);
    let desk = desk.file("pricing.toml", &looser).file("deals/a.toml", &at("60%")).committed();
    let (code, line) = verdict(&desk, &["--book", "pricing.toml"]);
    assert_eq!((code, line.contains("allows up to 30%")), (Some(4), true), "{line}");
    let desk = Desk::new()
        .file("pricing.toml", &BOOK)
        .file("dealdesk-ci.toml", "price_book = \"books\"\n")
        .file("deals/nodes.toml", DEAL)
        .committed();
    desk.git(&["switch", "--quiet", "--create", "change"]);
    let (code, line) = verdict(&desk.file("books/a.toml", &looser).committed(), &[]);
    let expected = "# Approval needed: the change loosens discount.strategic.program.lighthouse";
    assert_eq!((code, line.starts_with(expected)), (Some(3), true), "{line}");
}

/// A folder of price books is used as `--price-book` uses it: the date of a deal chooses. A book that is added is held
/// against the one whose prices it replaces.
#[test]
fn a_folder_of_price_books_is_judged_book_by_book() {
    let book = |from: &str, version: &str| {
        let dated = edited("effective = 2025-11-10", &format!("effective = {from}"));
        dated.replacen("version = \"1.0.1\"", &format!("version = \"{version}\""), 1)
    };
    let folder = |allowed: &str| {
        let settings = format!("price_book = \"books\"\nallow_loosening = [{allowed}]\n");
        let desk = Desk::new()
            .file("books/2026.toml", &book("2026-01-01", "1.0.0"))
            .file("books/notes/old.txt", "none\n")
            .file("dealdesk-ci.toml", &settings)
            .file("deals/nodes.toml", DEAL)
            .committed();
        desk.git(&["switch", "--quiet", "--create", "change"]);
        desk
    };
    let desk = folder("").file("deals/lighthouse.toml", &at("90%")).committed();
    let (code, line) = verdict(&desk, &["--max-approval", "svp"]);
    assert_eq!((code, line.contains("allows up to 30%")), (Some(4), true), "{line}");
    let next = book("2027-01-01", "2.0.0");
    let desk = folder("").file("books/2027.toml", &next).committed();
    assert_eq!(verdict(&desk, &[]).0, Some(0));
    // A book that is there may not leave its days to another one.
    let moved = book("2030-01-01", "1.1.0");
    let (code, line) = verdict(&folder("").file("books/2026.toml", &moved).committed(), &[]);
    let expected = "# Approval needed: the change loosens book.effective";
    assert_eq!((code, line.starts_with(expected)), (Some(3), true), "{line}");
    let dated = "\"book.effective\"";
    let looser = next.replacen(LIMIT.0, LIMIT.1, 1);
    let desk = folder(dated).file("books/2027.toml", &looser).committed();
    let (code, line) = verdict(&desk, &[]);
    assert_eq!(
        (code, line.contains("loosens discount.strategic.program.lighthouse")),
        (Some(3), true),
        "{line}"
    );
    let twice = folder(dated).file("books/again.toml", &book("2026-01-01", "3.0.0")).committed();
    let (code, line) = verdict(&twice, &[]);
    assert_eq!((code, line.contains("the price book cannot be read")), (Some(1), true), "{line}");
    let desk = folder("");
    desk.git(&["rm", "--quiet", "books/2026.toml"]);
    let (code, line) = verdict(&desk.committed(), &[]);
    assert_eq!(
        (code, line.contains("books/2026.toml: the price book is gone")),
        (Some(1), true),
        "{line}"
    );
}

/// A lower rate of a program makes dearer the deals that have the program, and a higher step cheaper all that get the step.
#[test]
fn a_changed_book_says_what_it_does_to_all_deals() {
    let deals = |desk: Desk| {
        (0..12).fold(desk, |desk, at| {
            let deal = LIGHTHOUSE.replace("Acme", &format!("Acme {at}"));
            desk.file(
                &format!("deals/more-{at}.toml"),
                &deal.replace("500", &(100 + at).to_string()),
            )
        })
    };
    let desk = repository();
    desk.git(&["switch", "--quiet", "main"]);
    let desk = deals(desk).committed();
    desk.git(&["switch", "--quiet", "--force-create", "prices"]);
    let (old, new) = ("{ years = \"3\", rate = \"15%\" }", "{ years = \"3\", rate = \"20%\" }");
    let desk = desk.file("pricing.toml", &edited(old, new)).committed();
    let ran = gate(&desk, &["--format", "json"]);
    let told = json(&ran.stdout);
    let effect = &told["effect"];
    assert_eq!(
        (&effect["deals"], &effect["cost_less"], &effect["cost_more"]),
        (&14.into(), &14.into(), &0.into())
    );
    assert_eq!(effect["falls"].as_array().map(Vec::len), Some(10));
    assert_eq!(effect["falls"][0]["id"], "deals/acme bank.toml");
    let comment = gate(&desk, &["--format", "markdown"]).stdout;
    assert!(comment.contains("## What the changed price book does to all deals"), "{comment}");
    assert!(comment.contains("- **Lower price:** 14"), "{comment}");
    // A change of deals alone does nothing to the others.
    desk.git(&["checkout", "--quiet", "-B", "deals", "main"]);
    let desk = desk.file("deals/nodes.toml", DEAL).file("deals/a.toml", DEAL).committed();
    assert!(json(&gate(&desk, &["--format", "json"]).stdout).get("effect").is_none());
}
