//! Files that are odd, shared or ended by a signal: nothing is lost, and nothing is left behind.
#![cfg(unix)]

use super::{ACME, on_the_day};
use crate::support::{DAY, Desk};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};

const DEAL: &str = "customer = \"Acme\"\n[[line]]\nmetric = \"socket\"\nquantity = 5\n";
const ROWS: &str = "id,metric,quantity\n1,socket,5\n2,socket,x\n";

fn names(desk: &Desk) -> Vec<String> {
    let entries = fs::read_dir(desk.path("")).expect("the folder");
    let mut names: Vec<_> = entries
        .map(|it| it.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn what_is_no_deal_file_in_a_folder_is_an_error_and_hangs_nothing() {
    let desk = Desk::new().file("deals/a.toml", DEAL).file("elsewhere/b.toml", DEAL);
    let made = Command::new("mkfifo").arg(desk.path("deals/pipe.toml")).status();
    assert!(made.expect("mkfifo runs").success());
    symlink("nowhere.toml", desk.path("deals/dangling.toml")).expect("a link");
    symlink("../elsewhere", desk.path("deals/folder")).expect("a link");
    for command in ["check", "desk"] {
        let ran = desk.run(&[command, "deals", "--date", DAY]);
        assert_eq!(ran.code, Some(1), "{command}: {}", ran.stdout);
        for said in [
            "deals/pipe.toml cannot be read: it is no file",
            "deals/dangling.toml cannot be read: it is a link that leads nowhere",
            "deals/folder cannot be read: it is a link to a folder, which is not followed",
        ] {
            assert!(ran.told().contains(said), "{command}: {}", ran.stderr);
        }
        assert!(ran.stdout.contains("a.toml"), "{command}: {}", ran.stdout);
    }
    let ran =
        desk.run(&["reprice", "deals", "--book", "pricing.toml", "--price-book", "pricing.toml"]);
    assert_ne!(ran.code, Some(0));
}

#[test]
fn an_output_link_is_followed_wherever_it_leads() {
    let desk = Desk::new();
    symlink("later.json", desk.path("link.json")).expect("a link");
    symlink("two.json", desk.path("one.json")).expect("a link");
    symlink("one.json", desk.path("two.json")).expect("a link");
    symlink("nowhere/q.json", desk.path("lost.json")).expect("a link");
    let ran = desk.run(&on_the_day(&ACME, &["--output", "link.json"]));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(desk.path("link.json").is_symlink() && desk.read("later.json").starts_with('{'));
    for (name, why) in [
        ("one.json", "it is a link that leads nowhere"),
        ("lost.json", "a folder that does not exist"),
    ] {
        let ran = desk.run(&on_the_day(&ACME, &["--output", name]));
        assert_eq!(ran.code, Some(1), "{name}");
        assert!(ran.told().contains(why), "{name}: {}", ran.stderr);
        assert!(desk.path(name).is_symlink(), "{name}");
    }
}

#[test]
fn one_file_under_two_names_is_not_written_twice() {
    let desk = Desk::new().file("rows.csv", ROWS).file("sub/x", "");
    symlink("sub", desk.path("same")).expect("a link");
    for errors in ["./o.csv", "sub/../o.csv", "same/../o.csv"] {
        let ran = desk.run(&["batch", "rows.csv", "--output", "o.csv", "--errors", errors]);
        assert_eq!(ran.code, Some(2), "{errors}: {}", ran.stderr);
        assert!(ran.told().contains("--errors: name another file than --output"), "{}", ran.stderr);
    }
    let ran = desk.run(&["batch", "rows.csv", "--output", "sub/o.csv", "--errors", "same/o.csv"]);
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
}

#[test]
fn a_file_that_is_no_list_of_errors_is_not_removed() {
    let good = "id,metric,quantity\n1,socket,5\n";
    let desk = Desk::new().file("rows.csv", good);
    fs::write(desk.path("mine.gz"), b"\x1f\x8bnot what it seems").expect("a file");
    let ran = desk.run(&["batch", "rows.csv", "--output", "o.csv", "--errors", "mine.gz"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(desk.path("mine.gz").exists());
    // A list of errors that an earlier run has left, packed, is about other rows.
    let desk = desk.file("rows.csv", ROWS);
    let words = ["batch", "rows.csv", "--output", "o.csv", "--errors", "bad.csv.gz"];
    assert_eq!(desk.run(&words).code, Some(1));
    assert!(desk.path("bad.csv.gz").exists());
    let desk = desk.file("rows.csv", good);
    assert_eq!(desk.run(&words).code, Some(0));
    assert!(!desk.path("bad.csv.gz").exists());
}

#[test]
fn of_two_offers_under_one_name_none_is_lost() {
    let desk = Desk::new().file("deal.toml", DEAL);
    let save = |target: &str| {
        let words =
            ["negotiate", "deal.toml", "--target", target, "--save", "n.toml", "--date", DAY];
        let mut command = desk.command();
        command.args(words).stdout(Stdio::null()).stderr(Stdio::piped());
        command.spawn().expect("a run")
    };
    for _ in 0..5 {
        let _ = fs::remove_file(desk.path("n.toml"));
        let runs = [save("5%"), save("10%")].map(|run| run.wait_with_output().expect("an end"));
        let saved = runs
            .iter()
            .filter(|run| String::from_utf8_lossy(&run.stderr).contains("n.toml written"));
        assert_eq!(saved.count(), 1);
        assert_eq!(runs.iter().filter(|run| run.status.success()).count(), 1);
    }
}

/// A signal at any moment leaves the whole file or the old one, and no temporary file.
#[test]
fn a_signal_leaves_nothing_behind() {
    let signals =
        [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGQUIT, Signal::SIGKILL];
    for (round, signal) in signals.iter().cycle().take(40).enumerate() {
        // A file that is there is replaced by a name, which takes a moment that no signal should hit.
        let is_new = *signal == Signal::SIGKILL;
        let desk = Desk::new().file("deal.toml", DEAL);
        let desk = if is_new { desk } else { desk.file("q.json", "old") };
        let mut command = desk.command();
        let command = command.args(["quote", "deal.toml", "--output", "q.json", "--date", DAY]);
        let mut child = command.stderr(Stdio::null()).spawn().expect("a run");
        // Moments from before the start to after the end of a run.
        let moment = std::time::Instant::now();
        while moment.elapsed().as_micros() < (round as u128) * 700 {
            std::hint::spin_loop();
        }
        let pid = Pid::from_raw(i32::try_from(child.id()).expect("a number"));
        let _ = kill(pid, *signal);
        child.wait().expect("an end");
        let text = fs::read_to_string(desk.path("q.json")).ok();
        let is_whole = |text: &str| serde_json::from_str::<serde_json::Value>(text).is_ok();
        assert!(text.as_deref().is_none_or(|text| text == "old" || is_whole(text)), "{text:?}");
        let expected: &[&str] =
            if text.is_some() { &["deal.toml", "q.json"] } else { &["deal.toml"] };
        assert_eq!(names(&desk), expected, "{signal}");
    }
}
