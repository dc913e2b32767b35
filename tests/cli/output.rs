//! Where a quote goes: a file, a pipe, a terminal without colours.

use super::{ACME, on_the_day, run};
use crate::support::{Desk, OUR_BOOK, Ran, root};
use dealdesk::document;
use dealdesk::document::{Block, Canvas, Document};
use std::process::{Child, Stdio};

#[test]
fn the_name_of_the_file_says_its_format() {
    let desk = Desk::new();
    let names = [("q.json", "json"), ("q.csv", "csv"), ("q.md", "markdown"), ("q.txt", "table")];
    for (name, format) in names {
        let ran = desk.run(&on_the_day(&ACME, &["--output", name]));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""));
        assert_eq!(ran.stderr, format!("{name} written\n"));
        assert_eq!(desk.read(name), run(&ACME, &["--format", format]).stdout, "{name}");
    }
}

#[test]
fn a_dash_is_standard_output() {
    let desk = Desk::new();
    let ran = desk.run(&on_the_day(&ACME, &["--output", "-"]));
    assert_eq!((ran.stdout, ran.stderr.as_str()), (run(&ACME, &[]).stdout, ""));
    assert!(!desk.path("-").exists());
}

#[test]
fn a_format_that_is_asked_for_wins_over_the_name() {
    let desk = Desk::new();
    desk.run(&on_the_day(&ACME, &["--output", "q.json", "--format", "csv"]));
    assert_eq!(desk.read("q.json"), run(&ACME, &["--format", "csv"]).stdout);
}

#[test]
fn a_file_is_replaced_as_a_whole() {
    let desk = Desk::new().file("q.csv", &"old,".repeat(10_000));
    desk.run(&on_the_day(&ACME, &["--output", "q.csv"]));
    assert_eq!(desk.read("q.csv"), run(&ACME, &["--format", "csv"]).stdout);
}

#[test]
fn a_file_that_cannot_be_written_leaves_nothing() {
    let desk = Desk::new().file("taken", "a file where a folder would have to be");
    for name in ["nowhere/q.json", "taken/q.json"] {
        let ran = desk.run(&on_the_day(&ACME, &["--output", name]));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
        assert!(ran.stderr.starts_with(&format!("error: {name} cannot be written")));
    }
    let left = std::fs::read_dir(desk.path("")).expect("the folder").count();
    assert_eq!(left, 1, "only the file that was there");
}

#[test]
fn a_quote_that_cannot_be_priced_leaves_the_old_file_alone() {
    let desk = Desk::new().file("q.json", "old");
    let ran = desk.run(&["quote", "--metric", "socket", "--quantity", "x", "--output", "q.json"]);
    assert_eq!(ran.code, Some(2));
    assert_eq!(desk.read("q.json"), "old");
}

/// Runs the binary with a standard output that nobody reads.
fn unread(desk: &Desk, words: &[&str]) -> Ran {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let mut command = desk.command();
    let command = command.args(words).stdout(writer).stderr(Stdio::piped());
    Ran::of(command.spawn().and_then(Child::wait_with_output).expect("an end"))
}

