//! Documents that are executed: the README, the examples, and the schemas that editors use.

use crate::support::{DAY, Desk, Ran, assert_shows, root};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Every `console` block of the README prints what it shows.
///
/// `TRYCMD=overwrite cargo test readme` writes what is printed now.
#[test]
fn readme() {
    trycmd::TestCases::new()
        .register_bin("dealdesk", Path::new(env!("CARGO_BIN_EXE_dealdesk")))
        .env("DEALDESK_PRICE_BOOK", "")
        .env("NO_COLOR", "1")
        .case("README.md");
}

/// The README's test command is what continuous integration runs.
#[test]
fn ci_runs_the_readme() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let block = readme.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next());
    let commands: Vec<_> = block.expect("a block of commands").lines().collect();
    let script = fs::read_to_string(root().join(".ci/run")).expect(".ci/run");
    let [quote, test] = commands[..] else { panic!("the README has two commands") };
    assert!(script.lines().any(|line| line == test), "{test} is not run");
    let quote = quote.replace("--release", "--release --locked");
    assert!(script.lines().any(|line| line == quote), "{quote} is not run");
}

/// The README's table of examples lists every example, and nothing else.
#[test]
fn examples_are_listed() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let listed: BTreeSet<_> = readme
        .lines()
        .filter_map(|line| Some(line.strip_prefix("| [")?.split_once("](examples/")?.0.to_owned()))
        .collect();
    let examples = ["toml", "csv"].into_iter().flat_map(examples_of);
    assert_eq!(listed, examples.collect());
}

/// Compares an example's output with its snapshot in `tests/examples`.
fn assert_prints(name: &str, printed: &str) {
    insta::with_settings!({ snapshot_path => "examples" }, {
        assert_shows!(name.replace('/', "_"), printed);
    });
}

/// A snapshot without its example shows what nothing prints any more.
#[test]
fn every_snapshot_has_its_example() {
    let folder = fs::read_dir(root().join("tests/examples")).expect("the snapshots");
    let names = folder.map(|it| it.expect("a file").file_name().to_string_lossy().into_owned());
    let shown: BTreeSet<_> = names.filter(|name| name.contains(".snap")).collect();
    let examples = ["toml", "csv"].into_iter().flat_map(examples_of);
    assert_eq!(shown, examples.map(|name| format!("{}.snap", name.replace('/', "_"))).collect());
}

/// Every usage file among the examples is rated, without a deal.
#[test]
fn examples_are_rated() {
    let examples = examples_of("csv");
    let (rated, priced): (Vec<_>, Vec<_>) =
        examples.into_iter().partition(|name| name.starts_with("usage"));
    assert!(!rated.is_empty());
    assert_eq!(priced, ["batch.csv"]);
    for name in rated {
        let path = root().join("examples").join(&name);
        let ran = Desk::new().run(&["usage", path.to_str().expect("a name")]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{name}");
        assert_prints(&name, &ran.stdout);
    }
}

/// The file of deals among them is priced, every row of it.
#[test]
fn the_file_of_deals_is_priced() {
    let path = root().join("examples/batch.csv");
    let ran = Desk::new().run(&["batch", path.to_str().expect("a name"), "--output", "-", "-q"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_prints("batch.csv", &ran.stdout);
}

/// Every example quotes, within policy: from its own folder, by the price book that is found from
/// there.
#[test]
fn examples_quote() {
    for name in examples_of("toml") {
        let path = root().join("examples").join(&name);
        let mut command = Desk::new().command();
        command.current_dir(path.parent().expect("a folder")).arg("quote").arg(&path);
        let ran = Ran::of(command.args(["--date", DAY]).output().expect("the binary runs"));
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{name}");
        assert_prints(&name, &ran.stdout);
    }
}

/// The schemas beside the examples are those that the program prints.
///
/// To write them anew: `dealdesk schema book > examples/schema/book.schema.json`, and the same
/// with `deal`.
#[test]
fn schemas_are_current() {
    for what in ["book", "deal"] {
        let path = root().join(format!("examples/schema/{what}.schema.json"));
        let committed = fs::read_to_string(&path).expect("a schema");
        assert_eq!(committed, Desk::new().run(&["schema", what]).stdout, "{what}");
    }
}

/// A program moved to an empty folder still quotes, with the book built into it.
#[test]
fn the_program_carries_its_book() {
    let desk = Desk::new();
    let program = desk.path("moved");
    // By another process: a file that this one has open for writing cannot be run, and any child
    // that another test starts meanwhile has it open too.
    let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_dealdesk")).arg(&program).status();
    assert!(copied.expect("cp runs").success());
    let output = Command::new(&program)
        .args(["quote", "--metric", "node", "--quantity", "1000", "--date", DAY])
        .current_dir(desk.path(""))
        .env_remove("DEALDESK_PRICE_BOOK")
        .output()
        .expect("the moved program runs");
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(stdout.contains("$150,000.00"), "{stdout}");
}

/// The examples whose names end so, and those in the folders of examples that have a price book of
/// their own.
fn examples_of(ending: &str) -> Vec<String> {
    let top = root().join("examples");
    let mut found = Vec::new();
    for folder in ["", "currencies/"] {
        for file in fs::read_dir(top.join(folder)).expect("examples") {
            let name = file.expect("a file").file_name().to_string_lossy().into_owned();
            let is_one = Path::new(&name).extension().is_some_and(|it| it == ending);
            if is_one && name != "pricing.toml" {
                found.push(format!("{folder}{name}"));
            }
        }
    }
    found
}