/// A script that pipes an answer into `head` learns how the whole answer would have ended.
#[test]
fn the_exit_code_does_not_depend_on_the_reader() {
    let above = "customer = \"Acme\"\nterm_years = 3\n[[line]]\nmetric = \"socket\"\nquantity = 500\n\
                 [strategic]\nprogram = \"lighthouse\"\nrate = \"10%\"\nreason = \"Reference\"\n";
    let refused = above.replace("10%", "90%");
    let desk = Desk::new()
        .file("pricing.toml", OUR_BOOK)
        .file("deals/above.toml", above)
        .file("refused.toml", &refused)
        .file("deals.csv", "id,metric,quantity\n1,socket,5\n")
        .file("broken.toml", "term = 0\n");
    let value = root().join("examples/return-168.toml").display().to_string();
    for (code, words) in [
        (0, vec!["--help"]),
        (0, vec!["--version"]),
        (0, vec!["schema", "deal"]),
        (0, vec!["completions", "bash"]),
        (0, vec!["quote", "deals/above.toml", "--explain"]),
        (4, vec!["quote", "refused.toml"]),
        (4, vec!["quote", "refused.toml", "--output", "/dev/stdout", "--format", "json"]),
        (4, vec!["invoices", "refused.toml", "--start", "2027-01-01"]),
        (3, vec!["check", "deals", "--max-approval", "none"]),
        (4, vec!["check", "deals", "refused.toml"]),
        (1, vec!["check", "deals", "broken.toml", "refused.toml"]),
        (0, vec!["desk", "deals"]),
        (4, vec!["diff", "deals/above.toml", "refused.toml", "--max-approval", "none"]),
        (3, vec!["diff", "refused.toml", "deals/above.toml", "--max-approval", "none"]),
        (3, vec!["negotiate", "deals/above.toml", "--target", "90%", "--within", "none"]),
        (0, vec!["compare", "deals/above.toml", "--units", "core=16/socket"]),
        (1, vec!["value", &value, "--deny-claims"]),
        (1, vec!["book", "check", "--deny", "assumed"]),
        (0, vec!["reprice", "deals.csv", "--book", "pricing.toml"]),
    ] {
        let [read, unread] = [desk.run(&words), unread(&desk, &words)];
        assert_eq!(
            (read.code, unread.code),
            (Some(code), Some(code)),
            "{words:?}: {}",
            read.stderr
        );
        assert_eq!(unread.stderr, read.stderr, "{words:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_is_an_error() {
    for words in [&["--help"][..], &["quote", "--help"], &["--version"], &["schema", "book"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").expect("/dev/full");
        let desk = Desk::new();
        let mut command = desk.command();
        let ran = command.args(words).stdout(full).stderr(Stdio::piped()).spawn();
        let ran = Ran::of(ran.and_then(Child::wait_with_output).expect("an end"));
        assert_eq!(ran.code, Some(1), "{words:?}");
        assert!(ran.stderr.contains("standard output cannot be written"), "{}", ran.stderr);
    }
}

#[test]
fn a_pipe_has_no_colours_unless_they_are_asked_for() {
    let desk = Desk::new();
    let words = on_the_day(&ACME, &[]);
    assert!(!desk.run(&words).stdout.contains('\x1b'));
    let faulty = desk.run(&["quote", "--metric", "sokcet", "--quantity", "1"]);
    assert!(!faulty.stderr.contains('\x1b'));

    let forced = |no_color: bool| {
        let mut command = desk.command();
        command.args(&words).env("CLICOLOR_FORCE", "1");
        if no_color {
            command.env("NO_COLOR", "1");
        }
        Ran::of(command.output().expect("a run")).stdout
    };
    assert!(forced(false).contains('\x1b'), "colours can be asked for");
    assert!(!forced(true).contains('\x1b'), "NO_COLOR wins");
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_permissions_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let desk = Desk::new().file("real.json", "old");
    let private = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(desk.path("real.json"), private).expect("permissions");
    symlink("real.json", desk.path("link.json")).expect("a link");
    desk.run(&on_the_day(&ACME, &["--output", "link.json"]));
    assert_eq!(desk.read("real.json"), run(&ACME, &["--format", "json"]).stdout);
    let metadata = std::fs::symlink_metadata(desk.path("link.json")).expect("the link");
    assert!(metadata.is_symlink());
    let mode = std::fs::metadata(desk.path("real.json")).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_written_to_and_stays_what_it_is() {
    use std::os::unix::fs::FileTypeExt;
    let desk = Desk::new();
    let pipe = desk.path("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
    assert!(made.success());
    let mut reader = std::process::Command::new("cat");
    let reader = reader.arg(&pipe).stdout(Stdio::piped()).spawn().expect("a reader");
    let ran = desk.run(&on_the_day(&ACME, &["--output", "pipe", "--format", "csv"]));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let read = Ran::of(reader.wait_with_output().expect("what was read"));
    assert_eq!(read.stdout, run(&ACME, &["--format", "csv"]).stdout);
    assert!(std::fs::metadata(&pipe).expect("the pipe").file_type().is_fifo());
}

#[test]
fn a_quote_never_replaces_what_it_is_made_from() {
    let deal = "[[line]]\nmetric = \"seat\"\nquantity = 1\n";
    let desk = Desk::new().file("deal.toml", deal).file("book.toml", &super::book("mine"));
    for output in ["deal.toml", "./book.toml"] {
        let words = ["quote", "deal.toml", "--price-book", "book.toml", "--format", "table"];
        let ran = desk.run(&[&words[..], &["--output", output]].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.contains("is the input that the quote is made from"), "{}", ran.stderr);
    }
    assert_eq!(desk.read("deal.toml"), deal);
}

#[test]
fn a_name_that_says_no_format_is_asked_about() {
    let desk = Desk::new();
    let ran = desk.run(&on_the_day(&ACME, &["--output", "quote.pdf"]));
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("the format of quote.pdf is not known"), "{}", ran.stderr);
    assert!(!desk.path("quote.pdf").exists());
}

/// Whoever copies the hash of a book gets all of it, where the terminal has room for it at all.
#[test]
fn a_long_word_is_moved_before_it_is_broken() {
    let (name, hash) = ("Contract (TCV)".to_owned(), "0123456789abcdef".repeat(4));
    let facts = vec![(name, "$1.00".to_owned()), ("SHA-256".to_owned(), hash.clone())];
    let document = Document { blocks: vec![Block::Facts(facts)] };
    for (width, begin) in [
        (82, "  SHA-256         0123"),
        (81, "  SHA-256        0123"),
        (75, "  SHA-256  0123"),
        // No place is far enough to the left.
        (74, "  SHA-256         0123"),
    ] {
        let drawn = document::terminal(&document, Canvas { width, colored: false });
        let line = drawn.lines().nth(1).expect("the second fact");
        assert!(line.starts_with(begin) && line.len() <= width.into(), "{width}: {drawn}");
        assert_eq!(line.ends_with(&hash), width >= 75, "{width}: {drawn}");
    }
}
